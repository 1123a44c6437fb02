#!/usr/bin/env python3
"""A recording is told as it is: what is in it, every event as a sentence, the way of a packet with times that
add up; and one that is damaged or none at all is said to be."""

import json
import os
import re
import struct
import sys
import tempfile
from pathlib import Path

from program import Checks, Program

LINE = re.compile(r" *(\d+)\.(\d{3}) ns  ")


def picoseconds(text):
    whole, fraction = LINE.match(text).groups()
    return int(whole) * 1000 + int(fraction)


def body(outcome):
    """The lines behind the last empty one."""
    return outcome.out.decode().rsplit("\n\n", 1)[1].splitlines()


def check_narration(program, file, checks):
    document = json.loads(program("replay", file, "--narrate", "--json", "-").out)
    told = document["narration"]
    checks.that(len(told) == document["events"], "not every event is told")
    checks.that(told[0]["at_ps"] == document["first_ps"] and told[-1]["at_ps"] == document["last_ps"],
                "the first or the last event is another one")
    for language in ("en", "zh_CN"):
        lines = body(program("replay", file, "--narrate", "--lang", language))
        checks.that(len(lines) == len(told), f"{language}: {len(lines)} lines")
        checks.that(all(picoseconds(line) == event["at_ps"] and line.endswith(event[language])
                        for line, event in zip(lines, told)), f"{language}: not what the JSON says")
    checks.that(len(body(program("replay", file, "--narrate", "--lang", "both"))) == 2 * len(told),
                "both languages are not two lines each")
    part = body(program("replay", file, "--narrate", "--from", "9us", "--to", "13us"))
    checks.that(len(part) == sum(9_000_000 <= event["at_ps"] <= 13_000_000 for event in told) > 0,
                "--from and --to are not what is told")
    with_reasons = body(program("replay", file, "--narrate", "--why"))
    checks.that(len(" ".join(with_reasons)) > 1.5 * len(" ".join(event["en"] for event in told)),
                "--why adds no reasons")


def check_journey(program, file, result, checks):
    ways = [json.loads(program("replay", file, "--packet", str(packet), "--json", "-").out)["journey"]
            for packet in (1, 2)]
    for way in ways:
        checks.that(sum(step["lasts_ps"] for step in way["steps"]) == way["lasts_ps"],
                    f"packet {way['packet']}: the steps do not add up")
    checks.that(ways[1]["parent"] == 1, "the answer is not made while the request is processed")
    # The answer begins before the request is used up; what lies between is the answer's.
    begin, end = ways[0]["steps"][0]["at_ps"], ways[1]["steps"][-1]["at_ps"]
    checks.that(end - begin == round(result["journey_ns"] * 1000), "the round trip is another one")
    lines = body(program("replay", file, "--packet", "2"))
    checks.that(len(lines) == len(ways[1]["steps"]) + 2, "the journey has other lines than steps")
    checks.that(f" {ways[1]['lasts_ps'] / 1000:.3f} ns" in lines[-1], "the sum is another one")


def frames_of(capture):
    """Time in nanoseconds, and octets, of each frame of a capture with nanosecond timestamps."""
    data = Path(capture).read_bytes()
    frames, at = [], 24
    while at < len(data):
        seconds, nanoseconds, length, _ = struct.unpack_from("<4I", data, at)
        frames.append((seconds * 10**9 + nanoseconds, data[at + 16:at + 16 + length]))
        at += 16 + length
    return frames


def check_capture(program, file, checks):
    checks.that(program("replay", file, "--pcap", "replayed.pcap").exit == 0, "no capture was written")
    recorded, captured = frames_of("replayed.pcap"), frames_of("run.pcap")
    checks.that([octets for _, octets in recorded] == [octets for _, octets in captured] and len(recorded) == 2,
                "the capture out of the recording has other frames than that of the run")
    program("replay", file, "--packet", "2", "--pcap", "one.pcap")
    checks.that(frames_of("one.pcap") == recorded[1:], "packet 2 is not the answer")
    checks.that(program("replay", file, "--pcap", "nowhere/out.pcap").exit == 5,
                "a capture that cannot be written is no error")


def check_damage(program, file, checks):
    whole = Path(file).read_bytes()
    Path("cut").write_bytes(whole[:-40])
    outcome = program("replay", "cut")
    checks.that(outcome.exit == 0 and "warning: cut: damaged or cut off after" in outcome.err,
                "what is left of it is not shown")
    Path("stub").write_bytes(whole[:1000])
    for arguments, message in ((("stub",), "stub: damaged before its first event"),
                               (("none",), "none: cannot be opened"),
                               (("LICENSE",), "LICENSE: no recording"),
                               ((file, "--packet", "4711"), "--packet 4711: no event of this packet"),
                               ((file, "--packet", "0"), "expected a whole number from 1"),
                               ((file, "--from", "2us", "--to", "1us"), "expected a time not before --from 2us"),
                               ((file, "--to", "soon"), "expected a time such as 10us"),
                               ((file, "--why"), "--why requires --narrate")):
        outcome = program("replay", *arguments)
        checks.that(outcome.exit == 2 and message in outcome.err and not outcome.out,
                    f"replay {' '.join(arguments)}: exit code {outcome.exit}: {outcome.err}")
    outcome = program("replay", file, "--json", "nowhere/out.json")
    checks.that(outcome.exit == 5, "a file that cannot be written is no error")


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    source = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "ping.rstrace")
        result = program.metrics("run", "ping", "--trace-file", file, "--pcap", str(Path(folder) / "run.pcap"))
        summary = program("replay", file).out.decode()
        checks.that("hosts (under study: client)" in summary and "path napi-socket" in summary,
                    "the hosts are not named")
        check_narration(program, file, checks)
        check_journey(program, file, result, checks)
        os.chdir(folder)
        Path("LICENSE").symlink_to(source / "LICENSE")
        check_capture(program, file, checks)
        check_damage(program, file, checks)
        os.chdir(source)
    checks.end()


main()
