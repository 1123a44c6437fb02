// The packets of the language: how they are written, and what they are read as.
#include "catch.hpp"
#include "one_event.hpp"

namespace ringside::packetdrill::test {
namespace {

TcpPacket tcp(std::string_view action) {
  return std::get<TcpPacket>(std::get<Packet>(event(action).action).content);
}

IpInfo ip(std::string_view action) { return std::get<Packet>(event(action).action).ip; }

}  // namespace

TEST_CASE("what a TCP packet says, and what it does not") {
  const TcpPacket syn = tcp("< S 4294967295:4294967295(0) win 65535 <mss 1460>");
  CHECK(syn.flags == Flag::syn);
  CHECK(syn.text == Octets{.seq = 4294967295, .length = 0});
  CHECK(!syn.ack);
  CHECK(syn.window == 65535);
  CHECK(!syn.urgent);
  REQUIRE(syn.options.has_value());
  CHECK((*syn.options == std::vector<TcpOption>{Mss{1460}}));

  const TcpPacket data = tcp("> P. 4294967000:704(1000) ack 7 urg 3");  // round the end of the numbers
  CHECK(data.flags == (Flag::psh | Flag::ack));
  CHECK(data.text.end() == 704);
  CHECK(data.ack == 7);
  CHECK(!data.window);  // outbound: not compared
  CHECK(data.urgent == 3);
  REQUIRE(data.options.has_value());
  CHECK(data.options->empty());                               // it has none
  CHECK(!tcp("> . 1:1(0) ack 1 <...>").options.has_value());  // whatever it has
}

TEST_CASE("flags: letters, a dot for ACK, a dash for none, a digit for the three bits of AccECN") {
  const auto flags = [](std::string_view text) { return tcp("> " + std::string{text} + " 1:1(0)").flags; };
  CHECK(flags("S.") == (Flag::syn | Flag::ack));
  CHECK(flags("SEW") == (Flag::syn | Flag::ece | Flag::cwr));
  CHECK(flags("FP.") == (Flag::fin | Flag::psh | Flag::ack));
  CHECK(flags("R") == Flag::rst);
  CHECK(flags("U") == Flag::urg);
  CHECK(flags(".") == Flag::ack);
  CHECK(flags("-") == Flags{});
  CHECK(flags("5.") == (Flag::ae | Flag::ece | Flag::ack));
  CHECK(flags("P2.") == (Flag::psh | Flag::cwr | Flag::ack));
  CHECK(flags("0P.") == (Flag::psh | Flag::ack));
  CHECK(refused("> SS 0:0(0)") == "5: expected each flag once, found 'SS'");
  CHECK(refused("> 1E. 0:0(0)") == "5: expected a digit or the letters A, W and E, found '1E.'");
  CHECK(refused("> 12. 0:0(0)") == "5: expected one digit among the flags, found '12.'");
  CHECK(refused("> S X 0:0(0)") == "7: expected a sequence number, found 'X'");
  CHECK(
      refused("> s 0:0(0)") ==
      "5: expected TCP flags (F, S, R, P, U, E, W, A, a digit from 0 to 7, '.', or '-' for none), found 's'");
}

TEST_CASE("TCP packets, as they are written") {
  CHECK(misread("< S 0:0(0) win 32792 <mss 1460,sackOK,nop,nop,nop,wscale 7>") == "");
  CHECK(misread("> S. 0:0(0) ack 701 <mss 1460,nop,nop,sackOK>") == "");
  CHECK(misread("< 40000 > 8080 . 1:1(0) ack 1 win 257") == "");
  CHECK(misread("> . 1:1(0) ack 1 <nop,nop,sack 2001:3001 4001:5001>") == "");
  CHECK(misread("> P. 1:1449(1448) ack 1 win 229 <nop,nop,TS val 100 ecr 200>") == "");
  CHECK(misread("> S 0:0(0) <FO,eol,eol>") == "");
  CHECK(misread("> S 0:0(0) <FO 0a0b0c0d0e0f,FOEXP 00112233>") == "");
  CHECK(misread("> S 0:0(0) <nop,nop,md5 000102030405060708090a0b0c0d0e0f>") == "");
  CHECK(misread("> . 1:1(0) <ECN e0b 1 ceb 0 e1b 16777215,nop>") == "");
  CHECK(misread("> . 1:1(0) <ECN e1b 1 ceb 2,ECN,eol,eol>") == "");
  CHECK(misread("> . 1:1(0) ack 1 win 5 urg 0 <...>") == "");
  CHECK(read(">S. 0:0(0)ack 1<mss 1>") == "> S. 0:0(0) ack 1 <mss 1>");
}

TEST_CASE("options count what they are on the wire") {
  CHECK((tcp("> S 0:0(0) <FO 12345678,nop,nop>").options ==
         std::vector<TcpOption>{FastOpen{.cookie = {0x12, 0x34, 0x56, 0x78}}, NoOperation{}, NoOperation{}}));
  CHECK(refused("> S 0:0(0) <mss 1460,nop>") == "15: expected options of a multiple of 4 octets, found 5");
  CHECK(refused("> S 0:0(0) <mss 1,mss 2,mss 3,mss 4,mss 5,mss 6,mss 7,mss 8,mss 9,mss 10,mss 11>") ==
        "15: expected options of at most 40 octets, found more");
  CHECK(refused("> . 0:0(0) <sack 1:2 1:2 1:2 1:2 1:2>") ==
        "15: expected options of at most 40 octets, found more");
  CHECK(refused("> . 0:0(0) <nop,>") == "19: expected a TCP option, found '>'");
  CHECK(refused("> . 0:0(0) <mss 65536>") == "19: expected a segment size of at most 65535, found '65536'");
  CHECK(refused("> . 0:0(0) <TS 1 2>") == "18: expected 'val', found '1'");
  CHECK(refused("> . 0:0(0) <md5 0011>") == "19: expected a digest of 32 hexadecimal digits, found '0011'");
  CHECK(refused("> . 0:0(0) <FO 001>") ==
        "18: expected a cookie, as an even number of hexadecimal digits, found '001'");
  CHECK(refused("> . 0:0(0) <mp_capable>") == "15: unsupported: the TCP option mp_capable");
  CHECK(refused("< . 0:0(0) win 1 <...>") == "21: expected the options of an inbound packet, found '...'");
}

TEST_CASE("numbers that contradict each other, or do not fit") {
  CHECK(refused("> . 1:1000(1000)") ==
        "7: expected an end of 1001 (the beginning and the length), found '1000'");
  CHECK(refused("> . 4294967296:0(0)") ==
        "7: expected a sequence number of at most 4294967295, found '4294967296'");
  CHECK(refused("> . 0:65536(65536)") == "15: expected a length of at most 65535, found '65536'");
  CHECK(refused("> . -1:0(0)") == "7: expected a sequence number of at most 4294967295, found '-1'");
  CHECK(refused("> . 0:0(99999999999999999999)") ==
        "11: expected a length of at most 65535, found '99999999999999999999'");
}

TEST_CASE("an inbound packet has a window") {
  CHECK(refused("< . 1:1(0) ack 1") ==
        "19: expected 'win' of an inbound packet, found the end of the script");
}

TEST_CASE("what the IP header has stands in brackets of either kind") {
  CHECK(ip("> [ect01] . 1:1(0)") == IpInfo{.ecn = Ecn::either_ect});
  CHECK(ip("< (noecn) . 1:1(0) win 1") == IpInfo{.ecn = Ecn::not_ect});
  CHECK(ip("> [tos 0x2e] . 1:1(0)") == IpInfo{.tos = 0x2e});
  CHECK(ip("> (ttl 64) . 1:1(0)") == IpInfo{.ttl = 64});
  CHECK(ip("> [ect1,flowlabel 0xfffff] . 1:1(0)") == IpInfo{.ecn = Ecn::ect1, .flow_label = 0xfffff});
  CHECK(ip("> . 1:1(0)") == IpInfo{});
  CHECK(misread("< [ce] 1 > 2 P. 1:2(1) ack 1 win 1") == "");
  CHECK(misread("> [flowlabel 0x00012] udp (1)") == "");
  CHECK(refused("< [ect01] . 1:1(0) win 1") ==
        "6: expected one ECN codepoint of an inbound packet, found 'ect01'");
  CHECK(refused("> [ce,ce] . 1:1(0)") ==
        "9: expected noecn, ect0, ect1, ce, ect01, tos, ttl or flowlabel, each once, found 'ce'");
  CHECK(refused("> [ttl 256] . 1:1(0)") == "10: expected a time to live of at most 255, found '256'");
  CHECK(refused("> [ce) . 1:1(0)") == "8: expected ']', found ')'");
}

TEST_CASE("UDP") {
  CHECK(misread("> udp (64)") == "");
  CHECK(misread("< udp 9000 > 9001 (64)") == "");
  CHECK(refused("> udp 64") == "9: expected '(', found '64'");
}

TEST_CASE("ICMP, and what it echoes") {
  CHECK(misread("< icmp unreachable frag_needed mtu 1000 [1:1001(1000)]") == "");
  CHECK(misread("< icmp packet_too_big mtu 1280") == "");
  CHECK(misread("< icmp echo_request id 7") == "");
  CHECK(misread("< icmp unreachable [udp (64)]") == "");
  CHECK(misread("> icmp type_3 code_9 [raw (20)]") == "");
  CHECK(read("< [1:1001(1000)] icmp unreachable host_unreachable") ==
        "< icmp unreachable host_unreachable [1:1001(1000)]");  // as older scripts have it
  CHECK(read("< [udp (3)] [ttl 1] icmp time_exceeded") == "< [ttl 1] icmp time_exceeded [udp (3)]");
  CHECK(refused("< icmp nonsense") == "10: expected a type of ICMP message, found 'nonsense'");
  CHECK(refused("< icmp redirect frag_needed") == "19: expected a code of 'redirect', found 'frag_needed'");
  CHECK(refused("< icmp unreachable mtu 1000") ==
        "22: expected no mtu: it is of frag_needed and packet_too_big alone, found 'mtu'");
  CHECK(refused("< [1:1(0)] . 1:1(0) win 1") == "14: expected 'icmp' behind what it echoes, found '.'");
}

TEST_CASE("the words of ICMP are numbers in the families that know them") {
  constexpr auto v4 = IpFamily::ipv4, v6 = IpFamily::ipv6;
  CHECK(icmp_numbers("unreachable", "port_unreachable", v4) == IcmpNumbers{3, 3});
  CHECK(icmp_numbers("unreachable", "port_unreachable", v6) == IcmpNumbers{1, 4});
  CHECK(icmp_numbers("unreachable", "frag_needed", v4) == IcmpNumbers{3, 4});
  CHECK(!icmp_numbers("unreachable", "frag_needed", v6));
  CHECK(icmp_numbers("packet_too_big", "", v6) == IcmpNumbers{2, 0});
  CHECK(!icmp_numbers("packet_too_big", "", v4));
  CHECK(icmp_numbers("time_exceeded", "code_1", v4) == IcmpNumbers{11, 1});
  CHECK(icmp_numbers("type_200", "code_201", v4) == IcmpNumbers{200, 201});
  CHECK(!icmp_numbers("type_256", "", v4));
  CHECK(!icmp_numbers("type_", "", v4));
}

TEST_CASE("packets of other protocols are understood, but not supported") {
  CHECK(refused("< sctp: INIT[]") == "5: unsupported: packets of sctp");
  CHECK(refused("> ipv4 192.0.2.1 > 192.0.2.2: gre: . 1:1(0)") == "5: unsupported: packets of ipv4");
}

}  // namespace ringside::packetdrill::test
