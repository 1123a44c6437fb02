#include "tap_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "ringside/net/congestion_names.hpp"
#include "ringside/net/personality.hpp"
#include "ringside/net/stack.hpp"
#include "ringside/scenarios/suggest.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

using net::Endpoint;
using net::IpAddress;
using net::Ipv4Address;

constexpr int least_mtu = 68,
              largest_mtu = 65521;  // RFC 791; a TAP device's frames have 65535 octets at most

// Reads the text of an option, if it is given.
template <class Parse>
auto read(Findings& findings, std::string_view option, const std::string& text, std::string_view expected,
          Parse parse) {
  decltype(parse(text)) value{};
  if (text.empty()) return value;
  value = parse(text);
  if (!value) findings.add(fmt::format("{} {}", option, text), {}, fmt::format("expected {}", expected));
  return value;
}

std::optional<std::uint64_t> parse_octets(std::string_view text) {
  if (const auto count = parse_count(text)) return static_cast<std::uint64_t>(*count);
  if (const auto bytes = parse_bytes(text)) return static_cast<std::uint64_t>(bytes->count);
  return std::nullopt;
}

std::optional<int> parse_between(std::string_view text, int least, int most) {
  const auto number = parse_number(text);
  if (!number || *number != static_cast<int>(*number) || *number < least || *number > most)
    return std::nullopt;
  return static_cast<int>(*number);
}

// A unicast address of that version, and of no other.
std::optional<IpAddress> parse_ipv4(std::string_view text) {
  const auto address = Ipv4Address::parse(text);
  return address ? std::optional<IpAddress>{*address} : std::nullopt;
}
std::optional<IpAddress> parse_ipv6(std::string_view text) {
  const auto address = IpAddress::parse(text);
  const bool fits = address && !address->is_ipv4() && !address->any() && !address->multicast();
  return fits ? address : std::nullopt;
}

struct Ipv6Prefix {
  IpAddress address{};
  int length = 0;
};
struct Prefix {
  Ipv4Address address{};
  int length = 0;
};

std::optional<Prefix> parse_prefix(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto address = Ipv4Address::parse(text.substr(0, slash));
  const auto length = parse_between(text.substr(slash + 1), 1, 30);
  if (!address || !length) return std::nullopt;
  return Prefix{*address, *length};
}

std::optional<Ipv6Prefix> parse_ipv6_prefix(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto address = parse_ipv6(text.substr(0, slash));
  const auto length = parse_between(text.substr(slash + 1), 1, 126);
  if (!address || !length) return std::nullopt;
  return Ipv6Prefix{*address, *length};
}

// "10.0.0.1:80", or "[fd00::1]:80" (RFC 3986 section 3.2.2).
std::optional<Endpoint> parse_endpoint(std::string_view text, std::optional<int> usual_port) {
  const bool brackets = text.starts_with('[');
  const std::size_t end = brackets ? text.find(']') : std::min(text.find(':'), text.size());
  if (end == std::string_view::npos) return std::nullopt;
  const auto address = brackets ? parse_ipv6(text.substr(1, end - 1)) : parse_ipv4(text.substr(0, end));
  text.remove_prefix(brackets ? end + 1 : end);
  const std::size_t colon = text.empty() ? std::string_view::npos : 0;
  if (!text.empty() && text.front() != ':') return std::nullopt;
  const auto port =
      colon == std::string_view::npos ? usual_port : parse_between(text.substr(colon + 1), 1, 65535);
  if (!address || !port) return std::nullopt;
  return Endpoint{*address, static_cast<std::uint16_t>(*port)};
}

std::optional<tap::Url> parse_url(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  if (!text.starts_with(scheme) || text.find_first_of(" \t\r\n") != std::string_view::npos)
    return std::nullopt;
  text.remove_prefix(scheme.size());
  const std::size_t slash = text.find('/');
  const auto server = parse_endpoint(text.substr(0, slash), 80);
  if (!server) return std::nullopt;
  return tap::Url{*server, slash == std::string_view::npos ? "/" : std::string{text.substr(slash)}};
}

// The first address of the network that is not this one.
Ipv4Address beside(const Prefix& prefix) {
  const std::uint32_t network = prefix.address.value() & ~std::uint32_t{0} << (32 - prefix.length);
  const Ipv4Address first{network + 1};
  return first == prefix.address ? Ipv4Address{network + 2} : first;
}

