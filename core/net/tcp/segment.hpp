// What TCP input works on: RFC 9293 section 3.3.1, "current segment variables".
#pragma once

#include "tcp/ecn_field.hpp"

namespace ringside::net {

// A segment's headers as they came, one before the other.
struct RawHeaders {
  wire::ByteView link{}, network{}, tcp{};
};

struct Segment {
  const wire::TcpHeader& header;
  wire::ByteView text;
  EcnField ecn = EcnField::not_ect;  // of the IP header, as the next two
  std::uint8_t type_of_service = 0;
  std::uint32_t flow_label = 0;
  const RawHeaders* raw = nullptr;

  SeqNum seq() const { return header.seq; }
  SeqNum ack() const { return header.ack; }
  wire::TcpFlags flags() const { return header.flags; }
  std::uint32_t length() const {  // SEG.LEN counts SYN and FIN
    return static_cast<std::uint32_t>(text.size()) + (flags().syn ? 1 : 0) + (flags().fin ? 1 : 0);
  }
};

}  // namespace ringside::net
