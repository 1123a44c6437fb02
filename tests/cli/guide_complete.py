#!/usr/bin/env python3
"""The user guide names every key of the texts, every metric, every option and every exit code; the list of
sources has every published figure that a text names, and no other."""

import json
import re
import sys
from pathlib import Path

from program import Checks, Program

GUIDE = Path("docs/guide.md")
SOURCES = Path("docs/sources.md")
SCHEMAS = Path("scenarios/schema")
FIGURE = re.compile(r"\b[A-Z][A-Z0-9]+-\d\d\b")
COMMANDS = ("list", "show", "check", "run", "compare", "replay", "tap")
EXIT_CODES = (0, 1, 2, 3, 4, 5, 6, 130)
RUNS = [("ping",), ("replay",), ("tcp-file", "--set", "file=LICENSE"),
        ("receive-livelock", "--set", "offered_pps=1000", "--set", "to=router", "--duration", "100ms")]


def keys_of(schema):
    """The names of all properties, however deep."""
    if isinstance(schema, list):
        return {key for item in schema for key in keys_of(item)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", ()))
    return own | {key for item in schema.values() for key in keys_of(item)}


def metrics_of(program):
    """The plain names: those of the host under study."""
    return {name for run in RUNS for name in program.metrics("run", *run) if "." not in name}


def options_of(program):
    helps = [program(command, "--help").out.decode() for command in COMMANDS]
    return {option for text in helps for option in re.findall(r"--[a-z][a-z-]*", text)}


def named(guide, word):
    """Whether the word stands in a span of code."""
    return re.search(rf"`[^`\n]*(?<![\w-]){re.escape(word)}(?![\w-])[^`\n]*`", guide)


def check_sources(checks):
    rows = set(re.findall(rf"^\| ({FIGURE.pattern}) \|", SOURCES.read_text(encoding="utf-8"), re.MULTILINE))
    texts = sorted(Path("scenarios").rglob("*.yaml"))
    used = {figure for text in texts for figure in FIGURE.findall(text.read_text(encoding="utf-8"))}
    checks.that(used, "no text names a published figure")
    for figure in sorted(used - rows):
        checks.that(False, f"{SOURCES}: {figure} is missing")
    for figure in sorted(rows):
        checks.that(figure in used, f"{SOURCES}: no text names {figure}")


def main():
    program = Program(sys.argv[1])
    guide = GUIDE.read_text(encoding="utf-8")
    checks = Checks()
    for schema in sorted(SCHEMAS.glob("*.schema.json")):
        for key in sorted(keys_of(json.loads(schema.read_text(encoding="utf-8")))):
            checks.that(named(guide, key), f"{schema.name}: '{key}'")
    for name in sorted(metrics_of(program)):
        last = "_" + name.rpartition("_")[2]  # `latency_ns_min`, `_mean`
        checks.that(named(guide, name) or named(guide, last), f"metric '{name}'")
    for option in sorted(options_of(program)):
        checks.that(named(guide, option), f"option '{option}'")
    for code in EXIT_CODES:
        checks.that(f"\n| {code} |" in guide, f"exit code {code}")
    check_sources(checks)
    checks.end()


main()
