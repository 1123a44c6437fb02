// ICMPv6: answers to echo requests, echo requests of our own, and errors within the limits of RFC 4443
// section 2.4.
#pragma once

#include "ip/error_rate.hpp"
#include "ip/output.hpp"
#include "ringside/net/wire/icmpv6.hpp"

namespace ringside::net {

class Icmpv6 {
 public:
  Icmpv6(ErrorRate& rate, Output& output, Counters& counters)
      : rate_{&rate}, output_{&output}, counters_{&counters} {}

  void answer_echo(Time now, const IpHeader& request_ip, const wire::Icmpv6Header& request,
                   wire::ByteView payload, bool reflects_label);
  bool ping(Time now, const IpAddress& to, const wire::Icmpv6Header& request, wire::ByteView payload);

  // Tells the source of `packet`, an IPv6 packet that came in by `in`, what is wrong with it, unless that is
  // forbidden. `rest`: as in the header. `to_group`: also about a packet to many.
  struct Problem {
    wire::Icmpv6Type type{};
    std::uint8_t code = 0;
    std::uint32_t rest = 0;
    bool to_group = false;
  };
  void send_error(Time now, InterfaceId in, const Problem& problem, wire::ByteView packet);

 private:
  bool may_send_error(const wire::Ipv6Header& ip, wire::ByteView packet, bool to_group) const;
  bool send(Time now, const Path& path, const IpAddress& source, const IpAddress& to,
            const wire::Icmpv6Header& header, wire::ByteView payload, std::uint32_t flow_label = 0);

  ErrorRate* rate_;
  Output* output_;
  Counters* counters_;
};

}  // namespace ringside::net
