// Where the time goes that one packet takes more than another: the parts of both, and their differences,
// which add up exactly.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ringside/replay/cast.hpp"
#include "ringside/replay/journey.hpp"

namespace ringside::replay {

enum class Part : std::uint8_t {
  wire,
  nic,
  interrupt,
  softirq,
  protocol,
  copy,
  boundary,
  user,
  interrupted,
  waiting
};

struct PartName {  // in the order in which parts are listed
  Part part{};
  std::string queue{};  // of waiting; the stage where it is held back
  auto operator<=>(const PartName&) const = default;
};

struct Share {  // of a packet's time
  PartName of{};
  Duration lasted{};
  bool operator==(const Share&) const = default;
};

// Of the steps of a packet. What a stage and the way out of it cost is known as one, so a system call belongs
// to the stage that it leaves. Work on a packet before it was there belongs to where it came up first.
std::vector<Share> shares(const Cast&, std::span<const Step> way);

// Each part once, in their order.
std::vector<Share> summed(std::vector<Share>);
Duration total(std::span<const Share>);

struct Difference {
  PartName of{};
  Duration first{};
  Duration second{};
  Duration change() const { return second - first; }
  bool operator==(const Difference&) const = default;
};

// Of the parts in which they differ, the largest change first. Their sum is the difference of the totals.
std::vector<Difference> difference(const std::vector<Share>& first, const std::vector<Share>& second);

}  // namespace ringside::replay
