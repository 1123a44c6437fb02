"""What two runs of the same scenario and seed must have in common: everything but the time they took."""

import json
import tempfile
from pathlib import Path

OF_THE_MACHINE = ("wall_seconds", "events_per_wall_second", "packets_per_wall_second", "peak_rss_bytes")
IMPAIRED = ("tcp-file", "--set", "file=core/net/tcp/sender.cpp", "--set", "loss=0.05", "--set", "reorder=0.1",
            "--set", "duplicate=0.05", "--set", "corrupt=0.02")
PATHS = ("bsd-42", "bsd-42-screend", "linux-net4", "napi-socket")
ONE_RUN = [*(("receive-livelock", "--path", path, "--set", "offered_pps=6000") for path in PATHS),
           *((*IMPAIRED, "--path", path) for path in PATHS),
           *(("receive-livelock", "--path", path, "--profile", "xeon-2018", "--set", "offered_pps=1000000", "--set",
              "rate=10Gbps", "--set", "program=redirect", "--set", "cores=2", "--duration", "20ms")
             for path in ("xdp", "dpdk")),
           *(("roads", "--path", path, "--set", "offered_pps=2000000", "--set", "cores=2", "--duration", "5ms")
             for path in ("packet-recv", "packet-mmap-v2", "af-xdp-copy", "af-xdp-zerocopy", "napi-recvmmsg",
                          "io-uring-sqpoll")),
           *(("copies", "--path", path, "--set", "size=2MiB", "--set", "loss=0.01")
             for path in ("file-read-write", "file-msg-zerocopy")),
           *(("tcp-file", "--path", path, "--set", "loss=0.05", "--set", "file=core/net/tcp/sender.cpp")
             for path in ("user-tcp-dpdk", "user-tcp-af-xdp")),
           ("offloads", "--set", "size=4MiB", "--set", "loss=0.01"),
           ("rcu-or-lock", "--set", "cores=4", "--duration", "1ms"),
           ("ping", "--set", "count=20", "--set", "loss=0.1"),
           ("replay",)]
SWEEPS = [("receive-livelock", "--path", path) for path in PATHS]


def of_the_model(report):
    """The result file as text, without what depends on the machine that computed it."""
    for run in report["runs"]:
        for name in OF_THE_MACHINE:
            del run["metrics"][name]
    return json.dumps(report, indent=1)


def results(program, *arguments):
    """The result file and the capture of a run; of a sweep, which has no capture, the result file alone."""
    if arguments in SWEEPS:
        return of_the_model(program.report("run", *arguments, exits=(0, 1))), b""
    with tempfile.TemporaryDirectory() as folder:
        capture = Path(folder) / "run.pcap"
        report = program.report("run", *arguments, "--pcap", str(capture), exits=(0, 1))
        return of_the_model(report), capture.read_bytes()
