#!/usr/bin/env python3
"""What the result file says of runs that are not like those of the library."""

import hashlib
import json
import sys
import tempfile
from pathlib import Path

from program import Checks, Program

TWO_FILES = """\
scenario: two-files
title: two files at a time
path: napi-socket
profile: xeon-2018
study: server
hosts:
  client: {}
  server: {}
links:
  - {between: [client, server], rate: 1Gbps, delay: 1ms, loss: 0.02}
workloads:
  - {from: client, to: server, file: {file: LICENSE}}
  - {from: client, to: server, file: {file: README.md}}
expect:
  - "stream_intact == 1"
  - "transfer_1_intact + transfer_2_intact == 2"
"""
RECEIVING = ("run", "receive-livelock", "--path", "napi-socket", "--set", "to=router", "--set",
             "offered_pps=1000", "--duration", "1s")
STRANGE = """\
path: napi-socket
based on: napi-socket
title: a copy of it that has kept its name
story: a copy
"""


def check_two_files(program, folder, checks):
    text = folder / "two.yaml"
    text.write_text(TWO_FILES.replace("file: LICENSE", f"file: {Path('LICENSE').resolve()}")
                    .replace("file: README.md", f"file: {Path('README.md').resolve()}"), encoding="utf-8")
    metrics = program.metrics("run", str(text))
    contents = [Path(name).read_bytes() for name in ("LICENSE", "README.md")]
    checks.that(metrics["stream_bytes"] == sum(map(len, contents)), f"bytes of both: {metrics['stream_bytes']}")
    for number, content in enumerate(contents, 1):
        digest = metrics[f"transfer_{number}_sha256"]
        checks.that(digest == hashlib.sha256(content).hexdigest(), f"digest of file {number}: {digest}")
    checks.that("stream_sha256" not in metrics, "one digest of two files")
    checks.that(metrics["transfer_seconds"] == max(metrics[f"transfer_{n}_seconds"] for n in (1, 2)), "last byte")


def check_goodput(program, checks):
    metrics = program.metrics(*RECEIVING)
    carried = metrics["delivered_bytes"] * 8
    checks.that(metrics["goodput_bps"] == carried > 0, f"{metrics['goodput_bps']} bit/s, carried {carried} in 1 s")


def check_names(program, folder, checks):
    """A run carries the name that its map gives itself; two maps of one name are two columns."""
    copy = folder / "copy.yaml"
    copy.write_text(STRANGE, encoding="utf-8")
    report = program.report("run", "ping", "--path", str(copy))
    checks.that(report["runs"][0]["path"] == "napi-socket", f"path {report['runs'][0]['path']}")
    table = program("compare", "ping", "--paths", f"napi-socket,{copy}").out.decode()
    heads = [line.split() for line in table.splitlines() if str(copy) in line]
    checks.that(heads[:1] == [["napi-socket", str(copy)]], f"two columns: {heads}")
    judged = program.report("run", "receive-livelock", "--path", str(copy), "--duration", "100ms", exits=(0, 1))
    checks.that(any("at(12000" in e["text"] for e in judged["expectations"]),
                "the expectations of napi-socket are those of a map of this name")


def check_unknown_metric(program, folder, checks):
    """A name that no run measured spoils the verdict, and the outputs are written all the same."""
    text = folder / "typo.yaml"
    ping = Path("scenarios/library/ping.yaml").read_text(encoding="utf-8")
    text.write_text(ping.replace('"round_trips == count"', '"round_tripz == 1"'), encoding="utf-8")
    outcome = program("run", str(text), "--json", "-")
    report = json.loads(outcome.out)
    expectation = report["runs"][0]["expectations"][0]
    checks.that(outcome.exit == 2, f"unknown metric: exit code {outcome.exit}")
    checks.that(report["ok"] is False, "unknown metric, and yet ok")
    checks.that(expectation["holds"] is False and "round_tripz" in expectation["note"], f"noted: {expectation}")


def check_large_frames(program, folder, checks):
    """A frame arrives as long as it was asked for."""
    capture = folder / "large.pcap"
    program.report("run", "receive-livelock", "--set", "offered_pps=10", "--set", "packet_bytes=9000",
                   "--duration", "1s", "--pcap", str(capture), "--pcap-at", "router:wire in")
    content = capture.read_bytes()
    lengths = set()
    at = 24
    while at < len(content):
        lengths.add(int.from_bytes(content[at + 8:at + 12], "little"))
        at += 16 + int.from_bytes(content[at + 8:at + 12], "little")
    checks.that(lengths == {9000}, f"frames of {lengths} bytes")


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    with tempfile.TemporaryDirectory() as name:
        check_two_files(program, Path(name), checks)
        check_goodput(program, checks)
        check_names(program, Path(name), checks)
        check_unknown_metric(program, Path(name), checks)
        check_large_frames(program, Path(name), checks)
    checks.end()


main()
