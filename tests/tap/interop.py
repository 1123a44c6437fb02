#!/usr/bin/env python3
"""The stack against the kernel, both ways: every octet arrives, nothing hangs, and the kernel finds no bad segment."""

import hashlib
import http.server
import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from bench import (KERNEL, KERNEL6, PATIENCE, SKIPPED, STACK, STACK6, Skip, Tap, counters, drain, family_of, found_bad,
                   need, numbers, own_namespace, persistent_device, reset, settings, stream)
from program import Checks, Program

ECHO, DISCARD, DAYTIME, CHARGEN, HTTP, SOURCE, SINK = 7, 9, 13, 19, 80, 5001, 5002


class Version(NamedTuple):
    """Of IP: who is where, and what its headers make different."""
    suffix: str    # of the names of its cases
    stack: str
    kernel: str
    mtus: tuple    # the smallest that is sensible, that of Ethernet, that of its large frames
    headers: int   # of an echo or a datagram: IP's and ICMP's or UDP's


IPV4 = Version("", STACK, KERNEL, (576, 1500, 9000), 28)
IPV6 = Version("-ipv6", STACK6, KERNEL6, (1280, 1500, 9000), 48)
VERSIONS = (IPV4, IPV6)


class Case(NamedTuple):
    run: object
    late_ones: bool = False  # the link has segments come late or twice
    corrupts: bool = False   # on purpose


CASES = {}


def named(function):
    return function.__name__.replace("_", "-")


def case(function):
    """A test with a name, which it is skipped by."""
    CASES[named(function)] = Case(function)
    return function


def case_of_both(function, late_ones=False):
    """The same over both versions of IP."""
    for ip in VERSIONS:
        CASES[named(function) + ip.suffix] = Case(lambda program, ip=ip: function(program, ip), late_ones)
    return function


def case_with_late_ones(function):
    return case_of_both(function, late_ones=True)


def octets(count, seed=1):
    return random.Random(seed).randbytes(count)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def download(tap, size, reports=1, pause=0.0, piece=65536, **how):
    """From the source: what came is what was sent."""
    with stream(SOURCE, **how) as connection:
        came = drain(connection, pause, piece)
    assert came == numbers(tap.wait_for("source: ", reports)), f"download: {came}"
    assert came[0] == size, f"download: {came[0]} of {size} octets"


def upload(data, **how):
    """To the sink, which answers after half a close."""
    with stream(SINK, **how) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile().read()
    assert numbers(answer) == (len(data), digest(data)), f"upload: {answer}"


def echoed(data, **how):
    """There and back, with a thread that writes while this one reads."""
    with stream(ECHO, **how) as connection:
        writer = threading.Thread(target=lambda: (connection.sendall(data), connection.shutdown(socket.SHUT_WR)))
        writer.start()
        came = drain(connection)
        writer.join(PATIENCE)
    assert came == (len(data), digest(data)), f"echo: {came[0]} of {len(data)} octets"


def both_ways(program, size, arguments=(), **how):
    with Tap(program, "--serve", f"source={size},sink,echo", *arguments) as tap:
        download(tap, size, **how)
        upload(octets(size), **how)


# ---- connections that the kernel opens

@case_of_both
def ping(program, ip):
    tool = need("ping")
    for mtu in ip.mtus:
        with Tap(program, "--mtu", str(mtu)):
            for size in (0, 56, mtu - ip.headers, mtu - ip.headers + 1, 20000):
                done = subprocess.run([tool, "-n", "-c", "3", "-i", "0.01", "-W", "2", "-s", str(size), ip.stack],
                                      capture_output=True, text=True, timeout=PATIENCE, check=False)
                assert " 0% packet loss" in done.stdout, f"MTU {mtu}, {size} octets: {done.stdout}{done.stderr}"


@case_of_both
def datagrams(program, ip):
    for mtu in ip.mtus:
        with Tap(program, "--serve", "echo,daytime,chargen,discard", "--mtu", str(mtu)), \
             socket.socket(family_of(ip.stack), socket.SOCK_DGRAM) as one:
            one.settimeout(PATIENCE)
            for size in (0, 1, mtu - ip.headers, mtu - ip.headers + 1, 10000, 65507):
                data = octets(size)
                one.sendto(data, (ip.stack, ECHO))
                assert one.recv(65536) == data, f"MTU {mtu}: {size} octets"
            one.sendto(b"", (ip.stack, CHARGEN))
            assert len(one.recv(1000)) == 74
            one.sendto(b"", (ip.stack, DAYTIME))
            assert b" GMT\r\n" in one.recv(1000)


