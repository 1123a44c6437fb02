#include "view/timeline_windows.hpp"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QStringList>

#include "ringside/replay/names.hpp"
#include "ringside/replay/narrate.hpp"
#include "view/figures.hpp"
#include "view/timeline_sheet.hpp"

namespace ringside::view {

namespace {

using replay::WindowRange;

constexpr std::size_t most_shown = 4;

QString octets_text(std::uint32_t octets) { return QString::fromStdString(replay::quantity(Bytes{octets})); }

const ShownWindow& shown(const Sheet& sheet, const Row& row) { return sheet.windows[row.index]; }

struct Span {  // of time, as it is drawn
  double left = 0;
  double right = 0;
  WindowRange range{};
};

// Spans that follow one upon the other, from the left to the right edge of a row.
class WindowPainter {
 public:
  WindowPainter(Sheet& sheet, const Row& row, std::vector<Span> spans)
      : sheet_{sheet}, row_{row}, spans_{std::move(spans)}, scale_{shown(sheet, row).most * 1.12} {}

  void draw() {
    for (auto from = spans_.begin(); from != spans_.end();) {
      const auto begin = std::find_if(from, spans_.end(), is_open);
      from = std::find_if_not(begin, spans_.end(), is_open);
      if (begin != from) connection(begin, from);
    }
    threshold();
  }

 private:
  using At = std::vector<Span>::const_iterator;

  static bool is_open(const Span& span) { return span.range.most > 0; }

  double height(std::uint32_t octets) const {
    const double part = std::min(1.0, octets / scale_);
    return std::round((row_.area.bottom() - 1 - (row_.area.height() - 1) * part) * 2) / 2;
  }

  // Steps along a border of the spans; where it stays as high there is no point.
  template <class Border>
  std::vector<QPointF> steps(At begin, At end, Border border) const {
    std::vector<QPointF> points{{begin->left, height(border(*begin))}};
    for (At span = begin; span != end; ++span) {
      const double y = height(border(*span));
      if (y != points.back().y()) {
        points.emplace_back(span->left, points.back().y());
        points.emplace_back(span->left, y);
      }
      if (std::next(span) == end) points.emplace_back(span->right, y);
    }
    return points;
  }

  void area(std::vector<QPointF> upper, const std::vector<QPointF>& lower, float tone) {
    upper.insert(upper.end(), lower.rbegin(), lower.rend());
    sheet_.out.add(Line{.points = std::move(upper),
                        .colour = Token::none,
                        .tone = tone,
                        .closed = true,
                        .fill = Token::protocol});
  }

  // While it is there: what it had at least, and the line of what it had at most.
  void connection(At begin, At end) {
    const auto least = steps(begin, end, [](const Span& span) { return span.range.least; });
    const auto most = steps(begin, end, [](const Span& span) { return span.range.most; });
    const double base = row_.area.bottom() - 1;
    area(least, {{begin->left, base}, {std::prev(end)->right, base}}, 0.22F);
    if (most != least) area(most, least, 0.55F);
    sheet_.out.add(Line{.points = most, .colour = Token::protocol, .width = 1.5F});
  }

  // Up to where slow start goes.
  void threshold() {
    const auto has = [](const Span& span) { return is_open(span) && span.range.threshold > 0; };
    for (At from = spans_.cbegin(); from != spans_.cend();) {
      const At begin = std::find_if(from, spans_.cend(), has);
      from = std::find_if_not(begin, spans_.cend(), has);
      if (begin == from) continue;
      auto points = steps(begin, from, [](const Span& span) { return span.range.threshold; });
      if (from == spans_.cend()) name_threshold(points.back());
      sheet_.out.add(Line{.points = std::move(points), .colour = Token::ink, .dash = Dash::dashed});
    }
  }

  void name_threshold(QPointF end) {
    const double font = sheet_.scene.font * 0.78;
    const QString name = QStringLiteral("ssthresh");
    const double width = width_of(name, font) + 6, line = font * 1.25;
    if (row_.area.height() < line * 2 || sheet_.axis.width() < width * 3 || sheet_.texts_left <= 0) return;
    const bool above = end.y() - line > row_.area.top();
    const QRectF at{end.x() - width, above ? end.y() - line - 1 : end.y() + 2, width, line};
    sheet_.out.add(Box{.area = at, .fill = Token::panel, .tone = 0.85F});
    sheet_.out.text(at.adjusted(0, 0, -3, 0), name, static_cast<float>(font), Token::ink, Align::right);
    --sheet_.texts_left;
  }

