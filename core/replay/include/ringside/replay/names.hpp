// Names, in both languages, of what a result file has keys for; and figures as sentences have them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ringside/path/path.hpp"
#include "ringside/units/quantity.hpp"
#include "ringside/units/time.hpp"

namespace ringside::replay {

struct MetricName {
  path::Text name{};
  std::string_view unit{};  // 1/s, B, bit/s, ns, s; empty: a count, a ratio, a share of 1
};

// Of a key under `metrics`, such as `delivered_pps`, `client.sent_pps`, `transfer_2_goodput_bps`. nullopt: it
// is none.
std::optional<MetricName> metric_name(std::string_view key);

// Of a key under `drops`: a reason of the stack, or a queue, which was full.
path::Text drop_reason(std::string_view key);

// 1.234 µs: at most three decimals, in the unit in which it is not less than 1. Between figure and unit there
// is a thin space.
std::string quantity(Duration);
std::string quantity(Bytes);  // 14 480 B: exact, in groups of three digits

}  // namespace ringside::replay
