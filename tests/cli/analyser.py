"""What tshark, the packet analyser, says of a capture."""

import subprocess
from decimal import Decimal

CHECKSUMS = [word for protocol in ("ip", "tcp", "udp") for word in ("-o", f"{protocol}.check_checksum:TRUE")]
WRONG_CHECKSUM = [f"{protocol}.checksum.status == 0" for protocol in ("ip", "tcp", "udp", "icmp")]
BAD = " or ".join(["_ws.malformed", *WRONG_CHECKSUM])


def tshark(capture, *arguments):
    return subprocess.run(["tshark", "-r", capture, *CHECKSUMS, *arguments], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=True, timeout=120).stdout


def bad_frames(capture):
    """Malformed, or with a checksum that is wrong."""
    return tshark(capture, "-Y", BAD).splitlines()


def times(capture):
    """Of every frame, in seconds, with nine decimals."""
    return [Decimal(line) for line in tshark(capture, "-T", "fields", "-e", "frame.time_epoch").split()]


def stream(capture):
    """The bytes that the opener of the first TCP connection sent. The other side's lines are indented."""
    lines = tshark(capture, "-q", "-z", "follow,tcp,raw,0").splitlines()
    ends = [i for i, line in enumerate(lines) if line.startswith("=====")]
    headings = ("Follow:", "Filter:", "Node ")
    sent = [line for line in lines[ends[0] + 1:ends[1]] if not line.startswith(("\t", *headings))]
    return bytes.fromhex("".join(sent))
