#!/usr/bin/env python3
"""Every scenario that ships runs from any folder, with nothing else at hand; what an option names lies there."""

import json
import os
import sys
import tempfile
from pathlib import Path

from program import Checks, Program

SHORT = {"receive-livelock": ("--set", "offered_pps=1000", "--duration", "10ms")}


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    names = [scenario["name"] for scenario in json.loads(program("list", "--json").out)["scenarios"]]
    source = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name in names:
            outcome = program("run", name, *SHORT.get(name, ()))
            checks.that(outcome.exit == 0, f"{name}: exit code {outcome.exit}\n{outcome.err}")
        Path("mine.bin").write_bytes(b"mine")
        sent = program.metrics("run", "tcp-file", "--set", "file=mine.bin")["stream_bytes"]
        checks.that(sent == len(b"mine"), f"a file of the working directory: {sent} bytes")
        os.chdir(source)
    checks.end()


main()
