// In which order the options of a SYN are written.
#pragma once

#include <cstdint>

namespace ringside::net::wire {

enum class OptionsOrder : std::uint8_t {
  aligned,      // mss, sackOK, TS, nop, wscale: NOPs fill up. Linux tcp_options_write()
  scale_first,  // mss, nop, wscale, sackOK, TS: zeros fill up. FreeBSD tcp_addoptions()
};

}  // namespace ringside::net::wire
