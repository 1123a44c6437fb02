// The recording of a run as a file: complete, or absent.
#pragma once

#include <functional>
#include <string>

#include "ringside/pcap/output_file.hpp"
#include "ringside/scenarios/run.hpp"
#include "ringside/trace/recorder.hpp"

namespace ringside::scenarios {

class Recording {
 public:
  // `settled`: no event before this is to come.
  Recording(const std::string& file, const Scenario&, const Ingredients&, std::uint64_t seed,
            std::function<Time()> settled);

  trace::Log& log() { return recorder_; }
  void finish();
  std::uint64_t late() const { return recorder_.late(); }

 private:
  pcap::OutputFile file_;
  trace::Recorder recorder_;
};

// Where two listen: the journeys of pings, and a recording.
class BothLogs : public trace::Log {
 public:
  BothLogs(trace::Log& one, trace::Log& other) : one_{one}, other_{other} {}
  void add(const trace::Event& event) override { one_.add(event), other_.add(event); }
  void frame(Time at, std::uint64_t packet, std::uint16_t host, std::uint16_t stage, std::uint32_t length,
             std::span<const std::uint8_t> octets) override {
    one_.frame(at, packet, host, stage, length, octets);
    other_.frame(at, packet, host, stage, length, octets);
  }

 private:
  trace::Log& one_;
  trace::Log& other_;
};

}  // namespace ringside::scenarios
