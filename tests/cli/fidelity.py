#!/usr/bin/env python3
"""docs/fidelity.md is what the scenarios of scenarios/library/published say today.

fidelity.py PROGRAM           compares the document with the results
fidelity.py PROGRAM --write   writes it"""

import json
import sys
from pathlib import Path

from program import Checks, Program

DOCUMENT = Path("docs/fidelity.md")
PUBLISHED = Path("scenarios/library/published")
HEAD = """# Fidelity

What others have measured, and what the model says. Written by `python3 tests/cli/fidelity.py build/headless/scenarios/ringside
--write`; a test compares it with the results of every build. The figures behind the ids are in [sources](sources.md).

*calibrated*: prices of the profile rest on this figure, so that meeting it proves nothing about the model. *predicted*:
no price rests on it. Within its tolerance a figure is **met**; otherwise it is **missed**, and what is known of the cause
stands below.
"""


def paths_of(program, name):
    """The paths for which a scenario has expectations, in the order of its text."""
    shown = json.loads(program("show", name, "--format", "json").out)
    return list(dict.fromkeys(path for one in shown["expectations"] for path in (one["path"], one["against"]) if path))


def judged(program, name):
    """(path, profile, expectation) of each published figure, and the command that judges them."""
    arguments = ("compare", name, "--paths", ",".join(paths_of(program, name)))
    report = program.report(*arguments, exits=(0, 1))
    found = [(one["path"], one["profile"], one) for one in report["expectations"] if "figure" in one]
    for run in report["runs"]:
        found += [(run["path"], run["profile"], one) for one in run["expectations"] if "figure" in one]
    return found, "ringside " + " ".join(arguments)


def rounded(value):
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:,.0f}".replace(",", " ")


def row(path, one):
    deviation = 100 * (one["actual"] / one["published"] - 1)
    kind = "calibrated" if one["calibrated"] else "predicted"
    verdict = "met" if one["holds"] else "**missed**"
    expression = one["text"].split(" within ")[0]
    return (f"| {one['figure']} | `{path}` | `{expression}` | {rounded(one['published'])} | {rounded(one['actual'])} "
            f"| {deviation:+.1f} % | {100 * one['within']:g} % | {kind} | {verdict} |")


def section(program, name, found, command):
    shown = json.loads(program("show", name, "--format", "json").out)
    profiles = sorted({profile for _, profile, _ in found})
    lines = [f"\n## {shown['title']['en']}\n", f"{'; '.join(shown['sources'])}. Machine: `{', '.join(profiles)}`.\n",
             f"```sh\n{command}\n```\n",
             "| figure | path | what | published | simulated | deviation | tolerance | | |",
             "|---|---|---|---|---|---|---|---|---|"]
    lines += [row(path, one) for path, _, one in found]
    causes = {}
    for _, _, one in found:
        if "misses" in one:
            causes.setdefault(one["misses"], []).append(one["figure"])
    lines += [f"\n{', '.join(figures)}: {cause}." for cause, figures in causes.items()]
    return "\n".join(lines) + "\n"


def main():
    program = Program(sys.argv[1])
    names = [file.stem for file in sorted(PUBLISHED.glob("*.yaml"))]
    results = {name: judged(program, name) for name in names}
    text = HEAD + "".join(section(program, name, *results[name]) for name in names)
    if "--write" in sys.argv:
        DOCUMENT.write_text(text, encoding="utf-8")
        return
    checks = Checks()
    written = DOCUMENT.read_text(encoding="utf-8").splitlines()
    for number, (old, new) in enumerate(zip(written, text.splitlines()), 1):
        checks.that(old == new, f"{DOCUMENT}:{number}: says   {old}\n  results: {new}")
    checks.that(len(written) == len(text.splitlines()), f"{DOCUMENT}: another number of lines")
    for _, _, one in (one for found, _ in results.values() for one in found):
        known = "misses" in one
        checks.that(one["holds"] or known, f"{one['text']}: {one['actual']}, and nothing explains it")
        checks.that(not (one["holds"] and known), f"{one['text']}: holds, and is said to miss")
    checks.end()


main()
