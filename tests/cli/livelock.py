#!/usr/bin/env python3
"""The shapes of receive livelock, from the costs in a profile and nothing else.

Mogul and Ramakrishnan, "Eliminating Receive Livelock in an Interrupt-driven Kernel", ACM TOCS 15(3), 1997.
"""

import sys
import tempfile
from pathlib import Path

from program import Checks, Program

LOADS = range(1000, 12001, 1000)
BEYOND = 7000  # packets per second: more than the machine carries on any path


def curve(program, *arguments):
    """What is delivered at each load, in packets per second."""
    report = program.report("run", "receive-livelock", *arguments, exits=(0, 1))
    return {run["parameters"]["offered_pps"]: run["metrics"]["delivered_pps"] for run in report["runs"]}


def shown(delivered):
    return " ".join(f"{pps:.0f}" for pps in delivered.values())


def check_interrupts(program, checks):
    """4.2BSD: a peak between 4 and 5.4 thousand packets per second, and a decline."""
    delivered = curve(program, "--path", "bsd-42")
    peak = max(delivered.values())
    at_peak = max(delivered, key=delivered.get)
    checks.that(list(delivered) == list(LOADS), f"loads {list(delivered)}")
    checks.that(4000 <= peak <= 5400, f"bsd-42: peak {peak}")
    checks.that(delivered[2 * at_peak] <= 0.75 * peak, f"bsd-42: {delivered[2 * at_peak]} at twice {at_peak}")
    print("bsd-42          ", shown(delivered))


def check_softirqs(program, checks):
    """Linux before NAPI: interrupts still come first, but cost less. It declines, and not to nothing."""
    delivered = curve(program, "--path", "linux-net4")
    peak = max(delivered.values())
    checks.that(peak >= 4000, f"linux-net4: peak {peak}")
    checks.that(0.1 * peak <= delivered[12000] <= 0.75 * peak, f"linux-net4: {delivered[12000]} after {peak}")
    print("linux-net4      ", shown(delivered))


def check_filter(program, checks):
    """A program that interrupts never let run forwards nothing."""
    delivered = curve(program, "--path", "bsd-42-screend")
    checks.that(max(delivered.values()) > 1500, f"bsd-42-screend: peak {max(delivered.values())}")
    checks.that(all(delivered[load] == 0 for load in LOADS if load >= 9000), "bsd-42-screend: still forwards")
    print("bsd-42-screend  ", shown(delivered))


def check_polling(program, checks):
    """NAPI stays at its peak; without a quota of packets it does not."""
    delivered = curve(program, "--path", "napi-socket")
    peak = max(delivered.values())
    at_peak = max(delivered, key=delivered.get)
    flat = [pps for load, pps in delivered.items() if load >= at_peak]
    checks.that(min(flat) >= 0.95 * peak, f"napi-socket: {min(flat)} beyond its peak of {peak}")
    print("napi-socket     ", shown(delivered))
    unlimited = curve(program, "--path", "napi-socket", "--set", "budget=0")
    left = max(unlimited[load] for load in LOADS if load >= BEYOND)
    checks.that(left < 0.05 * peak, f"budget=0: {left} beyond its peak")
    # Just beyond the peak a poll ends now and then, by chance: a mean over seeds.
    near = [curve(program, "--path", "napi-socket", "--set", "budget=0", "--set", "offered_pps=6000",
                  "--seed", str(seed))[6000] for seed in range(1, 9)]
    checks.that(sum(near) / len(near) < 0.05 * peak, f"budget=0: {near} just beyond its peak")
    print("... its budget=0", shown(unlimited))


def check_costs(program, checks):
    """One price, changed in a copy of the profile, moves the whole curve."""
    profile = Path("scenarios/profiles/alpha-1996.yaml").read_text(encoding="utf-8")
    price = "ip.input:        {cycles per packet: 12000"
    checks.that(price in profile, "alpha-1996: the price of ip.input has moved")
    with tempfile.TemporaryDirectory() as folder:
        cheaper = Path(folder) / "cheaper.yaml"
        cheaper.write_text(profile.replace(price, price.replace("12000", "6000")), encoding="utf-8")
        for path in ("bsd-42", "napi-socket"):
            before, after = (max(curve(program, "--path", path, "--profile", name).values())
                             for name in ("alpha-1996", str(cheaper)))
            checks.that(after > 1.1 * before, f"{path}: {before} before, {after} with a cheaper ip.input")
            print(f"{path}: peak {before:.0f}, with ip.input at half its price {after:.0f}")


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    check_interrupts(program, checks)
    check_softirqs(program, checks)
    check_filter(program, checks)
    check_polling(program, checks)
    check_costs(program, checks)
    checks.end()


main()
