#!/usr/bin/env python3
"""Every example of the user guide and of the README does what they say.

An example is a block

    ```console
    $ ringside run ping        # exit 1
    what it prints, or a part of it
    ```

that is run in an empty folder with the files of the source tree in reach. Its exit code is 0, unless a
comment names another. The lines below a command are lines that it prints, in this order; "..." stands for any
number of them, or for the end of one. How wide a column is does not matter.
A block ```yaml that begins with "# FILE.yaml" writes the file that later examples read.
"""

import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from program import Checks, Program

TEXTS = ("docs/guide.md", "README.md")
OUT_OF_REACH = re.compile(r"\.|build|out$")  # what is no part of the sources
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"\s+# exit (\d+)$")
FILE = re.compile(r"# (\S+\.yaml)\n")


def examples(block):
    """The commands of a block, each with its exit code and the lines shown below it."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            exit_code = EXIT.search(line)
            found.append((EXIT.sub("", line)[2:], int(exit_code[1]) if exit_code else 0, []))
        elif found and line.strip() not in ("", "..."):
            found[-1][2].append(line)
    return [example for example in found if example[0].startswith("ringside ")]


def fits(shown, printed):
    words, printed = " ".join(shown.split()), " ".join(printed.split())
    return printed.startswith(words[:-3]) if words.endswith("...") else printed == words


def missing(shown, printed):
    """The first line shown that was not printed, at its place in the order."""
    lines = iter(printed.splitlines())
    return next((line for line in shown if not any(fits(line, other) for other in lines)), None)


def carry_out(program, example, where, checks):
    command, exit_code, shown = example
    outcome = program(*shlex.split(command)[1:])
    said = outcome.err + outcome.out.decode()
    checks.that(outcome.exit == exit_code, f"{where}: {command}: exit code {outcome.exit}\n{outcome.err}")
    line = missing(shown, said)
    checks.that(line is None, f"{where}: {command}: did not print, in this order: {line}")


def try_text(program, name, text, checks):
    count = 0
    for language, block in BLOCK.findall(text):
        if language == "yaml" and FILE.match(block):
            Path(FILE.match(block)[1]).write_text(block, encoding="utf-8")
        for example in examples(block) if language == "console" else []:
            carry_out(program, example, name, checks)
            count += 1
    checks.that(count, f"{name}: no examples")
    print(f"{name}: {count} examples")


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    texts = {name: Path(name).read_text(encoding="utf-8") for name in TEXTS}
    source = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for entry in source.iterdir():
            if not OUT_OF_REACH.match(entry.name):
                Path(entry.name).symlink_to(entry)
        for name, text in texts.items():
            try_text(program, name, text, checks)
        os.chdir(source)
    checks.end()


main()
