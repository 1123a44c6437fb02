// RFC 6724 section 5: of two source addresses, the better one.
#include "ip/interface.hpp"

namespace ringside::net {
namespace {

enum class Scope : std::uint8_t { link_local = 0x2, site_local = 0x5, global = 0xe };  // RFC 4291 section 2.7

Scope scope_of(const IpAddress& address) {  // RFC 6724 section 3.1
  const std::uint32_t first = address.words()[0];
  if (address.multicast()) return Scope{static_cast<std::uint8_t>(first >> 16 & 0xf)};
  if (address.link_local() || address.loopback()) return Scope::link_local;
  return first >> 22 == 0xfec0 >> 6 ? Scope::site_local : Scope::global;
}

int common_bits(const IpAddress& a, const IpAddress& b) {
  int bits = 0;
  while (bits < 64 && a.shares_prefix(b, bits + 1)) ++bits;  // section 2.2: at most the prefix
  return bits;
}

// Rules 1, 2, 3 and 8; the others ask for what no address here is: of home, or temporary.
bool better(const Ipv6Assignment& a, const Ipv6Assignment& b, const IpAddress& destination) {
  if (a.address == destination || b.address == destination) return a.address == destination;
  const Scope of_a = scope_of(a.address), of_b = scope_of(b.address), wanted = scope_of(destination);
  if (of_a < of_b) return of_a >= wanted;
  if (of_b < of_a) return of_b < wanted;
  if (a.deprecated != b.deprecated) return b.deprecated;
  return common_bits(a.address, destination) > common_bits(b.address, destination);
}

}  // namespace

bool Interface::listens_to(const IpAddress& group) const {
  const auto solicited = [&](const Ipv6Assignment& own) { return solicited_node(own.address) == group; };
  return group == all_nodes || std::any_of(ipv6.begin(), ipv6.end(), solicited);
}

std::optional<IpAddress> Interface::link_local() const {
  for (const Ipv6Assignment& own : ipv6)
    if (own.address.link_local() && !own.tentative) return own.address;
  return std::nullopt;
}

std::optional<IpAddress> Interface::source_for(const IpAddress& destination) const {
  const Ipv6Assignment* best = nullptr;
  for (const Ipv6Assignment& own : ipv6)
    if (!own.tentative && (!best || better(own, *best, destination))) best = &own;
  return best ? std::optional{best->address} : std::nullopt;
}

}  // namespace ringside::net