@case_of_both
def port_unreachable(program, ip):
    with Tap(program), socket.socket(family_of(ip.stack), socket.SOCK_DGRAM) as one:
        one.settimeout(PATIENCE)
        one.connect((ip.stack, 9999))
        one.send(b"x")
        try:
            one.recv(1)
            raise AssertionError("an answer")
        except ConnectionRefusedError:
            pass
        try:
            stream(9999, to=ip.stack)
            raise AssertionError("a connection")
        except ConnectionRefusedError:
            pass


def options_case(name, ip, mtu, congestion):
    sysctl, flags = OPTIONS[name]

    def run(program):
        with settings(**sysctl):
            both_ways(program, 700_000, ("--mtu", str(mtu), *flags), congestion=congestion, to=ip.stack)
    CASES[f"options-{name}-mtu-{mtu}-{congestion}{ip.suffix}"] = Case(run)


CONGESTIONS = ("cubic", "bbr")  # of the kernel: its default, and one that paces
OPTIONS = {
    "all": ({}, ()),
    "kernel-no-sack": ({"tcp_sack": 0}, ()),
    "kernel-no-timestamps": ({"tcp_timestamps": 0}, ()),
    "kernel-no-scaling": ({"tcp_window_scaling": 0}, ()),
    "kernel-none": ({"tcp_sack": 0, "tcp_timestamps": 0, "tcp_window_scaling": 0}, ()),
    "stack-no-sack": ({}, ("--no-sack",)),
    "stack-no-timestamps": ({}, ("--no-timestamps",)),
    "stack-no-scaling": ({}, ("--no-window-scaling",)),
    "ecn": ({"tcp_ecn": 1}, ("--ecn",)),
    "stack-none-reno": ({}, ("--no-sack", "--no-timestamps", "--no-window-scaling", "--congestion", "reno")),
}
for option_name, version, option_congestion in itertools.product(OPTIONS, VERSIONS, CONGESTIONS):
    for option_mtu in version.mtus:
        options_case(option_name, version, option_mtu, option_congestion)


def link_case(name, size, *flags, mtu=1):
    """Over a link that does harm, and has segments come late; `mtu` is which of the version's."""
    for ip, congestion in itertools.product(VERSIONS, CONGESTIONS):
        def run(program, ip=ip, congestion=congestion):
            both_ways(program, size, ("--delay", "1ms", "--mtu", str(ip.mtus[mtu]), *flags), congestion=congestion,
                      to=ip.stack)
        CASES[f"link-{name}-{congestion}{ip.suffix}"] = Case(run, late_ones=True, corrupts="--corrupt" in flags)


link_case("loss-1", 300_000, "--loss", "0.01")
link_case("loss-3-no-sack", 100_000, "--loss", "0.03", "--no-sack")
link_case("loss-5", 200_000, "--loss", "0.05")
link_case("loss-10", 60_000, "--loss", "0.1")
link_case("reorder", 500_000, "--reorder", "0.1")
link_case("reorder-no-sack", 300_000, "--reorder", "0.05", "--no-sack", "--no-timestamps")
link_case("duplicate", 500_000, "--duplicate", "0.1")
link_case("all", 100_000, "--loss", "0.02", "--reorder", "0.05", "--duplicate", "0.05")
link_case("all-in-small-packets", 100_000, "--loss", "0.02", "--reorder", "0.05", "--duplicate", "0.05", mtu=0)
link_case("corrupt", 100_000, "--corrupt", "0.02")
link_case("rate", 500_000, "--rate", "20Mbps")

@case_of_both
def small_receive_buffer_of_the_kernel(program, ip):
    with Tap(program, "--serve", "source=300000") as tap:
        download(tap, 300_000, receive_buffer=2304, to=ip.stack)


@case_of_both
def small_receive_buffer_of_the_stack(program, ip):
    both_ways(program, 200_000, ("--receive-buffer", "3KiB"), to=ip.stack)


