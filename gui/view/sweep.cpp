#include "view/sweep.hpp"

#include <algorithm>

#include "view/board.hpp"
#include "view/journey.hpp"
#include "view/metrics.hpp"
#include "view/sweep_plot.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

constexpr double margin = 12;
constexpr double small = 0.9;
constexpr double sample = 26;  // of a line, in the legend
// A dock is wide and not high: there, what is said and what can be chosen stands beside the plot.
constexpr double low_dock = 340;
constexpr double wide_dock = 760;

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Sweep)
};

QString letter(std::size_t curve) { return QString{QChar::fromLatin1(static_cast<char>('A' + curve))}; }

// With its figure, where it has only one.
QString limit_name(const SweepScene& scene, const SweepLimit& limit) {
  const QString name = limit.kind == SweepLimit::Kind::offered ? Texts::tr("what is offered")
                                                               : Texts::tr("what the line carries");
  const auto& first = limit.at.front();
  const bool one = first && std::ranges::all_of(limit.at, [&](const auto& its) { return its == first; });
  return one ? QStringLiteral("%1: %2").arg(name, metric_text(scene.metric, *first)) : name;
}

QString title_of(const SweepScene& scene) {
  return Texts::tr("%1 over %2").arg(metric_title(scene.metric, scene.language).text, scene.key);
}

QString state_of(const SweepScene& scene) {
  if (scene.under_way) return Texts::tr("run %1 of %2").arg(scene.done).arg(scene.runs);
  if (scene.done < scene.runs)
    return Texts::tr("stopped: %1 of %2 runs are there").arg(scene.done).arg(scene.runs);
  return {};
}

QString failure_text(const SweepScene& scene, const SweepFailure& failure) {
  const bool several = scene.curves.size() > 1;
  const SweepCurve& curve = scene.curves[failure.curve];
  QString who = several ? letter(failure.curve) + QLatin1Char{' '} : QString{};
  if (several && !is_there(curve)) who += curve.name + QStringLiteral(": ");  // the legend has no such curve
  if (!failure.value) return who + failure.text;
  return QStringLiteral("%1%2=%3: %4").arg(who, scene.key, scene.values[*failure.value].text, failure.text);
}

class SweepPainter {
 public:
  SweepPainter(const SweepScene& scene, QSizeF size)
      : scene_{scene},
        width_{size.width()},
        height_{size.height()},
        right_{width_ - margin},
        font_{std::clamp(std::min(size.width() / 62, size.height() / 26), 11.5, 16.0)} {
    out_.size = size;
  }

  Picture run() {
    y_ = margin * 0.6;
    const bool beside = height_ < low_dock && width_ >= wide_dock;
    if (beside) right_ = margin + std::clamp(width_ * 0.34, 300.0, 440.0);
    head();
    failures();
    choices();
    if (beside) {
      left_ = right_ + margin;
      right_ = width_ - margin;
      y_ = margin * 0.6;
    }
    legend();
    if (scene_.seeds > 1)
      note(Texts::tr("Band: where the mean of %1 seeds lies with a confidence of 95 %").arg(scene_.seeds));
    sweep_plot(out_, scene_, {left_, y_, room(), height_ - y_ - 4}, font_);
    return std::move(out_);
  }

 private:
  double room() const { return right_ - left_; }

  // The state beside the title, or below it.
  void head() {
    const double line = font_ * 1.7;
    const QString title = title_of(scene_), state = state_of(scene_);
    out_.text({left_, y_, room(), line}, title, static_cast<float>(font_ * 1.1), Token::ink, Align::left,
              true);
    const double wide = width_of(state, font_ * small) + 8;
    const bool fits = width_of(title, font_ * 1.1, true) + wide < room();
    if (!fits && !state.isEmpty()) y_ += line;
    if (!state.isEmpty())
      out_.text({right_ - wide, y_, wide, line}, state, static_cast<float>(font_ * small), Token::pale_ink,
                Align::right);
    y_ += line;
  }

  // Before anything else that could be seen; the rest of many are counted.
  void failures() {
    const double line = font_ * 1.45;
    const std::size_t all = scene_.failures.size();
    const auto most = static_cast<std::size_t>(std::max(1.0, height_ * 0.25 / line));
    const std::size_t shown = all <= most ? all : most - 1;
    for (std::size_t i = 0; i < shown; ++i, y_ += line) draw(scene_.failures[i], line);
    if (shown == all) return;
    const auto more = static_cast<int>(all - shown);
    out_.text({left_ + font_ * 1.3, y_, room() - font_ * 1.3, line}, Texts::tr("and %n more", nullptr, more),
              static_cast<float>(font_ * small), Token::loss);
    y_ += line;
  }

  void draw(const SweepFailure& failure, double line) {
    const double cross = font_ * 0.8;
    const QString text = failure_text(scene_, failure);
    out_.add(Glyph{
        .area = {left_, y_ + (line - cross) / 2, cross, cross}, .sign = Sign::cross, .colour = Token::loss});
    const QRectF area{left_ + font_ * 1.3, y_, room() - font_ * 1.3, line};
    out_.text(area, text, static_cast<float>(font_ * small), Token::ink);
    Target target{.area = {left_, y_, room(), line}, .tip = text};
    if (failure.value)
      target.what = "point " + std::to_string(failure.curve) + "/" + std::to_string(*failure.value);
    out_.targets.push_back(std::move(target));
  }

