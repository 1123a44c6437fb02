// What is said of scripts that do not pass: where, what was expected, and what the stack did.
#include "ringside/packetdrill/run.hpp"

#include "catch.hpp"

using namespace ringside;
using namespace ringside::packetdrill;

namespace {

constexpr const char* connected = R"(
0     socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0    bind(3, ..., ...) = 0
+0    listen(3, 1) = 0
+.1   < S 0:0(0) win 32792 <mss 1000>
+0    > S. 0:0(0) ack 1 <mss 1460>
+.1   < . 1:1(0) ack 1 win 32792
+0    accept(3, ..., ...) = 4
)";

Report outcome(const std::string& more) { return run(parse_script(connected + more, "t.pkt")); }

}  // namespace

TEST_CASE("a script that says what the stack does passes, in no time") {
  const Report report = outcome("+0 write(4, ..., 10) = 10\n+0 > P. 1:11(10) ack 1\n");
  CHECK(report.message.empty());
  CHECK(report.verdict == Verdict::passed);
  CHECK(report.lasted == Duration{std::chrono::milliseconds{200}});
  CHECK(report.trace.back() == "0.200000 > P. 1:11(10) ack 1 win 64240");
}

TEST_CASE("another packet than the expected one is told, with what is different") {
  const Report report = outcome("+0 write(4, ..., 10) = 10\n+0 > . 1:11(10) ack 1\n");
  CHECK(report.verdict == Verdict::failed);
  CHECK(report.message ==
        "t.pkt:10:1: expected > . 1:11(10) ack 1, got > P. 1:11(10) ack 1 win 64240: another flags");
  CHECK(report.trace.size() == 4);
}

TEST_CASE("the trace is in the order of time, and ends with the packet that was not as expected") {
  const Report report = outcome(R"(+0    write(4, ..., 10) = 10
+.1   < . 1:1(0) ack 11 win 32792
+0    write(4, ..., 20) = 20
+.1   < . 1:1(0) ack 31 win 32792
+0    > P. 1:11(10) ack 1
+0    > P. 11:30(19) ack 1
)");
  CHECK(
      report.message.starts_with("t.pkt:13:1: expected > P. 1:11(10) ack 1 at 0.400000, got it at 0.200000"));
  CHECK(report.trace == std::vector<std::string>{
                            "0.100000 < S 0:0(0) win 32792 <mss 1000>",
                            "0.100000 > S. 0:0(0) ack 1 win 64240 <mss 1460>",
                            "0.200000 < . 1:1(0) ack 1 win 32792",
                            "0.200000 > P. 1:11(10) ack 1 win 64240",
                        });
  const Report wrong_call = outcome(R"(+0    write(4, ..., 10) = 10
+.1   < . 1:1(0) ack 11 win 32792
+0    write(4, ..., 20) = 21
)");
  REQUIRE(wrong_call.trace.size() == 6);
  CHECK(wrong_call.trace[3] == "0.200000 > P. 1:11(10) ack 1 win 64240");
  CHECK(wrong_call.trace[4] == "0.300000 < . 1:1(0) ack 11 win 32792");
  CHECK(wrong_call.trace[5] == "0.300000 > P. 11:31(20) ack 1 win 64240");
}

TEST_CASE("--verbose has the calls in the trace, where they were made") {
  const std::string events = std::string{connected} +
                             "+.1...0.2 read(4, ..., 10) = 5\n"
                             "+.1 < P. 1:6(5) ack 1 win 32792\n"
                             "+0 > . 1:1(0) ack 6\n"
                             "+0 write(4, ..., 10) = 10\n";
  const Report report = run(parse_script("--verbose\n" + events, "t.pkt"));
  CHECK(report.message.empty());
  CHECK(report.trace == std::vector<std::string>{
                            "0.000000 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3",
                            "0.000000 bind(3, ..., ...) = 0",
                            "0.000000 listen(3, 1) = 0",
                            "0.100000 < S 0:0(0) win 32792 <mss 1000>",
                            "0.100000 > S. 0:0(0) ack 1 win 64240 <mss 1460>",
                            "0.200000 < . 1:1(0) ack 1 win 32792",
                            "0.200000 accept(3, ..., ...) = 4",
                            "0.300000 read(4, ..., 10) = 5",
                            "0.400000 < P. 1:6(5) ack 1 win 32792",
                            "0.400000 > . 1:1(0) ack 6 win 64235",
                            "0.400000 write(4, ..., 10) = 10",
                            "0.400000 > P. 1:11(10) ack 6 win 64235",
                        });
  CHECK(run(parse_script(events, "t.pkt")).trace.size() == 6);
}