IpAddress beside(const Ipv6Prefix& prefix) {
  IpAddress::Words words = prefix.address.words();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const int bits = std::clamp(prefix.length - 32 * static_cast<int>(i), 0, 32);
    if (bits < 32) words[i] &= ~(~std::uint32_t{0} >> bits);
  }
  ++words[3];
  if (IpAddress{words} == prefix.address) ++words[3];
  return IpAddress{words};
}

constexpr std::pair<std::string_view, tap::Service> services[] = {
    {"echo", tap::Service::echo},       {"discard", tap::Service::discard},
    {"chargen", tap::Service::chargen}, {"daytime", tap::Service::daytime},
    {"http", tap::Service::http},       {"source", tap::Service::source},
    {"sink", tap::Service::sink}};

// "http=DIR", "source=N", or the name alone.
std::optional<tap::Serve> parse_serve(const std::string& text, Findings& findings) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals),
                    value = equals == std::string::npos ? "" : text.substr(equals + 1);
  const auto complain_of = [&](std::string message) {
    findings.add("--serve " + text, {}, std::move(message));
    return std::nullopt;
  };
  const auto* const found =
      std::ranges::find(services, name, &std::pair<std::string_view, tap::Service>::first);
  if (found == std::end(services)) {
    std::vector<std::string_view> names;
    for (const auto& [known, service] : services) names.push_back(known);
    return complain_of(fmt::format("no service '{}'{}", name, did_you_mean_or_list(name, names)));
  }
  tap::Serve serve{.service = found->second};
  if (serve.service == tap::Service::http) {
    std::error_code error;
    if (!std::filesystem::is_directory(value, error))
      return complain_of("expected http=DIR, a folder that is there");
    serve.folder = value;
  } else if (serve.service == tap::Service::source) {
    const auto octets = parse_octets(value);
    if (!octets) return complain_of("expected source=N, a number of octets such as 1000000 or 1MiB");
    serve.octets = *octets;
  } else if (equals != std::string::npos) {
    return complain_of(fmt::format("{} has no value", name));
  }
  return serve;
}

void read_services(const TapRequest& request, tap::Options& options, Findings& findings) {
  for (const std::string& text : request.serve) {
    const auto serve = parse_serve(text, findings);
    if (!serve) continue;
    if (std::ranges::count(options.services, serve->service, &tap::Serve::service) > 0)
      findings.add("--serve " + text, {}, "it is served already");
    else
      options.services.push_back(*serve);
  }
}

void read_tasks(const TapRequest& request, tap::Options& options, Findings& findings) {
  const auto url = read(findings, "--fetch", request.fetch, "http://A[:P]/PATH with an address", parse_url);
  if (url) options.fetch = {*url, request.out};
  const auto to =
      read(findings, "--to", request.to, "an IPv4 address and a port, A:P, or [A]:P with an IPv6 address",
           [](std::string_view text) { return parse_endpoint(text, std::nullopt); });
  if (!to) return;
  if (const auto octets = parse_octets(request.send)) {
    options.send = {.octets = *octets, .to = *to};
    return;
  }
  std::error_code error;
  const auto size = std::filesystem::file_size(request.send, error);
  if (error || !std::ifstream{request.send})
    findings.add("--send " + request.send, {}, "expected a file that can be read, or a number of octets");
  else
    options.send = {.file = request.send, .octets = size, .to = *to};
}

void read_link(const TapRequest& request, hw::LinkConfig& link, Findings& findings) {
  const auto chance = [&](std::string_view option, const std::string& text) {
    return read(findings, option, text, "a probability, 0 to 1", parse_probability).value_or(0);
  };
  const auto time = [&](std::string_view option, const std::string& text) {
    return read(findings, option, text, "a time, such as 10ms", parse_duration).value_or(Duration{0});
  };
  link.loss = chance("--loss", request.loss);
  link.reorder = chance("--reorder", request.reorder);
  link.duplicate = chance("--duplicate", request.duplicate);
  link.corrupt = chance("--corrupt", request.corrupt);
  link.delay = time("--delay", request.delay);
  link.reorder_delay = time("--reorder-delay", request.reorder_delay);
  link.rate =
      read(findings, "--rate", request.rate, "a rate, such as 100Mbps", parse_bit_rate).value_or(BitRate{});
}

