// Reports on what was sent, where a script cannot see them: who looks when, and what is left at the end.
#include "catch.hpp"
#include "socket_bench.hpp"
#include "sockets/send_reports.hpp"

namespace ringside::net::test {
namespace {

using option::socket_level;
namespace socket = option::socket;

struct ReportBench : SocketBench {
  ReportBench() {
    connected();
    REQUIRE(set(socket_level, socket::zero_copy, 1) == "0");
  }
  std::string lend(std::size_t octets) { return send(octets, flags(MessageFlag::zero_copy)); }
  // "first-last" of the writes whose buffers are free.
  std::string freed() {
    ReceivedMessage message;
    const Returned got = sockets.recv_message(now, fd, {}, message, flags(MessageFlag::error_queue));
    if (got.error != Errno::none) return text(got);
    CHECK(message.flags == flags(MessageFlag::error_queue));
    REQUIRE(message.error);
    CHECK(message.error->origin == ExtendedError::Origin::zero_copy);
    return std::to_string(message.error->info) + '-' + std::to_string(message.error->data);
  }
};

}  // namespace

TEST_CASE("reports come about when somebody looks") {
  ReportBench b;
  CHECK(b.lend(500) == "500");
  b.expect(data(1, 500, 1).push());
  b.receive(ack(1, 501));
  CHECK(b.freed() == "EAGAIN");
  b.sockets.note_progress(b.now);
  CHECK(b.poll() == (ready::out | ready::err));
  CHECK(b.freed() == "0-0");
  CHECK(b.freed() == "EAGAIN");
  CHECK(b.poll() == ready::out);
}

TEST_CASE("a connection that is over gives all buffers back") {
  ReportBench b;
  CHECK(b.lend(500) == "500");
  b.expect(data(1, 500, 1).push());
  CHECK(b.lend(300) == "300");
  SECTION("for a reset") { b.receive(rst(1)); }
  SECTION("for good") { CHECK(b.disconnect() == "0"); }
  b.sockets.note_progress(b.now);
  CHECK(b.freed() == "0-1");
}

TEST_CASE(
    "writes share a notice while none of it has left, up to half a megabyte") {  // msg_zerocopy_realloc()
  using Notice = SendReports::Notice;
  SendReports reports;
  std::uint64_t end = 0;
  const auto write = [&](std::uint64_t octets, Notice notice, std::uint64_t sent = 0) {
    reports.wrote({.begin = end, .end = end + octets, .notice = notice}, {.sent = sent});
    end += octets;
  };
  const auto acknowledged = [&](std::uint64_t octets) {
    reports.note(Time{}, {.sent = octets, .acknowledged = octets});
    const auto report = reports.take();
    return report ? std::to_string(report->error.info) + '-' + std::to_string(report->error.data) : "none";
  };
  SECTION("what was lent before comes back with the last of them") {
    write(300'000, Notice::shared);
    write(200'000, Notice::shared);
    write(100'000, Notice::shared);
    CHECK(acknowledged(300'000) == "none");
    CHECK(acknowledged(500'000) == "0-1");
    CHECK(acknowledged(600'000) == "2-2");
  }
  SECTION("not with one of which something has left") {
    write(1000, Notice::shared);
    write(1000, Notice::shared, 1000);
    CHECK(acknowledged(1000) == "0-0");
    CHECK(acknowledged(2000) == "1-1");
  }
  SECTION("nor if each request has its own") {  // io_uring
    write(1000, Notice::own);
    write(1000, Notice::own);
    CHECK(acknowledged(1000) == "0-0");
    CHECK(acknowledged(2000) == "1-1");
  }
}

}  // namespace ringside::net::test
