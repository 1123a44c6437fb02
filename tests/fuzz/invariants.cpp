#include "invariants.hpp"

#include <cstdio>
#include <cstdlib>

#include "layers.hpp"

namespace ringside::net {

struct StackInside {
  static const Stack::Layers& of(const Stack& stack) { return *stack.layers_; }
};

}  // namespace ringside::net

namespace ringside::fuzz {

using net::Connection;
using net::RetransmitQueue;
using net::Sender;
using net::SeqNum;
using net::TcpState;

void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

namespace {

constexpr std::size_t most_permanent = 4;   // neighbors that a target adds
constexpr std::size_t most_addresses = 16;  // of IPv6 on an interface: Linux max_addresses

void check_queue(const Sender& sender) {
  const RetransmitQueue& queue = sender.queue();
  std::uint32_t sacked = 0, lost = 0, again = 0;
  SeqNum next = sender.snd().una;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const net::SentSegment& segment = queue[i];
    demand(segment.begin == next, "segments in flight follow each other from SND.UNA on");
    demand(segment.begin.before(segment.end), "a segment in flight has a length");
    demand(!(segment.sacked && segment.lost), "what has arrived is not lost");
    sacked += segment.sacked ? 1 : 0;
    lost += segment.lost ? 1 : 0;
    again += segment.again ? 1 : 0;
    next = segment.end;
  }
  demand(queue.empty() || next == sender.snd().nxt, "segments in flight end at SND.NXT");
  demand(sacked == queue.sacked(), "the tally of what was SACKed");
  demand(lost == queue.lost(), "the tally of what is lost");
  demand(again == queue.again(), "the tally of what is under way again");
  demand(sender.in_flight() <= queue.size() + again, "no more is in the network than was sent");
}

void check_sender(const Connection& connection) {
  const Sender& sender = connection.sender();
  demand(sender.snd().una.at_or_before(sender.snd().nxt), "SND.UNA is not behind SND.NXT");
  demand(sender.snd().nxt.at_or_before(sender.end()), "SND.NXT is not behind what was written");
  demand(sender.mss() > 0, "a segment has room for text");
  if (connection.state() >= TcpState::established)
    demand(sender.congestion().cwnd() > 0, "the congestion window is open");
  demand(sender.rtt().rto() > Duration{0}, "the time-out is a time");
  check_queue(sender);
}

}  // namespace

void Invariants::check(net::SocketId socket) {
  const Connection* connection = net::StackInside::of(*stack_).tcp.find(socket);
  if (connection == nullptr || connection->state() == TcpState::closed) {
    before_.erase(socket);
    return;
  }
  check_sender(*connection);
  if (connection->state() == TcpState::syn_sent) return;  // nothing is known of the peer's numbers
  const net::ReceiveSpace& rcv = connection->receiver().rcv();
  const auto known = before_.try_emplace(socket, Before{rcv.edge.raw(), rcv.nxt.raw()});
  // But to RCV.NXT, when there is no memory for what came: tcp_select_window(), ICSK_ACK_NOMEM.
  const bool closed = rcv.edge == rcv.nxt;
  demand(closed || SeqNum{known.first->second.edge}.at_or_before(rcv.edge),
         "the window's edge does not move left");
  demand(SeqNum{known.first->second.nxt}.at_or_before(rcv.nxt), "RCV.NXT does not move left");
  demand(rcv.nxt.at_or_before(rcv.edge), "what is taken lies in the window");
  known.first->second = {rcv.edge.raw(), rcv.nxt.raw()};
}

void Invariants::check_tables() {
  const auto& inside = net::StackInside::of(*stack_);
  const net::StackConfig& config = inside.config;
  demand(inside.output.neighbors.size() <= static_cast<std::size_t>(config.arp.entries) + most_permanent,
         "the neighbor table keeps its limit");
  demand(inside.reassembly.memory() <= config.reassembly.memory, "reassembly keeps its limit of memory");
  for (const net::Interface& interface : inside.output.interfaces)
    demand(interface.ipv6.size() <= most_addresses, "an interface has not too many addresses");
}

}  // namespace ringside::fuzz
