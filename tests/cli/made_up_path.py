#!/usr/bin/env python3
"""A path that does not ship is one file: it is checked, explained, run and compared like the others."""

import sys

from program import Checks, Program

FANOUT = "tests/cli/made_up/packet-fanout.yaml"
FLOOD = ("--set", "offered_pps=10000000", "--duration", "10ms")


def check_texts(program, checks):
    outcome = program("check", FANOUT)
    checks.that(outcome.exit == 0, f"check: {outcome.err}")
    for language, told in (("en", "a ring and a program on each core"), ("zh_CN", "每个核一个环、一个程序")):
        shown = program("show", FANOUT, "--lang", language)
        checks.that(shown.exit == 0 and told in shown.out.decode(), f"show --lang {language} does not explain it")
    checks.that(b"<svg" in program("show", FANOUT, "--format", "svg").out, "no picture")


def check_account(program, checks):
    """The ledger of packet-mmap-*: one copy, into the ring; a call only when it is empty."""
    metrics = program.metrics("run", "roads", "--path", FANOUT, "--set", "offered_pps=500000", "--duration", "10ms")
    checks.that(abs(metrics["cpu_copies_per_packet"] - 1) < 0.01, f"copies: {metrics['cpu_copies_per_packet']}")
    checks.that(metrics["syscalls_per_packet"] < 1, f"system calls: {metrics['syscalls_per_packet']}")


def check_scaling(program, checks):
    """A member of the group on each core: under a flood, so many cores deliver so much more."""
    def delivered(cores):
        return program.metrics("run", "roads", "--path", FANOUT, *FLOOD, "--set", f"cores={cores}")["delivered_pps"]

    alone = delivered(1)
    checks.that(alone > 0, "one core delivers nothing")
    for cores in (2, 4):
        rate = delivered(cores)
        checks.that(abs(rate / alone / cores - 1) < 0.05, f"{cores} cores deliver {rate:.0f}, one {alone:.0f}")


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    check_texts(program, checks)
    check_account(program, checks)
    check_scaling(program, checks)
    report = program.report("compare", "roads", "--paths", f"napi-socket,{FANOUT}", "--set", "offered_pps=100000",
                            "--duration", "10ms")
    checks.that([run["path"] for run in report["runs"]] == ["napi-socket", "packet-fanout"], "compare")
    checks.end()


main()
