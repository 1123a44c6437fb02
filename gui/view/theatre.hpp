// The stages of one to four paths side by side, each with its name, and the sentence of the moment below.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <QString>

#include "view/memory.hpp"
#include "view/stage.hpp"

namespace ringside::view {

struct Seat {    // one path
  int side = 0;  // A is 0
  const replay::Cast* cast = nullptr;
  std::uint16_t host = 0;  // which of its hosts is shown
  const trace::State* state = nullptr;
  std::vector<bool> used{};                    // stages to show; empty: all
  const replay::PacketKinds* kinds = nullptr;  // nullptr: not known yet
  QueueUses queues{};                          // of the host
  std::vector<Flight> flights{};
  std::vector<Dropped> falls{};
  std::optional<std::size_t> just_full{};
  std::vector<Buffer> buffers{};
  std::vector<Region> regions{};  // of the memory that is shown beside it; empty: none
  std::uint64_t selected = 0;
  QString note{};       // "62 %", or why there is no new picture
  double progress = 1;  // of the run that will replace it
};

struct TheatreScene {
  std::vector<Seat> seats{};
  path::Language language = path::Language::en;
  QStringList caption{};  // one line, or two where both languages are shown
  QString counter{};      // where one is among the bookmarks, beside it
  QString others{};       // which paths are not shown, and how to get to them
  QString invitation{};   // what to do when there is nothing to see
  double least_font = 9;  // as long as there are rows to spare
  double most_font = 15;
};

// Whether it has to be said which host something is about: others than the bare ends of wires.
bool several_act(const std::vector<replay::HostCast>&);

// The seat under a point, counted from the left.
std::size_t seat_at(double x, std::size_t seats, double width);

class Theatre {
 public:
  Picture draw(const TheatreScene&, QSizeF);
  void forget() { rows_.clear(); }  // the paths have changed

 private:
  struct One {
    const replay::Cast* cast = nullptr;
    std::uint16_t host = 0;
    std::vector<bool> used{};
    double width = 0;
    QueueUses queues{};
    auto operator<=>(const One&) const = default;
  };
  struct Key {
    std::vector<One> all{};
    double height = 0, least_font = 0, most_font = 0;
    bool letters = false;
    path::Language language{};
    auto operator<=>(const Key&) const = default;
  };
  struct Row {
    std::vector<Tower> towers{};
    double scale = 1;  // at which they are drawn: below 1 where the room is too low for the smallest type
  };
  const Row& row_of(const TheatreScene&, const std::vector<double>& widths, double height);
  std::map<Key, Row> rows_{};
};

}  // namespace ringside::view
