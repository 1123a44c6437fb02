// Addresses of both versions as values and as text.
#include "catch.hpp"
#include "containers/shared_ends.hpp"
#include "ringside/net/types.hpp"

namespace ringside::net {
namespace {

std::string again(std::string_view text) {
  const auto address = IpAddress::parse(text);
  return address ? to_string(*address) : "none";
}

}  // namespace

TEST_CASE("IPv6 addresses are read and written as RFC 5952 has them") {
  CHECK(again("2001:DB8:0:0:0:0:0:1") == "2001:db8::1");
  CHECK(again("2001:0db8::0001") == "2001:db8::1");
  CHECK(again("2001:db8:0:1:1:1:1:1") == "2001:db8:0:1:1:1:1:1");  // section 4.2.2: not for one group
  CHECK(again("2001:0:0:1:0:0:0:1") == "2001:0:0:1::1");           // section 4.2.3: the longest
  CHECK(again("2001:db8:0:0:1:0:0:1") == "2001:db8::1:0:0:1");     // the first among equals
  CHECK(again("::") == "::");
  CHECK(again("::1") == "::1");
  CHECK(again("fe80::") == "fe80::");
  CHECK(again("64:ff9b::192.0.2.33") == "64:ff9b::c000:221");
  CHECK(again("::ffff:10.0.0.1") == "10.0.0.1");
  CHECK(again("10.0.0.1") == "10.0.0.1");
}

TEST_CASE("what is no address") {
  for (const char* text : {"", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3",
                           "12345::", "g::", "::1:", ":1::", "1:2:3:4:5:6:7:8::", "::1.2.3",
                           "1.2.3.4::", "fe80::1%eth0", "::-1"})
    CHECK(again(text) == "none");
}

TEST_CASE("an IPv4 address among IPv6 addresses") {
  const IpAddress mapped = Ipv4Address{10, 0, 0, 1};
  CHECK(mapped.is_ipv4());
  CHECK(mapped == IpAddress::ipv6({0, 0, 0, 0, 0, 0xffff, 0x0a00, 1}));
  CHECK(mapped != IpAddress::ipv6({0, 0, 0, 0, 0, 0, 0x0a00, 1}));
  CHECK(IpAddress{}.any());
  CHECK(IpAddress{Ipv4Address{}}.any());
  CHECK(IpAddress{} != IpAddress{Ipv4Address{}});
  CHECK(IpAddress{Ipv4Address{9, 255, 255, 255}} < mapped);
  CHECK(mapped < IpAddress::ipv6({0xfd00}));
  CHECK(to_string(Endpoint{IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 1}), 80}) == "[fe80::1]:80");
}

TEST_CASE("who is bound to :: hears both versions, or IPv6 alone") {
  const Endpoint any{{}, 80}, ipv4{Ipv4Address{10, 0, 0, 1}, 80}, ipv6{IpAddress::ipv6({0xfd00}), 80};
  const SocketId both{1}, only{2};
  Bindings bindings;
  SharedEnds shared;
  const auto bound_to = [&](const Endpoint& local) -> std::optional<SocketId> {
    for (const Endpoint& end : ends_that_hear(local))
      if (const auto those = shared.of(bindings, end); !those.empty()) return those.front();
    return std::nullopt;
  };
  shared.insert(bindings, {any, false}, both);
  CHECK(bound_to(ipv4) == both);
  CHECK(bound_to(ipv6) == both);
  CHECK_FALSE((LocalEnds{{Ipv4Address{}, 80}, false}.free(bindings)));
  shared.erase(bindings, {any, false}, both);
  shared.insert(bindings, {any, true}, only);
  CHECK(bound_to(ipv4) == std::nullopt);
  CHECK(bound_to(ipv6) == only);
  CHECK((LocalEnds{{Ipv4Address{}, 80}, false}.free(bindings)));
}

}  // namespace ringside::net
