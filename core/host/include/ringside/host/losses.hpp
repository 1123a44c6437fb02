// Why frames are dropped where no queue was full, as recordings number it (trace::Event::level): the reasons
// of the stack, and those that a host has besides.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ringside/net/counters.hpp"
#include "ringside/trace/event.hpp"

namespace ringside::host {

inline constexpr auto dropped_by_program = static_cast<std::uint8_t>(net::drop_reasons);  // as it wished
inline constexpr std::uint8_t link_full = dropped_by_program + 1;
inline constexpr std::uint8_t lost_on_link = dropped_by_program + 2;

static_assert(static_cast<std::uint8_t>(net::DropReason::none) == trace::full_queue);

inline std::vector<std::string> names_of_losses() {
  std::vector<std::string> names{"queue full"};
  for (std::uint8_t reason = 1; reason < net::drop_reasons; ++reason)
    names.emplace_back(net::to_string(static_cast<net::DropReason>(reason)));
  names.insert(names.end(), {"dropped by a program", "link full", "lost on the link"});
  return names;
}

}  // namespace ringside::host
