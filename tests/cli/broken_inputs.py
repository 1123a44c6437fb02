#!/usr/bin/env python3
"""Whatever is wrong with an input, the program says what and where, and leaves nothing behind."""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import broken_commands
import broken_texts
from program import Checks, Program

MARK = "▸"
CASES = broken_texts.CASES + broken_commands.CASES


@dataclass
class Place:
    file: Path
    line: int = 0
    at: str = ""


def put(made, folder):
    """Writes the broken input, if the case has one, and finds the marked place."""
    file = folder / "broken.yaml"
    content = made() if callable(made) else made
    if content is None:
        return Place(file)
    if isinstance(content, bytes):
        file.write_bytes(content)
        return Place(file)
    file.write_text(content.replace(MARK, ""), encoding="utf-8")
    before = content.partition(MARK)[0]
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return Place(file, line, f"{line}:{column}")


def run(program, case, arguments):
    if not case.stdout:
        return program(*arguments, environment=case.environment)
    with open(case.stdout, "wb") as stdout:
        return program(*arguments, environment=case.environment, stdout=stdout)


def try_case(program, case, checks):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = put(case.made, folder)
        words = {"file": place.file, "line": place.line, "at": place.at, "dir": folder}
        before = sorted(folder.rglob("*"))
        outcome = run(program, case, [word.format(**words) for word in case.command.split()])
        said = outcome.err.replace(name, "{dir}")
        checks.that(outcome.exit == case.exit,
                    f"{case.name}: exit code {outcome.exit}, expected {case.exit}\n{said}")
        checks.that(case.message.format(**words) in outcome.err,
                    f"{case.name}: expected '{case.message}', the place is {place.at}, said\n{said}")
        checks.that(outcome.out == b"" or case.prints, f"{case.name}: printed {outcome.out[:80]}")
        checks.that(sorted(folder.rglob("*")) == before, f"{case.name}: left a file behind")


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    for case in CASES:
        try_case(program, case, checks)
    print(f"{len(CASES)} broken inputs")
    checks.end()


main()