  // The metric that is shown is underlined and bold: not told by colour alone. What has no room can be turned
  // to with the keys.
  void choices() {
    if (scene_.metrics.size() < 2) return;
    const double line = font_ * 1.55;
    double x = left_;
    for (const std::string& metric : scene_.metrics) {
      const bool shown = metric == scene_.metric;
      const QString text = metric_title(metric, scene_.language).text;
      const double wide = width_of(text, font_ * small, true);
      if (x + wide > right_ && x > left_) x = left_, y_ += line;
      const QRectF area{x, y_, std::min(wide, room()), line};
      if (area.bottom() > height_ - 4) break;
      out_.text(area, text, static_cast<float>(font_ * small), shown ? Token::ink : Token::pale_ink,
                Align::left, shown);
      if (shown)
        out_.add(Line{.points = {{area.left(), area.bottom() - 2}, {area.right(), area.bottom() - 2}},
                      .colour = Token::focus,
                      .width = 2});
      out_.targets.push_back({.area = area, .what = "metric " + metric});
      x += wide + font_ * 1.3;
    }
    y_ += line + 2;
  }

  // The curves and limits that are drawn, in as many lines as they take. A single curve is named, too: by its
  // path.
  void legend() {
    const double line = font_ * 1.6;
    double x = left_;
    const auto entry = [&](const QString& text, double sign, auto draw) {
      const double wide = sign + 6 + width_of(text, font_ * small);
      if (x + wide > right_ && x > left_) x = left_, y_ += line;
      draw(x, y_ + line / 2);
      out_.text({x + sign + 6, y_, std::min(wide - sign - 6 + 2, right_ - x - sign - 6), line}, text,
                static_cast<float>(font_ * small));
      x += wide + font_ * 1.4;
    };
    const double r = font_ * 0.6;
    for (std::size_t curve = 0; curve < scene_.curves.size(); ++curve) {
      if (!is_there(scene_.curves[curve])) continue;
      const bool several = scene_.curves.size() > 1;
      entry(scene_.curves[curve].name, sample + (several ? 2 * r + 5 : 0), [&](double left, double y) {
        if (several) side_badge(out_, static_cast<int>(curve), {left, y - r, 2 * r, 2 * r});
        const double from = left + (several ? 2 * r + 5 : 0);
        out_.add(Line{.points = {{from, y}, {from + sample, y}},
                      .colour = sweep_token(scene_, curve),
                      .width = 2,
                      .dash = sweep_dash(curve)});
        sweep_mark(out_, scene_, curve, {from + sample / 2, y}, font_ * 0.28);
      });
    }
    for (const SweepLimit& limit : scene_.limits) {
      if (!is_drawn(scene_, limit)) continue;
      entry(limit_name(scene_, limit), sample, [&](double left, double y) {
        Line line_of_it = sweep_limit_line(limit.kind);
        line_of_it.points = {{left, y}, {left + sample, y}};
        out_.add(std::move(line_of_it));
      });
    }
    y_ += line;
  }

  void note(const QString& text) {
    out_.text({left_, y_, room(), font_ * 1.4}, text, static_cast<float>(font_ * 0.84), Token::pale_ink);
    y_ += font_ * 1.4;
  }

  const SweepScene& scene_;
  double width_;
  double height_;
  double left_ = margin;  // of what is laid out now
  double right_;
  double font_;
  double y_ = 0;
  Picture out_{};
};

}  // namespace

bool is_there(const SweepCurve& curve) {
  return std::ranges::any_of(curve.points, [](const SweepPoint& point) { return point.runs > 0; });
}

Picture sweep(const SweepScene& scene, QSizeF size) {
  if (!scene.curves.empty()) return SweepPainter{scene, size}.run();
  Picture out = invitation(scene.invitation, size.width());
  out.size = size;
  return out;
}

QString sentence(const SweepScene& scene, const SweepPlace& place) {
  const SweepCurve& curve = scene.curves[place.curve];
  const SweepPoint& point = curve.points[place.value];
  QString text = QStringLiteral("%1, %2=%3: ").arg(curve.name, scene.key, scene.values[place.value].text);
  if (point.runs == 0) return text + Texts::tr("not there yet");
  text += QStringLiteral("%1 %2").arg(metric_title(scene.metric, scene.language).text,
                                      metric_text(scene.metric, point.mean));
  if (point.runs > 1)
    text += Texts::tr(" (%1 to %2)")
                .arg(metric_text(scene.metric, point.low), metric_text(scene.metric, point.high));
  for (const SweepFailure& failure : scene.failures)
    if (failure.curve == place.curve && failure.value == place.value)
      text += QLatin1Char{'\n'} + failure.text;
  return text;
}

QStringList spoken(const SweepScene& scene) {
  if (scene.curves.empty()) return {scene.invitation};
  QStringList lines;
  if (scene.chosen) lines.push_back(sentence(scene, *scene.chosen) + QLatin1Char{'.'});
  lines.push_back(title_of(scene) + QLatin1Char{'.'});
  if (const QString state = state_of(scene);
      !state.isEmpty() && !scene.under_way)  // it would talk without end
    lines.push_back(state + QLatin1Char{'.'});
  for (const SweepFailure& failure : scene.failures)
    lines.push_back(failure_text(scene, failure) + QLatin1Char{'.'});
  return lines;
}

}  // namespace ringside::view