  Sheet& sheet_;
  const Row& row_;
  std::vector<Span> spans_;
  double scale_;
};

WindowRange range_of(trace::Window window) {
  return {
      .least = window.cwnd, .most = window.cwnd, .threshold = window.has_threshold() ? window.ssthresh : 0};
}

// What has changed where, for who points there.
void tell_change(Sheet& sheet, const Row& row, const WindowChange& change) {
  if (!sheet.axis.shows(change.at) || change.window.cwnd == 0) return;
  const double x = sheet.axis.x(change.at);
  QStringList tip{QStringLiteral("cwnd ") + octets_text(change.window.cwnd)};
  if (change.window.has_threshold()) tip << QStringLiteral("ssthresh ") + octets_text(change.window.ssthresh);
  tip << QString::fromStdString(replay::window_reason(change.reason, sheet.scene.language));
  sheet.out.targets.push_back({{x - 2, row.area.top(), 4, row.area.height()},
                               "time " + std::to_string(change.at.time_since_epoch().count()),
                               tip.join(QLatin1Char{'\n'})});
}

}  // namespace

std::vector<ShownWindow> windows_shown(const replay::Overview& overview, std::size_t host) {
  const auto whole = overview.columns(overview.begin(), overview.end(), 1);
  std::vector<ShownWindow> all;
  for (std::size_t which = 0; which < overview.windows().size(); ++which) {
    const replay::MovingWindow& moving = overview.windows()[which];
    const auto same_host = [&moving](const replay::MovingWindow& other) { return other.host == moving.host; };
    all.push_back({.which = which,
                   .host = moving.host,
                   .connection = moving.connection,
                   .one_of_several = std::ranges::count_if(overview.windows(), same_host) > 1,
                   .most = overview.window(whole, which).at(0).most});
  }
  std::stable_partition(all.begin(), all.end(),
                        [host](const ShownWindow& window) { return window.host == host; });
  if (all.size() > most_shown) all.resize(most_shown);
  return all;
}

QString window_name(const Sheet& sheet, const Row& row) {
  const ShownWindow& window = shown(sheet, row);
  QString name = QStringLiteral("cwnd");
  if (window.one_of_several) name += QStringLiteral(" %1").arg(window.connection);  // first: ends are cut
  if (window.host != sheet.side.host)
    name += QLatin1Char{' '} + QString::fromStdString(sheet.side.cast->hosts[window.host].name);
  return name;
}

QString window_tip(const Sheet& sheet, const Row& row) {
  const ShownWindow& window = shown(sheet, row);
  return QStringList{
      QCoreApplication::translate("Timeline", "Congestion window of connection %1 of %2")
          .arg(QString::number(window.connection),
               QString::fromStdString(sheet.side.cast->hosts[window.host].name)),
      QCoreApplication::translate("Timeline", "At most %1 at a time").arg(octets_text(window.most)),
      QCoreApplication::translate("Timeline", "Dashed: where slow start ends (ssthresh)")}
      .join(QLatin1Char{'\n'});
}

void draw_window(Sheet& sheet, const Row& row, const replay::Overview& overview,
                 const replay::Overview::Columns& columns, const std::vector<double>& x) {
  const auto ranges = overview.window(columns, shown(sheet, row).which);
  std::vector<Span> spans;
  for (std::size_t i = 0; i < ranges.size(); ++i) spans.push_back({x[i], x[i + 1], ranges[i]});
  WindowPainter{sheet, row, std::move(spans)}.draw();
}

void draw_window(Sheet& sheet, const Row& row, const Closeup& close) {
  const ShownWindow& window = shown(sheet, row);
  std::vector<Span> spans;
  for (const WindowChange& change : close.windows) {
    if (change.host != window.host || change.connection != window.connection) continue;
    const double x = sheet.clamped(change.at);
    if (!spans.empty()) spans.back().right = x;
    spans.push_back({x, sheet.axis.right, range_of(change.window)});
    tell_change(sheet, row, change);
  }
  std::erase_if(spans, [](const Span& span) { return span.right <= span.left; });
  WindowPainter{sheet, row, std::move(spans)}.draw();
}

}  // namespace ringside::view
