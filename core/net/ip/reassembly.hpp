// RFC 791 section 3.2, RFC 815: fragments become datagrams again, within limits of memory, number and time.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "containers/flat_map.hpp"
#include "containers/range_set.hpp"
#include "containers/timer_heap.hpp"
#include "ringside/net/config.hpp"
#include "ringside/net/wire/ipv4.hpp"

namespace ringside::net {

class Reassembly {
 public:
  explicit Reassembly(const ReassemblyConfig& config) : config_{config} {}

  struct Result {
    std::optional<wire::ByteView>
        packet{};  // complete, with a header as if it had come in one piece; until the next call
    DropReason reason = DropReason::none;  // the fragment, or all that came of its datagram, was dropped
  };
  Result add(Time now, const wire::Ipv4Header& header, wire::ByteView payload);

  // A datagram that is still incomplete at its deadline. Its packet is empty if the first fragment never
  // came, since only then may an ICMP error be sent (RFC 792).
  std::optional<wire::ByteView> next_expired(Time now);
  Time deadline() const { return timers_.earliest(); }

 private:
  struct Key {  // RFC 791: what fragments of one datagram have in common
    Ipv4Address source{}, destination{};
    wire::IpProtocol protocol{};
    std::uint16_t identification = 0;
    bool operator==(const Key&) const = default;
    std::uint64_t hash() const;
  };
  struct Assembly {
    Key key{};
    wire::Ipv4Header header{};                     // of the first fragment, if it came
    std::vector<std::uint8_t> packet{};            // room for the header, then the payload so far
    RangeSet arrived{};                            // octets of the payload
    std::optional<std::uint32_t> payload_bytes{};  // known once the last fragment came
  };

  std::optional<std::uint32_t> find_or_create(Time now, const Key& key);
  bool insert(Assembly& assembly, const wire::Ipv4Header& header, wire::ByteView payload, DropReason& reason);
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
