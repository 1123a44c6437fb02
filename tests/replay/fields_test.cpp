// The octets of frames, taken apart: hand-made ones, cut-off ones and noise.
#include "ringside/replay/fields.hpp"

#include <random>

#include "catch.hpp"

using namespace ringside;
using namespace ringside::replay;

namespace {

std::vector<std::uint8_t> octets(std::string_view hex) {
  std::vector<std::uint8_t> all;
  std::string digits;
  for (const char c : hex)
    if (c != ' ' && c != '\n') digits += c;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    all.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  return all;
}

const std::vector<std::uint8_t> udp = octets(R"(
  020000000002 020000000001 0800
  4500 001e 1c46 4000 40 11 0a7f 0a000001 0a000002
  1f90 0035 000a 1234 6869
  000000000000000000000000000000000000)");

const std::vector<std::uint8_t> tcp_in_vlan = octets(R"(
  020000000002 020000000001 8100 6064 0800
  4500 002c 0001 0000 3f 06 67c9 0a000001 0a000002
  c000 0050 00000064 000000c8 6012 2000 abcd 0000 020405b4)");

std::string value(const std::vector<Field>& fields, std::string_view id) {
  const Field* field = find(fields, id);
  return field ? field->value : "there is none";
}

// Side by side, without a gap, from the first octet to the last.
void check_cover(const std::vector<Field>& fields, std::size_t size) {
  std::size_t at = 0;
  for (const Field& field : fields) {
    CHECK(field.offset == at);
    at += field.length;
    for (const Field& part : field.parts) {
      CHECK(part.offset >= field.offset);
      CHECK(part.offset + part.length <= field.offset + field.length);
    }
  }
  CHECK(at == size);
}

}  // namespace

TEST_CASE("a UDP datagram has its fields, its payload and its padding") {
  const auto fields = fields_of(udp);
  check_cover(fields, udp.size());
  CHECK(value(fields, "ethernet.from") == "02:00:00:00:00:01");
  CHECK(value(fields, "ethernet.type") == "0x0800 (IPv4)");
  CHECK(value(fields, "ipv4.ttl") == "64");
  CHECK(value(fields, "ipv4.flags") == "DF");
  CHECK(value(fields, "ipv4.protocol") == "17 (UDP)");
  CHECK(value(fields, "ipv4.to") == "10.0.0.2");
  CHECK(value(fields, "udp.from") == "8080");
  CHECK(value(fields, "udp.length") == "10 B");
  CHECK(find(fields, "ipv4.ttl")->offset == 22);
  CHECK(find(fields, "payload")->length == 2);
  CHECK(find(fields, "padding")->offset == 44);
  CHECK(find(fields, "padding")->length == 18);
}

TEST_CASE("a TCP segment behind a VLAN tag has its flags and options") {
  const auto fields = fields_of(tcp_in_vlan);
  check_cover(fields, tcp_in_vlan.size());
  CHECK(value(fields, "vlan.id") == "100");
  CHECK(value(fields, "vlan.priority") == "3");
  CHECK(value(fields, "tcp.flags") == "SYN ACK");
  CHECK(value(fields, "tcp.sequence") == "100");
  CHECK(value(fields, "tcp.options") == "MSS 1460");
  CHECK(value(fields, "ipv4.ttl") == "63");
}

TEST_CASE("ARP and ICMP say what they ask") {
  const auto arp = octets(
      "ffffffffffff 020000000001 0806 0001 0800 0604 0001 020000000001 0a000001 000000000000 0a000002");
  CHECK(value(fields_of(arp), "arp.operation") == "1 (request)");
  CHECK(value(fields_of(arp), "arp.target") == "10.0.0.2");
  auto icmp = udp;
  icmp[23] = 1;
  icmp[34] = 8;
  icmp[35] = 0;
  CHECK(value(fields_of(icmp), "icmp.type") == "8 (echo request)");
  CHECK(value(fields_of(icmp), "icmp.sequence") == "4660");
}

TEST_CASE("the header's checksum is reckoned") {
  auto frame = octets("020000000002 020000000001 0800 4500 0014 0000 4000 40 01 26e7 0a000001 0a000002");
  CHECK(find(fields_of(frame), "ipv4.checksum")->wrong.en.empty());
  --frame[22];
  CHECK(find(fields_of(frame), "ipv4.checksum")->wrong.en == "wrong");
}

TEST_CASE("a fragment but the first has no header of what it carries") {
  auto frame = udp;
  frame[20] = 0x00;
  frame[21] = 0xb9;
  const auto fields = fields_of(frame);
  CHECK(value(fields, "ipv4.offset") == "1480 B");
  CHECK(find(fields, "udp") == nullptr);
  check_cover(fields, frame.size());
}

TEST_CASE("what a router has changed is said, with what it was") {
  auto later = udp;
  later[22] = 63;
  later[24] = 0x0b;
  const auto all = changes(fields_of(udp), fields_of(later));
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == "ipv4.ttl");
  CHECK(all[0].before == "64");
  CHECK(all[1].id == "ipv4.checksum");
  CHECK(changes(fields_of(udp), fields_of(udp)).empty());
  CHECK(changes(fields_of(udp), {}).empty());
}

TEST_CASE("a frame that is cut off anywhere is taken apart as far as it goes") {
  for (const auto& frame : {udp, tcp_in_vlan})
    for (std::size_t size = 0; size <= frame.size(); ++size) {
      const std::vector<std::uint8_t> cut{frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(size)};
      check_cover(fields_of(cut), size);
    }
}

TEST_CASE("noise is taken apart without reading behind its end") {
  std::mt19937_64 random{3};
  for (int round = 0; round < 20'000; ++round) {
    auto frame = random() % 2 == 0 ? udp : tcp_in_vlan;
    frame.resize(random() % (frame.size() + 1));
    frame.shrink_to_fit();
    for (std::uint64_t hits = random() % 6; hits > 0 && !frame.empty(); --hits)
      frame[random() % frame.size()] = static_cast<std::uint8_t>(random());
    check_cover(fields_of(frame), frame.size());
  }
}
