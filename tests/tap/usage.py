#!/usr/bin/env python3
"""ringside tap without a device: what it does not understand, all of it at once, and what the machine lacks."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from program import Checks, Program

NOBODY = 65534
NONSENSE = {
    ("--address", "10.0.0.1"): "expected an IPv4 address and the length of its prefix",
    ("--address", "10.0.0.1/31"): "expected an IPv4 address and the length of its prefix",
    ("--peer", "somewhere"): "expected an IPv4 address",
    ("--peer", "10.77.0.2"): "it is the stack's own address",
    ("--address6", "fd77::2"): "expected an IPv6 address and the length of its prefix",
    ("--address6", "fd77::2/127"): "expected an IPv6 address and the length of its prefix",
    ("--address6", "10.0.0.1/24"): "expected an IPv6 address and the length of its prefix",
    ("--peer6", "10.77.0.1"): "expected an IPv6 address",
    ("--peer6", "fd77::2"): "it is the stack's own address",
    ("--address6", "fd77::2/64", "--mtu", "1279"): "expected 1280 at least",
    ("--mtu", "67"): "expected a number from 68 to 65521",
    ("--mtu", "1500.5"): "expected a number from 68 to 65521",
    ("--serve", "ecko"): "no service 'ecko'; did you mean 'echo'?",
    ("--serve", "echo,echo"): "it is served already",
    ("--serve", "echo=1"): "echo has no value",
    ("--serve", "http=/no/such/folder"): "expected http=DIR",
    ("--serve", "source"): "expected source=N",
    ("--fetch", "ftp://10.77.0.1/", "--out", "x"): "expected http://A[:P]/PATH",
    ("--fetch", "http://somewhere/", "--out", "x"): "expected http://A[:P]/PATH",
    ("--send", "1000", "--to", "10.77.0.1"): "expected an IPv4 address and a port",
    ("--send", "1000", "--to", "fd77::1:9"): "or [A]:P with an IPv6 address",
    ("--fetch", "http://[fd77::1/", "--out", "x"): "expected http://A[:P]/PATH",
    ("--send", "/no/such/file", "--to", "10.77.0.1:9"): "expected a file that can be read",
    ("--loss", "1.5"): "expected a probability",
    ("--reorder", "x"): "expected a probability",
    ("--duplicate", "-1"): "expected a probability",
    ("--corrupt", "5%"): "expected a probability",
    ("--delay", "10"): "expected a time",
    ("--reorder-delay", "soon"): "expected a time",
    ("--rate", "fast"): "expected a rate",
    ("--receive-buffer", "1"): "expected a size",
    ("--receive-buffer", "3GiB"): "--receive-buffer 3GiB: error: ",
    ("--for", "10"): "expected a time",
    ("--device", "a-name-that-is-too-long"): "expected at most 15 letters",
    ("--fetch", "http://10.77.0.1/"): "--fetch requires --out",
    ("--send", "1"): "--send requires --to",
    ("--congestion", "vegas"): "--congestion",
    ("--pace", "fast"): "--pace fast: error: expected a rate",
    ("--seed", "x"): "--seed",
}


def check_nonsense(program, checks):
    for arguments, said in NONSENSE.items():
        outcome = program("tap", *arguments, timeout=10)
        checks.that(outcome.exit == 2 and said in outcome.err, f"{arguments}: {outcome.exit} {outcome.err}")
    outcome = program("tap", "--loss", "2", "--mtu", "x", "--serve", "http")
    checks.that(outcome.err.count("error: ") == 3, f"not all findings at once: {outcome.err}")


def check_lacking(program, checks):
    """Somebody without privileges, whose copy of the program everybody may run."""
    outcome = program("tap", "--device", "no-such-dev", "--for", "1s")
    checks.that(outcome.exit == 3 and "no device no-such-dev here" in outcome.err, f"{outcome.exit} {outcome.err}")
    outcome = program("tap", "--namespace", "/no/such/namespace")
    checks.that(outcome.exit == 3 and "/no/such/namespace: No such file" in outcome.err, f"{outcome.exit} {outcome.err}")
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        copy = shutil.copy(program.path, Path(name) / "ringside")
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run([copy, "tap", "--for", "1s"], capture_output=True, text=True, timeout=60, check=False, cwd="/", **who)
        checks.that(done.returncode == 3 and "error: " in done.stderr and "root" in done.stderr, f"{done.returncode} {done.stderr}")


def main():
    program, checks = Program(sys.argv[1]), Checks()
    check_nonsense(program, checks)
    check_lacking(program, checks)
    checks.end()


main()
