#include "ringside/packetdrill/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "characters.hpp"
#include "numbers.hpp"

namespace ringside::packetdrill {
namespace {

using namespace std::string_view_literals;

constexpr std::array without_effect{"speed"sv, "persistent_tun_dev"sv};
constexpr std::array out_of_scope{"wire_client"sv,
                                  "wire_server"sv,
                                  "wire_server_ip"sv,
                                  "wire_server_port"sv,
                                  "wire_server_dev"sv,
                                  "wire_client_dev"sv,
                                  "so_filename"sv,
                                  "so_flags"sv,
                                  "udp_encaps"sv,
                                  "code_command"sv,
                                  "code_format"sv,
                                  "code_sockopt"sv,
                                  "cmd"sv,
                                  "init_scripts"sv};

template <class Words>
bool among(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view unquoted(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

// One option, on its way into the options.
class Setting {
 public:
  Setting(std::string_view name, std::optional<std::string_view> value, std::string_view file, Position at)
      : name_{name}, value_{value}, file_{file}, at_{at} {}

  void apply(Options& options) {
    if (flag(options) || number(options) || address(options) || other(options)) return;
    if (among(without_effect, name_)) return;
    if (among(out_of_scope, name_))
      throw ScriptError{Fault::unsupported, file_, at_, fmt::format("unsupported: the option --{}", name_)};
    throw ScriptError{Fault::malformed, file_, at_,
                      fmt::format("expected an option, found '--{}'", shown(name_))};
  }

 private:
  bool flag(Options& options) {
    struct Named {
      std::string_view name;
      bool* flag;
    };
    for (const Named& known : {Named{"tcp_ts_ecr_scaled", &options.tcp_ts_ecr_scaled},
                               Named{"strict_segments", &options.strict_segments},
                               Named{"send_omit_free", &options.send_omit_free},
                               Named{"dry_run", &options.dry_run}, Named{"verbose", &options.verbose}}) {
      if (name_ != known.name) continue;
      if (value_) expected("no value");
      *known.flag = true;
      return true;
    }
    return false;
  }

  bool number(Options& options) {
    if (name_ == "bind_port")
      options.bind_port = number16("a port");
    else if (name_ == "connect_port")
      options.connect_port = number16("a port");
    else if (name_ == "mtu")
      options.mtu = number16("a size");
    else if (name_ == "mss")
      options.mss = number16("a size");
    else if (name_ == "tolerance_usecs")
      options.tolerance = microseconds();
    else if (name_ == "tcp_ts_tick_usecs")
      options.tcp_ts_tick = microseconds();
    else
      return false;
    return true;
  }

  bool address(Options& options) {
    struct Named {
      std::string_view name;
      std::optional<std::string>* address;
    };
    for (const Named& known :
         {Named{"local_ip", &options.local_ip}, Named{"remote_ip", &options.remote_ip},
          Named{"gateway_ip", &options.gateway_ip}, Named{"netmask_ip", &options.netmask_ip}}) {
      if (name_ != known.name) continue;
      constexpr std::string_view characters = "0123456789abcdefABCDEF.:/";
      const std::string_view text = value("an address");
      if (text.empty() || text.find_first_not_of(characters) != text.npos) expected("an address");
      *known.address = text;
      return true;
    }
    return false;
  }

  bool other(Options& options) {
    if (name_ == "ip_version")
      version(options);
    else if (name_ == "tolerance_percent")
      options.tolerance_percent = percent();
    else if (name_ == "non_fatal")
      non_fatal(options);
    else
      return false;
    return true;
  }

  void version(Options& options) {
    const IpVersion told = ip_version();
    options.own_version = options.own_version && told == options.ip_version;
    options.ip_version = told;
  }

  IpVersion ip_version() {
    constexpr std::string_view words = "ipv4, ipv4-mapped-ipv6 or ipv6";
    const std::string_view text = value(words);
    if (text == "ipv4") return IpVersion::ipv4;
    if (text == "ipv4-mapped-ipv6") return IpVersion::ipv4_mapped_ipv6;
    if (text != "ipv6") expected(words);
    return IpVersion::ipv6;
  }

  double percent() {
    constexpr std::string_view what = "a percentage from 0 to 1000000";
    const std::string_view text = value(what);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || !(number >= 0 && number <= 1e6)) expected(what);
    return number;
  }

  void non_fatal(Options& options) {
    constexpr std::string_view words = "packet, syscall, or both";
    std::string_view left = value(words);
    while (!left.empty()) {
      const std::string_view word = left.substr(0, left.find(','));
      left.remove_prefix(std::min(left.size(), word.size() + 1));
      bool& flag = word == "packet"    ? options.non_fatal_packets
                   : word == "syscall" ? options.non_fatal_calls
                                       : (expected(words), options.non_fatal_calls);
      flag = true;
    }
  }

  std::uint16_t number16(std::string_view what) {
    return static_cast<std::uint16_t>(integer(what, 0, UINT16_MAX));
  }
  Duration microseconds() {
    return std::chrono::microseconds{integer("microseconds", 0, max_seconds * 1'000'000)};
  }
  std::int64_t integer(std::string_view what, std::int64_t least, std::int64_t most) {
    const auto number = parse_integer(value(what));
    if (!number || *number < least || *number > most)
      expected(fmt::format("{} from {} to {}", what, least, most));
    return *number;
  }

  std::string_view value(std::string_view what) const {
    if (!value_) expected(what);
    return unquoted(*value_);
  }

  [[noreturn]] void expected(std::string_view what) const {
    const std::string found = value_ ? fmt::format("'{}'", shown(*value_)) : "nothing";
    throw ScriptError{Fault::malformed, file_, at_,
                      fmt::format("expected {} behind '--{}', found {}", what, name_, found)};
  }

  std::string_view name_;
  std::optional<std::string_view> value_;
  std::string_view file_;
  Position at_;
};

}  // namespace

void set_option(Options& options, std::string_view name, std::optional<std::string_view> value,
                std::string_view file, Position at) {
  Setting{name, value, file, at}.apply(options);
}

}  // namespace ringside::packetdrill
