// Where in a recording the picture is, and how it moves on: by the clock of the run, or an event at a time.
//
// Simulated time is to scale. At true scale, though, everything interesting is over in one frame; so the
// other clock gives each event the same time on the screen.
#pragma once

#include <cstdint>

#include "model/reel.hpp"

namespace ringside::model {

enum class Clock : std::uint8_t { event, time };

class Playback {
 public:
  static constexpr double slowest = 1e-9;  // simulated seconds in a second on the screen
  static constexpr double fastest = 1;

  void show(Reel* reel);  // from its beginning; nullptr: nothing

  // After so many events, the last of which is still going on in event time: this part of it is over, 0..1.
  std::uint64_t events() const { return events_; }
  double part() const { return part_; }
  Time now() const { return now_; }
  bool at_end() const;
  bool at_begin() const { return events_ == 0; }

  Clock clock() const { return clock_; }
  void set_clock(Clock);
  double speed() const { return speed_; }  // simulated seconds in a second on the screen
  void set_speed(double);
  double pace() const { return pace_; }  // events in a second, in event time
  void set_pace(double);

  void seek(Time);
  void seek_event(std::uint64_t events);  // after so many
  // To the next event, or the one before, that is more than a core's account of its time.
  void step(int direction);

  // In event time, playing goes from one of these moments to the next; empty: through all events.
  void halt_at(std::vector<std::uint64_t> moments) { halts_ = std::move(moments); }

  bool playing() const { return direction_ != 0; }
  int direction() const { return direction_; }
  void play(int direction = 1);  // -1: backwards
  void pause() { direction_ = 0; }
  // So much time has passed on the screen. Stops at either end.
  void advance(double seconds);

 private:
  bool tells(std::uint64_t number);  // more than a core's account of its time
  void advance_event(double events);
  bool go_on(int direction);  // to the next halt, or event; false: there is none

  Reel* reel_ = nullptr;
  std::vector<std::uint64_t> halts_{};
  Clock clock_ = Clock::event;
  double speed_ = 2e-6;
  double pace_ = 3;
  int direction_ = 0;
  std::uint64_t events_ = 0;
  double part_ = 1;
  Time now_{};
};

}  // namespace ringside::model
