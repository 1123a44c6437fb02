#!/usr/bin/env python3
"""The pictures of the documents are what the program draws today: NAME.svg is the path NAME."""

import sys
from pathlib import Path

from program import Checks, Program


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    for picture in sorted(Path("docs/images").glob("*.svg")):
        drawn = program("show", picture.stem, "--format", "svg").out
        checks.that(picture.read_bytes() == drawn,
                    f"{picture} is out of date: ringside show {picture.stem} --format svg >{picture}")
    checks.end()


main()
