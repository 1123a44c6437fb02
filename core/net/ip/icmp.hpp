// ICMP: answers to echo requests, echo requests of our own, and errors within the limits of RFC 1122
// section 3.2.2.
#pragma once

#include "containers/fifo.hpp"
#include "ip/error_rate.hpp"
#include "ip/output.hpp"
#include "ringside/net/stack.hpp"
#include "ringside/net/wire/icmp.hpp"

namespace ringside::net {

class Icmp {
 public:
  Icmp(const StackConfig& config, ErrorRate& rate, Output& output, Counters& counters);

  void answer_echo(Time now, const IpHeader& request_ip, const wire::IcmpHeader& request,
                   wire::ByteView payload);
  bool note_reply(EchoReply reply);  // false: nobody reads them, and too many wait
  std::optional<EchoReply> recv_echo();
  bool ping(Time now, const IpAddress& to, const wire::IcmpHeader& request, wire::ByteView payload);

  // Tells the source of `packet`, an IP packet that came in by `in`, what is wrong with it, unless that is
  // forbidden. `rest`: of the header; for fragmentation_needed the MTU of the next hop, for parameter_problem
  // in the first octet the place, for redirect the better router.
  void send_error(Time now, InterfaceId in, wire::IcmpType type, std::uint8_t code, wire::ByteView packet,
                  std::uint32_t rest = 0);

 private:
  bool may_send_error(InterfaceId in, const wire::Ipv4Header& ip, wire::ByteView payload) const;
  bool send(Time now, const IpAddress& source, const IpAddress& to, const wire::IcmpHeader& header,
            wire::ByteView payload);

  std::uint8_t ttl_;
  ErrorRate* rate_;
  Output* output_;
  Counters* counters_;
  Fifo<EchoReply> replies_;
};

}  // namespace ringside::net
