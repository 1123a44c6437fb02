#!/usr/bin/env python3
"""What `ringside packetdrill` says of scripts: exit codes, what it prints, its outputs, and whose options count."""

import json
import shutil
import struct
import sys
import tempfile
from pathlib import Path

from analyser import frames
from program import Checks, Program

LISTEN = """\
0     socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0    bind(3, ..., ...) = 0
+0    listen(3, 1) = 0
"""
ANSWERS = LISTEN + """\
+.1   < S 0:0(0) win 32792 <mss 1000>
+0    > S. 0:0(0) ack 1 <mss 1460>
"""
WRONG = ANSWERS.replace("> S. 0:0(0) ack 1", "> S. 0:0(0) ack 2")
# The answer comes at once, and not six milliseconds later.
LATE = ANSWERS.replace("+0    > S.", "+.006 > S.")
WRITES = ANSWERS + """\
+.1   < . 1:1(0) ack 1 win 32792
+0    accept(3, ..., ...) = 4
+0    write(4, ..., COUNT) = COUNT
+0    > P. 1:4001(4000) ack 1
"""
# The value of a timestamp, two seconds after the first.
TIMESTAMPS = LISTEN + """\
+.1   < S 0:0(0) win 32792 <mss 1000,sackOK,TS val 1 ecr 0>
+0    > S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 100 ecr 1>
+.1   < . 1:1(0) ack 1 win 32792 <nop,nop,TS val 2 ecr 100>
+0    accept(3, ..., ...) = 4
+1.9  write(4, ..., 100) = 100
+0    > P. 1:101(100) ack 1 <nop,nop,TS val LATER ecr 2>
"""
CALL = "0 frobnicate(3) = 0\n"
OPTION = "--wire_client\n" + ANSWERS
CUT = "0 socket(\n"
DONE, FAILED, BAD_INPUT, NOT_WRITTEN = 0, 1, 2, 5


