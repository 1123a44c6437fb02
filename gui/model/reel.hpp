// A recording that is open, with what the views ask of it: the state at a moment, at the speed of playing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ringside/replay/arrivals.hpp"
#include "ringside/replay/budget.hpp"
#include "ringside/replay/cast.hpp"
#include "ringside/replay/journey.hpp"
#include "ringside/replay/memory.hpp"
#include "ringside/replay/overview.hpp"
#include "ringside/replay/packet_kinds.hpp"
#include "ringside/replay/traffic.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside::model {

// A packet's way, and what it looked like on it.
struct Passenger {
  replay::Journey journey{};
  struct Look {
    std::uint64_t event = 0;  // with which it was seen, from 0
    trace::Frame frame{};
  };
  std::vector<Look> looks{};  // in order; empty: the recording has no octets of it

  const Look* look(std::uint64_t events) const;  // after so many; nullptr: not seen yet
};

class Reel {
 public:
  // Throws trace::RecordingError.
  explicit Reel(const std::string& file);

  // Reads all of it once, for what needs that: on another thread than the window's. False: stopped.
  bool survey(const replay::Progress& = {});
  const replay::Overview* overview() const { return overview_ ? &*overview_ : nullptr; }  // nullptr: not yet
  const replay::Arrivals* arrivals() const { return arrivals_ ? &*arrivals_ : nullptr; }
  const replay::Lodgings& lodgings() const { return lodgings_; }
  const replay::Traffic* traffic() const { return traffic_ ? &*traffic_ : nullptr; }  // nullptr: not yet
  const replay::PacketKinds* kinds() const { return kinds_ ? &*kinds_ : nullptr; }    // nullptr: not yet
  const std::optional<replay::Budget>& budget() const { return budget_; }

  const std::string& file() const { return file_; }
  const std::string& meta() const { return recording_.meta(); }
  const replay::Cast& cast() const { return cast_; }
  const replay::HostCast& host(std::size_t number) const { return cast_.hosts.at(number); }
  trace::Recording& recording() { return recording_; }
  const std::string& damage() const { return recording_.damage(); }  // empty: it is whole
  std::uint64_t events() const { return recording_.events(); }
  Time first() const { return recording_.first(); }
  Time last() const { return recording_.last(); }

  // After every event up to that time, or after so many events. Going on from where it was is fast. The
  // reference holds until the next call.
  const trace::State& at(Time time);
  const trace::State& after(std::uint64_t events) { return go_on(state_, events); }
  // The same, for what asks about the event that comes next there.
  const trace::State& before(std::uint64_t event) { return go_on(before_, event); }

  std::uint64_t number_at(Time time) { return recording_.number_at(time); }
  trace::Event event(std::uint64_t number);  // from 0

  // A host at the end of the run; nullptr: nothing happened there.
  const trace::HostState* end(std::size_t host) const { return host < end_.size() ? &end_[host] : nullptr; }
  // The last one that was asked for is kept. nullptr: the recording does not have that packet.
  const Passenger* passenger(std::uint64_t packet);

  // By stage: whether it did something in this run.
  const std::vector<bool>& used(std::size_t host) const { return used_.at(host); }

 private:
  const trace::State& go_on(trace::State&, std::uint64_t events);
  std::optional<std::uint64_t> event_of(std::uint64_t packet);

  std::string file_;
  trace::Recording recording_;
  replay::Cast cast_;
  trace::State state_{};
  trace::State before_{};
  std::vector<trace::HostState> end_{};
  std::optional<replay::Overview> overview_{};
  std::optional<replay::Arrivals> arrivals_{};
  std::optional<replay::Traffic> traffic_{};
  std::optional<replay::PacketKinds> kinds_{};
  std::optional<replay::Budget> budget_{};
  replay::Lodgings lodgings_;
  Passenger passenger_{};
  std::vector<std::vector<bool>> used_{};
  std::vector<trace::Event> near_{};  // read ahead
  std::uint64_t near_from_ = 0;
};

}  // namespace ringside::model
