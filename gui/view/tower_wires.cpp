#include "view/tower_wires.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

namespace ringside::view {

using path::Hop;
using path::StageId;

namespace {

class Router {
 public:
  Router(const Tower& tower, double rise) : tower_{tower}, rise_{rise} {}

  Wire route(const Link& link) const {
    const QRectF a = block_of(link.from), b = block_of(link.to);
    const std::size_t hop = link.hop;
    if (b.bottom() <= a.top()) return vertical(hop, {near(a, b), a.top()}, {near(b, a), b.bottom()});
    if (a.bottom() <= b.top()) return vertical(hop, {near(a, b), a.bottom()}, {near(b, a), b.top()});
    const bool onwards = b.left() >= a.right();
    if (between(a, b)) return over(hop, a, b);
    const QPointF from{onwards ? a.right() : a.left(), a.center().y()};
    const QPointF to{onwards ? b.left() : b.right(), b.center().y()};
    const QPointF bend{(to.x() - from.x()) / 2, 0};
    return {hop, from, from + bend, to - bend, to};
  }

 private:
  // Whether a straight line would run behind another stage.
  bool between(const QRectF& a, const QRectF& b) const {
    const double left = std::min(a.right(), b.right()), right = std::max(a.left(), b.left());
    const double y = (a.center().y() + b.center().y()) / 2;
    return std::ranges::any_of(tower_.chips, [&](const Chip& chip) {
      return chip.area.left() >= left - 1 && chip.area.right() <= right + 1 && chip.area.top() < y &&
             chip.area.bottom() > y;
    });
  }

  // From roof to roof.
  Wire over(std::size_t hop, const QRectF& a, const QRectF& b) const {
    const QPointF from{near(a, b), a.top()};
    const QPointF to{near(b, a), b.top()};
    const QPointF rise{0, -rise_ - std::abs(from.y() - to.y())};
    return {hop, from, from + rise, to + rise, to};
  }

  // Where a line leaves a side: towards the other end, but not at a corner.
  static double near(const QRectF& from, const QRectF& to) {
    const double shift =
        std::clamp((to.center().x() - from.center().x()) * 0.2, -from.width() * 0.3, from.width() * 0.3);
    return from.center().x() + shift;
  }

  static Wire vertical(std::size_t hop, QPointF from, QPointF to) {
    const QPointF bend{0, (to.y() - from.y()) * 0.5};
    return {hop, from, from + bend, to - bend, to};
  }

  // A stage with what stands above and below it.
  QRectF block_of(StageId id) const {
    QRectF all = tower_.chip(id)->area;
    for (const Strip& strip : tower_.strips)
      if (strip.at == id) all |= strip.area;
    return all;
  }

  const Tower& tower_;
  double rise_;
};

}  // namespace

// From which stages that are shown a packet comes to each.
std::vector<Link> links_of(const path::Path& path, const std::vector<bool>& shown) {
  const auto is_shown = [&shown](StageId id) { return shown.empty() || shown[id]; };
  std::vector<Link> links;
  for (std::size_t h = 0; h < path.hops.size(); ++h) {
    const Hop& hop = path.hops[h];
    if (!is_shown(hop.to)) continue;
    std::vector<StageId> from{hop.from};
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (is_shown(from[i])) {
        links.push_back({h, from[i], hop.to});
      } else if (path::is_off(path, path.stages[from[i]])) {
        for (const Hop& before : path.hops)
          if (before.to == from[i] && std::holds_alternative<path::Call>(before.hand) &&
              std::ranges::find(from, before.from) == from.end())
            from.push_back(before.from);
      }
    }
  }
  return links;
}

std::vector<Wire> wires_of(const Tower& tower, const std::vector<Link>& links, double rise) {
  const Router router{tower, rise};
  std::vector<Wire> wires;
  for (const Link& link : links)
    if (link.from != link.to) wires.push_back(router.route(link));
  return wires;
}

}  // namespace ringside::view
