// A script as a whole: options, commands, times, and what must hold of all events together.
#include "catch.hpp"
#include "message_of.hpp"
#include "ringside/packetdrill/text.hpp"

namespace ringside::packetdrill::test {
namespace {

using namespace std::chrono_literals;

Options options(std::string_view lines) {
  return parse_script(std::string{lines} + "\n0 `true`", "a.pkt").options;
}

std::string error(std::string_view text) {
  return message_of([&] { parse_script(text, "a.pkt"); });
}

std::string option_error(std::string_view line) { return error(std::string{line} + "\n0 `true`"); }

// The second event's time as it is read, the first being at 0.
std::string time(std::string_view text, std::string_view action) {
  const Script script = parse_script("0 `true`\n" + std::string{text} + " " + std::string{action}, "a.pkt");
  const std::string event = text_of(script.events.at(1));
  return event.substr(0, event.find(' '));
}

constexpr std::string_view packet = "> . 1:1(0) ack 1";
constexpr std::string_view call = "read(4, ..., 1) = 1";

}  // namespace

TEST_CASE("a script: options, init, events, cleanup") {
  const Script script = parse_script(R"(// A server that answers.
--ip_version=ipv4-mapped-ipv6
`./defaults.sh
./set_sysctls.py /proc/sys/net/ipv4/tcp_ecn=1`

   0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
  +0 bind(3, ..., ...) = 0  /* the port
                               is that of the options */
 +.1 < S 0:0(0)
       win 1000
  +0 %{ assert tcpi_state == TCP_SYN_RECV }%
+.02 `sysctl -q net.ipv4.tcp_sack=0`
`sh /tmp/sysctl_restore_${PPID}.sh`
)",
                                     "server.pkt");
  CHECK(script.file == "server.pkt");
  CHECK(script.options.ip_version == IpVersion::ipv4_mapped_ipv6);
  REQUIRE(script.init);
  CHECK(script.init->text == "./defaults.sh\n./set_sysctls.py /proc/sys/net/ipv4/tcp_ecn=1");
  CHECK(script.init->at == Position{3, 2});
  REQUIRE(script.events.size() == 5);
  CHECK(script.events[0].at == Position{6, 4});
  CHECK(text_of(script.events[2]) == "+0.1 < S 0:0(0) win 1000");
  CHECK(text_of(script.events[3]) == "+0 %{ assert tcpi_state == TCP_SYN_RECV }%");
  CHECK(text_of(script.events[4]) == "+0.02 `sysctl -q net.ipv4.tcp_sack=0`");
  REQUIRE(script.cleanup);
  CHECK(script.cleanup->text == "sh /tmp/sysctl_restore_${PPID}.sh");
}

TEST_CASE("the layout is fixed") {
  CHECK(error("") == "a.pkt:1:1: expected a time, found the end of the script");
  CHECK(error("`init`") == "a.pkt:1:7: expected a time, found the end of the script");
  CHECK(error("`init` `init` 0 `x`") == "a.pkt:1:9: expected a time, found `init`");
  CHECK(error("0 `x`\n`clean`\n+0 `y`") ==
        "a.pkt:3:1: expected nothing behind the cleanup command, found '+'");
  CHECK(error("0 `x`\n--verbose") == "a.pkt:2:1: expected a time, found '--verbose'");
  CHECK(error("0 # x") ==
        "a.pkt:1:3: expected a packet, a system call, a command or a code block, found '#'");
  CHECK(error("0 \x01") ==
        "a.pkt:1:3: expected a packet, a system call, a command or a code block, found '\\x01'");
  CHECK(!parse_script("0 `x`", "a.pkt").init);  // a command with a time is an event
}

TEST_CASE("every form of time") {
  CHECK(time("1.5", packet) == "1.5");
  CHECK(time("+.02", packet) == "+0.02");
  CHECK(time("+ 1", packet) == "+1");
  CHECK(time("*", packet) == "*");
  CHECK(time("1.2~1.4", packet) == "1.2~1.4");
  CHECK(time("+.2~+.25", packet) == "+0.2~+0.25");
  CHECK(time("1.2...1.4", call) == "1.2...1.4");
  CHECK(time("+.1...0.35", call) == "+0.1...+0.35");
  CHECK(time("+0...0", call) == "+0...+0");

  const Event event = parse_script("0 `x` .000001...1 " + std::string{call}, "a.pkt").events.at(1);
  const auto& range = std::get<Range>(event.when);
  CHECK(range.from == start_of_time + 1us);
  CHECK(range.to == start_of_time + 1s);
}

TEST_CASE("windows and * are of outbound packets, ... is of system calls") {
  const auto refused = [](std::string_view text) { return error("0 `x`\n" + std::string{text}); };
  CHECK(refused("* < . 1:1(0) win 1") == "a.pkt:2:1: expected one time: '*' is of outbound packets alone");
  CHECK(refused("+1~+2 close(3) = 0") ==
        "a.pkt:2:1: expected one time: windows are of outbound packets alone");
  CHECK(refused("1~2 `x`") == "a.pkt:2:1: expected one time: windows are of outbound packets alone");
  CHECK(refused("1...2 > . 1:1(0)") ==
        "a.pkt:2:7: expected a system call behind a time with '...', found '>'");
  CHECK(refused("+1~2 > . 1:1(0)") == "a.pkt:2:4: expected '+', found '2'");
  CHECK(refused("2~1 > . 1:1(0)") ==
        "a.pkt:2:3: expected an end that is not before the beginning, found '1'");
}