@case_of_both
def small_receive_buffers_and_large_segments(program, ip):
    both_ways(program, 200_000, ("--receive-buffer", "4KiB", "--mtu", "9000"), receive_buffer=4096, to=ip.stack)


@case_of_both
def slow_reader(program, ip):
    with Tap(program, "--serve", "source=200000") as tap:
        download(tap, 200_000, pause=0.01, piece=2000, receive_buffer=4096, to=ip.stack)


@case_of_both
def reader_that_sleeps(program, ip):
    """Nobody reads: the window closes, is probed, and opens again."""
    with Tap(program, "--serve", "source=3000000,echo") as tap:
        with stream(SOURCE, receive_buffer=4096, to=ip.stack) as connection:
            time.sleep(1.5)
            came = drain(connection)
        assert came == numbers(tap.wait_for("source: "))
        with stream(ECHO, receive_buffer=4096, to=ip.stack) as connection:
            connection.settimeout(0.5)
            data, sent = octets(8_000_000), 0
            try:
                while sent < len(data):
                    sent += connection.send(data[sent:sent + 65536])
                raise AssertionError("the echo has taken everything, although nobody reads it")
            except TimeoutError:
                pass
            time.sleep(1)  # the kernel probes our window now, and we its
            connection.settimeout(PATIENCE)
            connection.shutdown(socket.SHUT_WR)
            assert drain(connection) == (sent, digest(data[:sent]))


@case_of_both
def half_close(program, ip):
    with Tap(program, "--serve", "echo,daytime,discard"):
        for size in (0, 1, 100_000):
            echoed(octets(size), to=ip.stack)
        with stream(DAYTIME, to=ip.stack) as connection:  # the stack finishes first
            assert connection.makefile().read().endswith(" GMT\n")
        with stream(DISCARD, to=ip.stack) as connection:
            connection.sendall(octets(100_000))
            connection.shutdown(socket.SHUT_WR)
            assert drain(connection)[0] == 0


@case_with_late_ones
def both_directions_at_once(program, ip):
    """Text and acknowledgements are lost in the same packets."""
    with Tap(program, "--serve", "echo", "--delay", "1ms", "--loss", "0.03", "--reorder", "0.03"):
        echoed(octets(200_000), to=ip.stack)


