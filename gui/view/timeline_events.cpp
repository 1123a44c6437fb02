// A timeline where each event can be seen: every stay of a packet, every piece of a core's work.
#include <array>
#include <cmath>

#include <QCoreApplication>

#include "ringside/path/names.hpp"
#include "view/figures.hpp"
#include "view/timeline_sheet.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

using path::Lane;

constexpr double least_row = 5;  // pixels of a row of stays
constexpr double least_labelled = 10;
constexpr float overlooked = 0.4F;  // how strong others are when a packet is selected

std::string time_target(Time time) { return "time " + std::to_string(time.time_since_epoch().count()); }

class EventPainter {
 public:
  EventPainter(Sheet& sheet, const Closeup& close) : sheet_{sheet}, close_{close} {}

  void draw(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      switch (row.kind) {
        case RowKind::core: core(row); break;
        case RowKind::lane: lane(row); break;
        case RowKind::queue: queue(row); break;
        case RowKind::losses: losses(row, nullptr); break;
        case RowKind::window: draw_window(sheet_, row, close_); break;
      }
    }
  }

  void way(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      if (row.kind == RowKind::queue) waits(row);
      if (row.kind != RowKind::lane || row.bypassed || row.unused) continue;
      for (const Stay& stay : close_.stays)
        if (stay.lane == static_cast<Lane>(row.index) && sheet_.in_sight(stay.from, stay.to))
          draw(stay, sheet_.span(stay.from, stay.to, row.area.top() + 1, row.area.height() - 3));
    }
  }

 private:
  // A core's work, the pieces of handlers and softirqs that follow each other without a gap as one.
  void core(const Row& row) {
    const Piece* thread = nullptr;  // the last one, while nothing but what interrupts it has run since
    Piece joined{};
    bool open = false;
    for (const Piece& piece : close_.pieces) {
      if (piece.core != row.index || !sheet_.in_sight(piece.from, piece.to)) continue;
      if (open && piece.level > 0 && piece.level == joined.level && piece.from == joined.to) {
        joined.to = piece.to;
        continue;
      }
      if (open) work(row, joined);
      if (open && piece.from != joined.to) thread = nullptr;
      if (piece.level == 0 && thread && thread->to < piece.from) goes_on(row, *thread, piece.from);
      if (piece.level == 0) thread = &piece;
      joined = piece;
      open = true;
    }
    if (open) work(row, joined);
  }

  void work(const Row& row, const Piece& piece) {
    const QRectF area = sheet_.span(piece.from, piece.to, row.area.top(), row.area.height() - 1);
    if (piece.level == 0) return thread_work(piece, area);
    const bool handler = piece.level == 2;
    sheet_.out.add(Box{.area = area,
                       .fill = handler ? Token::hardirq : Token::softirq,
                       .hatch = area.width() < 4 ? Hatch::none
                                : handler        ? Hatch::dense
                                                 : Hatch::dots,
                       .hatch_in = Token::ground});
    tell(piece, area);
  }

  // How much of it was in user mode is known, not when: it has that part of the height.
  void thread_work(const Piece& piece, const QRectF& area) {
    const double split = std::round(area.top() + area.height() * piece.user);
    if (piece.user > 0)
      sheet_.out.add(
          Box{.area = {area.left(), area.top(), area.width(), split - area.top()}, .fill = Token::user});
    if (piece.user < 1)
      sheet_.out.add(
          Box{.area = {area.left(), split, area.width(), area.bottom() - split}, .fill = Token::boundary});
    tell(piece, area);
  }

  // An interrupted thread is still there below what interrupts it.
  void goes_on(const Row& row, const Piece& thread, Time until) {
    sheet_.out.add(Box{.area = sheet_.span(thread.to, until, row.area.bottom() - 4, 3),
                       .fill = thread.user > 0.5 ? Token::user : Token::boundary});
  }

  void tell(const Piece& piece, const QRectF& area) {
    if (area.width() < 3) return;
    static constexpr std::array<const char*, 3> names{QT_TRANSLATE_NOOP("Timeline", "a thread, %1"),
                                                      QT_TRANSLATE_NOOP("Timeline", "softirq, %1"),
                                                      QT_TRANSLATE_NOOP("Timeline", "hard interrupt, %1")};
    QString tip = QCoreApplication::translate("Timeline", names[std::min<std::size_t>(piece.level, 2)])
                      .arg(duration_text(piece.to - piece.from));
    if (piece.level == 0)
      tip += QLatin1Char{'\n'} +
             QCoreApplication::translate("Timeline", "%1 % of it in user mode, %2 % in system calls")
                 .arg(std::lround(piece.user * 100))
                 .arg(100 - std::lround(piece.user * 100));
    sheet_.out.targets.push_back({area, time_target(piece.from), tip});
  }

  void lane(const Row& row) {
    if (row.bypassed || row.unused) return;
    const auto which = static_cast<Lane>(row.index);
    if (which == Lane::boundary) return boundary(row);
    if (which == Lane::hardirq) masked(row);
    handlers(row, which);
    const double height = row.area.height() - 1;
    const int rows = std::clamp(close_.rows[row.index], 1, std::max(1, static_cast<int>(height / least_row)));
    for (const Stay& stay : close_.stays) {
      if (stay.lane != which || !sheet_.in_sight(stay.from, stay.to)) continue;
      const double top = row.area.top() + height * std::min(stay.row, rows - 1) / rows;
      draw(stay, sheet_.span(stay.from, stay.to, top, height / rows - (rows > 1 ? 1 : 0)));
    }
  }

  void draw(const Stay& stay, QRectF area) {
    const bool selected = stay.packet == sheet_.side.selected;
    if (stay.lane == Lane::wire) area = on_wire(stay, area);
    Box box{.area = area, .fill = token(stay.lane), .hatch_in = Token::ground};
    if (sheet_.side.selected != 0 && !selected) box.tone = overlooked;
    if (stay.lane == Lane::user && area.width() >= 8) box.radius = 3;
    if (area.width() >= 6 && stay.lane == Lane::softirq) box.hatch = Hatch::dots;
    if (area.width() >= 6 && stay.lane == Lane::hardirq) box.hatch = Hatch::dense;
    sheet_.out.add(box);
    if (selected) sheet_.out.add(Box{.area = area.adjusted(-1, -1, 1, 1), .line = Token::focus, .width = 2});
    number(stay, area, box.hatch != Hatch::none);
    // Narrow ones can be hit, too.
    const double slack = std::max(0.0, 5 - area.width()) / 2;
    sheet_.out.targets.push_back(
        {area.adjusted(-slack, 0, slack, 0), "packet " + std::to_string(stay.packet), tip_of(stay)});
  }

  // A thin line, or a mark for what is there at one moment only.
  static QRectF on_wire(const Stay& stay, const QRectF& area) {
    const bool mark = stay.from == stay.to;
    const double height = std::min(area.height(), mark ? 11.0 : 4.0);
    return {area.left(), std::round(area.center().y() - height / 2), mark ? 2 : area.width(), height};
  }

  void number(const Stay& stay, const QRectF& area, bool hatched) {
    if (sheet_.texts_left <= 0 || area.height() < least_labelled) return;
    const double size = std::min(sheet_.scene.font * 0.85, area.height() * 0.85);
    const QString text = QString::number(stay.packet);
    const double width = width_of(text, size, true) + 4;
    if (width > area.width() - 2) return;
    const QRectF at{area.center().x() - width / 2, area.top(), width, area.height()};
    const bool pale = sheet_.side.selected != 0 && stay.packet != sheet_.side.selected;
    if (hatched) sheet_.out.add(Box{.area = at, .fill = pale ? Token::ground : token(stay.lane)});
    sheet_.out.text(at, text, static_cast<float>(size), pale ? Token::ink : Token::ground, Align::centre,
                    true);
    --sheet_.texts_left;
  }

  QString tip_of(const Stay& stay) const {
    const QString took =
        stay.to == end_of_time || stay.to == stay.from ? QString{} : duration_text(stay.to - stay.from);
    const auto& stages = sheet_.host().path.stages;
    const QString where = stay.on_wire || stay.stage >= stages.size()
                              ? QCoreApplication::translate("Timeline", "on the wire")
                              : words(path::name_in(stages[stay.stage].name, sheet_.scene.language));
    return QCoreApplication::translate("Timeline", "Packet %1: %2").arg(stay.packet).arg(where) +
           (took.isEmpty() ? took : QLatin1Char{'\n'} + took);
  }

  // What comes to a stage by itself: a bolt where an interrupt is handled, a mark elsewhere.
  void handlers(const Row& row, Lane which) {
    const double size = std::min(row.area.height() - 2, 13.0);
    double last = -1e9;
    for (const Handler& handler : close_.handlers) {
      if (!sheet_.axis.shows(handler.at) || handler.stage >= sheet_.host().lanes.size() ||
          sheet_.host().lanes[handler.stage] != which)
        continue;
      const double x = std::round(sheet_.axis.x(handler.at));
      const QRectF at{x - size / 2, row.area.center().y() - size / 2, size, size};
      if (which == Lane::hardirq && x - last >= size)
        sheet_.out.add(Glyph{at, Sign::bolt, Token::hardirq});
      else
        sheet_.out.add(
            Box{.area = {x, row.area.top() + 1, 1.5, row.area.height() - 3}, .fill = token(which)});
      last = x;
      sheet_.out.targets.push_back(
          {at, time_target(handler.at),
           words(path::name_in(sheet_.host().path.stages[handler.stage].name, sheet_.scene.language))});
    }
  }

  void boundary(const Row& row) {
    for (const Call& call : close_.calls) {
      if (!sheet_.axis.shows(call.at)) continue;
      const double x = std::round(sheet_.axis.x(call.at));
      const QRectF at{x - 1, row.area.top() + 1, 2, row.area.height() - 3};
      sheet_.out.add(Box{.area = at, .fill = Token::boundary});
      sheet_.out.targets.push_back(
          {at.adjusted(-2, 0, 2, 0), time_target(call.at),
           QCoreApplication::translate("Timeline", "A system call on core %1").arg(call.core)});
    }
  }

  // While an interrupt is masked, a line at the lower edge says so.
  void masked(const Row& row) {
    for (const Masked& masked : close_.masked) {
      if (!sheet_.in_sight(masked.from, masked.to)) continue;
      const QRectF at = sheet_.span(masked.from, masked.to, row.area.bottom() - 4, 3);
      sheet_.out.add(Box{.area = at, .fill = Token::hardirq, .tone = 0.45F});
      sheet_.out.targets.push_back(
          {at, time_target(masked.from), QCoreApplication::translate("Timeline", "The interrupt is masked")});
    }
  }

  void queue(const Row& row) {
    fills(row);
    waits(row);
    losses(row, &row.index);
  }

  void waits(const Row& row) {
    for (const Wait& wait : close_.waits) {
      if (wait.queue != row.index || wait.packet != sheet_.side.selected ||
          !sheet_.in_sight(wait.from, wait.to))
        continue;
      const QRectF area = sheet_.span(wait.from, wait.to, row.area.bottom() - 5, 4);
      sheet_.out.add(Box{.area = area, .fill = Token::focus});
      sheet_.out.targets.push_back(
          {area, "packet " + std::to_string(wait.packet),
           QCoreApplication::translate("Timeline", "Packet %1 waits").arg(wait.packet)});
    }
  }

  void fills(const Row& row) {
    const auto& fills = close_.fills[row.index];
    const double scale = scale_of(sheet_, row);
    const double base = row.area.bottom() - 1;
    const auto height = [&](std::uint32_t waiting) {
      return base - (row.area.height() - 1) * std::min(1.0, static_cast<double>(waiting) / scale);
    };
    auto fill = std::ranges::upper_bound(fills, sheet_.axis.from, {}, &Fill::at);
    std::uint32_t waiting = fill == fills.begin() ? 0 : std::prev(fill)->waiting;
    Line shape{.points = {{sheet_.axis.left, base}, {sheet_.axis.left, height(waiting)}},
               .colour = Token::none,
               .tone = 0.6F,
               .closed = true,
               .fill = Token::pale_ink};
    bool anything = waiting > 0;
    for (; fill != fills.end() && fill->at <= sheet_.axis.to; ++fill) {
      const double x = sheet_.axis.x(fill->at);
      shape.points.emplace_back(x, height(waiting));
      waiting = fill->waiting;
      shape.points.emplace_back(x, height(waiting));
      anything |= waiting > 0;
    }
    shape.points.emplace_back(sheet_.axis.right, height(waiting));
    shape.points.emplace_back(sheet_.axis.right, base);
    if (anything) sheet_.out.add(std::move(shape));
  }

  void losses(const Row& row, const std::size_t* queue) {
    double last = -1e9;
    for (const Loss& loss : close_.losses) {
      if ((queue && loss.queue != *queue) || !sheet_.axis.shows(loss.at)) continue;
      const double x = sheet_.axis.x(loss.at);
      draw_loss(sheet_, row, x - 0.5, x + 1, last, loss.frames, loss.at);
    }
  }

  Sheet& sheet_;
  const Closeup& close_;
};

}  // namespace

void draw_way(Sheet& sheet, const std::vector<Row>& rows, const Closeup& way) {
  EventPainter{sheet, way}.way(rows);
}

void draw_events(Sheet& sheet, const std::vector<Row>& rows, const Closeup& close) {
  EventPainter{sheet, close}.draw(rows);
}

}  // namespace ringside::view
