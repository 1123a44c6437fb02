// TCP_SAVE_SYN: the headers of the SYN are kept as they came.
#include <cstring>

#include "catch.hpp"
#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

constexpr Endpoint service{address_a, 80};

struct SavedSynHosts : TwoHosts {
  using TwoHosts::TwoHosts;

  Sockets sockets{a};
  Fd listener{static_cast<std::int32_t>(sockets.socket(SocketType::stream).value)};
  Frame syn{};  // the frame that had it

  void listen(std::int32_t how) {
    std::array<std::uint8_t, 4> octets;
    std::memcpy(octets.data(), &how, sizeof how);
    REQUIRE(sockets.setsockopt(now, listener, option::tcp_level, option::tcp::save_syn, octets) ==
            Returned{});
    REQUIRE(sockets.bind(listener, service) == Returned{});
    REQUIRE(sockets.listen(now, listener, 1) == Returned{});
  }
  Fd accepted() {
    REQUIRE(b.tcp_connect(now, service));
    for (int turn = 0; turn < 8; ++turn) {
      for (const Frame& frame : all_frames(b, now)) {
        const auto ip = ip_of(frame);
        const bool tcp = ip && ip.header.protocol == wire::IpProtocol::tcp;
        if (tcp && wire::parse_tcp(ip.payload, ip.header.source, ip.header.destination).header.flags.syn)
          syn = frame;
        a.receive(now, on_a, frame);
      }
      for (const Frame& frame : all_frames(a, now)) b.receive(now, on_b, frame);
    }
    const Returned fd = sockets.accept(now, listener);
    REQUIRE(fd.error == Errno::none);
    return Fd{static_cast<std::int32_t>(fd.value)};
  }
  Frame saved(Fd fd) {
    Frame out(200);
    const Returned got = sockets.getsockopt(now, fd, option::tcp_level, option::tcp::saved_syn, out);
    REQUIRE(got.error == Errno::none);
    out.resize(static_cast<std::size_t>(got.value));
    return out;
  }
};

TEST_CASE("a SYN is saved from the header of IP on, and given once") {
  SavedSynHosts hosts;
  hosts.listen(1);
  const Fd fd = hosts.accepted();
  CHECK(hosts.saved(fd) == Frame(hosts.syn.begin() + wire::EthernetHeader::size, hosts.syn.end()));
  CHECK(hosts.saved(fd).empty());
}

TEST_CASE("or from the header of the link on") {
  SavedSynHosts hosts;
  hosts.listen(2);
  CHECK(hosts.saved(hosts.accepted()) == hosts.syn);
}

TEST_CASE("nothing is saved of who gets a cookie") {  // tcp_conn_request()
  StackConfig config;
  config.tcp.syn_cookies = SynCookieUse::always;
  SavedSynHosts hosts{config};
  hosts.listen(1);
  CHECK(hosts.saved(hosts.accepted()).empty());
}

}  // namespace
}  // namespace ringside::net::test