@case_of_both
def many_at_once(program, ip):
    with Tap(program, "--serve", "echo"):
        failures = []

        def one(number):
            try:
                echoed(octets(100_000, number), to=ip.stack)
            except Exception as failure:  # pylint: disable=broad-except
                failures.append(failure)
        threads = [threading.Thread(target=one, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        assert not failures, failures


@case_of_both
def reset_in_mid_stream(program, ip):
    with Tap(program, "--serve", "chargen,discard,source=1000") as tap:
        for number in range(5):
            with stream(CHARGEN, to=ip.stack) as connection:
                assert len(connection.recv(100_000)) > 0
                reset(connection)
            with stream(DISCARD, to=ip.stack) as connection:
                connection.sendall(octets(200_000))
                reset(connection)
            download(tap, 1000, number + 1, to=ip.stack)


@case_of_both
def reset_by_the_stack(program, ip):
    """The program ends in mid-stream: the kernel's end does not wait for ever, once there is a stack again."""
    with Tap(program, "--serve", "chargen") as tap:
        connection = stream(CHARGEN, to=ip.stack)
        connection.recv(1000)
        tap.stop()
    with connection, Tap(program, "--serve", "chargen"):
        try:
            connection.sendall(b"x")
            while connection.recv(65536):
                pass
            raise AssertionError("an end")
        except ConnectionResetError:
            pass


# ---- the machine's programs

def folder():
    return tempfile.TemporaryDirectory(prefix="ringside-tap-")


@case
def curl(program):
    tool = need("curl")
    with folder() as name:
        data, www = octets(3_000_000), Path(name) / "www"
        www.mkdir()
        (www / "big").write_bytes(data)
        (www / "small.txt").write_text("small\n", encoding="ascii")
        (Path(name) / "secret").write_text("secret\n", encoding="ascii")
        with Tap(program, "--serve", f"http={www}"):
            def ask(*arguments):
                done = subprocess.run([tool, "-sS", "--path-as-is", "--max-time", str(PATIENCE), *arguments],
                                      capture_output=True, check=False)
                assert done.returncode == 0, f"{arguments}: {done.stderr}"
                return done.stdout
            url = f"http://{STACK}"
            assert digest(ask(f"http://[{STACK6}]/big")) == digest(data)
            assert digest(ask(f"{url}/big")) == digest(data)
            assert ask(f"{url}/small.txt", f"{url}/small.txt", "-w", "%{num_connects} ") == b"small\n1 small\n0 "
            assert b"Content-Length: 3000000\r\n" in ask("-I", f"{url}/big")
            for status, *request in (("404", f"{url}/none"), ("404", f"{url}/../secret"),
                                     ("405", "-d", "x=y", f"{url}/small.txt"), ("400", "-H", "Host:", f"{url}/small.txt")):
                assert ask("-o", "/dev/null", "-w", "%{http_code}", *request).decode() == status, request


@case_of_both
def nc(program, ip):
    tool = need("nc")
    with Tap(program, "--serve", "sink,source=500000") as tap:
        data = octets(500_000)
        done = subprocess.run([tool, "-N", ip.stack, str(SINK)], input=data, capture_output=True, timeout=PATIENCE,
                              check=True)
        assert numbers(done.stdout.decode()) == (len(data), digest(data))
        done = subprocess.run([tool, "-N", ip.stack, str(SOURCE)], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=PATIENCE, check=True)
        assert (len(done.stdout), digest(done.stdout)) == numbers(tap.wait_for("source: "))


@case_of_both
def socat(program, ip):
    tool = need("socat")
    with Tap(program, "--serve", "echo"):
        data = octets(500_000)
        to = f"TCP6:[{ip.stack}]" if ip is IPV6 else f"TCP:{ip.stack}"
        done = subprocess.run([tool, f"-t{PATIENCE}", "-", f"{to}:{ECHO}"], input=data, capture_output=True,
                              timeout=PATIENCE, check=True)
        assert done.stdout == data


# ---- connections that the stack opens

def listener(ip):
    """At any address: the device is not there yet."""
    return socket.create_server(("::" if ip is IPV6 else "0.0.0.0", 0), family=family_of(ip.kernel))


def at(ip, port):
    return f"[{ip.kernel}]:{port}" if ip is IPV6 else f"{ip.kernel}:{port}"


def sent_to_the_kernel(program, ip, size, *flags, pause=0.0, piece=65536, look=lambda connection: None, queue=0):
    with listener(ip) as server:
        server.settimeout(PATIENCE)
        if queue:
            server.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, queue)
        with Tap(program, "--send", str(size), "--to", at(ip, server.getsockname()[1]), *flags) as tap:
            connection, _ = server.accept()
            with connection:
                connection.settimeout(PATIENCE)
                look(connection)
                came = drain(connection, pause, piece)
            assert came == numbers(tap.wait_for("sent: "))
            assert came[0] == size
            assert tap.end() == 0


@case_of_both
def send(program, ip):
    for mtu in ip.mtus:
        for size in (0, 1, 2_000_000):
            sent_to_the_kernel(program, ip, size, "--mtu", str(mtu))
    sent_to_the_kernel(program, ip, 200_000, "--loss", "0.03", "--delay", "1ms")


@case_with_late_ones
def send_with_bbr(program, ip):
    bbr = ("--congestion", "bbr")
    sent_to_the_kernel(program, ip, 2_000_000, *bbr)
    sent_to_the_kernel(program, ip, 1_000_000, *bbr, "--loss", "0.03", "--delay", "5ms", "--rate", "50Mbps")
    sent_to_the_kernel(program, ip, 1_000_000, *bbr, "--reorder", "0.05", "--delay", "1ms")


@case_of_both
def send_paced(program, ip):
    began = time.monotonic()
    sent_to_the_kernel(program, ip, 2_000_000, "--pace", "16Mbps")
    assert time.monotonic() - began > 0.9, "2 MB at 2 MB/s take a second"


@case_with_late_ones
def send_out_of_order(program, ip):
    sent_to_the_kernel(program, ip, 200_000, "--congestion", "reno", "--no-sack", "--reorder", "0.05")


@case_of_both
def send_to_a_slow_reader(program, ip):
    sent_to_the_kernel(program, ip, 600_000, pause=0.005, piece=8192)


@case_of_both
def send_a_file(program, ip):
    with folder() as name:
        data = octets(300_000)
        (Path(name) / "file").write_bytes(data)
        with listener(ip) as server:
            server.settimeout(PATIENCE)
            with Tap(program, "--send", f"{name}/file", "--to", at(ip, server.getsockname()[1])) as tap:
                connection, _ = server.accept()
                with connection:
                    assert drain(connection) == (len(data), digest(data))
                assert tap.end() == 0


@case_of_both
def send_is_refused_and_reset(program, ip):
    with Tap(program, "--send", "1000", "--to", at(ip, 9)) as tap:
        assert tap.end() == 1
        assert any("ECONNREFUSED" in line for line in tap.said), tap.said
    with listener(ip) as server:
        with Tap(program, "--send", "10000000", "--to", at(ip, server.getsockname()[1])) as tap:
            connection, _ = server.accept()
            connection.recv(1000)
            reset(connection)
            assert tap.end() == 1
            assert any("ECONNRESET" in line for line in tap.said), tap.said


# ---- what both ends must want

def has_ecn(connection):
    """TCPI_OPT_ECN of tcpi_options, linux/tcp.h."""
    return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 8)[5] & 8)


