// The bench with the socket API as A's application: a call gives what a script would write behind "=", the
// value or the name of the error.
#pragma once

#include <cstring>

#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"
#include "tcp_bench.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {

inline constexpr Endpoint here{address_a, 40000}, there{address_b, 80};  // the bench's end points

struct SocketBench : TcpBench {
  using TcpBench::TcpBench;

  static std::string text(Returned returned) {
    return returned.error == Errno::none ? std::to_string(returned.value)
                                         : std::string{name_of(returned.error)};
  }
  static MessageFlags flags(MessageFlag flag) { return static_cast<MessageFlags>(flag); }

  Fd open_stream() { return Fd{static_cast<std::int32_t>(sockets.socket(SocketType::stream).value)}; }
  std::string bind(Endpoint to = here) { return text(sockets.bind(fd, to)); }
  std::string listen(int backlog) { return text(sockets.listen(now, fd, backlog)); }
  std::string connect(Endpoint to = there) { return text(sockets.connect(now, fd, to)); }
  std::string disconnect() { return text(sockets.disconnect(now, fd)); }
  std::string accept() {
    const Returned accepted = sockets.accept(now, fd);
    if (accepted.value >= 0) listening = std::exchange(fd, Fd{static_cast<std::int32_t>(accepted.value)});
    return text(accepted);
  }
  std::string send(std::size_t octets, MessageFlags with = 0) {
    std::vector<std::uint8_t> bytes(octets);
    for (std::size_t i = 0; i < octets; ++i) bytes[i] = octet(sent + i);
    const Returned taken = sockets.send(now, fd, bytes, with);
    if (taken.value > 0) sent += static_cast<std::uint64_t>(taken.value);
    return text(taken);
  }
  std::string recv(std::size_t most, MessageFlags with = 0) {
    std::vector<std::uint8_t> bytes(most);
    return text(sockets.recv(now, fd, bytes, with));
  }
  std::string shutdown(Shutdown how) { return text(sockets.shutdown(now, fd, how)); }
  std::string close() { return text(sockets.close(now, fd)); }
  std::string set(int level, int name, std::int32_t value) {
    std::array<std::uint8_t, 4> octets;
    std::memcpy(octets.data(), &value, octets.size());
    return text(sockets.setsockopt(now, fd, level, name, octets));
  }
  std::string get(int level, int name) {
    std::array<std::uint8_t, 4> octets{};
    const Returned got = sockets.getsockopt(now, fd, level, name, octets);
    std::int32_t value = 0;
    std::memcpy(&value, octets.data(), octets.size());
    return got.error == Errno::none ? std::to_string(value) : text(got);
  }
  std::string pending() {  // SO_ERROR, by name
    const std::string error = get(option::socket_level, option::socket::error);
    return std::string{name_of(Errno{std::stoi(error)})};
  }
  std::string amount(Sockets::Amount which) const { return text(sockets.amount(fd, which)); }
  std::uint32_t poll() const {
    return sockets.poll(fd) & ~(ready::read_normal | ready::write_normal);  // which go with in and out
  }

  // A stream that has connected to the peer, or was accepted from it.
  void connected() {
    fd = open_stream();
    REQUIRE(bind() == "0");
    REQUIRE(connect() == "EINPROGRESS");
    expect(syn());
    receive(syn_ack().win(65535).with_mss(1000).sack_ok());
    expect(ack(1, 1));
    REQUIRE(connect() == "0");
  }
  void listens(int backlog = 1) {
    fd = open_stream();
    REQUIRE(bind() == "0");
    REQUIRE(listen(backlog) == "0");
  }
  void accepted() {
    listens();
    receive(syn().with_mss(1000).sack_ok());
    expect(syn_ack());
    receive(ack(1, 1));
    accept();
  }

  Sockets sockets{stack};
  Fd fd{}, listening{};
  std::uint64_t sent = 0;
};

}  // namespace ringside::net::test
