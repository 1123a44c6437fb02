// The seven lanes of every picture of a path, top to bottom, with their names and colours: the one place that
// has them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ringside/path/path.hpp"

namespace ringside::path {

enum class Lane : std::uint8_t { user, boundary, protocol, softirq, hardirq, nic, wire };
inline constexpr int lane_count = 7;

struct LaneStyle {
  char letter = ' ';
  std::string_view en{};
  std::string_view zh_CN{};
  std::string_view light{};  // the colour on a white ground, #rrggbb
  std::string_view dark{};   // the colour on a dark ground
};

inline constexpr std::array<LaneStyle, lane_count> lane_styles{{
    {'U', "user space", "用户态", "#6A2C78", "#9A5CA6"},
    {'B', "system calls", "系统调用边界", "#111111", "#F2F2F2"},
    {'P', "protocol", "协议栈", "#288FDD", "#2A7BFF"},
    {'S', "softirq", "软中断", "#A66300", "#FDB101"},
    {'H', "hard interrupt", "硬中断", "#7A0F06", "#D2401C"},
    {'N', "NIC and DMA", "网卡与 DMA", "#0C604C", "#2BE08F"},
    {'W', "wire", "线路", "#8C94A2", "#C3C9D4"},
}};

constexpr const LaneStyle& style(Lane lane) { return lane_styles[static_cast<std::size_t>(lane)]; }

// By domain and work, never by name. The softirq's own machinery (polls, timers, the transmit clean) has its
// lane; what it calls from the demultiplexer on is protocol work, as is what the kernel does for a system
// call.
std::vector<Lane> lanes(const Path&);

}  // namespace ringside::path
