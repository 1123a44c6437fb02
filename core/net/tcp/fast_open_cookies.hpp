// The cookies of TCP Fast Open: what a server gives, and a client remembers. RFC 7413 section 4.1; net/ipv4/
// tcp_fastopen.c and tcp_metrics.c of Linux.
#pragma once

#include <vector>

#include "containers/flow.hpp"
#include "containers/siphash.hpp"
#include "ringside/net/config.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {

// Made of the addresses under a key: nothing is kept of who has one.
class FastOpenCookies {
 public:
  FastOpenCookies(SipKey secret, const FastOpenConfig& config) : secret_{secret}, config_{&config} {}

  // For a client, of the form that it asked for; `options`: its listener's.
  wire::FastOpenCookie make(const Flow& flow, bool experimental, const TcpSocketOptions& options) const;
  enum class Check : std::uint8_t { wrong, good, outdated };  // outdated: made under the key before
  Check check(const Flow& flow, const wire::FastOpenCookie& cookie, const TcpSocketOptions& options) const;

  // SipHash-2-4 of both addresses: __tcp_fastopen_cookie_gen_cipher().
  static wire::FastOpenCookie cookie(const Flow& flow, const FastOpenKey& key);

 private:
  FastOpenKey key(const TcpSocketOptions& options) const;

  SipKey secret_;
  const FastOpenConfig* config_;
};

// What is known of the servers. As much as there is room for; then the one that was asked first is forgotten.
class FastOpenCache {
 public:
  struct Known {
    wire::FastOpenCookie cookie{};
    std::uint16_t mss = 0;                // 0: unknown
    std::uint8_t experimental_tried = 0;  // 0: no; 1: ask that way; 2: neither helped
  };

  explicit FastOpenCache(const FastOpenConfig& config) : config_{&config} {}

  Known known(IpAddress server) const;
  void learn(IpAddress server, const Known& now);
  void forget_all() { entries_.clear(); }

  // A path that swallows SYNs with text: tcp_fastopen_active_disable() and its relatives.
  void swallowed(Time now);
  bool avoided(Time now) const;
  void carried() { times_swallowed_ = 0; }

 private:
  struct Entry {
    IpAddress server{};
    Known known{};
  };

  const FastOpenConfig* config_;
  std::vector<Entry> entries_;
  std::size_t next_ = 0;  // to be forgotten
  int times_swallowed_ = 0;
  Time swallowed_{};
};

}  // namespace ringside::net
