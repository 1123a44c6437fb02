// Messages of neighbor discovery, in and out.
#include "ip/ndp.hpp"

#include <algorithm>

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;
using wire::Icmpv6Header;
using wire::Icmpv6Type;
using wire::ListenerRecord;
using wire::NeighborMessage;

namespace {

constexpr std::uint8_t from_this_link = 255;  // RFC 4861 section 6.1: no router has let it pass

bool is_ndp(Icmpv6Type type) {
  return type >= Icmpv6Type::router_solicitation && type <= Icmpv6Type::redirect;
}

}  // namespace

DropReason Ndp::receive(Time now, InterfaceId in, const IpHeader& ip, const Icmpv6Header& header,
                        ByteView payload) {
  if (is_ndp(header.type) && (ip.ttl != from_this_link || header.code != 0)) return DropReason::malformed;
  switch (header.type) {
    case Icmpv6Type::neighbor_solicitation:
    case Icmpv6Type::neighbor_advertisement: {
      const auto message = wire::parse_neighbor_message(header, payload);
      if (!message || message->target.multicast()) return DropReason::malformed;
      const bool asks = header.type == Icmpv6Type::neighbor_solicitation;
      const bool valid =
          asks ? on_solicitation(now, in, ip, *message) : on_advertisement(now, in, ip, *message);
      return valid ? DropReason::none : DropReason::malformed;
    }
    case Icmpv6Type::router_advertisement: {  // section 6.1.2
      const auto advertisement = wire::parse_router_advertisement(header, payload);
      if (!advertisement || !ip.source.link_local()) return DropReason::malformed;
      on_router_advertisement(now, in, ip.source, *advertisement);
      return DropReason::none;
    }
    case Icmpv6Type::listener_query:
      if (!ip.source.link_local()) return DropReason::malformed;  // RFC 3810 section 5.1.14
      on_query(now, in);
      return DropReason::none;
    case Icmpv6Type::redirect: {
      const auto message = wire::parse_redirect(payload);
      return message && on_redirect(now, in, ip.source, *message) ? DropReason::none : DropReason::malformed;
    }
    default: return DropReason::none;  // what routers alone do
  }
}

// Section 7.1.1: who has no address yet asks the group, and does not say where it is. Section 7.2.3.
bool Ndp::on_solicitation(Time now, InterfaceId in, const IpHeader& ip, const NeighborMessage& message) {
  const bool looks_for_duplicate = ip.source.any();
  if (looks_for_duplicate && (message.options.source || ip.destination != solicited_node(message.target)))
    return false;
  const Interface& its = output_->interface(in);
  if (its.tentative(message.target)) {  // RFC 4862 section 5.4.3
    if (looks_for_duplicate) end_duplicate(now, in, message.target);
    return true;
  }
  if (!its.has(message.target)) return true;
  if (!looks_for_duplicate) learn(now, {in, ip.source}, message.options.source);
  advertise(now, in, message.target, looks_for_duplicate ? all_nodes : ip.source);
  return true;
}

// Section 7.1.2; RFC 4862 section 5.4.4; section 7.2.5.
bool Ndp::on_advertisement(Time now, InterfaceId in, const IpHeader& ip, const NeighborMessage& message) {
  if (ip.destination.multicast() && message.solicited) return false;
  const Interface& its = output_->interface(in);
  if (its.tentative(message.target)) return end_duplicate(now, in, message.target), true;
  if (its.has(message.target)) return true;
  const Neighbor neighbor{in, message.target};
  const auto waiting = output_->neighbors.on_advertisement(
      now, neighbor,
      {.mac = message.options.target, .solicited = message.solicited, .override = message.override});
  if (const auto mac = output_->neighbors.known(neighbor)) output_->send_parked(in, *mac, waiting);
  if (message.router) return true;
  for (std::size_t i = routers_.size(); i-- > 0;)
    if (routers_[i].on == in && routers_[i].address == message.target) remove_router(i);
  return true;
}

// Section 8.1, and section 8.3; a router obeys its own routes.
bool Ndp::on_redirect(Time now, InterfaceId in, const IpAddress& from, const wire::RedirectMessage& message) {
  const bool to_router = message.target.link_local(), to_itself = message.target == message.destination;
  if (!from.link_local() || message.destination.multicast() || (!to_router && !to_itself)) return false;
  if (forwards_ || output_->owns(message.target)) return true;
  if (output_->redirects.take(in, from, message.destination, message.target))
    learn(now, {in, message.target}, message.options.target);
  return true;
}

