// A station on a device, and the machine's clock: what comes is given to it, and it runs when something is
// due.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "file_descriptor.hpp"
#include "station.hpp"
#include "tap_device.hpp"

namespace ringside::tap {

enum class Waiting : std::uint8_t { finished, time_over, interrupted };

class RealTime {
 public:
  // From now on SIGINT and SIGTERM do not end the process, but run().
  RealTime();
  ~RealTime();
  RealTime(const RealTime&) = delete;
  RealTime& operator=(const RealTime&) = delete;

  Time now() const;  // since this was made
  using Saw = std::function<void(Time now, std::span<const std::uint8_t> frame)>;
  // Until `finished`, which is asked after each step.
  Waiting run(Station& station, TapDevice& device, const Saw& from_device, std::optional<Time> end,
              const std::function<bool()>& finished);

 private:
  bool interrupted();
  void wait(std::optional<Time> until);
  void watch(int descriptor);

  std::chrono::steady_clock::time_point start_;
  FileDescriptor signals_, timer_, events_;
};

}  // namespace ringside::tap