def ecn_case(ip, kernel, asks):
    """net.ipv4.tcp_ecn: 0 no, 1 asks, 2 agrees if asked."""
    def run(program):
        flags = ("--ecn",) if asks else ()
        with settings(tcp_ecn=kernel):
            with Tap(program, "--serve", "sink", *flags), stream(SINK, to=ip.stack) as connection:
                connection.sendall(b"x")
                assert has_ecn(connection) == (kernel == 1), "the kernel asks"
                connection.shutdown(socket.SHUT_WR)
                drain(connection)

            def look(connection):
                assert has_ecn(connection) == (asks and kernel != 0), "the stack asks"
            sent_to_the_kernel(program, ip, 100_000, *flags, look=look)
    CASES[f"ecn-kernel-{kernel}-stack-{int(asks)}{ip.suffix}"] = Case(run)


for version, ecn_of_kernel, ecn_of_stack in itertools.product(VERSIONS, (0, 1, 2), (False, True)):
    ecn_case(version, ecn_of_kernel, ecn_of_stack)


def counted(name, before):
    return counters().get(name, 0) - before.get(name, 0)


@case_of_both
def fast_open_by_the_kernel(program, ip):
    """The first SYN asks for a cookie, the second has text."""
    data = octets(1000)
    with settings(tcp_fastopen=1), Tap(program, "--serve", "echo", "--fast-open"):
        before = counters()
        for times in range(3):
            with socket.socket(family_of(ip.stack)) as connection:
                connection.sendto(data, socket.MSG_FASTOPEN, (ip.stack, ECHO))
                connection.settimeout(PATIENCE)
                connection.shutdown(socket.SHUT_WR)
                assert drain(connection) == (len(data), digest(data))
            assert counted("TcpExtTCPFastOpenActive", before) == times, "text was acknowledged with the SYN"
        assert counted("TcpExtTCPFastOpenActiveFail", before) == 0


@case_of_both
def fast_open_by_the_stack(program, ip):
    with settings(tcp_fastopen=0x203):  # a server that asks for no cookie
        before = counters()
        sent_to_the_kernel(program, ip, 100_000, "--fast-open", queue=5)
        assert counted("TcpExtTCPFastOpenPassive", before) == 1


@case_of_both
def urgent(program, ip):
    """The urgent octet is out of the stream that the service reads."""
    with Tap(program, "--serve", "echo"), stream(ECHO, to=ip.stack) as connection:
        for before, mark, after in ((b"abc", b"!", b"def"), (b"", b"!", b""), (octets(5000), b"!", octets(5000, 2))):
            connection.sendall(before)
            connection.send(mark, socket.MSG_OOB)
            connection.sendall(after)
            came = b""
            while len(came) < len(before + after):
                came += connection.recv(65536)
            assert came == before + after, came[:100]


