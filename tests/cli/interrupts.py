#!/usr/bin/env python3
"""NAPI's adaptation: an interrupt for every packet when there are few, none when there are too many."""

import sys

from program import Checks, Program

RECEIVING = ("run", "receive-livelock", "--path", "napi-socket", "--profile", "xeon-2018",
             "--duration", "100ms", "--set", "to=router", "--set", "rate=100Gbps")
LOADS = (1_000, 10_000, 100_000, 200_000, 400_000, 600_000, 800_000, 1_000_000, 1_500_000,
         2_000_000, 3_000_000, 5_000_000)
LOW, SATURATED = 10_000, 3_000_000  # packets per second


def figures(program, load, arrivals):
    return program.metrics(*RECEIVING, "--set", f"offered_pps={load}", "--set", f"arrivals={arrivals}")


def check_each_packet(metrics, load, arrivals, checks):
    """One copy and one system call for each datagram; over an interval, give or take the one under way."""
    for name in ("cpu_copies_per_packet", "syscalls_per_packet"):
        checks.that(abs(metrics[name] - 1) < 0.001, f"{name} {metrics[name]} at {load}, {arrivals}")


def check_arrivals(program, arrivals, checks):
    """Returns the interrupts for an offered packet at each load."""
    curve = []
    for load in LOADS:
        metrics = figures(program, load, arrivals)
        curve.append(metrics["interrupts_per_packet"])
        each = metrics["interrupts_per_packet"]
        check_each_packet(metrics, load, arrivals, checks)
        if load <= LOW:
            checks.that(each >= 0.8, f"{each} interrupts per packet at {load}, {arrivals}")
        if load >= SATURATED:
            checks.that(each <= 0.001, f"{each} interrupts per packet at {load}, {arrivals}")
    print(f"{arrivals:8}", " ".join(f"{interrupts:.3f}" for interrupts in curve))
    return curve


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    print("interrupts per offered packet at", *LOADS)
    # Evenly spaced packets beat against the length of a poll: only the ends of their curve are compared.
    check_arrivals(program, "even", checks)
    by_chance = check_arrivals(program, "poisson", checks)
    checks.that(by_chance == sorted(by_chance, reverse=True), f"more of them at a higher load: {by_chance}")
    checks.end()


main()
