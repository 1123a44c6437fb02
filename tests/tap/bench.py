"""The kernel's end: a network namespace of our own, the program in it, sockets, and the kernel's counters."""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import threading
import time

from program import SKIPPED

KERNEL, STACK = "10.77.0.1", "10.77.0.2"
KERNEL6, STACK6 = "fd77::1", "fd77::2"
PATIENCE = 20  # seconds after which something hangs
CLONE_NEWNET = 0x40000000
LINE = re.compile(r"(\d+) octets.*sha256 ([0-9a-f]{64})")


class Skip(Exception):
    """What the machine lacks for a case."""


def need(tool):
    path = shutil.which(tool)
    if path is None:
        raise Skip(f"{tool} is not installed")
    return path


def own_namespace():
    """This process, and what it starts, leaves for a namespace that is gone with it. None, or why not."""
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        return "no access to /dev/net/tun"
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        return f"no network namespace of our own: {os.strerror(ctypes.get_errno())}"
    return None


def setting(name, value):
    """One of the namespace's TCP settings; gives the one before."""
    file = f"/proc/sys/net/ipv4/{name}"
    try:
        with open(file, "r+", encoding="ascii") as entry:
            before = entry.read().strip()
            entry.seek(0)
            entry.write(str(value))
    except OSError as reason:
        raise Skip(f"{file}: {reason}") from reason
    return before


@contextlib.contextmanager
def settings(**values):
    before = {name: setting(name, value) for name, value in values.items()}
    try:
        yield
    finally:
        for name, value in before.items():
            setting(name, value)


def counters():
    """What nstat shows: the kernel's own counters of this namespace, by its names for them."""
    found = {}
    for file in ("/proc/net/snmp", "/proc/net/netstat"):
        with open(file, encoding="ascii") as text:
            lines = text.read().splitlines()
        for names, values in zip(lines[::2], lines[1::2]):
            group, *keys = names.split()
            found.update({group[:-1] + key: int(value) for key, value in zip(keys, values.split()[1:])})
    with open("/proc/net/snmp6", encoding="ascii") as text:
        found.update({key: int(value) for key, value in map(str.split, text)})
    return found


# A segment or packet that the kernel found wrong.
BAD = ("IpInHdrErrors", "IpInAddrErrors", "IpReasmFails", "IcmpInErrors", "IcmpInCsumErrors", "TcpInErrs", "TcpInCsumErrors",
       "UdpInErrors", "UdpInCsumErrors", "IpExtInCsumErrors", "IpExtInTruncatedPkts", "TcpExtTCPMD5Unexpected",
       "Ip6InHdrErrors", "Ip6InTooBigErrors", "Ip6InAddrErrors", "Ip6InUnknownProtos", "Ip6InTruncatedPkts", "Ip6ReasmFails",
       "Icmp6InErrors", "Icmp6InCsumErrors", "Udp6InErrors", "Udp6InCsumErrors")
# One that is late, or comes a second time: to be expected where the link makes it so, and nowhere else. A SYN that comes
# again may be one of TcpInErrs, too (tcp_validate_incoming()).
LATE = ("TcpExtPAWSEstab", "TcpExtTCPSYNChallenge")


def found_bad(before, after, late_ones):
    """What the kernel found wrong meanwhile."""
    more = {key: after.get(key, 0) - before.get(key, 0) for key in BAD + LATE}
    if late_ones:
        more["TcpInErrs"] = max(0, more["TcpInErrs"] - more["TcpExtTCPSYNChallenge"])
        more = {key: more[key] for key in BAD}
    return [f"{key} {count}" for key, count in more.items() if count]


class Tap:
    """`with Tap(program, "--serve", "echo") as tap:` the program in this namespace, listening."""

    serial = 0

    def __init__(self, program, *arguments, namespace=None):
        Tap.serial += 1  # another seed each time: the kernel remembers connections for a while
        self.said = []
        self.changed = threading.Condition()
        self.process = subprocess.Popen(
            [program.path, "tap", "--namespace", namespace or f"/proc/{os.getpid()}/ns/net", "--for", "60s",
             "--seed", str(Tap.serial), *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stderr:
            with self.changed:
                self.said.append(line.strip())
                self.changed.notify_all()
        with self.changed:
            self.said.append("")
            self.changed.notify_all()

    def wait_for(self, word, count=1):
        """The count-th line with the word."""
        def found():
            return [line for line in self.said if word in line]

        with self.changed:
            self.changed.wait_for(lambda: len(found()) >= count or "" in self.said, PATIENCE)
            lines = found()
        if len(lines) < count:
            raise AssertionError(f"the program did not say '{word}': {self.said}")
        return lines[count - 1]

    def __enter__(self):
        self.wait_for("the stack is")
        services = self.process.args[self.process.args.index("--serve") + 1] if "--serve" in self.process.args else ""
        for service in filter(None, services.split(",")):
            self.wait_for(f"serving {service.split('=')[0]} ")
        return self

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.end()

    def end(self):
        """Its exit code."""
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("the program does not end") from None
        self.reader.join(PATIENCE)
        self.process.stderr.close()
        return code

    def __exit__(self, *_):
        if self.process.returncode is None:
            self.stop()


def numbers(line):
    """Octets and SHA-256 of a report."""
    found = LINE.search(line)
    if not found:
        raise AssertionError(f"no report: {line!r}")
    return int(found[1]), found[2]


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def stream(port, receive_buffer=None, congestion=None, to=STACK):
    """A connection of the kernel's to the stack."""
    connection = socket.socket(family_of(to))
    connection.settimeout(PATIENCE)
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    if congestion:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, congestion.encode())
        except OSError as reason:
            connection.close()
            raise Skip(f"the kernel has no {congestion}: {reason}") from reason
    connection.connect((to, port))
    return connection


def drain(connection, pause=0.0, piece=65536):
    """Everything until the end: octets and SHA-256. Slowly, if there is a pause."""
    digest, total = hashlib.sha256(), 0
    while octets := connection.recv(piece):
        digest.update(octets)
        total += len(octets)
        if pause:
            time.sleep(pause)
    return total, digest.hexdigest()


def reset(connection):
    """Closes with RST."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def persistent_device(name):
    """A TAP device that outlives whoever opened it (but not its namespace)."""
    tun_set_iff, tun_set_persist, tap_without_header = 0x400454CA, 0x400454CB, 0x1002
    with open("/dev/net/tun", "r+b", buffering=0) as tun:
        fcntl.ioctl(tun, tun_set_iff, struct.pack("16sH22x", name.encode(), tap_without_header))
        fcntl.ioctl(tun, tun_set_persist, 1)


__all__ = [name for name in dir() if not name.startswith("_")]
