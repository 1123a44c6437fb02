// The containers behind the stack, each against a plain model.
#include <array>
#include <map>
#include <set>
#include <vector>

#include "catch.hpp"
#include "containers/byte_ring.hpp"
#include "containers/fifo.hpp"
#include "containers/flow.hpp"
#include "containers/range_set.hpp"
#include "containers/siphash.hpp"
#include "containers/slots.hpp"
#include "containers/timer_heap.hpp"
#include "ip/frame_queue.hpp"

namespace ringside::net {
namespace {

struct Dice {
  std::uint64_t state = 1;
  std::uint64_t below(std::uint64_t bound) { return mixed(state++) % bound; }
};

std::vector<std::uint8_t> pattern(std::size_t size, std::uint8_t first) {
  std::vector<std::uint8_t> bytes(size);
  for (std::uint8_t& byte : bytes) byte = first++;
  return bytes;
}

}  // namespace

TEST_CASE("a range set is a set of octets, wherever the sequence begins") {
  const std::uint32_t origin = GENERATE(0u, 0xffffff80u, 0x7fffff80u);
  Dice dice;
  for (int round = 0; round < 200; ++round) {
    RangeSet ranges;
    std::set<std::uint32_t> model;
    std::uint32_t edge = 0;
    for (int step = 0; step < 40; ++step) {
      if (dice.below(5) == 0) {
        edge += static_cast<std::uint32_t>(dice.below(20));
        const auto gone = static_cast<std::uint32_t>(std::distance(model.begin(), model.lower_bound(edge)));
        model.erase(model.begin(), model.lower_bound(edge));
        REQUIRE(ranges.erase_before(SeqNum{origin + edge}) == gone);
      } else {
        const auto begin = static_cast<std::uint32_t>(edge + dice.below(200));
        const auto end = static_cast<std::uint32_t>(begin + 1 + dice.below(20));
        std::uint32_t fresh = 0;
        for (std::uint32_t i = begin; i < end; ++i) fresh += model.insert(i).second ? 1 : 0;
        REQUIRE(ranges.insert({SeqNum{origin + begin}, SeqNum{origin + end}}) == fresh);
      }
      REQUIRE(ranges.octets() == model.size());
      std::set<std::uint32_t> octets;
      for (std::size_t i = 0; i < ranges.count(); ++i) {
        if (i > 0) REQUIRE(ranges[i - 1].end.before(ranges[i].begin));  // neither overlapping nor touching
        for (SeqNum at = ranges[i].begin; at != ranges[i].end; at = at + 1) octets.insert(at.raw() - origin);
      }
      REQUIRE(octets == model);
      const auto probe = static_cast<std::uint32_t>(edge + dice.below(220));
      REQUIRE(ranges.containing(SeqNum{origin + probe}).has_value() == (model.count(probe) > 0));
    }
  }
}

TEST_CASE("a byte ring keeps order across growth, wrap and octets placed ahead") {
  ByteRing ring;
  for (int round = 0; round < 50; ++round) {
    ring.append(pattern(700, static_cast<std::uint8_t>(round)));
    ring.place(ring.size() + 300, pattern(100, 200));
    ring.place(ring.size(), pattern(300, 100));
    ring.extend(400);
    std::vector<std::uint8_t> out(700);
    ring.copy(0, out);
    REQUIRE(out == pattern(700, static_cast<std::uint8_t>(round)));
    out.resize(100);
    ring.copy(1000, out);
    REQUIRE(out == pattern(100, 200));
    ring.consume(1100);
    REQUIRE(ring.size() == 0);
  }
}

TEST_CASE("a flat map finds what it holds, and nothing else, through many removals") {
  FlatMap<Flow, int> map;
  std::map<Endpoint, int> model;
  Dice dice;
  for (int step = 0; step < 20'000; ++step) {
    const Endpoint key{Ipv4Address{static_cast<std::uint32_t>(dice.below(50))},
                       static_cast<std::uint16_t>(dice.below(10))};
    const auto known = model.find(key);
    const int* found = map.find({.local = key});
    REQUIRE((found != nullptr) == (known != model.end()));
    if (found) {
      REQUIRE(*found == known->second);
      map.erase({.local = key});
      model.erase(known);
    } else {
      map.insert({.local = key}, step);
      model.emplace(key, step);
    }
    REQUIRE(map.size() == model.size());
  }
}

TEST_CASE("a timer heap gives deadlines in order of time, then key") {
  TimerHeap heap;
  std::map<std::uint32_t, Time> model;
  Dice dice;
  for (int step = 0; step < 20'000; ++step) {
    const auto key = static_cast<std::uint32_t>(dice.below(100));
    const Time at = start_of_time + Duration{static_cast<std::int64_t>(dice.below(50))};
    if (dice.below(3) == 0) {
      heap.cancel(key);
      model.erase(key);
    } else {
      heap.set(key, at);
      model[key] = at;
    }
    REQUIRE(heap.empty() == model.empty());
    if (model.empty()) continue;
    const auto earliest = std::min_element(model.begin(), model.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second < b.second : a.first < b.first;
    });
    REQUIRE(heap.earliest() == earliest->second);
    REQUIRE(heap.earliest_key() == earliest->first);
  }
}

