#include "run/freebsd.hpp"

#include <algorithm>
#include <array>

#include "run/arguments.hpp"

namespace ringside::packetdrill {

namespace {

bool is_of_freebsd(const Command& command) {
  constexpr std::array marks{"kldload", "net.inet.", "net.inet6."};
  return std::ranges::any_of(marks,
                             [&](const char* mark) { return command.text.find(mark) != std::string::npos; });
}

template <class Option>
std::size_t place_of(const std::vector<TcpOption>& options) {
  const auto found = std::ranges::find_if(
      options, [](const TcpOption& option) { return std::holds_alternative<Option>(option); });
  return static_cast<std::size_t>(found - options.begin());
}

// Linux has the window scale behind the others, FreeBSD before them.
bool expects_linux(const Event& event) {
  const auto* packet = std::get_if<Packet>(&event.action);
  const auto* tcp = packet ? std::get_if<TcpPacket>(&packet->content) : nullptr;
  if (!tcp || packet->direction != Direction::outbound || !tcp->flags.has(Flag::syn) || !tcp->options)
    return false;
  const std::size_t scale = place_of<WindowScale>(*tcp->options);
  return scale < tcp->options->size() &&
         std::min(place_of<SackPermitted>(*tcp->options), place_of<Timestamps>(*tcp->options)) < scale;
}

bool names_usual_stack(const Expression& value) {
  const Expression* implementation = field(value, "function_set_name");
  const auto* its_name = implementation ? std::get_if<String>(&implementation->value) : nullptr;
  return its_name && its_name->text == "freebsd";
}

}  // namespace

bool is_for_freebsd(const Script& script) {
  const auto says_so = [](const Event& event) {
    const auto* command = std::get_if<Command>(&event.action);
    return command && is_of_freebsd(*command);
  };
  const bool says =
      (script.init && is_of_freebsd(*script.init)) || std::ranges::any_of(script.events, says_so);
  return says && std::ranges::none_of(script.events, expects_linux);
}

void give_its_mtu(Options& options) {
  constexpr std::uint16_t of_any = 1500;
  const bool ipv6 = options.ip_version == IpVersion::ipv6;
  if (ipv6 && options.own_version && !options.mtu) options.mtu = of_any;
}

std::string_view algorithm_here(std::string_view name) { return name == "newreno" ? "reno" : name; }

bool chooses_usual_stack(const Expression& option, const Expression& value) {
  const auto* word = std::get_if<Word>(&option.value);
  return word && word->name == "TCP_FUNCTION_BLK" && names_usual_stack(value);
}

bool means_nothing_here(const Expression& option, const Expression& value) {
  constexpr std::array<std::string_view, 9> names{"SO_NOSIGPIPE", "SO_USELOOPBACK", "SO_REUSEPORT_LB",
                                                  "TCP_LOG",      "TCP_LOGBUF",     "TCP_LOGID",
                                                  "TCP_LOGDUMP",  "TCP_PCAP_IN",    "TCP_PCAP_OUT"};
  const auto* word = std::get_if<Word>(&option.value);
  if (!word) return false;
  return chooses_usual_stack(option, value) || std::ranges::find(names, word->name) != names.end();
}

}  // namespace ringside::packetdrill