TEST_CASE("time begins at 0 and does not run backwards") {
  CHECK(error("+.1 `x`") == "a.pkt:1:1: expected the first event at time 0, found '+'");
  CHECK(error("1 `x`") == "a.pkt:1:1: expected the first event at time 0, found '1'");
  CHECK(error("* > . 1:1(0)") == "a.pkt:1:1: expected the first event at time 0, found '*'");
  CHECK(error("+0 `x`") == "no error");
  CHECK(error("0 `x` 1 `x`\n.5 `x`") ==
        "a.pkt:2:1: expected a time that is not before the one above, found '.5'");
  CHECK(error("0 `x` 1 `x` +2 `x` 1 `x`") == "no error");  // how long relative times take shows when it runs
  CHECK(error("-1 `x`") == "a.pkt:1:1: expected a time from 0 to 1000000 seconds, found '-1'");
  CHECK(error("0 `x` +-1 `x`") == "a.pkt:1:8: expected a time from 0 to 1000000 seconds, found '-1'");
  CHECK(error("0 `x` 1000001 `x`") ==
        "a.pkt:1:7: expected a time from 0 to 1000000 seconds, found '1000001'");
}

TEST_CASE("options are typed") {
  const Options none = options("");
  CHECK(none.ip_version == IpVersion::ipv4);
  CHECK(none.bind_port == 8080);
  CHECK(none.tolerance == 4ms);
  CHECK(none.tolerance_percent == 12.5);
  CHECK(none.tcp_ts_tick == 0us);

  const Options some =
      options(R"(--ip_version=ipv6 --local_ip=fd3d:0a0b:17d6::1/48 --remote_ip=fd3d:fa7b:d17d::1
--gateway_ip=fd3d:0a0b:17d6::2 --netmask_ip="255.255.0.0" --bind_port=80 --connect_port=81 --mtu=1520
--tolerance_usecs=10000 --tolerance_percent=2.5 --tcp_ts_tick_usecs=1000 --tcp_ts_ecr_scaled --strict_segments
--non_fatal=packet,syscall --send_omit_free --dry_run --verbose)");
  CHECK(some.ip_version == IpVersion::ipv6);
  CHECK(some.local_ip == "fd3d:0a0b:17d6::1/48");
  CHECK(some.remote_ip == "fd3d:fa7b:d17d::1");
  CHECK(some.gateway_ip == "fd3d:0a0b:17d6::2");
  CHECK(some.netmask_ip == "255.255.0.0");
  CHECK(some.bind_port == 80);
  CHECK(some.connect_port == 81);
  CHECK(some.mtu == 1520);
  CHECK(some.tolerance == 10ms);
  CHECK(some.tolerance_percent == 2.5);
  CHECK(some.tcp_ts_tick == 1ms);
  CHECK((some.tcp_ts_ecr_scaled && some.strict_segments && some.send_omit_free && some.dry_run &&
         some.verbose));
  CHECK((some.non_fatal_packets && some.non_fatal_calls));
  CHECK(
      (options("--non_fatal=syscall").non_fatal_calls && !options("--non_fatal=syscall").non_fatal_packets));
}

TEST_CASE("options that mean nothing to a simulator, are out of its scope, or are none") {
  CHECK(option_error("--mss=1000 --speed=1") == "no error");
  CHECK(option_error("--udp_encaps") == "a.pkt:1:1: unsupported: the option --udp_encaps");
  CHECK(option_error("--verbos") == "a.pkt:1:1: expected an option, found '--verbos'");
  CHECK(option_error("--mtu") == "a.pkt:1:1: expected a size behind '--mtu', found nothing");
  CHECK(option_error("--mtu=70000") ==
        "a.pkt:1:1: expected a size from 0 to 65535 behind '--mtu', found '70000'");
  CHECK(option_error("--verbose=1") == "a.pkt:1:1: expected no value behind '--verbose', found '1'");
  CHECK(option_error("--ip_version=ipv5") ==
        "a.pkt:1:1: expected ipv4, ipv4-mapped-ipv6 or ipv6 behind '--ip_version', found 'ipv5'");
  CHECK(option_error("--tolerance_percent=-1") ==
        "a.pkt:1:1: expected a percentage from 0 to 1000000 behind '--tolerance_percent', found '-1'");
  CHECK(option_error("--non_fatal=packets") ==
        "a.pkt:1:1: expected packet, syscall, or both behind '--non_fatal', found 'packets'");
  CHECK(option_error("--local_ip=here") ==
        "a.pkt:1:1: expected an address behind '--local_ip', found 'here'");
  CHECK(option_error("--define") == "a.pkt:1:1: expected NAME=value behind '--define', found nothing");
}

TEST_CASE("defines stand for numbers, strings, commands and words") {
  constexpr std::string_view text = R"(--define=SIZE=1000
--define=CC="reno"
--define=QUICK=`sysctl -q net.ipv4.tcp_sack=0`
--define=WHAT=write
0 WHAT(4, ..., SIZE) = SIZE
+0 setsockopt(4, SOL_TCP, TCP_CONGESTION, CC, 4) = 0
+0 QUICK)";
  const Script script = parse_script(text, "a.pkt", {"SIZE=77"});  // as with -D SIZE=77
  CHECK(text_of(script.events.at(0)) == "0 write(4, ..., 77) = 77");
  CHECK(text_of(script.events.at(1)) == "+0 setsockopt(4, SOL_TCP, TCP_CONGESTION, \"reno\", 4) = 0");
  CHECK(text_of(script.events.at(2)) == "+0 `sysctl -q net.ipv4.tcp_sack=0`");
}

TEST_CASE("who runs scripts can tell whose fault it was") {
  const auto fault = [](std::string_view text) {
    try {
      parse_script(text, "a.pkt");
    } catch (const ScriptError& error) {
      return error.fault();
    }
    return Fault::failed;
  };
  CHECK(fault("0 ?") == Fault::malformed);
  CHECK(fault("0 < sctp") == Fault::unsupported);
}

}  // namespace ringside::packetdrill::test
