#!/usr/bin/env python3
"""Every byte of a file arrives, whatever the link does to its frames.

With --seeds N: so many seeds of a bad link. With --big: a large file, too.
"""

import argparse
import hashlib
import random
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from program import Checks, Program

BAD_LINK = ("loss=0.2", "reorder=0.1", "duplicate=0.05", "corrupt=0.01")
MIB = 1 << 20


def write(file, size):
    """Content that no compression and no repetition could mend; the same every time."""
    content = random.Random(size).randbytes(size)
    file.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def transfer(program, file, link, seed):
    """The metrics of one transfer. A program that hangs ends the test: subprocess.TimeoutExpired."""
    settings = [word for setting in (f"file={file}", *link) for word in ("--set", setting)]
    return program.metrics("run", "tcp-file", *settings, "--seed", str(seed), exits=(0, 1, 6), timeout=120)


def check(metrics, digest, what, checks):
    checks.that(metrics["stream_sha256"] == digest, f"{what}: other bytes have arrived")
    checks.that(metrics["stream_intact"] == 1, f"{what}: stream_intact {metrics['stream_intact']}")


def check_seeds(program, folder, seeds, checks):
    file = folder / "small"
    digest = write(file, MIB)
    with ThreadPoolExecutor(max_workers=2) as pair:
        outcomes = list(pair.map(partial(transfer, program, file, BAD_LINK), seeds))
    for seed, metrics in zip(seeds, outcomes):
        check(metrics, digest, f"seed {seed} of a bad link", checks)
    simulated = sum(metrics["transfer_seconds"] for metrics in outcomes)
    print(f"{len(outcomes)} files of 1 MiB, {' '.join(BAD_LINK)}: {simulated:.0f} simulated seconds")


def check_big(program, folder, checks):
    file = folder / "big"
    digest = write(file, 64 * MIB)
    metrics = transfer(program, file, ("loss=0.01",), seed=1)
    check(metrics, digest, "64 MiB at loss=0.01", checks)
    checks.that(metrics["retransmits"] > 0, "64 MiB at loss=0.01: nothing was sent twice")
    print(f"64 MiB over a link with loss=0.01: {metrics['goodput_bps'] / 1e6:.1f} Mbit/s, "
          f"{metrics['retransmits']} segments sent again")


def main():
    command = argparse.ArgumentParser(description=__doc__)
    command.add_argument("program")
    command.add_argument("--seeds", type=int, default=5)
    command.add_argument("--big", action="store_true")
    wish = command.parse_args()
    program = Program(wish.program)
    checks = Checks()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        check_seeds(program, Path(name), range(1, wish.seeds + 1), checks)
        if wish.big:
            check_big(program, Path(name), checks)
    print(f"{time.monotonic() - began:.1f} s in all")
    checks.end()


main()