TEST_CASE("the cleanup command is a command like others") {
  const auto ending = [](const std::string& cleanup) {
    return run(parse_script("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n`" + cleanup + "`\n", "t.pkt"));
  };
  CHECK(ending("/tmp/sysctl_restore_${PPID}.sh").verdict == Verdict::passed);
  const Report unknown = ending("reboot");
  CHECK(unknown.verdict == Verdict::unsupported);
  CHECK(unknown.message == "t.pkt:2:2: unsupported: the command 'reboot'");
  CHECK(ending("sysctl net.ipv4.tcp_sack=banana").verdict == Verdict::failed);
}

TEST_CASE("a packet that never comes, and one that comes at another time") {
  CHECK(outcome("+0 > . 1:1(0) ack 1\n").message == "t.pkt:9:1: expected > . 1:1(0) ack 1, got nothing");
  CHECK(outcome("+0 write(4, ..., 10) = 10\n+.5 > P. 1:11(10) ack 1\n").message ==
        "t.pkt:10:1: expected > P. 1:11(10) ack 1 at 0.700000, got it at 0.200000");
}

TEST_CASE("whoever comes late says so") {
  const Report report = outcome(
      "+0 write(4, ..., 10) = 10\n+0 > P. 1:11(10) ack 1\n* > P. 1:11(10) ack 1\n"
      "0.3 write(4, ..., 10) = 10\n");
  CHECK(report.message == "t.pkt:12:1: expected to be here at 0.300000, but it is 0.500000 already");
}

TEST_CASE("a call returns something else, or at another time, or not at all") {
  CHECK(outcome("+0 write(4, ..., 10) = 11\n").message ==
        "t.pkt:9:1: expected write(4, ..., 10) = 11, got 10");
  CHECK(outcome("+0 write(5, ..., 10) = -1 EPIPE (Broken pipe)\n").message ==
        "t.pkt:9:1: expected write(5, ..., 10) = -1 EPIPE, got -1 EBADF");
  CHECK(outcome("+0...0.5 read(4, ..., 10) = 10\n+.1 < P. 1:11(10) ack 1 win 100\n").message ==
        "t.pkt:9:1: expected read(4, ..., 10) = 10 to return at 0.700000, it returned at 0.300000");
  CHECK(outcome("+0 read(4, ..., 10) = 10\n").message ==
        "t.pkt:9:1: expected read(4, ..., 10) = 10, but it has not returned at 1.200000");
}

TEST_CASE("a call without its arguments") {
  CHECK(outcome("+0 fcntl(4) = 0\n").message == "t.pkt:9:1: fcntl(): expected 2 arguments or more, found 1");
  CHECK(outcome("+0 read(4, ...) = 0\n").message == "t.pkt:9:1: read(): expected 3 arguments, found 2");
}

TEST_CASE("an assertion that does not hold, and what is not there") {
  CHECK(outcome("+0 %{ assert tcpi_snd_cwnd == 11, tcpi_snd_cwnd }%\n").verdict == Verdict::failed);
  const Report report = outcome("+0 vmsplice(4) = 0\n");
  CHECK(report.verdict == Verdict::unsupported);
  CHECK(report.message == "t.pkt:9:1: unsupported: vmsplice()");
}

TEST_CASE("code blocks share their variables and are run at the end") {
  const Report report = outcome(
      "+0 %{ before = tcpi_segs_out }%\n+0 write(4, ..., 10) = 10\n"
      "+0 %{ print(tcpi_segs_out - before) }%\n");
  CHECK(report.message.empty());
  CHECK(report.printed == std::vector<std::string>{"1"});
}

TEST_CASE("settings are in force from the beginning") {
  CHECK(run(parse_script("`sysctl -q net.ipv4.tcp_timestamps=0`\n"
                         "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
                         "+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n"
                         "+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)\n"
                         "+0 > S 0:0(0) <mss 1460,nop,nop,sackOK,nop,wscale 7>\n",
                         "t.pkt"))
            .message.empty());
}

TEST_CASE("errors that are not fatal are said, and the script goes on") {
  const std::string events =
      "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 listen(3, 1) = 7\n+0 close(3) = 0\n";
  const auto ran = [&](const std::string& option) { return run(parse_script(option + events, "t.pkt")); };
  const Report tolerant = ran("--non_fatal=syscall\n");
  CHECK(tolerant.verdict == Verdict::passed);
  CHECK(tolerant.printed == std::vector<std::string>{"t.pkt:3:1: expected listen(3, 1) = 7, got 0"});
  CHECK(ran("--non_fatal=packet\n").verdict == Verdict::failed);
}

