// Congestion windows over time: a row for each of a few connections.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <QString>

#include "ringside/replay/overview.hpp"

namespace ringside::view {

struct ShownWindow {
  std::size_t which = 0;  // of the overview's
  std::uint16_t host = 0;
  std::uint16_t connection = 0;
  bool one_of_several = false;  // of its host
  std::uint32_t most = 0;       // octets, in the whole run
};

// The host's own first, then those of whom it talks to: who receives a file has a window that never moves.
std::vector<ShownWindow> windows_shown(const replay::Overview&, std::size_t host);

struct Sheet;
struct Row;
struct Closeup;

QString window_name(const Sheet&, const Row&);
QString window_tip(const Sheet&, const Row&);
// `x`: of the edges of the columns.
void draw_window(Sheet&, const Row&, const replay::Overview&, const replay::Overview::Columns&,
                 const std::vector<double>& x);
void draw_window(Sheet&, const Row&, const Closeup&);

}  // namespace ringside::view
