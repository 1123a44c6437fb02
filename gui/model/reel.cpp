#include "model/reel.hpp"

#include <algorithm>

namespace ringside::model {

namespace {

constexpr std::uint64_t near_enough = 20'000;  // events that are folded rather than sought
constexpr std::size_t read_ahead = 4096;

// A stage is shown if something came to it; an end of a hop that raised it too, as a handler has no packets.
std::vector<bool> used_stages(const trace::State& last, std::size_t host, const replay::HostCast& cast) {
  std::vector<bool> used(cast.path.stages.size(), false);
  if (host >= last.hosts.size()) return used;
  const auto& came = last.hosts[host].came;
  for (std::size_t i = 0; i < used.size() && i < came.size(); ++i) used[i] = came[i] > 0;
  return used;
}

}  // namespace

Reel::Reel(const std::string& file)
    : file_{file},
      recording_{file},
      cast_{replay::cast_of(recording_.meta())},
      state_{recording_.after(recording_.events())},
      end_{state_.hosts},
      lodgings_{cast_, state_} {
  for (std::size_t host = 0; host < cast_.hosts.size(); ++host)
    used_.push_back(used_stages(state_, host, cast_.hosts[host]));
}

bool Reel::survey(const replay::Progress& progress) {
  const auto half = [&progress](double from) {
    return [&progress, from](double done) { return !progress || progress(from + done / 2); };
  };
  overview_ = replay::Overview::of(recording_, cast_, half(0));
  if (overview_) arrivals_ = replay::Arrivals::of(recording_, cast_, half(0.5));
  return arrivals_.has_value();
}

const trace::State& Reel::at(Time time) { return after(recording_.number_at(time)); }

const trace::State& Reel::go_on(trace::State& state, std::uint64_t events) {
  events = std::min(events, recording_.events());
  if (events < state.events || events - state.events > near_enough) state = recording_.after(events);
  while (state.events < events) state.apply(event(state.events));
  return state;
}

trace::Event Reel::event(std::uint64_t number) {
  if (number < near_from_ || number >= near_from_ + near_.size()) {
    // Somewhat before, as stepping back is as common.
    near_from_ = number - std::min<std::uint64_t>(number, read_ahead / 4);
    near_ = recording_.slice(near_from_, read_ahead);
  }
  return near_.at(number - near_from_);
}

}  // namespace ringside::model
