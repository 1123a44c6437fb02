// TCP_INFO as a program reads it, through the kernel's own header.
#include "catch.hpp"
#include "socket_bench.hpp"
#if __has_include(<linux/tcp.h>)
#include <linux/inet_diag.h>
#include <linux/tcp.h>

namespace ringside::net::test {
namespace {

tcp_info told(SocketBench& b) {
  tcp_info info{};
  std::array<std::uint8_t, sizeof info> octets{};
  const Returned size = b.sockets.getsockopt(b.now, b.fd, option::tcp_level, option::tcp::info, octets);
  REQUIRE(size.value >= 192);
  std::memcpy(&info, octets.data(), sizeof info);
  return info;
}

}  // namespace

TEST_CASE("TCP_INFO in the life of a connection") {
  SocketBench b{{.tcp = {.receive_buffer = 100'000_B}}};
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  CHECK(told(b).tcpi_state == 7);  // TCP_CLOSE
  b.connect();
  CHECK(told(b).tcpi_state == 2);
  CHECK(told(b).tcpi_snd_cwnd == 10);
  CHECK(told(b).tcpi_snd_mss == 1448);
  b.expect(syn());
  b.advance(50ms);
  b.receive(syn_ack().win(65535).with_mss(1012).sack_ok().scaling(7).stamped(1, 0));
  b.expect(ack(1, 1));
  CHECK(b.connect() == "0");
  b.send(2500);
  b.drain();
  b.advance(10ms);

  const tcp_info info = told(b);
  CHECK(info.tcpi_state == 1);
  CHECK(info.tcpi_ca_state == 0);
  CHECK(info.tcpi_options == 7);  // timestamps, SACK, window scale
  CHECK(info.tcpi_snd_wscale == 7);
  CHECK(info.tcpi_rcv_wscale == 2);  // of rmem_max
  CHECK(info.tcpi_snd_mss == 1000);
  CHECK(info.tcpi_advmss == 1448);
  CHECK(info.tcpi_pmtu == 1500);
  CHECK(info.tcpi_rtt == 50'000);
  CHECK(info.tcpi_rttvar == 25'000);
  CHECK(info.tcpi_rto == 250'000);
  CHECK(info.tcpi_unacked == 3);
  CHECK(info.tcpi_snd_cwnd == 10);
  CHECK(info.tcpi_snd_ssthresh == 0x7fffffff);
  CHECK(info.tcpi_last_data_sent == 10);
  CHECK(info.tcpi_data_segs_out == 3);
  CHECK(info.tcpi_segs_out == 5);
  CHECK(info.tcpi_notsent_bytes == 0);
  CHECK(info.tcpi_bytes_sent == 2500);
  CHECK(info.tcpi_bytes_acked == 0);
}

TEST_CASE("TCP_INFO tells of losses") {
  SocketBench b{{.tcp = {.loss_probe = false}}};
  b.connected();
  b.send(10'000);
  b.drain();
  b.advance(10ms);
  b.receive(ack(1, 1).sacking({{1001, 2001}}));
  CHECK(told(b).tcpi_ca_state == 1);  // Disorder
  b.receive(ack(1, 1).sacking({{1001, 5001}}));
  CHECK(told(b).tcpi_ca_state == 3);  // Recovery
  CHECK(told(b).tcpi_snd_ssthresh == 7);
  b.expect(data(1, 1000, 1));
  CHECK(told(b).tcpi_sacked == 4);
  CHECK(told(b).tcpi_lost == 1);
  CHECK(told(b).tcpi_retrans == 1);
  CHECK(told(b).tcpi_total_retrans == 1);
  CHECK(told(b).tcpi_bytes_retrans == 1000);
  b.advance(3ms);  // RACK finds nothing more
  b.expect_silence();
  b.advance(1s);
  b.drain();
  CHECK(told(b).tcpi_ca_state == 4);  // Loss
  CHECK(told(b).tcpi_retransmits == 1);
  CHECK(told(b).tcpi_snd_cwnd == 1);
}

TEST_CASE("TCP_CC_INFO tells what BBR knows of the path, and of CUBIC nothing") {
  SocketBench b{{.tcp = {.congestion = CongestionControl::bbr}}};
  b.connected();
  b.send(10'000);
  b.drain();
  b.advance(100ms);
  b.receive(ack(1, 10'001));
  tcp_bbr_info info{};
  std::array<std::uint8_t, sizeof info> octets{};
  const auto ask = [&] {
    return b.sockets.getsockopt(b.now, b.fd, option::tcp_level, option::tcp::congestion_info, octets);
  };
  CHECK(ask() == Returned{sizeof info});
  std::memcpy(&info, octets.data(), sizeof info);
  CHECK(info.bbr_bw_lo == 99'956);  // ten segments of 1000 octets in 100 ms, in whole 2^-24
  CHECK(info.bbr_bw_hi == 0);
  CHECK(info.bbr_pacing_gain == 739);
  CHECK(info.bbr_cwnd_gain == 739);
  const std::string_view cubic = "cubic";
  const std::vector<std::uint8_t> name(cubic.begin(), cubic.end());
  b.sockets.setsockopt(b.now, b.fd, option::tcp_level, option::tcp::congestion, name);
  CHECK(ask() == Returned{0});
}

TEST_CASE("SO_MAX_PACING_RATE has 32 bits, or 64, and TCP_INFO tells it") {
  SocketBench b;
  b.connected();
  constexpr std::uint64_t fast = 5'000'000'000;
  std::array<std::uint8_t, sizeof fast> octets;
  std::memcpy(octets.data(), &fast, sizeof fast);
  b.sockets.setsockopt(b.now, b.fd, option::socket_level, option::socket::max_pacing_rate, octets);
  CHECK(told(b).tcpi_max_pacing_rate == fast);
  CHECK(b.get(option::socket_level, option::socket::max_pacing_rate) == "-1");  // all that fits
  CHECK(b.set(option::socket_level, option::socket::max_pacing_rate, 20'000) == "0");
  CHECK(told(b).tcpi_max_pacing_rate == 20'000);
  CHECK(told(b).tcpi_pacing_rate == 20'000);
  CHECK(b.set(option::socket_level, option::socket::max_pacing_rate, -1) == "0");
  CHECK(told(b).tcpi_max_pacing_rate == ~0ull);
  CHECK(told(b).tcpi_pacing_rate == 20'000);  // until the next acknowledgement
}

TEST_CASE("a connection that both have closed is CLOSE, and TCP_INFO is cut to fit") {
  SocketBench b;
  b.accepted();
  b.shutdown(Shutdown::write);
  b.expect(fin(1, 1));
  b.receive(fin(1, 2));
  CHECK(told(b).tcpi_state == 7);
  CHECK(b.get(option::tcp_level, option::tcp::info) != "0");
  std::array<std::uint8_t, 10> little{};
  CHECK(b.sockets.getsockopt(b.now, b.fd, option::tcp_level, option::tcp::info, little) == Returned{10});
}

}  // namespace ringside::net::test
#endif
