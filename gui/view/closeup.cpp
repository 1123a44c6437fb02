#include "view/closeup.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "ringside/replay/journey.hpp"

namespace ringside::view {

namespace {

using path::Lane;
using trace::Event;
using trace::Kind;
using trace::Whereabouts;

constexpr std::size_t look_ahead = 1000;  // events: what is still going on at the end has ended by then
constexpr std::size_t most_rows = 64;     // of a lane

class Gathering {
 public:
  Gathering(const replay::Cast& cast, std::size_t host, trace::State before)
      : host_{static_cast<std::uint16_t>(host)}, lanes_{cast.hosts[host].lanes}, before_{std::move(before)} {
    out_.rows.assign(path::lane_count, 0);
    out_.fills.resize(cast.hosts[host].queues.size());
    waiting_.resize(out_.fills.size());
    if (host < before_.hosts.size()) {
      for (const std::uint32_t lines : before_.hosts[host].masked) masked_.push_back({lines, start_of_time});
      for (std::size_t q = 0; q < waiting_.size() && q < before_.hosts[host].waiting.size(); ++q)
        waiting_[q] = before_.hosts[host].waiting[q];
    }
    for (std::size_t q = 0; q < waiting_.size(); ++q) out_.fills[q].push_back({start_of_time, waiting_[q]});
    windows_before();
  }

  void take(const Event& event) {
    switch (event.kind) {
      case Kind::stage:
        if (event.packet == 0) return handler(event);
        [[fallthrough]];
      case Kind::queue:
      case Kind::link: return arrive(event);
      case Kind::drop:
        if (event.host == host_)
          out_.losses.push_back(
              {event.at, event.packet, std::max<std::uint64_t>(event.other, 1), event.index});
        [[fallthrough]];
      case Kind::end:
      case Kind::gone: return leave(event, false);
      case Kind::busy: return work(event);
      case Kind::syscall:
        if (event.host == host_) out_.calls.push_back({event.at, event.index});
        return;
      case Kind::mask: return mask(event);
      case Kind::window:
        out_.windows.push_back({event.at, event.host, event.index, trace::window_of(event), event.level});
        return;
      default: return;
    }
  }

  // Whatever has not ended yet goes on.
  Closeup finish(Time last) {
    for (const auto& [packet, where] : now_)
      if (where.host == host_ && where.place != Kind::link && where.place != Kind::gone)
        stayed(packet, where, last, host_);
    for (const auto& [packet, where] : before_.packets)
      if (where.host == host_ && where.place != Kind::link && !now_.contains(packet))
        stayed(packet, where, last, host_);
    for (const Lines& lines : masked_)
      if (lines.masked > 0) out_.masked.push_back({lines.since, last});
    std::ranges::sort(out_.stays, {}, [](const Stay& s) { return std::pair{s.from, s.packet}; });
    std::ranges::sort(out_.waits, {}, [](const Wait& w) { return std::pair{w.from, w.packet}; });
    std::ranges::sort(out_.pieces, {}, &Piece::from);
    put_in_rows();
    return std::move(out_);
  }

 private:
  void windows_before() {
    for (std::size_t host = 0; host < before_.hosts.size(); ++host)
      for (std::size_t i = 0; i < before_.hosts[host].windows.size(); ++i)
        out_.windows.push_back({.at = start_of_time,
                                .host = static_cast<std::uint16_t>(host),
                                .connection = static_cast<std::uint16_t>(i + 1),
                                .window = before_.hosts[host].windows[i]});
  }

  void handler(const Event& event) {
    if (event.host == host_) out_.handlers.push_back({event.at, event.index});
  }

  void work(const Event& event) {
    if (event.host != host_ || event.other == 0) return;
    out_.pieces.push_back({.from = event.at - Duration{static_cast<std::int64_t>(event.other)},
                           .to = event.at,
                           .core = event.index,
                           .level = event.level,
                           .user = event.level == 0
                                       ? static_cast<double>(std::min(event.packet, event.other)) /
                                             static_cast<double>(event.other)
                                       : 0});
  }

  // A notification may have several lines: it is masked while any of them is.
  void mask(const Event& event) {
    if (event.host != host_) return;
    if (masked_.size() <= event.index) masked_.resize(event.index + std::size_t{1});
    Lines& lines = masked_[event.index];
    if (event.other != 0) {
      if (lines.masked++ == 0) lines.since = event.at;
    } else if (lines.masked > 0 && --lines.masked == 0) {
      out_.masked.push_back({lines.since, event.at});
    }
  }

