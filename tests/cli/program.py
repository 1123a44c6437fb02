"""The program under test, run as its users run it, and the account of what was checked."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

SKIPPED = 77  # CTest: SKIP_RETURN_CODE


@dataclass
class Outcome:
    exit: int  # negative: ended by this signal
    out: bytes
    err: str


class Program:
    """`Program("build/ringside")("run", "ping")` is what a shell would do."""

    def __init__(self, path):
        self.path = os.path.abspath(path)

    def __call__(self, *arguments, stdout=subprocess.PIPE, timeout=300, environment=()):
        done = subprocess.run([self.path, *arguments], stdin=subprocess.DEVNULL, stdout=stdout,
                              stderr=subprocess.PIPE, timeout=timeout, check=False,
                              env={**os.environ, "LC_ALL": "C", "NO_COLOR": "1", **dict(environment)})
        return Outcome(done.returncode, done.stdout or b"", done.stderr.decode(errors="replace"))

    def report(self, *arguments, exits=(0,), timeout=300):
        """The result file of a run."""
        outcome = self(*arguments, "--json", "-", timeout=timeout)
        if outcome.exit not in exits:
            sys.exit(f"ringside {' '.join(arguments)}: exit code {outcome.exit}\n{outcome.err}")
        return json.loads(outcome.out)

    def metrics(self, *arguments, **how):
        """The metrics of a scenario's only run."""
        return self.report(*arguments, **how)["runs"][0]["metrics"]


class Checks:
    """Prints what does not hold, and at the end how much was checked. A test that checks nothing fails."""

    def __init__(self):
        self.made = 0
        self.failed = 0

    def that(self, holds, what):
        self.made += 1
        if not holds:
            self.failed += 1
            print(f"FAILED: {what}")

    def end(self):
        print(f"{self.made - self.failed} of {self.made} checks hold")
        sys.exit(1 if self.failed or not self.made else 0)


def need(tool):
    """Skips the test when a program that it asks is not installed."""
    if shutil.which(tool) is None:
        print(f"skipped: {tool} is not installed")
        sys.exit(SKIPPED)
