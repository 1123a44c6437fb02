#!/usr/bin/env python3
"""Every scenario of the library holds what it expects, on its own path and on every path that an expectation names."""

import re
import sys
from pathlib import Path

from program import Checks, Program


def paths_of(text):
    """Its own path and those of its expectations, in the order of the text."""
    own = re.search(r"^path: *(\S+)", text, re.M)
    named = re.findall(r"[{,] *path: *([a-z0-9-]+) *[,}]", text[text.find("\nexpect:"):])
    return list(dict.fromkeys([*([own[1]] if own else []), *named]))


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    for file in sorted(Path("scenarios/library").glob("*.yaml")):  # docs/fidelity.md has those of published/
        for path in paths_of(file.read_text(encoding="utf-8")):
            outcome = program("run", file.stem, "--path", path)
            failed = "".join(f"{line}\n" for line in outcome.out.decode().splitlines() if "FAILED" in line)
            checks.that(outcome.exit == 0, f"{file.stem} on {path}: exit code {outcome.exit}\n{outcome.err}{failed}")
    checks.end()


main()
