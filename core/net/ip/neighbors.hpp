// The ARP cache (RFC 826, RFC 1122 section 2.3.2) and the neighbor cache (RFC 4861 section 7.3): who has an
// address, who is being asked, and what waits meanwhile.
//
// It decides; the frames it asks for are written by the IP output and by Ndp.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "containers/flat_map.hpp"
#include "containers/timer_heap.hpp"
#include "ringside/net/config.hpp"

namespace ringside::net {

struct Neighbor {
  InterfaceId interface {};
  IpAddress address{};
  bool operator==(const Neighbor&) const = default;
  std::uint64_t hash() const {
    const IpAddress::Words& words = address.words();
    const auto pair = [](std::uint32_t high, std::uint32_t low) { return std::uint64_t{high} << 32 | low; };
    return mixed(pair(words[3], static_cast<std::uint32_t>(interface)) ^
                 mixed(pair(words[2], words[1]) ^ words[0]));
  }
};

class Neighbors {
 public:
  using Frame = std::vector<std::uint8_t>;

  explicit Neighbors(const ArpConfig& config, const NdpConfig& ndp = {})
      : config_{config},
        arp_{config.retry_interval, config.reachable_for, config.delay_first_probe, config.requests},
        ndp_{ndp.retransmit, ndp.reachable_for, ndp.delay_first_probe, ndp.solicitations} {}

  // Returns the frames that waited for it. Permanent entries count against the limit but are never refused.
  std::vector<Frame> add_permanent(Neighbor neighbor, MacAddress mac);

  // Where to send; nullopt: the frame must wait. A neighbor to be asked for is due at once, if there is a
  // place for it.
  std::optional<MacAddress> resolve(Time now, Neighbor neighbor);
  // Keeps a copy of a frame that must wait. False: too much waits already, or there is no place for the
  // neighbor.
  bool park(Neighbor neighbor, std::span<const std::uint8_t> frame);

  // Of several that answer ARP, the first is believed for a while (LOCKTIME); but of who tells all that it is
  // elsewhere now (a gratuitous ARP) the last.
  enum class Believed : std::uint8_t { first, last };
  // The neighbor answered where it is. Returns the frames that waited for it. Only of one that is known.
  std::vector<Frame> learn(Time now, Neighbor neighbor, MacAddress mac, Believed believed = Believed::first);
  // What routers say of the link: RFC 4861 section 6.3.4. Nothing: it stays as it is.
  void set_times(InterfaceId on, std::optional<Duration> reachable, std::optional<Duration> retransmit);
  Duration retransmit(InterfaceId on) const { return ndp_of(on).retry; }

  // What came back proves that the neighbor is there: RFC 4861 section 7.3.1.
  void confirm(Time now, const Neighbor& neighbor);
  bool any_asked() const { return !timers_.empty(); }  // or about to be
  std::optional<MacAddress> known(const Neighbor& neighbor) const;

  // A neighbor advertisement: RFC 4861 section 7.2.5. Only of a neighbor that was asked for.
  struct Advertisement {
    std::optional<MacAddress> mac{};
    bool solicited = false, override = false;
  };
  std::vector<Frame> on_advertisement(Time now, const Neighbor& neighbor, const Advertisement& advertisement);
  // A message of its own accord, which proves no way to it: RFC 4861 section 7.3.3. `create`: also if it was
  // never asked for, as long as there is a place.
  std::vector<Frame> learn_unproven(Time now, const Neighbor& neighbor, MacAddress mac, bool create = true,
                                    Believed believed = Believed::first);

  // The earliest thing that is due at `now`: a request to send, or frames that waited in vain.
  struct Due {
    Neighbor neighbor{};
    bool ask = false;
    std::optional<MacAddress> known{};  // where it was when it last answered
    std::vector<Frame> failed{};
  };
  std::optional<Due> next_due(Time now);
  Time deadline() const { return timers_.earliest(); }
  std::size_t size() const { return index_.size(); }  // permanent ones among them

 private:
  // What is old is stale, and used for a while before it is asked for. One that does not answer is gone
  // (Linux NUD_FAILED, which only keeps the place).
  enum class State : std::uint8_t { unused, incomplete, reachable, stale, delay, probing, permanent };
  struct Entry {
    Neighbor neighbor{};
    State state = State::unused;
    MacAddress mac{};
    int requests = 0;  // sent without an answer
    Time reachable_until{};
    Time learned{};  // when its address last changed
    std::vector<Frame> pending{};
    Bytes pending_bytes{};
  };

  struct Timing {
    Duration retry{}, reachable_for{}, delay{};
    int requests = 0;
  };

  const Timing& timing(const Neighbor& neighbor) const {
    return neighbor.address.is_ipv4() ? arp_ : ndp_of(neighbor.interface);
  }
  const Timing& ndp_of(InterfaceId on) const {
    const auto at = static_cast<std::size_t>(on);
    return at < ndp_told_.size() ? ndp_told_[at] : ndp_;
  }
  bool locked(Time now, const Entry& entry, MacAddress mac) const;
  Entry* find(Neighbor neighbor);
  void use_old(Time now, std::uint32_t index);
  std::vector<Frame> set(Time now, std::uint32_t index, State state, MacAddress mac);
  std::optional<std::uint32_t> create_entry(Neighbor neighbor);
  std::uint32_t place(Neighbor neighbor);
  std::optional<std::uint32_t> oldest() const;
  void forget(std::uint32_t index);
  void start_asking(Time now, std::uint32_t index, State state);

  ArpConfig config_;
  Timing arp_, ndp_;
  std::vector<Timing> ndp_told_;  // by interface, where a router has said something
  FlatMap<Neighbor, std::uint32_t> index_;
  std::deque<Entry> entries_;
  std::vector<std::uint32_t> free_;  // unused ones among them
  TimerHeap timers_;                 // of incomplete and probing entries
};

}  // namespace ringside::net
