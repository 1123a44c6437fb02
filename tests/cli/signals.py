#!/usr/bin/env python3
"""Ctrl-C ends a run with the results so far; a reader that has gone away is an output that could not be written."""

import json
import os
import pty
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from program import Checks, Program, SKIPPED

LONG = ("run", "receive-livelock", "--set", "offered_pps=4000", "--duration", "2000000s")  # 23 days


def pseudo_terminal():
    try:
        return pty.openpty()
    except OSError as reason:
        print(f"skipped: no pseudo-terminal here: {reason}")
        sys.exit(SKIPPED)


def interrupted(program, *arguments):
    """Interrupts the program as soon as its terminal shows progress; its exit code."""
    terminal, screen = pseudo_terminal()
    with subprocess.Popen([program.path, *arguments], stdout=subprocess.DEVNULL, stderr=screen) as process:
        os.close(screen)
        shown = b""
        while b"run 1 of" not in shown:
            shown += os.read(terminal, 1024)
        process.send_signal(signal.SIGINT)
        exit_code = process.wait(timeout=60)
    os.close(terminal)
    return exit_code


def check_interrupt(program, checks):
    with tempfile.TemporaryDirectory() as name:
        result, capture = Path(name) / "out.json", Path(name) / "out.pcap"
        exit_code = interrupted(program, *LONG, "--json", str(result), "--pcap", str(capture))
        checks.that(exit_code == 130, f"interrupted: exit code {exit_code}")
        report = json.loads(result.read_text(encoding="utf-8"))
        checks.that(not report["complete"] and not report["runs"][0]["complete"], "interrupted, and yet complete")
        simulated = report["runs"][0]["metrics"]["simulated_seconds"]
        # Noticed within milliseconds of simulated time, and not after a thousandth of the duration.
        checks.that(0 < simulated < 2000, f"interrupted after {simulated} simulated seconds")
        left = {file.name for file in Path(name).iterdir()}
        checks.that(left == {"out.json", "out.pcap"}, f"interrupted: these files are left: {left}")


def check_reader(program, checks):
    reader, writer = os.pipe()
    os.close(reader)
    outcome = program("run", "ping", stdout=writer)
    os.close(writer)
    checks.that(outcome.exit == 5, f"no reader: exit code {outcome.exit}")
    checks.that("standard output: Broken pipe" in outcome.err, f"no reader: {outcome.err}")


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    check_interrupt(program, checks)
    check_reader(program, checks)
    checks.end()


main()
