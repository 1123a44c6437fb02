#include "export.hpp"

#include <algorithm>
#include <exception>

#include <QFileInfo>
#include <QTemporaryDir>

#include "ringside/scenarios/units_text.hpp"
#include "view/paint.hpp"
#include "window/language.hpp"
#include "window/runner.hpp"
#include "window/runs.hpp"
#include "window/scene.hpp"
#include "window/session.hpp"
#include "window/sweep_scene.hpp"
#include "window/views.hpp"

namespace ringside::gui {

namespace {

QCommandLineOption option(const char* name, const char* what, const char* value = nullptr,
                          const char* standard = nullptr) {
  return {QLatin1String{name}, QString::fromUtf8(what), value ? QString::fromUtf8(value) : QString{},
          standard ? QString::fromUtf8(standard) : QString{}};
}

struct Wrong {
  Failure failure{};
};
[[noreturn]] void refuse(QString text, int code = 2) { throw Wrong{{code, std::move(text)}}; }

std::optional<Duration> duration(const QString& text) {
  return scenarios::parse_duration(text.toStdString());
}

scenarios::Overrides overrides_of(const QCommandLineParser& parser) {
  scenarios::Overrides overrides;
  overrides.profile = parser.value(QStringLiteral("profile")).toStdString();
  for (const QString& pair : parser.values(QStringLiteral("set"))) {
    const qsizetype equals = pair.indexOf(QLatin1Char{'='});
    if (equals <= 0) refuse(QStringLiteral("--set: expected KEY=VALUE, not '%1'").arg(pair));
    overrides.set.emplace_back(pair.left(equals).toStdString(), pair.mid(equals + 1).toStdString());
  }
  if (const QString vary = parser.value(QStringLiteral("vary")); !vary.isEmpty()) {
    overrides.vary = scenarios::varied(vary.toStdString());
    if (!overrides.vary)
      refuse(QStringLiteral("--vary: expected KEY=FROM..TO/STEP or KEY=VALUE,VALUE, not '%1'").arg(vary));
  }
  if (parser.isSet(QStringLiteral("duration"))) {
    overrides.duration = duration(parser.value(QStringLiteral("duration")));
    if (!overrides.duration)
      refuse(QStringLiteral("--duration: expected a time such as 5ms, not '%1'")
                 .arg(parser.value(QStringLiteral("duration"))));
  }
  return overrides;
}

view::Theme theme_of(const QString& word) {
  for (int i = 0; i < view::theme_count; ++i)
    if (word.toStdString() == view::name(static_cast<view::Theme>(i))) return static_cast<view::Theme>(i);
  refuse(QStringLiteral("--theme: expected light, dark or contrast, not '%1'").arg(word));
}

path::Language language_of(const QString& word) {
  if (word == QLatin1String{"en"}) return path::Language::en;
  if (word == QLatin1String{"zh_CN"}) return path::Language::zh_CN;
  if (word == QLatin1String{"both"}) return path::Language::both;
  refuse(QStringLiteral("--lang: expected en, zh_CN or both, not '%1'").arg(word));
}

QSizeF size_of(const QString& text) {
  const QStringList sides = text.split(QLatin1Char{'x'});
  const QSizeF size = sides.size() == 2 ? QSizeF{sides[0].toDouble(), sides[1].toDouble()} : QSizeF{};
  if (size.width() < 200 || size.height() < 100 || size.width() > 8000 || size.height() > 8000)
    refuse(QStringLiteral("--size: expected WIDTHxHEIGHT, 200x100 to 8000x8000, not '%1'").arg(text));
  return size;
}

// A time of the run, or the number of an event.
void go_to(window::Session& session, const QString& at) {
  if (at.isEmpty()) return;
  bool number = false;
  const std::uint64_t events = at.toULongLong(&number);
  if (number) return session.seek_event(events);
  const auto time = duration(at);
  if (!time)
    refuse(
        QStringLiteral("--at: expected a time such as 12.4us or the number of an event, not '%1'").arg(at));
  session.seek(Time{*time});
}

// How much of the run the timeline shows, about the moment; and what is marked in it.
void mark_range(window::Session& session, const QString& span, const QStringList& markers) {
  if (!span.isEmpty()) {
    const auto width = duration(span);
    if (!width) refuse(QStringLiteral("--span: expected a time such as 50us, not '%1'").arg(span));
    session.see(session.playback().now() - *width / 2, session.playback().now() + *width / 2);
  }
  for (const QString& marker : markers) {
    const auto time = duration(marker);
    if (!time) refuse(QStringLiteral("--marker: expected a time such as 12.4us, not '%1'").arg(marker));
    session.mark(Time{*time});
  }
}

void open_recordings(window::Session& session, const QStringList& files) {
  try {
    for (const QString& file : files) {
      auto reel = std::make_shared<model::Reel>(file.toStdString());
      reel->survey();
      session.show_side(session.sides().size(), std::move(reel), std::nullopt);
    }
  } catch (const std::exception& error) {
    refuse(QString::fromUtf8(error.what()));
  }
}

QStringList paths_of(const QCommandLineParser& parser) {
  QStringList paths = parser.values(QStringLiteral("path"));
  if (paths.isEmpty()) paths.push_back({});
  if (paths.size() > static_cast<qsizetype>(window::Session::most_sides))
    refuse(QStringLiteral("--path: four are the most that can be compared"));
  return paths;
}

QString all(const scenarios::Findings& findings) {
  QStringList lines;
  for (const scenarios::Finding& finding : findings.in_reading_order())
    lines.push_back(QString::fromStdString(scenarios::to_string(finding)));
  return lines.join(QLatin1Char{'\n'});
}

std::vector<std::uint64_t> seeds_of(const QCommandLineParser& parser) {
  std::vector<std::uint64_t> seeds;
  for (const QString& text : parser.values(QStringLiteral("seed"))) {
    bool number = false;
    seeds.push_back(text.toULongLong(&number));
    if (!number) refuse(QStringLiteral("--seed: expected a whole number, not '%1'").arg(text));
  }
  return seeds;
}

// Every point, as `ringside run` does it: nothing is recorded, and nothing is shortened.
void run_sweep(window::Session& session, const QCommandLineParser& parser, const QString& scenario,
               const scenarios::Library& library) {
  model::SweepOrder order{.scenario = scenario.toStdString(), .seeds = seeds_of(parser)};
  for (const QString& path : paths_of(parser)) {
    order.paths.push_back(overrides_of(parser));
    order.paths.back().path = path.toStdString();
  }
  scenarios::Findings findings;
  auto plan = model::plan_sweep(std::move(order), library, findings);
  if (!plan) refuse(all(findings));
  if (!plan->scenario().vary)
    refuse(
        QStringLiteral("--export sweep: scenario %1 varies nothing; --vary KEY=VALUES does").arg(scenario));
  session.sweep().metric = parser.value(QStringLiteral("metric")).toStdString();
  session.sweep().sweep =
      std::make_shared<model::Sweep>(std::make_shared<const model::SweepPlan>(*std::move(plan)));
  model::Sweep& sweep = *session.sweep().sweep;
  try {
    model::carry_out(sweep.plan(), false, [&sweep](std::size_t run, scenarios::RunResult result) {
      sweep.put(run, std::move(result));
    });
  } catch (const std::exception& error) {
    refuse(QString::fromUtf8(error.what()));
  }
  const view::SweepScene scene = window::sweep_scene(session);
  if (std::ranges::none_of(scene.curves, view::is_there))
    refuse(QStringLiteral("--metric: no run has measured %1").arg(QString::fromStdString(scene.metric)));
}

void run_scenarios(window::Session& session, const QCommandLineParser& parser, const QString& scenario,
                   const scenarios::Library& library, const QTemporaryDir& folder) {
  const QStringList paths = paths_of(parser);
  for (qsizetype side = 0; side < paths.size(); ++side) {
    window::Order order{scenario.toStdString(), overrides_of(parser)};
    order.overrides.path = paths[side].toStdString();
    const std::string file = folder.filePath(QStringLiteral("%1.rstrace").arg(side)).toStdString();
    window::Outcome outcome = window::carry_out(order, library, file, {});
    if (!outcome.reel) refuse(outcome.failure);
    session.show_side(static_cast<std::size_t>(side), outcome.reel, outcome.result);
    session.sides()[static_cast<std::size_t>(side)].scenario = order.scenario;
  }
}

void write_view(const QCommandLineParser& parser, const scenarios::Library& library) {
  if (parser.positionalArguments().isEmpty())
    refuse(QStringLiteral("--export: name a scenario or a recording"));
  const QString out = parser.value(QStringLiteral("out"));
  if (out.isEmpty()) refuse(QStringLiteral("--export: --out FILE.svg, FILE.png or FILE.json says where to"));
  const window::View view = window::view_named(parser.value(QStringLiteral("export")));
  if (view == window::View::none)
    refuse(QStringLiteral("--export: expected %1, not '%2'")
               .arg(window::view_names().join(QStringLiteral(", ")), parser.value(QStringLiteral("export"))));
  const QSizeF size = size_of(parser.value(QStringLiteral("size")));
  const QTemporaryDir folder;
  window::Session session;
  session.set_theme(theme_of(parser.value(QStringLiteral("theme"))));
  session.set_language(language_of(parser.value(QStringLiteral("lang"))));
  window::speak(session.language());
  session.set_all_stages(parser.isSet(QStringLiteral("all-stages")));
  const QStringList what = parser.positionalArguments();
  if (view == window::View::sweep)
    run_sweep(session, parser, what.front(), library);
  else if (window::names_recording(what.front()))
    open_recordings(session, what);
  else
    run_scenarios(session, parser, what.front(), library, folder);
  go_to(session, parser.value(QStringLiteral("at")));
  mark_range(session, parser.value(QStringLiteral("span")), parser.values(QStringLiteral("marker")));
  session.set_packet(parser.value(QStringLiteral("packet")).toULongLong());
  const QString wrong = view::write(out, window::draw(view, session, size), session.theme(),
                                    parser.value(QStringLiteral("scale")).toDouble());
  if (!wrong.isEmpty()) refuse(wrong, 5);
}

}  // namespace

void add_options(QCommandLineParser& parser) {
  parser.addOptions({
      option("export", "Writes one view instead of opening a window; needs no display.", "view"),
      option("out", "Where to: FILE.svg, FILE.png, or FILE.json: the list of its shapes.", "file"),
      option("at", "The moment: a time such as 12.4us, or the number of an event.", "time"),
      option("packet", "The packet to follow.", "number"),
      option("span", "How much time the timeline shows, about the moment; otherwise the whole run.", "time"),
      option("marker", "Sets a marker of the timeline, the first time A and the second B.", "time"),
      option("path", "The path to run on; several are compared, side by side.", "path"),
      option("profile", "The machine to run on.", "profile"),
      option("set", "Sets a key of the scenario or a parameter of the path.", "key=value"),
      option("duration", "How much is recorded; otherwise 5 ms at most.", "time"),
      option("vary", "A sweep over this instead of what the scenario varies.", "key=values"),
      option("metric", "What the curves of a sweep show; otherwise what says most.", "key"),
      option("seed", "Of the runs of a sweep; several make a band of the means' confidence.", "number", "1"),
      option("theme", "light, dark or contrast.", "theme", "light"),
      option("lang", "en, zh_CN or both.", "language", "en"),
      option("size", "Of the picture, in pixels.", "WxH", "1280x720"),
      option("scale", "Device pixels for each of these, in a PNG.", "factor", "1"),
      option("all-stages", "Also the stages to which nothing came."),
  });
}

QString what_is_wrong_with(const QStringList& what) {
  if (what.size() > 1 && !std::ranges::all_of(what, window::names_recording))
    return QStringLiteral("one scenario at a time; recordings may be several");
  if (what.size() > static_cast<qsizetype>(window::Session::most_sides))
    return QStringLiteral("four recordings are the most that can be compared");
  return {};
}

Failure export_view(const QCommandLineParser& parser, const scenarios::Library& library) {
  try {
    write_view(parser, library);
    return {};
  } catch (const Wrong& wrong) {
    return wrong.failure;
  }
}

void apply_options(const QCommandLineParser& parser, window::MainWindow& window) {
  if (parser.isSet(QStringLiteral("lang")))
    window.set_language(language_of(parser.value(QStringLiteral("lang"))));
  if (parser.isSet(QStringLiteral("theme")))
    window.set_theme(theme_of(parser.value(QStringLiteral("theme"))));
  window.runs().open_all(parser.positionalArguments());
}

}  // namespace ringside::gui
