// The bench: translating between tests and frames, and telling what happened when an expectation fails.
#include "tcp_bench.hpp"

#include <sstream>

#include "catch.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

Stack make_stack(const TcpConfig& tcp, InterfaceId& interface) {
  Stack stack{{.tcp = tcp}};
  interface = stack.add_interface({.mac = mac_a, .address = address_a});
  stack.add_neighbor(interface, address_b, mac_b);
  return stack;
}

Frame make_frame(const wire::TcpHeader& header, std::size_t length, std::uint64_t first_octet) {
  Frame segment(header.encoded_size() + length);
  for (std::size_t i = 0; i < length; ++i) segment[header.encoded_size() + i] = octet(first_octet + i);
  wire::write(segment, header, address_b, address_a);
  return ip_frame(
      mac_a, mac_b,
      {.ttl = 64, .protocol = wire::IpProtocol::tcp, .source = address_b, .destination = address_a}, segment);
}

}  // namespace

TcpBench::TcpBench() : TcpBench{Setup{}} {}

TcpBench::TcpBench(const Setup& setup) : stack{make_stack(setup.tcp, interface_)}, setup_{setup} {
  local_ = {address_a, 40000};
  remote_ = {address_b, 80};
  if (!setup.isn) return;
  // RFC 6528: the number grows by one every 4 us, so that the wanted one comes within five hours.
  TcpBench scout{{.tcp = setup.tcp}};
  scout.open();
  scout.drain();
  now += Duration{4us} * (*setup.isn - scout.iss_->raw());
}

void TcpBench::note(const std::string& line) {
  std::ostringstream text;
  text << "  " << to_seconds(now.time_since_epoch()) << "s  " << line << '\n';
  trace_ += text.str();
}

void TcpBench::open() {
  const auto id = stack.tcp_connect(now, remote_, local_);
  REQUIRE(id);
  socket = *id;
}

void TcpBench::listen(int backlog) {
  const auto id = stack.tcp_listen(local_, backlog);
  REQUIRE(id);
  listener = *id;
}

bool TcpBench::accept() {
  const auto id = stack.accept(listener);
  if (id) socket = *id;
  return id.has_value();
}

void TcpBench::connect() {
  open();
  expect(syn());
  Seg answer = syn_ack().win(65535).with_mss(setup_.peer_mss);
  answer.sack_permitted = setup_.peer_sack;
  receive(answer);
  expect(ack(1, 1));
}

std::size_t TcpBench::write(std::size_t octets) {
  std::vector<std::uint8_t> bytes(octets);
  for (std::size_t i = 0; i < octets; ++i) bytes[i] = octet(written_ + i);
  const std::size_t taken = stack.send(now, socket, bytes);
  written_ += taken;
  note("A writes " + std::to_string(taken));
  return taken;
}

std::size_t TcpBench::read(std::size_t most) {
  std::vector<std::uint8_t> bytes(most);
  const std::size_t got = stack.recv(now, socket, bytes);
  bool intact = true;
  for (std::size_t i = 0; i < got; ++i) intact = intact && bytes[i] == octet(read_ + i);
  INFO(trace_);
  CHECK(intact);
  read_ += got;
  note("A reads " + std::to_string(got));
  return got;
}

void TcpBench::shutdown() { stack.shutdown(now, socket), note("A shuts down"); }
void TcpBench::close() { stack.close(now, socket), note("A closes"); }
void TcpBench::abort() { stack.abort(now, socket), note("A aborts"); }

Received TcpBench::receive(const Seg& segment) {
  wire::TcpHeader header{.source_port = remote_.port,
                         .destination_port = local_.port,
                         .seq = SeqNum{setup_.peer_isn + segment.seq},
                         .flags = segment.flags,
                         .window = segment.window.value_or(65535)};
  if (segment.flags.ack) header.ack = iss_.value_or(SeqNum{}) + segment.ack;
  header.options = {.mss = segment.mss,
                    .window_scale = segment.window_scale,
                    .sack_permitted = segment.sack_permitted.value_or(false),
                    .timestamps = segment.timestamps};
  for (const Block& block : segment.sack) header.options.sack.add({*iss_ + block.begin, *iss_ + block.end});
  note("B > A  " + describe(segment, segment));
  const std::uint64_t first_octet = segment.seq - 1;  // the SYN is 0
  return stack.receive(now, interface_, make_frame(header, segment.length, first_octet));
}

