#!/usr/bin/env python3
"""Between two namespaces of a machine, streams cross in order and captures are whole; what does not fit is refused."""

import sys

from program import Checks, Program

STREAM = "tests/cli/made_up/namespaces-stream.yaml"


def main():
    program = Program(sys.argv[1])
    checks = Checks()
    for path in ("veth", "veth-napi", "io-uring-send-zc+veth", "file-sendfile+veth"):
        outcome = program("run", STREAM, "--path", path)
        checks.that(outcome.exit == 0, f"{path}: {outcome.out.decode()} {outcome.err}")
    outcome = program("run", STREAM, "--path", "napi-socket")
    checks.that(outcome.exit == 2 and "has a card, on a link in software" in outcome.err, f"a card: {outcome.err}")
    outcome = program("run", "ping", "--path", "veth")
    checks.that(outcome.exit == 2 and "has no card, on a link to" in outcome.err, f"no card: {outcome.err}")
    shown = program("show", "napi-epoll+veth")
    checks.that(shown.exit == 0 and b"napi-epoll+veth" in shown.out, f"show: {shown.err}")
    checks.end()


main()
