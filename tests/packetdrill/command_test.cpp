// The commands of scripts: which settings they change. No shell runs.
#include "ringside/packetdrill/command.hpp"

#include <algorithm>

#include "catch.hpp"
#include "message_of.hpp"

namespace ringside::packetdrill::test {
namespace {

struct Spoken {
  std::string operator()(const SetSetting& set) const { return set.name + " = " + set.value; }
  std::string operator()(const SaveSetting& save) const { return "save " + save.name; }
  std::string operator()(const RestoreSettings&) const { return "restore"; }
  std::string operator()(const ForgetMetrics&) const { return "forget"; }
};

// "net.ipv4.tcp_ecn = 1; restore". The command stands in line 3, column 2.
std::string settings(std::string_view text) {
  std::string result;
  for (const SettingOperation& operation : settings_of({.text = std::string{text}, .at = {3, 2}}, "a.pkt"))
    result += (result.empty() ? "" : "; ") + std::visit(Spoken{}, operation);
  return result;
}

std::string error(std::string_view text) {
  const std::string message = message_of([&] { settings(text); });
  return message.starts_with("a.pkt:3:") ? message.substr(8) : message;
}

}  // namespace

TEST_CASE("sysctl, in all the ways it is written") {
  CHECK(settings("sysctl -q net.ipv4.tcp_ecn=1") == "net.ipv4.tcp_ecn = 1");
  CHECK(settings("/sbin/sysctl -q -w net/ipv4/tcp_sack=0 net.ipv4.tcp_dsack=0") ==
        "net.ipv4.tcp_sack = 0; net.ipv4.tcp_dsack = 0");
  CHECK(settings("sysctl -qw net.ipv4.tcp_rmem=\"4096  87380\t6291456\"") ==
        "net.ipv4.tcp_rmem = 4096 87380 6291456");
  CHECK(settings("sysctl -w 'net.ipv4.tcp_wmem=1 2 3' > /dev/null 2>&1") == "net.ipv4.tcp_wmem = 1 2 3");
  CHECK(settings("sysctl net.ipv4.tcp_ecn") == "");  // prints it
}

TEST_CASE("modules of FreeBSD are there, or not missed") {
  CHECK(settings("kldload -n cc_newreno; sysctl net.inet.tcp.cc.algorithm=newreno") ==
        "net.inet.tcp.cc.algorithm = newreno");
}

TEST_CASE("echo into a settings file") {
  CHECK(settings("echo 1 > /proc/sys/net/ipv4/tcp_ecn") == "net.ipv4.tcp_ecn = 1");
  CHECK(settings("echo -n 4096 1 2 >/proc/sys/net/ipv4/tcp_wmem") == "net.ipv4.tcp_wmem = 4096 1 2");
  CHECK(settings("echo hello; echo hello > /dev/null; echo hello >&2") == "");
  CHECK(error("echo 1 > /etc/passwd") == "2: unsupported: the command 'echo 1 > /etc/passwd'");
  CHECK(error("echo > /proc/sys/net/ipv4/tcp_ecn") == "2: expected a value, found ''");
}

TEST_CASE("the helpers of published scripts, in whatever folder") {
  CHECK(settings("../common/set_sysctls.py /proc/sys/net/ipv4/tcp_ecn=1 /proc/sys/net/ipv4/tcp_sack=0") ==
        "save net.ipv4.tcp_ecn; net.ipv4.tcp_ecn = 1; save net.ipv4.tcp_sack; net.ipv4.tcp_sack = 0");
  CHECK(settings("/tmp/sysctl_restore_${PPID}.sh") == "restore");
  CHECK(settings("sh \"/tmp/sysctl_restore_$PPID.sh\"") == "restore");
  CHECK(settings("python3 ./set_sysctls.py net/ipv4/tcp_ecn=1") ==
        "save net.ipv4.tcp_ecn; net.ipv4.tcp_ecn = 1");
  for (const std::string_view text :
       {"./defaults.sh", ". defaults.sh", "source ../x/defaults.sh", "bash defaults.sh"})
    CHECK(settings(text) == settings("defaults.sh"));
}

TEST_CASE("defaults.sh sets what the published scripts assume") {
  const auto operations = settings_of({.text = "./defaults.sh"}, "a.pkt");
  CHECK(operations.size() == default_settings().size());
  const auto value = [](std::string_view name) {
    const auto settings = default_settings();
    const auto found =
        std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.name == name; });
    return found == settings.end() ? std::string_view{} : found->value;
  };
  CHECK(value("net.ipv4.tcp_rmem") == "4096 540000 15728640");
  CHECK(value("net.ipv4.tcp_congestion_control") == "cubic");
  CHECK(value("net.ipv4.tcp_slow_start_after_idle") == "0");
}

