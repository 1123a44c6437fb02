// What the peer's counts say of our segments when the three bits may have gone round: RFC 9768 sections
// 3.2.2.5.2 and 3.2.3, Linux __tcp_accecn_process(). The figures are by hand.
#include "tcp/ecn_delivered.hpp"
#include "catch.hpp"

namespace ringside::net::test {
namespace {

constexpr std::uint32_t mss = 1000;

EcnSaid said(std::uint32_t marked, std::optional<wire::EcnOctets> option = {}) {
  EcnSaid segment{.option = option};
  ace::put(segment.flags, ace::first_count + marked);
  return segment;
}

EcnNews of(std::uint32_t segments, bool sure = true) {
  return {.segments = segments, .octets = segments * mss, .mss = mss, .forward = true, .counts_sure = sure};
}

wire::EcnOctets octets(std::uint32_t ce, std::uint32_t ect0) {
  return {.ect1 = 1, .ce = ce, .ect0 = 1 + ect0};
}

}  // namespace

TEST_CASE("of up to seven segments the three bits say all") {
  EcnDelivered marks;
  CHECK(marks.on_ack(said(0), of(7), true) == 0);
  CHECK(marks.on_ack(said(7), of(7), true) == 7);
  CHECK(marks.on_ack(said(3), of(7), false) == 0);  // not believed
}

TEST_CASE("of more segments as many are marked as may be, unless ACKs always come for many") {
  EcnDelivered marks;
  SECTION("as many as may be") {
    marks.on_ack(said(0), of(1), true);
    CHECK(marks.on_ack(said(3), of(20), true) == 19);  // 3 + 8 + 8
  }
  SECTION("always for many") { CHECK(marks.on_ack(said(3), of(20), true) == 3); }
}

TEST_CASE("the octets with CE tell how often the bits have gone round") {
  EcnDelivered marks;
  marks.on_ack(said(0, octets(0, 1000)), of(1), true);
  SECTION("none: not at all") { CHECK(marks.on_ack(said(0, octets(0, 21000)), of(20), true) == 0); }
  SECTION("12 of 16 segments: once") {
    CHECK(marks.on_ack(said(4, octets(12000, 5000)), of(16), true) == 12);
  }
  SECTION("4 of 16 segments: not at all") {
    CHECK(marks.on_ack(said(4, octets(4000, 13000)), of(16), true) == 4);
  }
  SECTION("all of them") { CHECK(marks.on_ack(said(0, octets(16000, 1000)), of(16), true) == 16); }
  SECTION("how many segments is a guess, and they are too many octets for one") {
    CHECK(marks.on_ack(said(1, octets(9000, 8000)), of(17, false), true) == 17);
  }
  SECTION("or few enough") { CHECK(marks.on_ack(said(1, octets(1000, 16000)), of(17, false), true) == 1); }
}

TEST_CASE("counts have 24 bits, and may go back when ACKs overtake each other") {
  EcnDelivered marks;
  constexpr std::uint32_t nearly = (1u << 24) - 1000;
  for (std::uint32_t all = 1u << 22; all < nearly; all += 1u << 22)
    marks.on_ack(said(0, octets(0, all)), of(1), true);
  marks.on_ack(said(0, octets(0, nearly - 1)), of(1), true);
  marks.on_ack(said(0, octets(0, 999)), of(1), true);
  CHECK(marks.octets(EcnField::ect0) == (1u << 24) + 999);
  marks.on_ack(said(0, octets(0, 499)), of(1), true);
  CHECK(marks.octets(EcnField::ect0) == (1u << 24) + 499);
}

TEST_CASE("who begins to send the option after 8 MiB is not believed") {
  EcnDelivered marks;
  EcnNews late = of(1);
  late.octets_sent = (1u << 23) - 1;
  marks.on_ack(said(0), late, true);
  CHECK(marks.option_seen() == EcnOptionSeen::zeroed);
  marks.on_ack(said(0, octets(0, 1000)), late, true);
  CHECK(marks.octets(EcnField::ect0) == 0);
}

}  // namespace ringside::net::test