class Drill:
    """`drill("-D", "X=1", late=LATE)` runs the command on a file of that name with that text; None: there is no file."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = folder

    def file(self, name):
        return str(self.folder / f"{name}.pkt")

    def __call__(self, *arguments, **scripts):
        for name, text in scripts.items():
            Path(self.file(name)).unlink(missing_ok=True)
            if text is not None:
                Path(self.file(name)).write_text(text, encoding="utf-8")
        return self.program("packetdrill", *arguments, *map(self.file, scripts))


def check_verdicts(drill, checks):
    """Exit code, what is printed, and to which of the two outputs."""
    outcome = drill(one=ANSWERS)
    checks.that(outcome.exit == DONE, f"passes: {outcome}")
    checks.that(outcome.out.decode() == f"{drill.file('one')}: passed\n" and not outcome.err, f"passes: {outcome}")
    quiet = drill("--quiet", one=ANSWERS)
    checks.that(quiet.exit == DONE and not quiet.out + quiet.err.encode(), f"quietly: {quiet}")

    for arguments in ((), ("--quiet",)):
        outcome = drill(*arguments, one=WRONG)
        checks.that(outcome.exit == FAILED and not outcome.out, f"fails: {outcome}")
        said, *trace = outcome.err.splitlines()
        checks.that(said == f"{drill.file('one')}:5:1: expected > S. 0:0(0) ack 2 <mss 1460>, "
                            "got > S. 0:0(0) ack 1 win 64240 <mss 1460>: another ack", f"fails: {said}")
        checks.that(trace == ["    0.100000 < S 0:0(0) win 32792 <mss 1000>",
                              "    0.100000 > S. 0:0(0) ack 1 win 64240 <mss 1460>"], f"the packets before: {trace}")


def check_what_cannot_run(drill, checks):
    for what, text, said in (("call", CALL, ":1:1: unsupported: frobnicate()"),
                             ("option", OPTION, ":1:1: unsupported: the option --wire_client"),
                             ("script that is cut", CUT, ":2:1: expected an argument, found the end of the script"),
                             ("no file", None, ": error: No such file or directory"),
                             ("empty file", "", ":1:1: expected")):
        outcome = drill(one=text)
        checks.that(outcome.exit == BAD_INPUT and not outcome.out, f"{what}: {outcome}")
        checks.that(outcome.err.startswith(drill.file("one") + said), f"{what}: {outcome.err}")
        checks.that(outcome.err.count("\n") == 1, f"{what}: more than a line: {outcome.err}")
    for wish, said in (("--bogus", "expected an option, found '--bogus'"),
                       ("--wire_client", "unsupported: the option --wire_client"),
                       ("--tolerance_usecs=x", "behind '--tolerance_usecs', found 'x'"),
                       ("--ip_version=ipv5", "behind '--ip_version', found 'ipv5'"),
                       ("--strict_segments=1", "expected no value behind '--strict_segments'")):
        outcome = drill(wish, one=ANSWERS)
        checks.that(outcome.exit == BAD_INPUT and not outcome.out, f"{wish}: {outcome}")
        checks.that(said in outcome.err, f"{wish}: {outcome.err}")
    nothing = drill()
    checks.that(nothing.exit == BAD_INPUT and "script is required" in nothing.err, f"no script: {nothing}")


def check_several(drill, checks):
    """All are run, and told of in their order; a failure weighs more than what could not run."""
    both = drill(one=ANSWERS, two=ANSWERS)
    checks.that(both.exit == DONE, f"two that pass: {both}")
    checks.that(both.out.decode() == "".join(f"{drill.file(name)}: passed\n" for name in ("one", "two")), f"{both.out}")
    checks.that("2 passed\n" in both.err, f"two that pass: {both.err}")
    outcome = drill(one=WRONG, two=ANSWERS, three=CALL, four=CUT)
    checks.that(outcome.exit == FAILED, f"one fails: {outcome}")
    checks.that(outcome.err.endswith("1 passed, 1 failed, 1 unsupported, 1 malformed\n"), f"the account: {outcome.err}")
    places = [outcome.err.find(drill.file(name)) for name in ("one", "three", "four")]
    checks.that(-1 not in places and places == sorted(places), f"in another order: {outcome.err}")
    outcome = drill(one=ANSWERS, two=CALL)
    checks.that(outcome.exit == BAD_INPUT, f"one passes, one is unsupported: {outcome}")


def check_json(drill, checks):
    scripts = {"passes": ANSWERS, "fails": WRONG, "calls": CALL, "cut": CUT, "lost": None, "other-v6": ANSWERS}
    words = ["passed", "failed", "unsupported", "malformed", "malformed", "skipped"]
    outcome = drill("--json", "-", "--ip_version=ipv4", **scripts)
    results = json.loads(outcome.out)
    checks.that(outcome.exit == FAILED, f"JSON: {outcome}")
    checks.that([one["script"] for one in results] == [drill.file(name) for name in scripts], f"scripts: {results}")
    checks.that([one["result"] for one in results] == words, f"results: {results}")
    passed, failed, *others = results
    checks.that(passed.keys() == {"script", "result", "virtual_seconds"}, f"of one that passes: {passed}")
    checks.that(abs(passed["virtual_seconds"] - 0.1) < 1e-9, f"how long it took: {passed}")
    checks.that("another ack" in failed["message"] and len(failed["packets"]) == 2, f"of one that fails: {failed}")
    checks.that(all(one["message"] in outcome.err for one in others[:-1]), f"of the others: {others}")

    file = drill.folder / "out.json"
    outcome = drill("--json", str(file), one=ANSWERS)
    checks.that(outcome.out and json.loads(file.read_text(encoding="utf-8"))[0]["result"] == "passed", f"{outcome}")
    outcome = drill("--json", str(drill.folder / "none" / "out.json"), one=ANSWERS)
    checks.that(outcome.exit == NOT_WRITTEN and "none/out.json" in outcome.err, f"JSON in no folder: {outcome}")


def records(capture):
    """Seconds and octets of each: the times of this magic number are in nanoseconds."""
    octets, at, found = capture.read_bytes(), 24, []
    magic, *_, link_type = struct.unpack_from("<IHHiIII", octets)
    while at < len(octets):
        seconds, nanoseconds, kept, _ = struct.unpack_from("<IIII", octets, at)
        found.append((seconds + nanoseconds / 1e9, octets[at + 16:at + 16 + kept]))
        at += 16 + kept
    return magic, link_type, found


def check_pcap(drill, checks):
    """What passed the wire, of a script that fails as well."""
    capture, ethernet, of_nanoseconds = drill.folder / "out.pcap", 1, 0xA1B23C4D
    for what, text, version, ether_type in (("passes", ANSWERS, "ipv4", b"\x08\x00"),
                                            ("fails", WRONG, "ipv4", b"\x08\x00"),
                                            ("over IPv6", ANSWERS, "ipv6", b"\x86\xdd")):
        drill("--pcap", str(capture), f"--ip_version={version}", one=text)
        magic, link_type, found = records(capture)
        checks.that((magic, link_type) == (of_nanoseconds, ethernet), f"{what}: {magic:x}, link type {link_type}")
        checks.that([time for time, _ in found] == [0.1, 0.1], f"{what}: SYN and SYN-ACK: {found}")
        checks.that({frame[12:14] for _, frame in found} == {ether_type}, f"{what}: another protocol: {found}")
        if shutil.which("tshark"):
            checks.that([frame.bad for frame in frames(str(capture))] == [False, False], f"{what}: bad frames")
    if not shutil.which("tshark"):
        print("skipped: frames as tshark sees them: tshark is not installed")
    outcome = drill("--pcap", str(capture), one=ANSWERS, two=ANSWERS)
    checks.that(outcome.exit == BAD_INPUT and "--pcap: expected one script" in outcome.err, f"of two: {outcome}")
    outcome = drill("--pcap", str(drill.folder / "none" / "out.pcap"), one=ANSWERS)
    checks.that(outcome.exit == NOT_WRITTEN and "none/out.pcap" in outcome.err, f"capture in no folder: {outcome}")


def check_defines(drill, checks):
    for arguments in (("-D", "COUNT=4000"), ("--define", "COUNT=4000"), ("--define=COUNT=4000",)):
        outcome = drill(*arguments, one=WRITES)
        checks.that(outcome.exit == DONE, f"{arguments}: {outcome}")
    other = drill("-D", "COUNT=3000", one=WRITES)
    checks.that(other.exit == FAILED and "P. 1:4001(4000)" in other.err, f"other text is written: {other}")
    nothing = drill(one=WRITES)
    checks.that(nothing.exit == BAD_INPUT and "COUNT" in nothing.err, f"COUNT is not said: {nothing}")
    for wish in ("COUNT", "=4000"):
        outcome = drill("-D", wish, one=WRITES)
        checks.that(outcome.exit == BAD_INPUT, f"-D {wish}: {outcome}")


def check_tolerance(drill, checks):
    """An eighth of the time since the event before, or four milliseconds, unless somebody says otherwise."""
    wide, narrow = "--tolerance_usecs=10000", "--tolerance_usecs=1000"
    for what, arguments, text, code in (("nobody", (), LATE, FAILED), ("the command line", (wide,), LATE, DONE),
                                        ("the script", (), f"{wide}\n{LATE}", DONE),
                                        ("the script, overridden", (narrow,), f"{wide}\n{LATE}", FAILED),
                                        ("the script, overridden by more", (wide,), f"{narrow}\n{LATE}", DONE),
                                        ("a percentage", ("--tolerance_percent=100",), LATE, DONE)):
        outcome = drill(*arguments, one=text)
        checks.that(outcome.exit == code, f"the tolerance is said by {what}: {outcome}")


def check_segments(drill, checks):
    """Text that leaves in segments of one length but for the last is one packet of a script, unless they are strict."""
    text, strict = WRITES.replace("COUNT", "4000"), "--strict_segments"
    several = WRITES.replace("+0    write(4, ..., COUNT) = COUNT\n", "".join(
        f"+0    write(4, ..., {size}) = {size}\n" for size in (1000, 500, 1000, 1000, 500)))
    several = several.replace("+.1   <", "+0    setsockopt(3, SOL_TCP, TCP_NODELAY, [1], 4) = 0\n+.1   <", 1)
    for what, arguments, script, code, said in (
            ("joined", (), text, DONE, ""),
            ("strict", (strict,), text, FAILED, "got > . 1:1001(1000) ack 1"),
            ("strict by the script", (), f"{strict}\n{text}", FAILED, "got > . 1:1001(1000) ack 1"),
            ("the last is short", (), several.replace("1:4001(4000)", "1:1501(1500)"), DONE, ""),
            ("one in between is short", (), several, FAILED, "lengths of the segments")):
        outcome = drill(*arguments, one=script)
        checks.that(outcome.exit == code and said in outcome.err, f"{what}: {outcome}")


def check_timestamps(drill, checks):
    """Values are compared when somebody says how long a tick is: what they differ by may be an eighth of the time."""
    for later, tick, code in ((100, None, DONE), (100, 1000, FAILED), (2100, 1000, DONE), (2200, 1000, DONE),
                              (2200, 10000, FAILED), (2500, 1000, FAILED)):
        arguments = () if tick is None else (f"--tcp_ts_tick_usecs={tick}",)
        outcome = drill("-D", f"LATER={later}", *arguments, one=TIMESTAMPS)
        checks.that(outcome.exit == code, f"TS val {later}, ticks of {tick} us: {outcome}")


def check_dry_run(drill, checks):
    """Scripts are read, and not run."""
    for what, text, code in (("fails", WRONG, DONE), ("is cut", CUT, BAD_INPUT)):
        for arguments, script in ((("--dry_run",), text), ((), f"--dry_run\n{text}")):
            outcome = drill(*arguments, one=script)
            checks.that(outcome.exit == code, f"what {what}, not run: {outcome}")


def check_versions(drill, checks):
    """A name that ends in v4 or v6 says what its script is of."""
    scripts = {"any": ANSWERS, "this-v4": ANSWERS, "this-v6": ANSWERS}
    for version, words in (("ipv4", ["passed", "passed", "skipped"]),
                           ("ipv4-mapped-ipv6", ["passed", "passed", "skipped"]),
                           ("ipv6", ["passed", "skipped", "passed"])):
        outcome = drill("--json", "-", f"--ip_version={version}", **scripts)
        found = [one["result"] for one in json.loads(outcome.out)]
        checks.that(outcome.exit == DONE and found == words, f"{version}: {found}, {outcome}")
        checks.that("2 passed, 1 skipped" in outcome.err, f"{version}: {outcome.err}")
    untold = drill(**scripts)
    checks.that(untold.exit == DONE and "3 passed" in untold.err, f"nobody says which version: {untold}")


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        drill = Drill(Program(sys.argv[1]), Path(folder))
        for check in (check_verdicts, check_what_cannot_run, check_several, check_json, check_pcap, check_defines,
                      check_tolerance, check_segments, check_timestamps, check_dry_run, check_versions):
            check(drill, checks)
    checks.end()


main()
