// Which frames can travel as one super-segment: what the stack hands to TSO or GSO in one piece, and what GRO
// puts together again. Only their headers are looked at (dev_gro_receive(), tcp_gro_receive()).
#pragma once

#include <cstdint>
#include <span>

namespace ringside::net {

using FrameView = std::span<const std::uint8_t>;

// A TCP segment with text behind which others may follow: unfragmented IP without options, and no flag but
// ACK.
bool may_lead_train(FrameView frame);

// `frame` goes on where `before` ends: the same flow, headers that differ in what follows from that alone,
// and no less text in `before` than in the `first` frame of the train. PSH may end a train.
bool continues_train(FrameView first, FrameView before, FrameView frame);

// Nothing may follow `last`: it has PSH, or less text than the first.
bool ends_train(FrameView first, FrameView last);

// Addresses and ports are the same, so that one must not overtake the other.
bool same_tcp_flow(FrameView, FrameView);

}  // namespace ringside::net
