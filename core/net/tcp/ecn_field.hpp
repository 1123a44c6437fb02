// The two bits of the IP header (RFC 3168 section 5) and the three of TCP's that tell of them.
#pragma once

#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {

enum class EcnField : std::uint8_t { not_ect = 0, ect1 = 1, ect0 = 2, ce = 3 };
constexpr std::uint8_t ecn_mask = 0x3;
constexpr EcnField ecn_field(std::uint8_t type_of_service) {
  return EcnField{static_cast<std::uint8_t>(type_of_service & ecn_mask)};
}
constexpr std::uint8_t with_ecn(std::uint8_t type_of_service, EcnField field) {
  return static_cast<std::uint8_t>((type_of_service & ~ecn_mask) | static_cast<std::uint8_t>(field));
}

// AE, CWR and ECE as a number, AE the highest: RFC 9768 section 3.1.
namespace ace {

constexpr std::uint32_t mask = 7;
constexpr std::uint32_t first_count = 5;  // RFC 9768 section 3.2.1, TCP_ACCECN_CEP_INIT_OFFSET

constexpr std::uint32_t of(wire::TcpFlags flags) {
  return (flags.ae ? 4u : 0u) | (flags.cwr ? 2u : 0u) | (flags.ece ? 1u : 0u);
}

constexpr void put(wire::TcpFlags& flags, std::uint32_t ace) {
  flags.ae = (ace & 4) != 0, flags.cwr = (ace & 2) != 0, flags.ece = (ace & 1) != 0;
}

// RFC 9768 table 3: how a SYN or SYN-ACK came. tcp_accecn_reflector_flags()
constexpr std::uint32_t reflecting(EcnField field) {
  switch (field) {
    case EcnField::not_ect: return 2;
    case EcnField::ect1: return 3;
    case EcnField::ect0: return 4;
    case EcnField::ce: return 6;
  }
  return 0;
}

}  // namespace ace

}  // namespace ringside::net
