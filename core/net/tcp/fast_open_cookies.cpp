// Cookies made, believed (RFC 7413 section 4.1.2) and remembered (section 4.1.3).
#include "tcp/fast_open_cookies.hpp"

#include <algorithm>

namespace ringside::net {
namespace {

std::uint64_t little_endian(const std::uint8_t* octets) {
  std::uint64_t word = 0;
  for (int i = 8; i-- > 0;) word = word << 8 | octets[i];
  return word;
}

void put_little_endian(std::uint64_t word, std::uint8_t* octets) {
  for (int i = 0; i < 8; ++i) octets[i] = static_cast<std::uint8_t>(word >> 8 * i);
}

}  // namespace

// The addresses as they stand in the IP header of the SYN: the client's first.
wire::FastOpenCookie FastOpenCookies::cookie(const Flow& flow, const FastOpenKey& key) {
  const SipKey words{little_endian(key.data()), little_endian(key.data() + 8)};
  const auto hash = [&]() -> std::uint64_t {
    std::array<std::uint8_t, 32> octets;
    const auto word = [&](std::size_t i) { return little_endian(octets.data() + 8 * i); };
    if (flow.remote.address.is_ipv4()) {
      wire::store_address(octets, 0, flow.remote.address.ipv4());
      wire::store_address(octets, 4, flow.local.address.ipv4());
      return siphash(words, {word(0)});
    }
    wire::store_ipv6_address(octets, 0, flow.remote.address);
    wire::store_ipv6_address(octets, 16, flow.local.address);
    return siphash(words, {word(0), word(1), word(2), word(3)});
  };
  wire::FastOpenCookie cookie{.size = 8};  // TCP_FASTOPEN_COOKIE_SIZE
  put_little_endian(hash(), cookie.octets.data());
  return cookie;
}

FastOpenKey FastOpenCookies::key(const TcpSocketOptions& options) const {
  if (options.fast_open_key) return *options.fast_open_key;
  if (config_->key) return *config_->key;
  FastOpenKey key;
  put_little_endian(siphash(secret_, {1}), key.data());
  put_little_endian(siphash(secret_, {2}), key.data() + 8);
  return key;
}

wire::FastOpenCookie FastOpenCookies::make(const Flow& flow, bool experimental,
                                           const TcpSocketOptions& options) const {
  wire::FastOpenCookie made = cookie(flow, key(options));
  made.experimental = experimental;
  return made;
}

FastOpenCookies::Check FastOpenCookies::check(const Flow& flow, const wire::FastOpenCookie& shown,
                                              const TcpSocketOptions& options) const {
  if (cookie(flow, key(options)).same_octets(shown)) return Check::good;
  const auto& old = options.fast_open_key ? options.fast_open_old_key : config_->old_key;
  return old && cookie(flow, *old).same_octets(shown) ? Check::outdated : Check::wrong;
}

FastOpenCache::Known FastOpenCache::known(IpAddress server) const {
  const auto entry =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.server == server; });
  return entry == entries_.end() ? Known{} : entry->known;
}

void FastOpenCache::learn(IpAddress server, const Known& now) {
  const auto entry =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.server == server; });
  if (entry != entries_.end()) {
    entry->known = now;
  } else if (entries_.size() < static_cast<std::size_t>(config_->cookies)) {
    entries_.push_back({server, now});
  } else if (!entries_.empty()) {
    next_ %= entries_.size();
    entries_[next_++] = {server, now};
  }
}

void FastOpenCache::swallowed(Time now) {
  if (config_->blackhole_timeout == Duration{0}) return;
  swallowed_ = now;
  ++times_swallowed_;
}

// Each time twice as long, up to 64 times: tcp_fastopen_active_should_disable().
bool FastOpenCache::avoided(Time now) const {
  if (config_->blackhole_timeout == Duration{0} || times_swallowed_ == 0) return false;
  return now < swallowed_ + config_->blackhole_timeout * (1 << std::min(times_swallowed_ - 1, 6));
}

}  // namespace ringside::net
