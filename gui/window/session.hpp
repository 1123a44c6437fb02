// What all views look at: the recordings side by side, the moment, what is selected, and how it is drawn.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QString>

#include "model/lockstep.hpp"
#include "model/playback.hpp"
#include "model/reel.hpp"
#include "model/sweep.hpp"
#include "ringside/path/describe.hpp"
#include "ringside/replay/odometers.hpp"
#include "ringside/scenarios/load.hpp"
#include "ringside/scenarios/result.hpp"
#include "view/sweep.hpp"
#include "view/theme.hpp"

namespace ringside::window {

using model::Lock;

// One path of a comparison, with its recording once there is one.
struct Side {
  std::string scenario{};  // empty: a recording that was opened
  scenarios::Overrides overrides{};
  std::shared_ptr<model::Reel> reel{};  // the last one that was complete
  std::optional<scenarios::RunResult> result{};
  struct Before {  // of the run before: the ghost
    std::optional<scenarios::RunResult> result{};
    std::vector<replay::Traffic::Point> latencies{};
  };
  Before before{};
  double progress = 1;  // of a run under way; 1: there is none
  QString failure{};    // why there is no picture, or not the one that was asked for
  Duration shift{};     // so much later than the others, by hand

  std::string path() const;  // the name to show
};

// A curve over what the scenario varies.
struct SweepShown {
  std::shared_ptr<model::Sweep> sweep{};     // nullptr: none was asked for
  std::string metric{};                      // empty: the one that says most
  std::optional<view::SweepPlace> chosen{};  // the point
  bool under_way = false;
  QString failure{};  // why there is none
};

class Session : public QObject {
  Q_OBJECT

 public:
  static constexpr std::size_t most_sides = 4;
  static constexpr Duration shortest_seen{1000};  // a nanosecond

  Session();

  std::vector<Side>& sides() { return sides_; }
  const std::vector<Side>& sides() const { return sides_; }
  model::Reel* reel(std::size_t side = 0) const {
    return side < sides_.size() ? sides_[side].reel.get() : nullptr;
  }
  model::Playback& playback() { return playback_; }
  // How the side looks at the moment of the picture, and what time it is there.
  std::uint64_t events(std::size_t side) { return standing(side).events; }
  Time now(std::size_t side) { return standing(side).now; }

  // The selected one, by its number on that side; 0: none, or that side does not have it.
  std::uint64_t packet(std::size_t side = 0) const {
    return side == side_of_packet_ ? packet_ : lockstep_.counterpart(side_of_packet_, packet_, side);
  }
  // The selected one, or the last that has arrived: what the sides are compared by. Numbered as on the first.
  std::uint64_t leading_packet() const;
  model::Lockstep& lockstep() { return lockstep_; }
  view::Theme theme() const { return theme_; }
  path::Language language() const { return language_; }  // both: English with Chinese below
  bool still() const { return still_; }                  // reduced motion: cuts instead of flights
  Lock lock() const { return lockstep_.all_like() ? lock_ : Lock::time; }
  bool all_stages() const { return all_stages_; }
  std::optional<std::size_t> focus() const { return focus_; }  // the side that is shown alone

  // Which host of a side is on the stage and the timeline: the chosen one, or the one under study.
  std::uint16_t host(std::size_t side) const;
  void set_host(const std::string& name);  // on every side that has it; empty: the one under study
  void next_host();                        // that has a path: not the bare end of a wire

  // The count of the board whose events are listed alone (ringside/replay/odometers.hpp); nullptr: all are.
  const replay::Counter* listed() const { return listed_; }
  void list(const replay::Counter*);

  void set_packet(std::uint64_t, std::size_t side = 0);
  void set_theme(view::Theme);
  void set_language(path::Language);
  void set_still(bool);
  void set_lock(Lock);                             // all sides stand where it says again
  void set_focus(std::size_t side);                // the same once more: all of them again
  void shift_side(std::size_t side, Duration by);  // alone
  void set_all_stages(bool);

  void show_side(std::size_t side, std::shared_ptr<model::Reel>, std::optional<scenarios::RunResult>);
  void remove_side(std::size_t side);
  void clear();
  void touch_sides();

  SweepShown& sweep() { return sweep_; }
  const SweepShown& sweep() const { return sweep_; }
  void touch_sweep() { Q_EMIT swept(); }
  void open_point(view::SweepPlace);  // its run

  // The part of the run that the timeline shows.
  Time run_from() const;  // of all sides together
  Time run_to() const;
  Time seen_from() const { return seen_from_; }
  Time seen_to() const { return seen_to_; }
  void see(Time from, Time to);  // as far as the run goes
  void see_all() { see(run_from(), run_to()); }
  void zoom(double factor, Time about);  // above 1: less is seen, of which `about` stays where it is
  void pan(double widths);

  // The markers A and B: set one after the other, where the moment is.
  const std::array<std::optional<Time>, 2>& markers() const { return markers_; }
  void mark(Time);
  void clear_markers();
  const std::vector<Time>& bookmarks() const { return bookmarks_; }  // in order
  void toggle_bookmark(Time);
  void set_bookmarks(std::vector<Time>);  // in order
  void step_bookmark(int direction);      // to the next one, or the one before; without such a one, nowhere
  std::size_t bookmarks_passed() const;   // that one included at which the moment is
  // After how many events it stops next: at a bookmark, or without any after one more. nullopt: nowhere.
  std::optional<std::uint64_t> next_stop();

  // Whatever changes the moment says so here.
  void seek(Time);
  void seek_event(std::uint64_t);
  void step(int direction);
  void play(int direction);
  void pause();
  void advance(double seconds);

 Q_SIGNALS:
  void moved();          // the moment
  void sides_changed();  // recordings came or went
  void selected();       // another packet
  void styled();         // theme, language, motion
  void play_changed();
  void range_changed();  // what the timeline shows
  void marked();         // markers or bookmarks
  void list_changed();
  void swept();  // the sweep, or what is chosen of it
  void point_opened(ringside::view::SweepPlace);

 private:
  model::Standing standing(std::size_t side);
  void lead_with(model::Reel*, bool the_same_run);
  void tell_if_it_stopped(bool played);
  void keep_in_sight();
  void keep_seen(bool all);

  std::vector<Side> sides_{};
  model::Playback playback_{};
  model::Lockstep lockstep_{};
  std::uint64_t packet_ = 0;
  std::size_t side_of_packet_ = 0;
  view::Theme theme_ = view::Theme::light;
  path::Language language_ = path::Language::en;
  bool still_ = false;
  bool all_stages_ = false;
  Lock lock_ = Lock::time;
  Time seen_from_{};
  Time seen_to_{};
  std::array<std::optional<Time>, 2> markers_{};
  std::vector<Time> bookmarks_{};
  std::optional<std::size_t> focus_{};
  const replay::Counter* listed_ = nullptr;
  std::string host_{};  // empty: the one under study
  SweepShown sweep_{};
};

}  // namespace ringside::window
