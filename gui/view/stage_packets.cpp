// The packets of a stage: where they are at the moment, or on their way from one place to the next.
#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "view/packet_token.hpp"
#include "view/stage_sheet.hpp"
#include "view/type.hpp"

namespace ringside::view {

namespace {

class PacketPainter {
 public:
  explicit PacketPainter(StageSheet& sheet)
      : sheet_{sheet}, out_{sheet.out}, scene_{sheet.scene}, font_{sheet.font()} {}

  void draw() {
    std::map<std::pair<trace::Kind, std::uint16_t>, std::vector<PacketLook>> at_place;
    std::set<std::uint64_t> flying;
    for (const Flight& flight : scene_.flights) flying.insert(flight.packet);
    for (const auto& [number, where] : scene_.state->packets) {
      if (where.host != scene_.number || where.place == trace::Kind::link) continue;
      if (flying.contains(number)) continue;
      at_place[{where.place, where.index}].push_back(look(number, where));
    }
    for (auto& [place, looks] : at_place) row_of(place.first, place.second, looks);
    for (const Flight& flight : scene_.flights) fly(flight);
  }

 private:
  PacketLook look(std::uint64_t number, const trace::Whereabouts& where) const {
    PacketLook look = look_of(number, where, scene_.kinds);
    look.selected = number == scene_.selected;
    return look;
  }

  // Packets at one place: the selected one first, and how many more there are.
  void row_of(trace::Kind place, std::uint16_t index, std::vector<PacketLook>& looks) {
    QPointF at = anchor(sheet_, place, index);
    if (at.x() < 0) return;
    if (const auto chosen = std::ranges::find_if(looks, &PacketLook::selected); chosen != looks.end())
      std::rotate(looks.begin(), chosen, chosen + 1);
    const double end = at.x() + area_of(sheet_, place, index)->width();
    const auto how_many = [&](std::size_t n) { return QStringLiteral("+%1").arg(n); };
    const double more = width_of(how_many(looks.size()), lesser_type(font_), true) + 2;
    std::size_t shown = 0;
    for (; shown < looks.size(); ++shown) {
      const double width = token_size(looks[shown], font_).width();
      const bool last = shown + 1 == looks.size();
      if (shown > 0 && at.x() + width + (last ? 0 : more) > end) break;
      draw_token(out_, looks[shown], at, font_);
      at.rx() += width + space_behind(looks[shown]);
    }
    if (shown == looks.size()) return;
    const QString rest = how_many(looks.size() - shown);
    out_.text({at.x(), at.y(), width_of(rest, lesser_type(font_), true), font_ * 1.2}, rest,
              static_cast<float>(lesser_type(font_)), Token::ink, Align::left, true);
  }

  // A stack is wider than the token.
  static double space_behind(const PacketLook& look) { return look.frames > 1 ? 7 : 2; }

  void fly(const Flight& flight) {
    const QPointF from = anchor(sheet_, flight.from.place, flight.from.index);
    const QPointF to = anchor(sheet_, flight.to.place, flight.to.index);
    if (to.x() < 0) return;
    const double t = flight.part * flight.part * (3 - 2 * flight.part);  // slow at both ends
    draw_token(out_, look(flight.packet, flight.to), from.x() < 0 ? to : from + (to - from) * t, font_);
  }

  const StageSheet& sheet_;
  Picture& out_;
  const StageScene& scene_;
  double font_;
};

}  // namespace

const QRectF* area_of(const StageSheet& sheet, trace::Kind place, std::uint16_t index) {
  const auto& queues = sheet.scene.host->queues;
  if (place == trace::Kind::queue && index < queues.size())
    if (const Strip* strip = sheet.tower.strip(queues[index])) return &strip->area;
  if (place == trace::Kind::stage)
    if (const Chip* chip = sheet.tower.chip(index)) return &chip->area;
  return nullptr;
}

QPointF anchor(const StageSheet& sheet, trace::Kind place, std::uint16_t index) {
  const QRectF* area = area_of(sheet, place, index);
  if (!area) return {-1, -1};
  const auto strip_below = [index](const Strip& s) { return s.at == index && !s.on_top; };
  const bool upper = place == trace::Kind::queue ? sheet.tower.strip(sheet.scene.host->queues[index])->on_top
                                                 : std::ranges::any_of(sheet.tower.strips, strip_below);
  return {area->left() + sheet.font() * 0.4,
          upper ? area->top() - sheet.font() * 1.22
                : area->bottom() - sheet.font() * (sheet.tower.detail < Detail::plain ? 0.25 : 0.1)};
}

void draw_packets(StageSheet& sheet) {
  if (sheet.host()) PacketPainter{sheet}.draw();
}

}  // namespace ringside::view
