#!/usr/bin/env python3
"""Every run of an interrupt handler that is paid for is counted as an interrupt, and no other."""

import sys

from program import Checks, Program

HANDLER = 1800  # cycles: irq.handler of alpha-1996, once for each interrupt
HANDLERS = {  # path: its handlers, with the cycles that each costs for a packet besides
    "bsd-42": {"device interrupt": 5400, "transmit interrupt": 1200},
    "napi-socket": {"rx interrupt": 0},
}


def runs_paid_for(run, handlers):
    return sum(stage["packets"] * (stage["cycles_per_packet"] - handlers[stage["stage"]]) / HANDLER
               for stage in run["stages"] if stage["stage"] in handlers)


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    for path, handlers in HANDLERS.items():
        for load in (1000, 3000, 6000, 12000):
            report = program.report("run", "receive-livelock", "--path", path, "--set", f"offered_pps={load}")
            run = report["runs"][0]
            paid = runs_paid_for(run, handlers)
            counted = run["metrics"]["interrupts_per_packet"] * run["metrics"]["offered_packets"]
            checks.that(abs(counted - paid) <= 0.01 * paid + 2,
                        f"{path} at {load}: {counted:.0f} interrupts are counted, {paid:.0f} are paid for")
    checks.end()


main()
