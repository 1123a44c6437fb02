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
  const auto quarter = [&progress](double from) {
    return [&progress, from](double done) { return !progress || progress((from + done) / 4); };
  };
  overview_ = replay::Overview::of(recording_, cast_, quarter(0));
  if (overview_) arrivals_ = replay::Arrivals::of(recording_, cast_, quarter(1));
  if (arrivals_) traffic_ = replay::Traffic::of(recording_, cast_, quarter(2));
  if (traffic_) kinds_ = replay::PacketKinds::of(recording_, cast_, quarter(3));
  if (kinds_) budget_ = replay::budget_of(cast_, recording_.after(events()), first(), *traffic_);
  return kinds_.has_value();
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

const Passenger::Look* Passenger::look(std::uint64_t events) const {
  const auto later = std::ranges::lower_bound(looks, events, {}, &Look::event);
  return later == looks.begin() ? nullptr : &*(later - 1);
}

// An event of the packet: now, if it is under way, or when it arrived, or else it is sought.
std::optional<std::uint64_t> Reel::event_of(std::uint64_t packet) {
  if (const auto found = state_.packets.find(packet); found != state_.packets.end())
    return std::max<std::uint64_t>(recording_.number_at(found->second.since), 1) - 1;
  if (const auto rank = arrivals_ ? arrivals_->rank(packet) : std::nullopt)
    return std::max<std::uint64_t>(recording_.number_at(arrivals_->in_order()[*rank].at), 1) - 1;
  return replay::find_mark(recording_, packet, 0, events());
}

const Passenger* Reel::passenger(std::uint64_t packet) {
  if (packet == 0) return nullptr;
  if (passenger_.journey.packet == packet) return passenger_.journey.steps.empty() ? nullptr : &passenger_;
  passenger_ = {.journey = {.packet = packet}};
  const auto event = event_of(packet);
  if (!event) return nullptr;
  passenger_.journey = replay::journey(recording_, packet, *event);
  const auto& steps = passenger_.journey.steps;
  if (steps.empty()) return nullptr;
  for (trace::Frame& frame : recording_.frames(packet, steps.front().number, steps.back().number + 1)) {
    const auto seen = std::ranges::find_if(steps, [&](const replay::Step& step) {
      return step.mark.at == frame.at && step.mark.host == frame.host &&
             (step.mark.kind == trace::Kind::drop || step.mark.index == frame.stage);
    });
    if (seen != steps.end()) passenger_.looks.push_back({seen->number, std::move(frame)});
  }
  return &passenger_;
}

}  // namespace ringside::model
