#!/usr/bin/env python3
"""What a desktop is told of the program: that it is sound, in both languages, and says what the program says.

desktop_files.py agreement|entry|metainfo CMAKE BUILD: what is installed from that build is looked at.
"""

import configparser
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

sys.dont_write_bytecode = True  # nothing of the kind in the source tree
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))

from program import Checks, need

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def installed(cmake, build, prefix):
    """The files, by their names below share/."""
    subprocess.run([cmake, "--install", build, "--component", "desktop", "--prefix", prefix], check=True,
                   stdout=subprocess.DEVNULL)
    share = Path(prefix) / "share"
    return {str(file.relative_to(share)): file for file in share.rglob("*") if file.is_file()}


def desktop_entry(files):
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(files["applications/ringside.desktop"], encoding="utf-8")
    return entry["Desktop Entry"]


def in_both_languages(parent, tag):
    """As many of the one as of the other."""
    found = parent.iter(tag)
    languages = [element.get(LANG, "en") for element in found]
    return languages.count("en") == languages.count("zh_CN") > 0


def agreement(files, checks):
    checks.that(set(files) == {"applications/ringside.desktop", "metainfo/ringside.metainfo.xml",
                               "mime/packages/ringside.xml", "icons/hicolor/scalable/apps/ringside.svg"},
                f"four files are installed: {sorted(files)}")
    entry = desktop_entry(files)
    for key in ("GenericName", "Comment", "Keywords"):
        checks.that(entry.get(key) and entry.get(f"{key}[zh_CN]"), f"{key} is there in both languages")
    metainfo = xml.parse(files["metainfo/ringside.metainfo.xml"]).getroot()
    for tag in ("summary", "p", "li"):
        checks.that(in_both_languages(metainfo, tag), f"<{tag}> is there in both languages")
    kind = xml.parse(files["mime/packages/ringside.xml"]).getroot().find(f"{MIME}mime-type")
    checks.that(in_both_languages(kind, f"{MIME}comment"), "the type of a recording has a name in both languages")
    checks.that(entry["MimeType"].rstrip(";") == kind.get("type") == metainfo.findtext("provides/mediatype"),
                "all speak of one type")
    program = metainfo.findtext("provides/binary")
    checks.that(entry["Exec"].split() == [program, "%f"] and entry["TryExec"] == program, "and of one program")
    magic = kind.find(f"{MIME}magic/{MIME}match").get("value")
    format_text = Path("core/trace/format.hpp").read_text(encoding="utf-8")
    checks.that(f'magic = "{magic}"' in format_text, "a recording begins with what its type says")
    icon = xml.parse(files["icons/hicolor/scalable/apps/ringside.svg"]).getroot()
    checks.that(icon.tag.endswith("}svg") and len(list(icon.iter())) > 5, "the icon is a drawing")


def sound(checks, *command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    checks.that(done.returncode == 0, f"{command[0]}: {done.stdout}")


def main():
    what, cmake, build = sys.argv[1:]
    checks = Checks()
    with tempfile.TemporaryDirectory() as prefix:
        files = installed(cmake, build, prefix)
        if what == "agreement":
            agreement(files, checks)
        if what == "entry":
            need("desktop-file-validate")
            sound(checks, "desktop-file-validate", files["applications/ringside.desktop"])
        if what == "metainfo":
            need("appstreamcli")
            # The project has no domain whose name, turned round, the id could be.
            sound(checks, "appstreamcli", "validate", "--no-net", "--override=cid-desktopapp-is-not-rdns=info",
                  files["metainfo/ringside.metainfo.xml"])
    checks.end()


main()
