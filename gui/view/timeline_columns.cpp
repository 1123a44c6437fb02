// A timeline where events are finer than a pixel: how many there were in each column of pixels.
#include <cmath>
#include <functional>

#include "view/figures.hpp"
#include "view/timeline_sheet.hpp"

namespace ringside::view {

namespace {

using path::Lane;
using replay::CoreShare;
using replay::Overview;

constexpr double column_width = 2;  // pixels

class ColumnPainter {
 public:
  ColumnPainter(Sheet& sheet, const Overview& overview)
      : sheet_{sheet},
        overview_{overview},
        columns_{overview.columns(sheet.axis.from, sheet.axis.to,
                                  static_cast<std::size_t>(sheet.axis.width() / column_width))} {
    for (const std::uint32_t edge : columns_.edges) x_.push_back(sheet.clamped(overview.time_of(edge)));
  }

  void draw(const std::vector<Row>& rows) {
    if (columns_.count() == 0) return;
    for (const Row& row : rows) {
      switch (row.kind) {
        case RowKind::core: core(row); break;
        case RowKind::lane: lane(row); break;
        case RowKind::queue: queue(row); break;
        case RowKind::window: draw_window(sheet_, row, overview_, columns_, x_); break;
        case RowKind::losses: losses(row, overview_.drops(columns_, sheet_.side.host)); break;
      }
    }
  }

 private:
  double buckets(std::size_t column) const {
    return static_cast<double>(columns_.edges[column + 1] - columns_.edges[column]);
  }

  // A stepped area on the lower edge of a row: of each column the part of the height.
  void area(const Row& row, Token fill, float tone, Hatch hatch,
            const std::function<double(std::size_t)>& part) {
    const double base = row.area.bottom();
    const double height = row.area.height() - 1;
    Line shape{.points = {{x_.front(), base}},
               .colour = Token::none,
               .tone = tone,
               .closed = true,
               .fill = fill,
               .hatch = hatch,
               .hatch_in = Token::ground};
    double before = -1;
    bool anything = false;
    for (std::size_t i = 0; i < columns_.count(); ++i) {
      double up = std::clamp(part(i), 0.0, 1.0) * height;
      if (up > 0) up = std::max(1.0, std::round(up * 2) / 2);
      anything |= up > 0;
      if (up == before) continue;
      if (before >= 0) shape.points.emplace_back(x_[i], base - before);
      shape.points.emplace_back(x_[i], base - up);
      before = up;
    }
    if (!anything) return;
    shape.points.emplace_back(x_.back(), base - before);
    shape.points.emplace_back(x_.back(), base);
    sheet_.out.add(std::move(shape));
  }

  // In the order of the lanes, from user space down to the interrupt handlers: each over those below it. What
  // a thread does in the kernel is told from the softirqs' work on protocols: that is the system calls'.
  void core(const Row& row) {
    const auto of = [&](CoreShare share) {
      return overview_.busy(columns_, sheet_.side.host, row.index, share);
    };
    const auto user = of(CoreShare::user), thread = of(CoreShare::thread), softirq = of(CoreShare::softirq),
               handler = of(CoreShare::handler);
    const auto whole = [&](std::size_t i) {
      return buckets(i) * static_cast<double>(overview_.width().count());
    };
    const auto up_to = [&](Token fill, Hatch hatch, auto sum) {
      area(row, fill, 1, hatch, [&](std::size_t i) { return static_cast<double>(sum(i)) / whole(i); });
    };
    up_to(Token::user, Hatch::none, [&](std::size_t i) { return thread[i] + softirq[i] + handler[i]; });
    up_to(Token::boundary, Hatch::none,
          [&](std::size_t i) { return thread[i] - std::min(user[i], thread[i]) + softirq[i] + handler[i]; });
    up_to(Token::softirq, Hatch::dots, [&](std::size_t i) { return softirq[i] + handler[i]; });
    up_to(Token::hardirq, Hatch::dense, [&](std::size_t i) { return handler[i]; });
  }

  void lane(const Row& row) {
    if (row.bypassed || row.unused) return;
    const auto which = static_cast<Lane>(row.index);
    const auto came = overview_.came(columns_, sheet_.side.host, which);
    const auto rate = [&](std::size_t i) { return static_cast<double>(came[i]) / buckets(i); };
    double peak = 0;
    for (std::size_t i = 0; i < came.size(); ++i) peak = std::max(peak, rate(i));
    if (peak == 0) return;
    const Hatch hatch = which == Lane::softirq   ? Hatch::dots
                        : which == Lane::hardirq ? Hatch::dense
                                                 : Hatch::none;
    area(which == Lane::boundary ? above_rule(row) : row, token(which), 0.8F, hatch,
         [&](std::size_t i) { return rate(i) / peak * 0.96; });
    tell_peak(row, peak / static_cast<double>(overview_.width().count()));
  }

  static Row above_rule(Row row) {
    row.area.setBottom(std::round(row.area.center().y()) - 2);
    return row;
  }

  // What the full height of a lane stands for.
  void tell_peak(const Row& row, double per_picosecond) {
    const double font = sheet_.scene.font * 0.8;
    if (row.area.height() < font * 1.1 || sheet_.texts_left <= 0) return;
    const QString text = rate_text(per_picosecond);
    const double width = width_of(text, font) + 6;
    const QRectF at{sheet_.axis.right - width, row.area.top(), width, font * 1.2};
    sheet_.out.add(Box{.area = at, .fill = Token::ground, .tone = 0.8F});
    sheet_.out.text(at.adjusted(0, 0, -3, 0), text, static_cast<float>(font), Token::ink, Align::right);
    --sheet_.texts_left;
  }

  void queue(const Row& row) {
    const auto most = overview_.most_waiting(columns_, sheet_.side.host, row.index);
    const double scale = scale_of(sheet_, row);
    area(row, Token::pale_ink, 0.6F, Hatch::none,
         [&](std::size_t i) { return static_cast<double>(most[i]) / scale; });
    losses(row, overview_.drops(columns_, sheet_.side.host, row.index));
  }

  // Where packets were lost: a × and a bar for each stretch of columns.
  void losses(const Row& row, const Overview::Sums& drops) {
    double last = -1e9;
    for (std::size_t i = 0; i < drops.size();) {
      if (drops[i] == 0) {
        ++i;
        continue;
      }
      const std::size_t first = i;
      std::uint64_t sum = 0;
      for (; i < drops.size() && drops[i] > 0; ++i) sum += drops[i];
      draw_loss(sheet_, row, x_[first], x_[i], last, sum, overview_.time_of(columns_.edges[first]));
    }
  }

  Sheet& sheet_;
  const Overview& overview_;
  Overview::Columns columns_;
  std::vector<double> x_{};
};

}  // namespace

void draw_columns(Sheet& sheet, const std::vector<Row>& rows, const Overview& overview) {
  ColumnPainter{sheet, overview}.draw(rows);
}

}  // namespace ringside::view
