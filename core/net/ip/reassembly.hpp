// RFC 791 section 3.2, RFC 815, RFC 8200 section 4.5: fragments become datagrams again, within limits of
// memory, number and time that both versions share.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "containers/flat_map.hpp"
#include "containers/range_set.hpp"
#include "containers/timer_heap.hpp"
#include "ip/ip_header.hpp"
#include "ringside/net/config.hpp"

namespace ringside::net {

class Reassembly {
 public:
  explicit Reassembly(const ReassemblyConfig& config) : config_{config} {}

  struct Result {
    // Complete, with a header as if it had come in one piece, without options or extension headers; until the
    // next call.
    std::optional<wire::ByteView> packet{};
    DropReason reason = DropReason::none;  // the fragment, or all that came of its datagram, was dropped
  };
  Result add(Time now, const wire::Ipv4Header& header, wire::ByteView payload);
  Result add(Time now, const wire::Ipv6Header& header, const wire::FragmentHeader& fragment,
             wire::ByteView payload);

  // A datagram that is still incomplete at its deadline. Its packet is empty if the first fragment never
  // came, since only then may an ICMP error be sent (RFC 792).
  std::optional<wire::ByteView> next_expired(Time now);
  Time deadline() const { return timers_.earliest(); }
  Bytes memory() const { return memory_; }  // of what is incomplete

 private:
  struct Key {  // RFC 791: what fragments of one datagram have in common; of IPv6 there is no protocol among
                // it
    IpAddress source{}, destination{};
    std::uint8_t protocol = 0;
    std::uint32_t identification = 0;
    bool operator==(const Key&) const = default;
    std::uint64_t hash() const;
    std::size_t header_size() const { return ip_header_size(source); }
  };
  struct Piece {
    std::uint32_t begin = 0;
    bool more = false;  // pieces follow
    wire::ByteView octets{};
    std::uint32_t end() const { return begin + static_cast<std::uint32_t>(octets.size()); }
  };
  struct Assembly {
    Key key{};
    IpHeader header{};                             // of the first fragment, if it came
    std::uint8_t protocol = 0;                     // that it names
    std::vector<std::uint8_t> packet{};            // room for the header, then the payload so far
    RangeSet arrived{};                            // octets of the payload
    std::optional<std::uint32_t> payload_bytes{};  // known once the last fragment came
  };

  Result add(Time now, const Key& key, const IpHeader& header, std::uint8_t protocol, const Piece& piece);
  std::optional<std::uint32_t> find_or_create(Time now, const Key& key);
  bool insert(Assembly& assembly, const Piece& piece, DropReason& reason, bool& fresh);
  wire::ByteView finished(Assembly& assembly, std::size_t payload_bytes);
  void forget(std::uint32_t index);

  ReassemblyConfig config_;
  FlatMap<Key, std::uint32_t> index_;
  std::deque<Assembly> assemblies_;
  std::vector<std::uint32_t> free_;
  TimerHeap timers_;
  Bytes memory_{};
};

}  // namespace ringside::net
