// The bare end of a wire: it puts frames on the link, swallows what comes back, and costs nothing. Load
// generators and sinks, so that the host under study is the only machine in the run.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ringside/host/simulation.hpp"
#include "ringside/hw/link.hpp"
#include "ringside/net/types.hpp"
#include "ringside/sim/random.hpp"
#include "ringside/units/quantity.hpp"

namespace ringside::host {

class WireEnd {
 public:
  WireEnd(Simulation& simulation, hw::Link& out, std::uint16_t number = 0)  // in the log
      : simulation_{simulation}, out_{out}, number_{number} {}

  // Puts a frame on the link; what the line has no room for is lost here, and counted as not offered.
  void send(std::span<const std::uint8_t> frame, Time now);
  static void on_frame(void* self, hw::Packet* packet, Time now);

  std::uint64_t sent() const { return sent_; }
  std::uint64_t refused() const { return refused_; }

 private:
  Simulation& simulation_;
  hw::Link& out_;
  std::uint16_t number_;
  std::uint64_t sent_ = 0, refused_ = 0;
};

struct DatagramLoadConfig {
  std::string_view name = "datagram load";  // of its random stream
  double packets_per_second = 0;
  int frame_bytes = 60;  // Ethernet frame without its checksum
  bool poisson = false;  // otherwise evenly spaced
  int burst = 1;         // frames that are sent at once
  Duration tick{};       // it looks so often whether some are due, and sends what is; 0: it never is late
  int flows = 1;         // source ports, taken in turn
  net::MacAddress from_mac{}, to_mac{};
  net::Ipv4Address from{}, to{};
  std::uint16_t to_port = 9;  // discard, RFC 863
};

// A stream of UDP datagrams, in flows that take turns.
class DatagramLoad {
 public:
  static constexpr int smallest_frame = 42;  // the headers
  DatagramLoad(Simulation&, WireEnd&, const DatagramLoadConfig&);
  void start(Time at) { started_ = due_ = at, next_.schedule(at); }

 private:
  void send(Time now);

  WireEnd& end_;
  Duration gap_;  // between bursts
  int burst_;
  Duration tick_;
  Time started_{}, due_{};
  bool poisson_;
  std::vector<std::vector<std::uint8_t>> frames_{};  // one for each flow, checksums and all
  std::size_t turn_ = 0;
  sim::Random arrivals_;
  sim::Timer next_;
};

// Recorded frames, at their own pace or faster.
class RecordedLoad {
 public:
  struct Frame {
    Duration at{};  // since the first one
    std::span<const std::uint8_t> bytes{};
  };
  // The next frame, valid until the next call; nullopt: the end.
  using Source = std::function<std::optional<Frame>()>;

  // pace 2: twice as fast; 0: as fast as the line takes them.
  RecordedLoad(Simulation&, WireEnd&, BitRate line, Source, double pace);
  void start(Time at);
  bool finished() const { return finished_; }

 private:
  void send(Time now);
  void prepare(Time earliest);

  WireEnd& end_;
  BitRate line_;
  Source source_;
  double pace_;
  Time started_{};
  std::optional<Frame> frame_{};
  bool finished_ = false;
  sim::Timer next_;
};

}  // namespace ringside::host