TEST_CASE("what this stack has not is named, whichever way a script asks for it") {
  const auto refused = [](const std::string& event) {
    const Report report =
        run(parse_script("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 " + event + "\n", "t.pkt"));
    CHECK(report.verdict == Verdict::unsupported);
    return report.message;
  };
  constexpr std::string_view at = "t.pkt:2:1: unsupported: ";
  const auto named = [&](std::string_view what) { return std::string{at} + std::string{what}; };
  CHECK(refused("socket(..., SOCK_RAW, IPPROTO_TCP) = 4") == named("a socket of SOCK_RAW"));
  CHECK(refused("socket(..., SOCK_STREAM, IPPROTO_SCTP) = 4") == named("a socket of IPPROTO_SCTP"));
  CHECK(refused("setsockopt(3, SOL_TCP, TCP_MD5SIG, [1], 4) = 0") == named("the option TCP_MD5SIG"));
  CHECK(refused("setsockopt(3, SOL_TCP, TCP_MD5SIG, {tcpm_flags=1}, 216) = 0") ==
        named("TCP_MD5SIG with the value {tcpm_flags=1}"));
  CHECK(refused(
            "setsockopt(3, IPPROTO_TCP, TCP_FUNCTION_BLK, {function_set_name=\"rack\", pcbcnt=0}, 36) = 0") ==
        named("'TCP_FUNCTION_BLK'"));
  CHECK(refused("setsockopt(3, SOL_TCP, TCP_CONGESTION, \"vegas\", 5) = 0") ==
        named("congestion control \"vegas\""));
  CHECK(refused("open(\"/etc/passwd\", O_RDONLY) = 4") ==
        named("a file that the script does not make: /etc/passwd"));
  CHECK(refused("sendmsg(3, {msg_name(...)=..., msg_iov(1)=[{..., 1}], msg_flags=0, "
                "msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_TOS, cmsg_data=4}]}, 0) = 1") ==
        named("the control message {cmsg_level=SOL_IP, cmsg_type=IP_TOS, cmsg_data=4}"));
}

TEST_CASE("settings of FreeBSD mean what they mean there, where the stack has their like") {
  CHECK(run(parse_script("`sysctl net.inet.tcp.rfc1323=0 net.inet.tcp.sack.enable=0`\n"
                         "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
                         "+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n"
                         "+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)\n"
                         "+0 > S 0:0(0) <mss 1460>\n",
                         "t.pkt"))
            .message.empty());
}

TEST_CASE("a setting has the values that the kernel would take") {
  const auto set = [](const std::string& assignment) {
    return run(parse_script(
        "0 `sysctl -q " + assignment + "`\n+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n", "t.pkt"));
  };
  const Report word = set("net.ipv4.tcp_sack=banana");
  CHECK(word.verdict == Verdict::failed);
  CHECK(word.message == "t.pkt:1:1: expected a number for net.ipv4.tcp_sack, found 'banana'");
  CHECK(set("net.ipv4.tcp_sack=1x").verdict == Verdict::failed);
  CHECK(set("net.ipv4.tcp_rmem='4096 many 8192'").message ==
        "t.pkt:1:1: expected a number for net.ipv4.tcp_rmem, found 'many'");
  CHECK(set("net.ipv4.tcp_fastopen_key=short").verdict == Verdict::failed);
  CHECK(set("net.ipv4.tcp_fastopen=0x3 net.ipv4.tcp_rmem='4096 8192'").verdict == Verdict::passed);
}

TEST_CASE("settings that nobody asks for are said once, and have no effect") {
  const std::string events =
      "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
      "+0 `sysctl -q net.ipv4.tcp_pigeons=1`\n+0 `sysctl -q net.ipv4.tcp_doves=x net.ipv4.tcp_pigeons=2`\n";
  const Report report = run(parse_script(events, "t.pkt"));
  CHECK(report.verdict == Verdict::passed);
  CHECK(report.note ==
        "t.pkt:2:5: note: net.ipv4.tcp_pigeons, net.ipv4.tcp_doves are not known here: they have no effect");
  CHECK(run(parse_script("`./defaults.sh`\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n", "t.pkt")).note ==
        "");
}

TEST_CASE("settings that no stack could have are refused") {
  const Report report =
      run(parse_script("`sysctl net.ipv4.tcp_syn_retries=-7`\n"
                       "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n",
                       "t.pkt"));
  CHECK(report.verdict == Verdict::failed);
  CHECK(report.message.starts_with("t.pkt:2:1: the stack refuses the settings: "));
}
