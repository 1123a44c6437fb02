// The programs that workloads put on a host.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <vector>

#include "ringside/host/application.hpp"
#include "ringside/host/file_pages.hpp"
#include "ringside/units/quantity.hpp"

namespace ringside::host {

// Receives datagrams on some ports, and looks at them.
class DatagramSink : public Application {
 public:
  explicit DatagramSink(std::vector<std::uint16_t> ports) : ports_{std::move(ports)} {}

  void start(net::Sockets&, Time) override;
  Wish wish(net::Sockets&, Time) override { return Wish::read; }
  bool reads_datagrams() const override { return true; }
  std::size_t read(net::Sockets&, Time, std::size_t most, std::size_t unit) override;

 private:
  std::vector<std::uint16_t> ports_;
  std::vector<net::Fd> sockets_{};
  std::vector<std::uint8_t> buffer_ = std::vector<std::uint8_t>(65536);
};

// Sends datagrams to a port of another host: so often, or as often as it can.
class DatagramSource : public Application {
 public:
  struct Config {
    net::Endpoint to{};
    std::size_t payload = 0;  // bytes
    Duration gap{};           // between bursts; what it has no time for waits, and then leaves without one
    int burst = 1;            // datagrams that are sent at once
    int flows = 1;            // sockets, which take turns
  };

  explicit DatagramSource(const Config& config) : config_{config} {}

  void start(net::Sockets&, Time now) override;
  Wish wish(net::Sockets&, Time now) override;
  Time wakes_at() const override { return next_; }
  bool reads_datagrams() const override { return false; }
  bool can_write(net::Sockets&) override { return true; }  // what finds no room is lost further on
  std::size_t write(net::Sockets&, Time now) override;
  bool prepare(Time now) override;

 private:
  std::int64_t due(Time now) const;

  Config config_;
  std::vector<std::uint8_t> payload_{};
  std::vector<net::Fd> sockets_{};
  std::size_t turn_ = 0;
  int left_ = 0;               // of this burst
  std::int64_t prepared_ = 0;  // and not yet written
  Time next_{};                // burst, not earlier
};

// Connects, writes a file in chunks until it has ended, and closes. With `lends` the kernel sends from the
// program's own buffers, so many at most (MSG_ZEROCOPY): each is the program's again when all of it is
// acknowledged and the kernel has said so.
class StreamSource : public Application {
 public:
  struct Config {
    net::Endpoint to{};
    std::size_t lends = 0;         // 0: what is written is the kernel's affair
    bool notices_in_ring = false;  // it looks for them without a call
  };

  StreamSource(const Config& config, FilePages pages) : config_{config}, pages_{std::move(pages)} {}

  void start(net::Sockets&, Time) override;
  Wish wish(net::Sockets&, Time) override;
  bool reads_datagrams() const override { return false; }
  bool can_write(net::Sockets&) override;
  std::size_t write(net::Sockets&, Time) override;
  bool mid_write() const override { return !chunk_.empty() && !failed_; }
  bool prepare(Time) override;
  bool can_fetch() const override { return pages_.ready(); }
  std::size_t fetch() override;
  std::size_t ask_disk() override { return pages_.ask(); }
  void disk_has_read() override { pages_.loaded(); }
  bool can_reap(const net::Sockets&) const override;
  std::size_t reap(net::Sockets&, Time) override;
  bool finished() const override { return wrote_all_; }

  // The connection is closed in both directions, or failed: as its machine has it, when the program may be
  // long done.
  bool closed(const net::Stack&) const;
  net::Error error(const net::Stack& stack) const { return stack.error(connection_); }
  std::optional<Time> failed_at() const { return failed_at_; }  // when it learnt of that

 private:
  struct Lent {                    // a buffer
    std::uint32_t last_write = 0;  // of those that it took
    std::size_t bytes = 0;
  };

  std::span<const std::uint8_t> next_chunk();
  void end(net::Sockets&, Time);
  void fail_by(net::Errno, Time now);

  Config config_;
  FilePages pages_;
  net::Fd socket_{};
  net::SocketId connection_{};
  std::deque<std::vector<std::uint8_t>> prepared_{};  // chunks; an empty one is the end of the file
  std::vector<std::uint8_t> writing_{};               // the one of them that is being written
  std::span<const std::uint8_t> chunk_{};             // what the stack has yet to take of it
  bool fetched_ = false;                              // by a stage of its own
  bool at_end_ = false;                               // of the file
  std::uint32_t writes_ = 0;                          // that lent something (sk_zckey)
  std::size_t lending_ = 0;                           // bytes, of the chunk that is being written
  std::deque<Lent> lent_{};                           // the oldest first
  bool wrote_all_ = false;
  bool failed_ = false;
  std::optional<Time> failed_at_{};
};

// Accepts one connection and reads it to its end.
class StreamSink : public Application {
 public:
  using Consumer = std::function<void(std::span<const std::uint8_t>)>;

  // It reads up to `chunk` bytes at a time, and wants to be woken by `low_water` of them (SO_RCVLOWAT).
  StreamSink(net::Endpoint at, Consumer consumer, std::size_t chunk, std::int32_t low_water = 1)
      : at_{at}, consumer_{std::move(consumer)}, chunk_(chunk), low_water_{low_water} {}

  void start(net::Sockets&, Time) override;
  Wish wish(net::Sockets&, Time) override { return ended_ ? Wish::done : Wish::read; }
  bool reads_datagrams() const override { return false; }
  bool can_read(net::Sockets&) override;
  std::optional<net::SocketId> stream() const override {
    return socket_ ? std::optional{connection_} : std::nullopt;
  }
  std::size_t read(net::Sockets&, Time, std::size_t most, std::size_t unit) override;
  bool finished() const override { return ended_; }

  void crash(net::Sockets&, Time) override;

  bool closed(const net::Stack&) const;
  Time ended_at() const { return ended_at_; }

 private:
  bool at_end(net::Sockets&, Time);

  net::Endpoint at_;
  Consumer consumer_;
  std::vector<std::uint8_t> chunk_;
  std::int32_t low_water_;
  net::Fd listener_{};
  std::optional<net::Fd> socket_{};  // accepted, by a system call of its own
  net::SocketId connection_{};
  bool ended_ = false;
  Time ended_at_{};
};

// Sends echo requests, each after the answer to the one before it or a time-out, an interval apart at least.
class Pinger : public Application {
 public:
  Pinger(net::Ipv4Address to, int count, Duration interval, std::uint16_t payload)
      : to_{to}, left_{count}, interval_{interval}, payload_{payload} {}

  void start(net::Sockets&, Time) override {}
  Wish wish(net::Sockets&, Time now) override;
  Time wakes_at() const override { return wakes_at_; }
  bool reads_datagrams() const override { return true; }
  bool can_write(net::Sockets&) override { return true; }
  std::size_t write(net::Sockets&, Time) override;
  std::size_t read(net::Sockets&, Time, std::size_t most, std::size_t unit) override;
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
