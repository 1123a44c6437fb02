#!/usr/bin/env python3
"""The same scenario and seed give the same result and the same packets; another seed gives others."""

import sys

from comparison import IMPAIRED, ONE_RUN, SWEEPS, results
from program import Checks, Program

BY_CHANCE = [("receive-livelock", "--set", "offered_pps=6000"), IMPAIRED]


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    for arguments in ONE_RUN + SWEEPS:
        first, second = (results(program, *arguments) for _ in range(2))
        checks.that(first[0] == second[0], f"{' '.join(arguments)}: two results")
        checks.that(first[1] == second[1], f"{' '.join(arguments)}: two captures")
    for arguments in BY_CHANCE:
        seeds = [results(program, *arguments, "--seed", str(seed)) for seed in range(1, 5)]
        captures = {capture for _, capture in seeds}
        checks.that(len(captures) == len(seeds), f"{' '.join(arguments)}: seeds of one outcome")
    plain, seeded = (results(program, *IMPAIRED, *seed) for seed in ((), ("--seed", "1")))
    checks.that(plain == seeded, "the seed is 1 unless another is given")
    checks.end()


main()