  void arrive(const Event& event) {
    leave(event, true);
    now_[event.packet] = {event.kind, event.host, event.index, event.at, 0, 0};
    if (event.kind == Kind::queue && event.host == host_) fill(event.index, event.at, 1);
    // Where the wire leads is not known until the packet has come there.
    if (event.kind == Kind::link && event.host == host_)
      out_.stays.push_back({.from = event.at,
                            .to = event.at,
                            .packet = event.packet,
                            .lane = Lane::wire,
                            .stage = event.index,
                            .on_wire = true});
  }

  void leave(const Event& event, bool comes_again) {
    const Whereabouts* was = nullptr;
    const auto known = now_.find(event.packet);
    if (known != now_.end()) {
      was = &known->second;
    } else if (const auto old = before_.packets.find(event.packet); old != before_.packets.end()) {
      was = &old->second;
    }
    if (was && was->place != Kind::gone) {
      stayed(event.packet, *was, event.at, event.host);
      if (was->place == Kind::queue && was->host == host_) fill(was->index, event.at, -1);
    }
    if (!comes_again) now_[event.packet] = {Kind::gone, event.host, 0, event.at, 0, 0};
  }

  void stayed(std::uint64_t packet, const Whereabouts& where, Time until, std::uint16_t next_host) {
    const bool here = where.host == host_;
    if (where.place == Kind::queue && here) {
      out_.waits.push_back({where.since, until, packet, where.index});
    } else if (where.place == Kind::stage && here && where.index < lanes_.size()) {
      out_.stays.push_back({.from = where.since,
                            .to = until,
                            .packet = packet,
                            .lane = lanes_[where.index],
                            .stage = where.index});
    } else if (where.place == Kind::link && (here || next_host == host_)) {
      out_.stays.push_back({.from = where.since,
                            .to = until,
                            .packet = packet,
                            .lane = Lane::wire,
                            .stage = where.index,
                            .on_wire = true});
    }
  }

  void fill(std::uint16_t queue, Time at, int change) {
    if (queue >= waiting_.size()) return;
    if (change < 0 && waiting_[queue] == 0) return;
    waiting_[queue] += static_cast<std::uint32_t>(change);
    auto& fills = out_.fills[queue];
    if (fills.back().at == at)
      fills.back().waiting = waiting_[queue];
    else
      fills.push_back({at, waiting_[queue]});
  }

  // The first row that is free by then.
  void put_in_rows() {
    std::vector<std::vector<Time>> free(path::lane_count);
    for (Stay& stay : out_.stays) {
      auto& rows = free[static_cast<std::size_t>(stay.lane)];
      auto row = std::ranges::find_if(rows, [&stay](Time until) { return until <= stay.from; });
      if (row == rows.end() && rows.size() < most_rows) row = rows.insert(rows.end(), Time{});
      if (row == rows.end()) --row;  // more at once than can be told apart
      *row = std::max(*row, stay.to);
      stay.row = static_cast<int>(row - rows.begin());
    }
    for (std::size_t lane = 0; lane < free.size(); ++lane)
      out_.rows[lane] = static_cast<int>(free[lane].size());
  }

  std::uint16_t host_;
  const std::vector<Lane>& lanes_;
  trace::State before_;
  std::unordered_map<std::uint64_t, Whereabouts> now_{};  // place `gone`: nowhere
  std::vector<std::uint32_t> waiting_{};
  struct Lines {
    std::uint32_t masked = 0;
    Time since{};
  };
  std::vector<Lines> masked_{};  // by notification
  Closeup out_{};
};

}  // namespace

Closeup closeup(trace::Recording& recording, const replay::Cast& cast, std::size_t host, std::uint64_t first,
                std::uint64_t behind) {
  behind = std::min(behind, recording.events());
  Gathering gathering{cast, host, recording.after(first)};
  for (const Event& event : recording.slice(first, behind - first + look_ahead)) gathering.take(event);
  return gathering.finish(behind == recording.events() ? recording.last() : end_of_time);
}

Closeup way_of(trace::Recording& recording, const replay::Cast& cast, std::size_t host, std::uint64_t packet,
               Time at) {
  Gathering gathering{cast, host, {}};
  const std::uint64_t near = std::max<std::uint64_t>(recording.number_at(at), 1) - 1;
  for (const replay::Step& step : replay::journey(recording, packet, near).steps) gathering.take(step.mark);
  return gathering.finish(recording.last());
}

}  // namespace ringside::view
