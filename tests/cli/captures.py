#!/usr/bin/env python3
"""A packet analyser finds nothing wrong with the packets of any scenario, path and stage."""

import sys
import tempfile
from pathlib import Path

from analyser import bad_frames, stream, times
from program import Checks, Program, need

PATHS = ("bsd-42", "bsd-42-screend", "linux-net4", "napi-socket")
SENT = "core/net/tcp/sender.cpp"
SENDING = ("tcp-file", "--set", f"file={SENT}")
BOTH_WAYS = ("ip input", "ip output")
RUNS = [  # name, host, stages that packets pass besides the two ends of the wire, arguments
    ("tcp-file", "server", BOTH_WAYS, (*SENDING, "--set", "loss=0.05")),
    ("ping", "server", BOTH_WAYS, ("ping", "--set", "count=3")),
    ("replay", "host", BOTH_WAYS, ("replay",)),
    ("forwarding", "router", BOTH_WAYS,
     ("receive-livelock", "--set", "offered_pps=3000", "--duration", "50ms")),
    ("receiving", "router", ("ip input", "udp input"),
     ("receive-livelock", "--set", "offered_pps=3000", "--set", "to=router", "--duration", "50ms")),
]


def take(program, capture, where, *arguments):
    program.report("run", *arguments, "--pcap", str(capture), *(("--pcap-at", where) if where else ()))
    return str(capture)


def check_frames(program, capture, checks):
    for path in PATHS:
        for name, host, stages, arguments in RUNS:
            for where in ("", *(f"{host}:{stage}" for stage in stages)):
                what = f"{name} on {path} at {where or host}"
                file = take(program, capture, where, *arguments, "--path", path)
                seen = times(file)
                checks.that(seen, f"{what}: no frame")
                checks.that(seen == sorted(seen), f"{what}: time runs backwards")
                bad = bad_frames(file)
                checks.that(not bad, f"{what}: malformed, or with a bad checksum: {bad[:3]}")


def check_counts(program, capture, checks):
    """The wire of a host under study has each frame once: what reached the card, and what left it."""
    for path in PATHS:
        for name, host, _, arguments in RUNS[:3]:  # without a warmup, which is captured and not measured
            for where in (f"{host}:wire in", ""):
                command = (*arguments, "--path", path)
                study = ("run", *command, "--pcap", str(capture), *(("--pcap-at", where) if where else ()))
                metrics = program.report(*study)["runs"][0]["metrics"]
                own = "server." if name == "ping" and where else ""  # the client is under study
                offered = metrics[own + "offered_packets"]
                sent = metrics[own + "sent_pps"] * offered / metrics[own + "offered_pps"]
                expected = offered if where else offered + round(sent)
                seen = len(times(str(capture)))
                checks.that(seen == expected, f"{name} on {path} at {where or 'the wire'}: {seen} frames, "
                                              f"{expected} were counted")


def check_nanoseconds(program, capture, checks):
    seen = times(take(program, capture, "", "ping"))
    checks.that(any(at * 10**9 % 1000 for at in seen), f"times finer than a microsecond: {seen}")


def check_streams(program, capture, checks):
    """Whatever the link lost, the capture at either end holds the file, byte for byte."""
    content = Path(SENT).read_bytes()
    for path in PATHS:
        for loss in ("0", "0.05"):
            for where in ("server:wire in", "client:wire out"):
                file = take(program, capture, where, *SENDING, "--set", f"loss={loss}", "--path", path)
                checks.that(stream(file) == content, f"{path}, loss {loss}, {where}: not the file")


def check_corruption(program, capture, checks):
    """Frames are corrupted on the link: not before it, and behind it as the scenario says."""
    link = (*SENDING, "--set", "corrupt=0.3")
    sent = bad_frames(take(program, capture, "client:wire out", *link))
    arrived = bad_frames(take(program, capture, "server:wire in", *link))
    checks.that(not sent, f"bad before the link: {sent[:3]}")
    checks.that(arrived, "none is bad behind a link that corrupts")


def main():
    need("tshark")
    program = Program(sys.argv[1])
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        capture = Path(folder) / "run.pcap"
        check_frames(program, capture, checks)
        check_counts(program, capture, checks)
        check_nanoseconds(program, capture, checks)
        check_streams(program, capture, checks)
        check_corruption(program, capture, checks)
    checks.end()


main()
