"""Commands that cannot be carried out: bad usage, files that are something else, outputs that fail."""

import struct
from pathlib import Path

from broken import Broken, command

ETHERNET_FRAMES = Path("scenarios/library/kernel-traffic.pcap")
# pcap's file header: magic number, version 2.4, zone, accuracy, snapshot length, link type 105 (IEEE 802.11)
WIRELESS = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 105)
REPLAY = "run replay --set capture={file} --json {dir}/out.json"

FILES = [
    Broken("capture that is none", b"GIF89a" * 100, REPLAY, 2, "{file}"),
    Broken("capture cut in a packet", lambda: ETHERNET_FRAMES.read_bytes()[:-7],
           REPLAY + " --pcap {dir}/out.pcap", 2, "{file}: "),
    Broken("capture of another kind of link", WIRELESS, REPLAY, 2, "{file}"),
    Broken("empty capture", b"", REPLAY, 2, "{file}"),
    Broken("bad capture filter", None, "run replay --set filter=tcp[ --json {dir}/out.json", 2,
           'filter "tcp["'),
    Broken("no such capture", None, REPLAY, 2, "{file}"),
    Broken("no such file to send", None, "run tcp-file --set file={file} --json {dir}/out.json", 2,
           "{file}: "),
    Broken("folder to send", None, "run tcp-file --set file={dir} --json {dir}/out.json", 2, "{dir}: "),
]

USAGE = [
    command("no command", "", "Try ringside --help."),
    command("unknown command", "rnu ping", "Try ringside --help."),
    command("unknown option", "run ping --jsno x", "--jsno"),
    command("unknown scenario", "run pong",
            "pong: error: no scenario 'pong' in the library; did you mean 'ping'?"),
    command("unknown path", "run ping --path bsd-43",
            "--path bsd-43: error: no path 'bsd-43' in the library; did you mean 'bsd-42'?"),
    command("unknown profile", "run ping --profile alpha", "no profile 'alpha' in the library"),
    command("unknown key", "run ping --set los=0.1",
            "--set los=0.1: error: scenario 'ping' has no key 'los'"),
    command("key without a value", "run ping --set loss", "--set loss: error: expected key=value"),
    command("value that is none", "run ping --set loss=much",
            "expected a probability from 0 to 1, found 'much' (from --set loss)"),
    command("socket buffer of nothing", "run ping --set rcvbuf=0B",
            "--set rcvbuf=0B: error: expected a size from 1B to 1000000000B, found '0B'"),
    command("budget beyond the text's", "run ping --set budget=1000001",
            "expected a whole number from 0 to 1000000, found '1000001'"),
    command("duration beyond time", "run ping --duration 9223372s",
            "--duration 9223372s: error: expected a time up to 30 days, found '9223372s'"),
    command("bad duration", "run ping --duration 5", "--duration 5: error: expected a time such as 10us"),
    command("negative seed", "run ping --seed -1", "--seed"),
    command("seed that is no number", "run ping --seed one", "--seed"),
    command("seed beyond 64 bits", "run ping --seed 18446744073709551616",
            "expected a whole number from 0 to 18446744073709551615, found '18446744073709551616'"),
    command("two outputs of one name", "run ping --json {dir}/out --csv {dir}/./out",
            "two outputs have the same name: {dir}/./out"),
    command("two outputs to stdout by another name", "run ping --json - --csv /dev/stdout",
            "only one output can go to the standard output"),
    command("two outputs to stdout", "run ping --json - --csv -",
            "only one output can go to the standard output"),
    command("capture of a sweep", "run receive-livelock --pcap {dir}/out.pcap",
            "--pcap holds the packets of one run"),
    command("capture on no host", "run ping --pcap {dir}/out.pcap --pcap-at sever:recv", "'sever'"),
    command("capture at no stage", "run ping --pcap {dir}/out.pcap --pcap-at server:receive", "'receive'"),
    command("picture of a scenario", "show ping --format svg", "only a path can be drawn as svg"),
    command("nothing to compare", "compare ping", "--paths"),
    Broken("no library", None, "list", 3, "set RINGSIDE_LIBRARY",
           environment=(("RINGSIDE_LIBRARY", "/nowhere"),)),
]

NO_SPACE = "No space left on device"

OUTPUTS = [
    Broken("result in no folder", None, "run ping --json {dir}/none/out.json", 5, "{dir}/none/out.json: "),
    Broken("result in a folder that is a file", b"", "run ping --csv {file}/out.csv", 5,
           "{file}/out.csv: Not a directory"),
    Broken("result that is a folder", None, "run ping --junit {dir}", 5, "{dir}: Is a directory"),
    Broken("capture in no folder", None, "run ping --pcap {dir}/none/out.pcap --json {dir}/out.json", 5,
           "{dir}/none/out.pcap"),
    Broken("result on a full disk", None, "run ping --json /dev/full", 5, "/dev/full: " + NO_SPACE),
    Broken("capture on a full disk", None, "run ping --pcap /dev/full", 5, "/dev/full: " + NO_SPACE),
    Broken("table on a full disk", None, "run ping", 5, "standard output: " + NO_SPACE, stdout="/dev/full"),
    Broken("result on a full standard output", None, "run ping --json -", 5, "standard output: " + NO_SPACE,
           stdout="/dev/full"),
]

CASES = FILES + USAGE + OUTPUTS
