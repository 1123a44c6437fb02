"""What tshark, the packet analyser, says of a capture."""

import subprocess
from decimal import Decimal
from typing import NamedTuple

CHECKSUMS = [word for protocol in ("ip", "tcp", "udp") for word in ("-o", f"{protocol}.check_checksum:TRUE")]
STATUS = [f"{protocol}.checksum.status" for protocol in ("ip", "tcp", "udp", "icmp")]
FIELDS = [word for field in ("frame.time_epoch", "_ws.malformed", "ip.ttl", *STATUS) for word in ("-e", field)]
WRONG = "0"


def tshark(capture, *arguments):
    return subprocess.run(["tshark", "-r", capture, *CHECKSUMS, *arguments], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=True, timeout=120).stdout


class Frame(NamedTuple):
    time: Decimal  # seconds, with nine decimals
    bad: bool      # malformed, or with a checksum that is wrong: its own, or that of a packet which it quotes
    ttl: int       # of the outer IPv4 header; 0: there is none


def frames(capture):
    seen = []
    for line in tshark(capture, "-T", "fields", *FIELDS).splitlines():
        time, malformed, ttl, *statuses = line.split("\t")
        wrong = any(WRONG in status.split(",") for status in statuses)
        seen.append(Frame(Decimal(time), bool(malformed) or wrong, int(ttl.split(",")[0] or 0)))
    return seen


def stream(capture):
    """The bytes that the opener of the first TCP connection sent. The other side's lines are indented."""
    lines = tshark(capture, "-q", "-z", "follow,tcp,raw,0").splitlines()
    ends = [i for i, line in enumerate(lines) if line.startswith("=====")]
    headings = ("Follow:", "Filter:", "Node ")
    sent = [line for line in lines[ends[0] + 1:ends[1]] if not line.startswith(("\t", *headings))]
    return bytes.fromhex("".join(sent))