class Files(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass


class FileServer(http.server.ThreadingHTTPServer):
    """Of both versions: that of Linux hears IPv4 at :: as well."""
    address_family = socket.AF_INET6


@case_of_both
def fetch(program, ip):
    with folder() as name:
        data = octets(2_000_000)
        (Path(name) / "big").write_bytes(data)
        server = FileServer(("::", 0), lambda *a: Files(*a, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url, out = f"http://{at(ip, server.server_address[1])}", Path(name) / "out"
        try:
            for flags in ((), ("--loss", "0.01", "--delay", "1ms"), ("--receive-buffer", "8KiB", "--mtu", str(ip.mtus[0])),
                          ("--fast-open",)):
                with Tap(program, "--fetch", f"{url}/big", "--out", str(out), *flags) as tap:
                    assert tap.end() == 0, tap.said
                    assert numbers(tap.wait_for("fetched: ")) == (len(data), digest(data))
                assert out.read_bytes() == data
                out.unlink()
            with Tap(program, "--fetch", f"{url}/none", "--out", str(out)) as tap:
                assert tap.end() == 1
            assert sorted(file.name for file in Path(name).iterdir()) == ["big"]
        finally:
            server.shutdown()
            server.server_close()


# ---- where the stack is, and its end

@case
def device_that_is_given(program):
    tool = need("ip")
    persistent_device("given0")
    try:
        for command in (f"addr add {KERNEL}/24 dev given0", "link set given0 mtu 1400 up"):
            subprocess.run([tool, *command.split()], check=True)
        process = subprocess.Popen([program.path, "tap", "--device", "given0", "--serve", "sink", "--for", "30s"],
                                   stderr=subprocess.PIPE, text=True)
        with process:
            assert "(MTU 1400)" in process.stderr.readline()
            assert "serving sink" in process.stderr.readline()
            upload(octets(100_000))
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 130
        assert "given0" in {name for _, name in socket.if_nameindex()}
    finally:
        subprocess.run([tool, "link", "del", "given0"], check=False)


@case
def device_that_goes_away(program):
    tool = need("ip")
    with Tap(program, "--serve", "echo") as tap:
        subprocess.run([tool, "link", "del", "tap0"], check=True)
        assert tap.end() == 3
        assert any("reading from the TAP device" in line for line in tap.said), tap.said


@case
def namespace_that_it_makes(program):
    name = f"ringside-test-{os.getpid()}"
    file = Path("/run/netns") / name
    for how in (signal.SIGINT, signal.SIGTERM):
        with Tap(program, "--serve", "echo", namespace=name) as tap:
            assert file.exists()
            assert "tap0" not in {device for _, device in socket.if_nameindex()}
            assert tap.stop(how) == 130
        assert not file.exists()
    nameless = subprocess.run([program.path, "tap", "--for", "100ms"], capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
    assert nameless.returncode == 0, nameless.stderr
    assert "in a network namespace of its own" in nameless.stderr


@case
def capture(program):
    tool = need("tshark")
    with folder() as name:
        file = Path(name) / "tap.pcap"
        with Tap(program, "--serve", "source=100000", "--pcap", str(file)) as tap:
            download(tap, 100_000)
            assert not file.exists()
        done = subprocess.run([tool, "-r", str(file), "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-Y",
                               "_ws.malformed || ip.checksum.status == Bad || tcp.checksum.status == Bad"],
                              capture_output=True, text=True, timeout=60, check=True)
        assert not done.stdout, done.stdout
        assert file.stat().st_size > 100_000


def run_case(name, one, program, checks):
    before, began = counters(), time.monotonic()
    try:
        one.run(program)
        failure = ""
    except Skip as lacking:
        print(f"skipped: {name}: {lacking}")
        return
    except (AssertionError, OSError, subprocess.SubprocessError) as reason:
        failure = f"{type(reason).__name__}: {reason}"
    bad = [] if one.corrupts else found_bad(before, counters(), one.late_ones)
    print(f"{time.monotonic() - began:6.2f} s  {name}", flush=True)
    checks.that(not failure, f"{name}: {failure}")
    checks.that(not bad, f"{name}: the kernel found {bad}")


def main():
    program, wanted = Program(sys.argv[1]), sys.argv[2:]
    names = [name for name in CASES if not wanted or any(word in name for word in wanted)]
    lacking = own_namespace()
    if lacking:
        for name in names:
            print(f"skipped: {name}: {lacking}")
        sys.exit(SKIPPED)
    checks, began = Checks(), time.monotonic()
    for name in names:
        run_case(name, CASES[name], program, checks)
    print(f"{time.monotonic() - began:6.2f} s  {len(names)} cases")
    checks.end()


main()