// What a message says of its sender beside its subject: it may be there.
void Ndp::learn(Time now, const Neighbor& neighbor, std::optional<MacAddress> link) {
  if (link)
    output_->send_parked(neighbor.interface, *link, output_->neighbors.learn_unproven(now, neighbor, *link));
}

template <class Write>
void Ndp::send(Time now, InterfaceId out, const IpHeader& ip, std::size_t bytes, Write write) {
  const Interface& its = output_->interface(out);
  const Path path{{out, ip.destination}, ip.source, static_cast<std::uint32_t>(its.mtu), ip.ttl};
  const ByteSpan message = output_->begin(path, bytes);
  if (message.empty()) return counters_->drop(DropReason::transmit_queue_full);
  write(message);
  output_->finish(now, path, ip, std::nullopt);
}

namespace {

IpHeader ndp_header(const IpAddress& source, const IpAddress& destination) {
  return {.ttl = from_this_link,
          .protocol = wire::IpProtocol::icmpv6,
          .source = source,
          .destination = destination};
}

}  // namespace

// Section 7.2.2; of an address that is tentative, RFC 4862 section 5.4.2.
void Ndp::ask(Time now, const Neighbor& neighbor, std::optional<MacAddress> known) {
  const Interface& its = output_->interface(neighbor.interface);
  const bool tentative = its.tentative(neighbor.address);
  const IpAddress source = tentative ? IpAddress{} : its.source_for(neighbor.address).value_or(IpAddress{});
  const IpAddress to = known ? neighbor.address : solicited_node(neighbor.address);
  const auto link = tentative ? std::nullopt : std::optional{its.mac};
  send(now, neighbor.interface, ndp_header(source, to), wire::neighbor_message_size(link.has_value()),
       [&](ByteSpan message) {
         wire::write_neighbor_solicitation(message, neighbor.address, link, source, to);
       });
}

// Sections 7.2.4 and 7.2.6.
void Ndp::advertise(Time now, InterfaceId out, const IpAddress& target, const IpAddress& to) {
  const MacAddress mac = output_->interface(out).mac;
  const NeighborMessage says{
      .router = forwards_, .solicited = !to.multicast(), .override = true, .target = target};
  send(now, out, ndp_header(target, to), wire::neighbor_message_size(true),
       [&](ByteSpan message) { wire::write_neighbor_advertisement(message, says, mac, target, to); });
}

// Section 6.3.7.
void Ndp::solicit_routers(Time now, Configured& configured) {
  constexpr Duration interval = std::chrono::seconds{4};  // RTR_SOLICITATION_INTERVAL
  constexpr int most = 3;                                 // MAX_RTR_SOLICITATIONS
  const Interface& its = output_->interface(configured.on);
  const IpAddress source = its.source_for(all_routers).value_or(IpAddress{});
  const auto link = source.any() ? std::nullopt : std::optional{its.mac};
  send(now, configured.on, ndp_header(source, all_routers), wire::router_solicitation_size(link.has_value()),
       [&](ByteSpan message) { wire::write_router_solicitation(message, link, source, all_routers); });
  configured.next = ++configured.solicitations < most ? now + interval : end_of_time;
}

// RFC 3810 section 5.2; from :: as long as there is no address of the link (RFC 3590).
void Ndp::report(Time now, InterfaceId out, ListenerRecord record, const IpAddress& group) {
  const IpAddress source = output_->interface(out).link_local().value_or(IpAddress{});
  const IpHeader ip{
      .ttl = 1,
      .protocol = wire::IpProtocol{static_cast<std::uint8_t>(wire::ExtensionHeader::hop_by_hop)},
      .source = source,
      .destination = wire::all_mldv2_routers};
  send(now, out, ip, wire::listener_report_size,
       [&](ByteSpan message) { wire::write_listener_report(message, record, group, source); });
}

// RFC 3810 section 6.2, without the delay that keeps many from answering at once. The group of all nodes is
// never reported (section 6).
void Ndp::on_query(Time now, InterfaceId in) {
  for (const Ipv6Assignment& own : output_->interface(in).ipv6)
    report(now, in, ListenerRecord::is_exclude, solicited_node(own.address));
}

}  // namespace ringside::net