void read_addresses(const TapRequest& request, tap::Options& options, Findings& findings) {
  const auto prefix =
      read(findings, "--address", request.address,
           "an IPv4 address and the length of its prefix, A/P with P from 1 to 30", parse_prefix);
  const auto peer = read(findings, "--peer", request.peer, "an IPv4 address", Ipv4Address::parse);
  options.mtu =
      read(findings, "--mtu", request.mtu, fmt::format("a number from {} to {}", least_mtu, largest_mtu),
           [](std::string_view text) { return parse_between(text, least_mtu, largest_mtu); });
  if (!prefix) return;
  options.address = prefix->address;
  options.prefix_length = prefix->length;
  options.peer = peer.value_or(beside(*prefix));
  if (options.peer == options.address)
    findings.add("--peer " + request.peer, {}, "it is the stack's own address");
}

// Without being asked for, where device and kernel have it.
void read_ipv6_addresses(const TapRequest& request, tap::Options& options, Findings& findings) {
  constexpr int least = 1280;  // RFC 8200 section 5
  const bool asked = !request.address6.empty() || !request.peer6.empty();
  const std::string text = request.address6.empty() ? "fd77::2/64" : request.address6;
  const auto prefix =
      read(findings, "--address6", text,
           "an IPv6 address and the length of its prefix, A/P with P from 1 to 126", parse_ipv6_prefix);
  const auto peer = read(findings, "--peer6", request.peer6, "an IPv6 address", parse_ipv6);
  const bool too_narrow = options.mtu && *options.mtu < least;
  if (asked && too_narrow)
    findings.add("--mtu " + request.mtu, {}, "expected 1280 at least, for IPv6 (RFC 8200 section 5)");
  if (!prefix || too_narrow || (!asked && !tap::kernel_has_ipv6())) return;
  options.ipv6 = {prefix->address, prefix->length, peer.value_or(beside(*prefix))};
  if (options.ipv6->peer == options.ipv6->address)
    findings.add("--peer6 " + request.peer6, {}, "it is the stack's own address");
}

void read_stack(const TapRequest& request, net::StackConfig& stack, Findings& findings) {
  net::take_on(net::Personality::linux_kernel, stack.tcp);
  stack.tcp.ecn.accepts = net::EcnUse::classic;  // the peer may ask for it
  stack.seed = request.seed;
  stack.tcp.sack = !request.no_sack;
  stack.tcp.timestamps = !request.no_timestamps;
  stack.tcp.window_scale = !request.no_window_scaling;
  if (request.ecn) stack.tcp.ecn.asks = net::EcnUse::classic;
  stack.tcp.fast_open.server = request.fast_open;
  stack.tcp.fast_open.client_needs_cookie = false;  // each run has one connection: none is known before it
  stack.tcp.congestion = net::congestion_named(request.congestion).value();
  const auto pace = read(findings, "--pace", request.pace, "a rate, such as 10Mbps", parse_bit_rate);
  if (pace && pace->count >= 8) stack.tcp.max_pacing_rate = static_cast<std::uint64_t>(pace->count) / 8;
  const auto buffer =
      read(findings, "--receive-buffer", request.receive_buffer, "a size, such as 4KiB", parse_bytes);
  if (!buffer) return;
  stack.tcp.receive_buffer = *buffer;  // and it stays so
  stack.tcp.largest_receive_buffer = 0_B;
  try {
    const net::Stack accepted{stack};
  } catch (const std::invalid_argument& refusal) {
    findings.add("--receive-buffer " + request.receive_buffer, {}, refusal.what());
  }
}

}  // namespace

tap::Options tap_options(const TapRequest& request, Findings& findings) {
  tap::Options options{.fast_open = request.fast_open, .seed = request.seed, .pcap = request.pcap};
  if (!request.device.empty()) options.device = request.device;
  if (!request.network_namespace.empty()) options.network_namespace = request.network_namespace;
  if (request.device.size() > 15)
    findings.add("--device " + request.device, {}, "expected at most 15 letters");
  read_addresses(request, options, findings);
  read_ipv6_addresses(request, options, findings);
  read_services(request, options, findings);
  read_tasks(request, options, findings);
  read_link(request, options.link, findings);
  read_stack(request, options.stack, findings);
  options.duration = read(findings, "--for", request.duration, "a time, such as 10s", parse_duration);
  return options;
}

}  // namespace ringside::scenarios
