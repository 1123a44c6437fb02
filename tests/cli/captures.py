#!/usr/bin/env python3
"""A packet analyser finds nothing wrong with the packets of any scenario, path and stage."""

import sys
import tempfile
from pathlib import Path

from analyser import frames, stream
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
    """The metrics of the run, and the frames that were captured."""
    at = ("--pcap-at", where) if where else ()
    metrics = program.metrics("run", *arguments, "--pcap", str(capture), *at)
    return metrics, frames(str(capture))


def counted(metrics, name, where):
    """The wire of a host under study has each frame once: what reached the card, and what left it."""
    own = "server." if name == "ping" and where else ""  # the client is under study
    offered = metrics[own + "offered_packets"]
    sent = metrics[own + "sent_pps"] * offered / metrics[own + "offered_pps"]
    return offered if where else offered + round(sent)


def check_frames(program, capture, checks):
    for path in PATHS:
        for name, host, stages, arguments in RUNS:
            wire = f"{host}:wire in"
            for where in ("", wire, *(f"{host}:{stage}" for stage in stages)):
                what = f"{name} on {path} at {where or host}"
                metrics, seen = take(program, capture, where, *arguments, "--path", path)
                times = [frame.time for frame in seen]
                checks.that(seen, f"{what}: no frame")
                checks.that(times == sorted(times), f"{what}: time runs backwards")
                checks.that(not bad(seen), f"{what}: malformed, or with a bad checksum: {bad(seen)[:3]}")
                measured = "--duration" not in arguments  # else there is a warm-up, captured and not counted
                if where in ("", wire) and measured:
                    expected = counted(metrics, name, where)
                    checks.that(len(seen) == expected, f"{what}: {len(seen)} frames, {expected} were counted")


def check_judged(program, capture, checks):
    """What a program passes, sends back or sends on is a good frame on the wire."""
    offered = ("receive-livelock", "--profile", "xeon-2018", "--set", "offered_pps=3000", "--duration",
               "50ms")
    for path in ("xdp", "xdp-generic", "dpdk"):
        for verdict in ("pass", "tx", "redirect", "route"):
            what = f"{path}, program={verdict}"
            where = "router:wire in" if (path, verdict) == ("dpdk", "pass") else ""
            _, seen = take(program, capture, where, *offered, "--path", path, "--set", f"program={verdict}")
            checks.that(seen, f"{what}: no frame")
            checks.that(not bad(seen), f"{what}: malformed, or with a bad checksum: {bad(seen)[:3]}")
            if verdict == "route":
                _, left = take(program, capture, "router:wire out", *offered, "--path", path, "--set", "program=route")
                checks.that({frame.ttl for frame in left} == {63}, f"{what}: {({frame.ttl for frame in left})}, not a hop less")


def check_roads(program, capture, checks):
    """Programs that work on frames, or take many at a time: the wire, and the tap that shares a frame."""
    for path in ("linux-net1", "napi-recvmmsg", "io-uring-recv", "packet-recv", "packet-mmap-v1", "packet-mmap-v2", "af-xdp-copy", "af-xdp-zerocopy", "dpdk"):
        for where in ("", *(("host:packet tap", "host:ip input") if path.startswith("packet") else ())):
            what = f"roads on {path} at {where or 'the wire'}"
            _, seen = take(program, capture, where, "roads", "--path", path, "--set", "offered_pps=5000",
                           "--duration", "20ms")
            checks.that(seen, f"{what}: no frame")
            checks.that(not bad(seen), f"{what}: malformed, or with a bad checksum: {bad(seen)[:3]}")


def check_files(program, capture, checks):
    """Wherever the bytes of a file lay when the card fetched them, they are the file's on the wire."""
    size = 300_000
    for path in ("file-read-write", "file-sendfile-sg", "file-msg-zerocopy"):
        what = f"copies on {path}"
        _, seen = take(program, capture, "client:wire out", "copies", "--path", path, "--set", f"size={size}B")
        checks.that(seen and not bad(seen), f"{what}: malformed, or with a bad checksum: {bad(seen)[:3]}")
        checks.that(len(stream(str(capture))) == size, f"{what}: not all of the file")


def bad(seen):
    return [number for number, frame in enumerate(seen, 1) if frame.bad]


def check_nanoseconds(program, capture, checks):
    _, seen = take(program, capture, "", "ping")
    checks.that(any(frame.time * 10**9 % 1000 for frame in seen), f"times finer than a microsecond: {seen}")


def check_streams(program, capture, checks):
    """Whatever the link lost, the capture at either end holds the file, byte for byte."""
    content = Path(SENT).read_bytes()
    for path in PATHS:
        for loss in ("0", "0.05"):
            for where in ("server:wire in", "client:wire out"):
                program.report("run", *SENDING, "--set", f"loss={loss}", "--path", path,
                               "--pcap", str(capture), "--pcap-at", where)
                checks.that(stream(str(capture)) == content, f"{path}, loss {loss}, {where}: not the file")


def check_corruption(program, capture, checks):
    """Frames are corrupted on the link: not before it, and behind it as the scenario says."""
    link = (*SENDING, "--set", "corrupt=0.3")
    _, sent = take(program, capture, "client:wire out", *link)
    _, arrived = take(program, capture, "server:wire in", *link)
    checks.that(sent and not bad(sent), f"bad before the link: {bad(sent)[:3]}")
    checks.that(bad(arrived), "none is bad behind a link that corrupts")


def main():
    need("tshark")
    program = Program(sys.argv[1])
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        capture = Path(folder) / "run.pcap"
        check_frames(program, capture, checks)
        check_judged(program, capture, checks)
        check_roads(program, capture, checks)
        check_files(program, capture, checks)
        check_nanoseconds(program, capture, checks)
        check_streams(program, capture, checks)
        check_corruption(program, capture, checks)
    checks.end()


main()
