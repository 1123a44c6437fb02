// What is sent while there is only a request: tcp_make_synack() and tcp_v4_reqsk_send_ack() of Linux.
#include "tcp/syn_options.hpp"
#include "tcp/tcp.hpp"

namespace ringside::net {

// As the receiver will have it that takes over: it does not exist yet.
Tcp::Offer Tcp::offer_of(const Request& request) const {
  const TcpSocketOptions& options = listeners_.find(request.listener)->options;
  const OptionCopy lent{OptionCopy{}, &options};  // for the moment, without a copy
  Receiver receiver{config_, CurrentOptions{lent}};
  if (!request.window_scale) receiver.disable_window_scale();
  const auto path = output_->path_to(request.flow.remote.address, options.device);
  constexpr std::uint32_t usual_mtu = 1500;
  const std::uint32_t segment =
      advertised_mss(path ? path->mtu : usual_mtu, request.flow.local.address, options) -
      (request.timestamps ? wire::timestamps_option_size : 0);
  return {.window = receiver.syn_window_field(segment), .scale = receiver.window_scale()};
}

void Tcp::send_syn_ack(Time now, Request& request, bool by_cookie,
                       std::optional<wire::FastOpenCookie> fast_open) {
  const TcpSocketOptions& options = listeners_.find(request.listener)->options;
  const auto path = output_->path_to(request.flow.remote.address, options.device);
  if (!path) return counters_->drop(DropReason::no_route);
  const Offer offer = offer_of(request);
  wire::TcpHeader header{.source_port = request.flow.local.port,
                         .destination_port = request.flow.remote.port,
                         .seq = request.iss,
                         .ack = request.irs + 1,
                         .flags = {.syn = true, .ack = true},
                         .window = offer.window};
  header.options.order = config_.options_order;
  if (!options.no_options)
    header.options.mss = advertised_mss(path->mtu, request.flow.local.address, options);
  header.options.sack_permitted = request.sack;
  header.options.fast_open = fast_open;
  const bool insists = request.repetitions < 2 || request.timeouts == 0;  // tcp_ecn_make_synack()
  if (insists) Ecn::mark_syn_ack(header.flags, request.ecn, request.syn_field);
  if (request.window_scale) header.options.window_scale = offer.scale;
  if (request.timestamps) {
    const std::uint32_t clock = timestamp_clock(now);
    request.last_stamp =
        (by_cookie && !SynCookies::holds_options(config_) ? SynCookies::stamp(clock, request) : clock) +
        timestamp_offset(request.flow);
    if (request.repetitions == 0) request.first_stamp = request.last_stamp;
    header.options.timestamps = {request.last_stamp, request.ts_recent};
  }
  if (request.ecn == EcnUse::accurate && config_.ecn.option != EcnOptionUse::never &&
      request.repetitions == 0)
    add_ecn_octets(header.options, Ecn::first_octets(), 0, wire::max_options_size);
  send_header(now, request.flow, options, header, request.flow_label);
}

void Tcp::send_syn_ack_again(Time now, Request& request) {
  if (request.repetitions < 255) ++request.repetitions;
  if (request.repetitions > 1 && request.ecn == EcnUse::accurate)  // tcp_rtx_synack()
    request.ecn_failures |= ecn_failure::ace_sent;
  ++counters_->retransmits;
  send_syn_ack(now, request, false);
}

void Tcp::send_request_ack(Time now, const Request& request) {
  const Offer offer = offer_of(request);
  wire::TcpHeader header{.source_port = request.flow.local.port,
                         .destination_port = request.flow.remote.port,
                         .seq = request.iss + 1,
                         .ack = request.irs + 1,
                         .flags = {.ack = true},
                         .window = static_cast<std::uint16_t>(offer.window >> offer.scale)};
  if (request.timestamps)
    header.options.timestamps = {timestamp_clock(now) + timestamp_offset(request.flow), request.ts_recent};
  send_header(now, request.flow, listeners_.find(request.listener)->options, header);
}

void Tcp::send_header(Time now, const Flow& flow, const TcpSocketOptions& options,
                      const wire::TcpHeader& header, std::uint32_t peer_label) {
  std::array<std::uint8_t, Connection::max_bare_segment> bytes;
  const wire::ByteSpan segment = wire::ByteSpan{bytes}.first(header.encoded_size());
  wire::write(segment, header, flow.local.address, flow.remote.address);
  IpHeader ip = ip_header(flow, options);
  if (options.ipv6.reflects_flow_label && peer_label != 0)  // RFC 7690
    ip.flow_label = peer_label;
  if (needs_ecn(options.congestion)) ip.type_of_service = with_ecn(ip.type_of_service, EcnField::ect0);
  send_bare(now, ip, segment, std::nullopt, options.device);
}

}  // namespace ringside::net