std::optional<std::vector<std::uint8_t>> TcpBench::next_frame() {
  std::vector<std::uint8_t> frame(2000);
  const auto sent = stack.transmit(now, frame);
  if (!sent) return std::nullopt;
  frame.resize(sent->bytes);
  return frame;
}

Seg TcpBench::relative(const wire::TcpHeader& header, std::size_t length) const {
  Seg segment{.flags = header.flags,
              .seq = octets_between(*iss_, header.seq),
              .length = static_cast<std::uint32_t>(length),
              .ack = header.flags.ack ? header.ack.raw() - setup_.peer_isn : 0,
              .window = header.window,
              .mss = header.options.mss,
              .window_scale = header.options.window_scale,
              .sack_permitted = header.options.sack_permitted,
              .timestamps = header.options.timestamps};
  for (const wire::SackBlock& block : header.options.sack.all()) {
    segment.sack.push_back({block.begin.raw() - setup_.peer_isn, block.end.raw() - setup_.peer_isn});
  }
  return segment;
}

void TcpBench::expect_from(const Seg& expected) {
  const SeqNum before = iss_.value();
  Seg from_zero = expected;
  from_zero.seq = 0;
  expect(from_zero);
  INFO("after\n" << trace_);
  CHECK(octets_between(before, *iss_) == expected.seq);
}

void TcpBench::expect(const Seg& expected) {
  const auto frame = next_frame();
  INFO("after\n" << trace_);
  if (!frame) {
    FAIL("expected A > B  " + describe(expected, expected) + ", but A is silent");
    return;
  }
  const auto ip = wire::parse_ipv4(wire::ByteView{*frame}.subspan(wire::EthernetHeader::size));
  REQUIRE(ip);
  const auto tcp = wire::parse_tcp(ip.payload, ip.header.source, ip.header.destination);
  REQUIRE(tcp);
  if (tcp.header.flags.syn) iss_ = tcp.header.seq;
  if (!iss_) iss_ = SeqNum{};  // a reset without a connection
  const Seg got = relative(tcp.header, tcp.payload.size());
  note("A > B  " + describe(got, got));
  CHECK(describe(got, expected) == describe(expected, expected));
  bool intact = true;
  for (std::size_t i = 0; i < tcp.payload.size(); ++i)
    intact = intact && tcp.payload[i] == octet(got.seq - 1 + i);
  CHECK(intact);
}

void TcpBench::expect_silence() {
  INFO("after\n" << trace_);
  CHECK_FALSE(next_frame().has_value());
  CHECK(until_due() > Duration{0});
}

void TcpBench::advance(Duration by) { now += by; }

void TcpBench::wait() {
  expect_silence();
  INFO("after\n" << trace_);
  REQUIRE(stack.deadline().has_value());
  advance(until_due());
}

Duration TcpBench::until_due() const {
  const auto at = stack.deadline();
  return at ? *at - now : Duration::max();
}

void TcpBench::drain() {
  while (const auto frame = next_frame()) {
    const auto ip = wire::parse_ipv4(wire::ByteView{*frame}.subspan(wire::EthernetHeader::size));
    const auto tcp = wire::parse_tcp(ip.payload, ip.header.source, ip.header.destination);
    if (tcp.header.flags.syn) iss_ = tcp.header.seq;
    const Seg got = relative(tcp.header, tcp.payload.size());
    note("A > B  " + describe(got, got));
  }
}

// Shows of `segment` what `as` specifies.
std::string TcpBench::describe(const Seg& segment, const Seg& as) const {
  std::ostringstream text;
  text << (segment.flags.syn ? "S" : "") << (segment.flags.fin ? "F" : "") << (segment.flags.rst ? "R" : "")
       << (segment.flags.psh && as.flags.psh ? "P" : "") << (segment.flags.ack ? "." : "");
  text << ' ' << segment.seq << ':' << segment.seq + segment.length << '(' << segment.length << ')';
  if (segment.flags.ack) text << " ack " << segment.ack;
  if (as.window) text << " win " << segment.window.value_or(0);
  for (const Block& block : segment.sack) text << " sack " << block.begin << ':' << block.end;
  if (as.mss) text << " mss " << segment.mss.value_or(0);
  if (as.window_scale) text << " wscale " << int{segment.window_scale.value_or(0)};
  if (as.sack_permitted) text << (segment.sack_permitted.value_or(false) ? " sackOK" : "");
  if (as.timestamps && segment.timestamps) {
    text << " ecr " << segment.timestamps->echo_reply;  // A's own clock has an offset only A knows
  }
  return text.str();
}

}  // namespace ringside::net::test
