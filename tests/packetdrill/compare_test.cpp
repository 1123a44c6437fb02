// Segments that are to pass for one: a device would have cut it into pieces of one length, but for the last.
#include "run/compare.hpp"

#include "catch.hpp"
#include "one_event.hpp"

namespace ringside::packetdrill::test {
namespace {

TcpPacket segment(std::string_view text) {
  return std::get<TcpPacket>(std::get<Packet>(event(text).action).content);
}

// What they are as one, or why they are not.
std::string joined(const std::vector<std::string_view>& pieces) {
  TcpPacket whole = segment(pieces.front());
  const std::uint16_t length = whole.text.length;
  for (std::size_t i = 1; i < pieces.size(); ++i)
    if (const auto differs = join(whole, segment(pieces[i]), length)) return std::string{*differs};
  return text_of(Packet{.direction = Direction::outbound, .content = whole});
}

constexpr const char* lengths = "lengths of the segments that make it up";
constexpr const char* fields = "flags, ack, window or options of the next segment";

}  // namespace

TEST_CASE("pieces of one length, and a shorter one at the end") {
  CHECK(joined({"> . 1:1001(1000) ack 1 win 5", "> . 1001:2001(1000) ack 1 win 5",
                "> P. 2001:2501(500) ack 1 win 5"}) == "> P. 1:2501(2500) ack 1 win 5");
  CHECK(joined({"> W. 1:1001(1000) ack 1", "> FP. 1001:2001(1000) ack 1"}) == "> FPW. 1:2001(2000) ack 1");
}

TEST_CASE("pieces of other lengths are several packets") {
  CHECK(joined({"> . 1:501(500) ack 1", "> . 501:1501(1000) ack 1"}) == lengths);
  CHECK(joined({"> . 1:1001(1000) ack 1", "> . 1001:1501(500) ack 1", "> . 1501:2001(500) ack 1"}) ==
        lengths);
  CHECK(joined({"> . 1:1001(1000) ack 1", "> . 1001:1001(0) ack 1", "> . 1001:2001(1000) ack 1"}) == lengths);
  CHECK(joined({"> . 1:1001(1000) ack 1", "> . 1002:2002(1000) ack 1"}) ==
        "sequence number of the next segment");
}

TEST_CASE("all pieces have the same ack, window, ECE, and as much space for options") {
  const std::string first = "> . 1:1001(1000) ack 1 win 9 ", next = "> . 1001:2001(1000) ";
  CHECK(joined({first, next + "ack 2 win 9"}) == fields);
  CHECK(joined({first, next + "ack 1 win 8"}) == fields);
  CHECK(joined({first, "> E. 1001:2001(1000) ack 1 win 9"}) == fields);
  CHECK(joined({first + "<nop,nop,sack 2001:3001>",
                next + "ack 1 win 9 <nop,nop,sack 2001:3001 4001:5001>"}) == fields);
  CHECK(joined({first + "<nop,nop,TS val 1 ecr 1>", next + "ack 1 win 9 <TS val 2 ecr 1,eol,eol>"}) ==
        "> . 1:2001(2000) ack 1 win 9 <nop,nop,TS val 1 ecr 1>");
}

}  // namespace ringside::packetdrill::test