TEST_CASE("a frame queue gives frames back whole and in order, and refuses beyond its limit") {
  constexpr std::size_t limit = 64 * 1024;
  FrameQueue queue{limit};
  Fifo<std::vector<std::uint8_t>> model;
  std::size_t used = 0;
  Dice dice;
  for (int step = 0; step < 20'000; ++step) {
    if (dice.below(2) == 0) {
      const auto frame = pattern(60 + dice.below(1455), static_cast<std::uint8_t>(step));
      const bool fits = used + FrameQueue::footprint(frame.size()) <= limit;
      const auto room = queue.reserve(frame.size());
      REQUIRE(room.empty() != fits);  // to the octet
      if (!fits) continue;
      used += FrameQueue::footprint(frame.size());
      std::copy(frame.begin(), frame.end(), room.begin());
      queue.commit(InterfaceId{3}, SocketId{7});
      model.push(frame);
    } else if (!model.empty()) {
      const QueuedFrame frame = queue.front();
      REQUIRE(std::vector<std::uint8_t>(frame.bytes.begin(), frame.bytes.end()) == model.pop());
      REQUIRE(frame.out == InterfaceId{3});
      REQUIRE(frame.socket == SocketId{7});
      used -= FrameQueue::footprint(frame.bytes.size());
      queue.pop();
    }
    REQUIRE(queue.empty() == model.empty());
  }
}

TEST_CASE("a stale id names nothing, though its place is used again") {
  Slots<int, SocketKind::udp> slots;
  const SocketId first = slots.emplace(1).value();
  CHECK(first != SocketId{0});
  slots.erase(first);
  const SocketId second = slots.emplace(2).value();
  CHECK(slots.place_of(first) == slots.place_of(second));
  CHECK(slots.find(first) == nullptr);
  CHECK(*slots.find(second) == 2);
}

TEST_CASE("slots run out, and one that is given back is used again") {
  Slots<int, SocketKind::udp> slots;
  SocketId last{};
  for (std::uint32_t i = 0; i < decltype(slots)::max_places; ++i) last = slots.emplace(1).value();
  CHECK_FALSE(slots.emplace(2));
  slots.erase(last);
  REQUIRE(slots.emplace(3));
  CHECK(slots.find(last) == nullptr);
  CHECK_FALSE(slots.emplace(4));
}

TEST_CASE("SipHash-2-4 of the reference's test vector") {  // key 00 .. 0f, message 00 .. 07
  CHECK(siphash({0x0706050403020100, 0x0f0e0d0c0b0a0908}, {0x0706050403020100}) == 0x93f5f5799a932462);
}

}  // namespace ringside::net