TEST_CASE("several commands, comments and lines that go on") {
  CHECK(settings("# ECN\nsysctl net.a=1;sysctl net.b=2 # and\n\n sysctl net.c=3 && sysctl \\\n net.d=4") ==
        "net.a = 1; net.b = 2; net.c = 3; net.d = 4");
  CHECK(settings("sysctl net.a=1 || exit 1") == "net.a = 1");  // it has succeeded
  CHECK(settings("sysctl net.a=1 || reboot && sysctl net.b=2; true; :") == "net.a = 1; net.b = 2");
  CHECK(settings("sysctl net.a=x#y") == "net.a = x#y");  // no comment within a word
  CHECK(settings("") == "");
}

TEST_CASE("quotes and backslashes") {
  CHECK(settings(R"(sysctl "net.a=\"b\" \c" 'net.d='e\ f)") == R"(net.a = "b" \c; net.d = e f)");
  CHECK(error("sysctl 'net.a=1") == "9: expected ' behind the string, found the end of the command");
  CHECK(error("sysctl \"net.a=1") == "9: expected \" behind the string, found the end of the command");
}

TEST_CASE("$((arithmetic)) is C's") {
  const auto value = [](std::string_view expression) {
    return settings("sysctl net.a=$((" + std::string{expression} + "))");
  };
  CHECK(value("1 + 2 * 3 - 4") == "net.a = 3");
  CHECK(value("(1 + 2) * 3") == "net.a = 9");
  CHECK(value("0x70000 | 1 << 10 | 3") == "net.a = 459779");
  CHECK(value("-7 / 2") == "net.a = -3");
  CHECK(value("-7 % 2") == "net.a = -1");
  CHECK(value("~0 ^ 6 & 3") == "net.a = -3");
  CHECK(value(" +5>>1 ") == "net.a = 2");
  CHECK(settings("sysctl \"net.a=$((1+1)) $((2*2))\"") == "net.a = 2 4");
  CHECK(error("sysctl a=$((1/0))") == "15: division by zero");
  CHECK(error("sysctl a=$((1<<-1))") == "15: a negative shift count");
  CHECK(error("sysctl a=$((1 +))") == "17: expected an integer, found ')'");
  CHECK(error("sysctl a=$((x))") == "14: expected an integer, found 'x'");
  CHECK(error("sysctl a=$((1") == "15: expected a word, found the end of the command");
  CHECK(error("sysctl a=$((9223372036854775807+1))") == "33: unsupported: integers of more than 64 bits");
  CHECK(error("sysctl a=$((" + std::string(1000, '(')) == "78: unsupported: nesting deeper than 64 levels");
}

TEST_CASE("what was learned of other hosts is forgotten") {
  CHECK(settings("ip tcp_metrics flush all > /dev/null 2>&1") == "forget");
  CHECK(settings("ip tcp_metrics flush") == "forget");
}

TEST_CASE("commands that mean nothing to a simulator") {
  CHECK(settings("ethtool -K tun0 tso off gso off > /dev/null") == "");
  CHECK(settings("tc qdisc add dev tun0 root pfifo") == "queue = pfifo");
  CHECK(settings("tc qdisc add dev tun0 root pfifo limit 0") == "queue = pfifo limit 0");
  CHECK(settings("tc qdisc replace dev tun0 root fq\ntc qdisc del dev tun0 root 2>/dev/null") ==
        "queue = fq; queue = pfifo");
}

TEST_CASE("nstat, and what is looked for in it") {
  const auto counts = [](std::string_view text) {
    return counts_of({.text = std::string{text}, .at = {3, 2}}, "a.pkt");
  };
  CHECK(counts("nstat -n > /dev/null").at(0).patterns.empty());
  const auto asked = counts("nstat | grep TcpInSegs | grep -q \" 3 \"");
  REQUIRE(asked.size() == 1);
  CHECK(!asked[0].count_on);
  CHECK(counts("nstat -s | grep TcpInSegs").at(0).count_on);
  CHECK(asked[0].patterns == std::vector<std::string>{"TcpInSegs", " 3 "});
  CHECK(error("nstat | grep Tcp.*") == "10: unsupported: the command 'grep Tcp.*'");
  CHECK(error("nstat; true | grep Tcp") == "16: unsupported: the command 'grep Tcp'");
  CHECK(error("nstat -az") == "2: unsupported: the command 'nstat -az'");
}

TEST_CASE("everything else is unsupported, and named") {
  CHECK(error("\n  reboot now") == "a.pkt:4:3: unsupported: the command 'reboot now'");
  CHECK(error("tc qdisc add dev tun0 root pfifo limit 5") ==
        "2: unsupported: the command 'tc qdisc add dev tun0 root pfifo limit 5'");
  CHECK(error("ethtool -K tun0 tso on") == "2: unsupported: the command 'ethtool -K tun0 tso on'");
  CHECK(error("ip route change default") == "2: unsupported: the command 'ip route change default'");
  CHECK(error("sysctl -p") == "2: unsupported: the command 'sysctl -p'");
  CHECK(error("false || true") == "2: unsupported: the command 'false'");
  CHECK(error("true | b") == "9: unsupported: the command 'b'");
  CHECK(error("sysctl a=1 | grep a") == "15: unsupported: the command 'grep a'");
  CHECK(error("a & b") == "4: unsupported: commands in the background");
  CHECK(error("a < b") == "4: unsupported: redirected input");
  CHECK(error("(a)") == "2: unsupported: subshells");
  CHECK(error("sysctl a=$(cat b)") == "11: unsupported: the output of commands");
  CHECK(error("sysctl a=${HOME}") == "11: unsupported: $HOME");
  CHECK(error("echo $1") == "7: unsupported: $1");
}

TEST_CASE("settings that are none") {
  CHECK(error("./set_sysctls.py tcp_ecn") == "2: expected NAME=value, found 'tcp_ecn'");
  CHECK(error("sysctl =1") == "2: expected the name of a setting, found ''");
  CHECK(error("sysctl 'a b=1'") == "2: expected the name of a setting, found 'a b'");
  CHECK(error("sysctl a=") == "2: expected a value, found ''");
  CHECK(error("a >") == "5: expected a word, found the end of the command");
}

TEST_CASE("a short command cannot become a long list") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "defaults.sh;";
  CHECK(error(text).ends_with("unsupported: commands that change more than 4096 settings"));
}

TEST_CASE("files of zeros are made and removed, and no others") {
  const auto files =
      files_of({.text = "rm -f /tmp/a /tmp/b; dd if=/dev/zero of=/tmp/b bs=100 count=3"}, "a.pkt");
  REQUIRE(files.size() == 3);
  CHECK((files[0].path == "/tmp/a" && !files[0].zeros));
  CHECK((files[2].path == "/tmp/b" && files[2].zeros == 300));
  const auto touched = files_of({.text = "touch /tmp/a"}, "a.pkt");
  REQUIRE(touched.size() == 1);
  CHECK((touched[0].path == "/tmp/a" && touched[0].zeros == 0 && touched[0].unless_there));
  for (const std::string command : {"dd if=/etc/passwd of=/tmp/b bs=1 count=1", "dd if=/dev/zero of=/tmp/b",
                                    "dd if=/dev/zero of=/tmp/b bs=1G count=1000000"})
    CHECK_THROWS_AS(files_of({.text = command}, "a.pkt"), ScriptError);
}

}  // namespace ringside::packetdrill::test
