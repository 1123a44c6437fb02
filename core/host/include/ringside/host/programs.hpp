// The programs that workloads put on a host.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "ringside/host/application.hpp"
#include "ringside/units/quantity.hpp"

namespace ringside::host {

// Receives datagrams on some ports, and looks at them.
class DatagramSink : public Application {
 public:
  explicit DatagramSink(std::vector<std::uint16_t> ports) : ports_{std::move(ports)} {}

  void start(net::Stack&, Time) override;
  Wish wish(const net::Stack&, Time) override { return Wish::read; }
  bool reads_datagrams() const override { return true; }
  std::size_t read(net::Stack&, Time) override;

 private:
  std::vector<std::uint16_t> ports_;
  std::vector<net::SocketId> sockets_{};
  std::vector<std::uint8_t> buffer_ = std::vector<std::uint8_t>(65536);
};

// Connects, writes bytes in chunks until there are no more, and closes.
class StreamSource : public Application {
 public:
  // Fills the span as far as it can; 0: the end.
  using Bytes = std::function<std::size_t(std::span<std::uint8_t>)>;

  StreamSource(net::Endpoint to, Bytes bytes, std::size_t chunk, ringside::Bytes send_buffer)
      : to_{to}, bytes_{std::move(bytes)}, chunk_(chunk), send_buffer_{send_buffer} {}

  void start(net::Stack&, Time) override;
  Wish wish(const net::Stack&, Time) override { return wrote_all_ ? Wish::done : Wish::write; }
  bool reads_datagrams() const override { return false; }
  bool can_write(net::Stack&) override;
  std::size_t write(net::Stack&, Time) override;
  bool mid_write() const override { return offset_ < filled_ && !failed_; }
  bool finished() const override { return wrote_all_; }

  // The connection is closed in both directions, or failed.
  bool closed(const net::Stack&) const;
  net::Error error(const net::Stack& stack) const { return stack.error(socket_); }

 private:
  net::Endpoint to_;
  Bytes bytes_;
  std::vector<std::uint8_t> chunk_;
  ringside::Bytes send_buffer_;
  net::SocketId socket_{};
  std::size_t offset_ = 0;  // of the chunk: what the stack has taken
  std::size_t filled_ = 0;
  bool wrote_all_ = false;
  bool failed_ = false;
};

// Accepts one connection and reads it to its end.
class StreamSink : public Application {
 public:
  using Consumer = std::function<void(std::span<const std::uint8_t>)>;

  StreamSink(net::Endpoint at, Consumer consumer, std::size_t chunk)
      : at_{at}, consumer_{std::move(consumer)}, chunk_(chunk) {}

  void start(net::Stack&, Time) override;
  Wish wish(const net::Stack&, Time) override { return ended_ ? Wish::done : Wish::read; }
  bool reads_datagrams() const override { return false; }
  bool can_read(net::Stack&) override;
  std::size_t read(net::Stack&, Time) override;
  bool finished() const override { return ended_; }

  bool closed(const net::Stack&) const;
  Time ended_at() const { return ended_at_; }

 private:
  net::Endpoint at_;
  Consumer consumer_;
  std::vector<std::uint8_t> chunk_;
  net::SocketId listener_{};
  std::optional<net::SocketId> socket_{};
  bool accepted_ = false;  // by a system call of its own
  bool ended_ = false;
  Time ended_at_{};
};

// Sends echo requests, each after the answer to the one before it or a time-out, an interval apart at least.
class Pinger : public Application {
 public:
  Pinger(net::Ipv4Address to, int count, Duration interval, std::uint16_t payload)
      : to_{to}, left_{count}, interval_{interval}, payload_{payload} {}

  void start(net::Stack&, Time) override {}
  Wish wish(const net::Stack&, Time now) override;
  Time wakes_at() const override { return wakes_at_; }
  bool reads_datagrams() const override { return true; }
  bool can_write(net::Stack&) override { return true; }
  std::size_t write(net::Stack&, Time) override;
  std::size_t read(net::Stack&, Time) override;
  void read_timed_out(Time) override { waiting_ = false; }
  bool finished() const override { return left_ == 0 && !waiting_; }

  std::uint64_t answers() const { return answers_; }

 private:
  static constexpr Duration patience = std::chrono::seconds{1};  // as ping -W

  net::Ipv4Address to_;
  int left_;
  Duration interval_;
  std::uint16_t payload_;
  std::uint16_t sequence_ = 0;
  bool waiting_ = false;  // for an answer
  Time next_{};           // request, not earlier
  Time wakes_at_ = end_of_time;
  std::uint64_t answers_ = 0;
};

}  // namespace ringside::host
