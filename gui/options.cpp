#include "options.hpp"

#include <algorithm>

#include "ringside/scenarios/units_text.hpp"
#include "view/paint.hpp"
#include "window/runs.hpp"

namespace ringside::gui {

namespace {

constexpr auto most_sides = static_cast<qsizetype>(window::Session::most_sides);

QCommandLineOption option(const char* name, const char* what, const char* value = nullptr,
                          const char* standard = nullptr) {
  return {QLatin1String{name}, QString::fromUtf8(what), value ? QString::fromUtf8(value) : QString{},
          standard ? QString::fromUtf8(standard) : QString{}};
}

// The words of a command line, by option.
class Reader {
 public:
  explicit Reader(const QCommandLineParser& parser) : parser_{parser} {}

  bool has(const char* name) const { return parser_.isSet(QLatin1String{name}); }
  QString text(const char* name) const { return parser_.value(QLatin1String{name}); }
  QStringList texts(const char* name) const { return parser_.values(QLatin1String{name}); }

  static Duration duration(const char* name, const QString& text, const char* example) {
    if (const auto time = scenarios::parse_duration(text.toStdString())) return *time;
    refuse(QStringLiteral("--%1: expected a time such as %2, not '%3'")
               .arg(QLatin1String{name}, QLatin1String{example}, text));
  }
  static std::uint64_t number(const char* name, const QString& text) {
    bool number = false;
    const std::uint64_t value = text.toULongLong(&number);
    if (!number)
      refuse(QStringLiteral("--%1: expected a whole number, not '%2'").arg(QLatin1String{name}, text));
    return value;
  }
  double factor(const char* name) const {
    bool number = false;
    const double value = text(name).toDouble(&number);
    if (!number || !(value > 0 && value <= 8))
      refuse(
          QStringLiteral("--%1: expected a factor up to 8, not '%2'").arg(QLatin1String{name}, text(name)));
    return value;
  }

 private:
  const QCommandLineParser& parser_;
};

QStringList what_to_open(const QStringList& what) {
  if (what.size() > 1 && !std::ranges::all_of(what, window::names_recording))
    refuse(QStringLiteral("one scenario at a time; recordings may be several"));
  if (what.size() > most_sides) refuse(QStringLiteral("four recordings are the most that can be compared"));
  return what;
}

scenarios::Overrides overrides_of(const Reader& from) {
  scenarios::Overrides overrides;
  overrides.profile = from.text("profile").toStdString();
  for (const QString& pair : from.texts("set")) {
    const qsizetype equals = pair.indexOf(QLatin1Char{'='});
    if (equals <= 0) refuse(QStringLiteral("--set: expected KEY=VALUE, not '%1'").arg(pair));
    overrides.set.emplace_back(pair.left(equals).toStdString(), pair.mid(equals + 1).toStdString());
  }
  if (const QString vary = from.text("vary"); !vary.isEmpty()) {
    overrides.vary = scenarios::varied(vary.toStdString());
    if (!overrides.vary)
      refuse(QStringLiteral("--vary: expected KEY=FROM..TO/STEP or KEY=VALUE,VALUE, not '%1'").arg(vary));
  }
  if (from.has("duration")) overrides.duration = from.duration("duration", from.text("duration"), "5ms");
  return overrides;
}

std::vector<std::string> paths_of(const QStringList& words) {
  if (words.size() > most_sides) refuse(QStringLiteral("--path: four are the most that can be compared"));
  std::vector<std::string> paths;
  for (const QString& word : words) paths.push_back(word.toStdString());
  return paths;
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

std::variant<Time, std::uint64_t> moment_of(const QString& text) {
  bool number = false;
  const std::uint64_t events = text.toULongLong(&number);
  if (number) return events;
  if (const auto time = scenarios::parse_duration(text.toStdString())) return Time{*time};
  refuse(
      QStringLiteral("--at: expected a time such as 12.4us or the number of an event, not '%1'").arg(text));
}

void read_what_is_seen(const Reader& from, Wishes& wishes) {
  if (from.has("at")) wishes.at = moment_of(from.text("at"));
  if (from.has("packet")) wishes.packet = from.number("packet", from.text("packet"));
  if (from.has("span")) wishes.span = from.duration("span", from.text("span"), "50us");
  for (const QString& marker : from.texts("marker"))
    wishes.markers.emplace_back(from.duration("marker", marker, "12.4us"));
  wishes.metric = from.text("metric").toStdString();
}

void read_file(const Reader& from, Wishes& wishes) {
  wishes.view = from.text("export");
  wishes.out = from.text("out");
  wishes.size = size_of(from.text("size"));
  wishes.scale = from.factor("scale");
  if (from.has("export") && wishes.view.isEmpty()) refuse(QStringLiteral("--export: expected a view"));
  if (wishes.view.isEmpty() && !wishes.out.isEmpty())
    refuse(QStringLiteral("--out: --export VIEW says what is written there"));
  if (!wishes.out.isEmpty() && !view::names_picture(wishes.out))
    refuse(QStringLiteral("--out: a picture is written as .svg, .png or .json, not '%1'").arg(wishes.out));
}

}  // namespace

void refuse(QString text, int code) { throw Wrong{{code, std::move(text)}}; }

bool Wishes::are_recordings() const { return !what.isEmpty() && window::names_recording(what.front()); }

void add_options(QCommandLineParser& parser) {
  parser.addOptions({
      option("at", "The moment: a time such as 12.4us, or the number of an event.", "time"),
      option("packet", "The packet to follow.", "number"),
      option("span", "How much time the timeline shows, about the moment; otherwise the whole run.", "time"),
      option("marker", "Sets a marker of the timeline, the first time A and the second B.", "time"),
      option("path", "The path to run on; several are compared, side by side.", "path"),
      option("profile", "The machine to run on.", "profile"),
      option("set", "Sets a key of the scenario or a parameter of the path.", "key=value"),
      option("duration", "How much is recorded; otherwise 5 ms at most, more over slow links.", "time"),
      option("theme", "light, dark or contrast.", "theme", "light"),
      option("lang", "en, zh_CN or both.", "language", "en"),
      option("all-stages", "Also the stages to which nothing came."),
      option("export", "Writes one view instead of opening a window; needs no display.", "view"),
      option("out", "Where to: FILE.svg, FILE.png, or FILE.json: the list of its shapes.", "file"),
      option("size", "Of the picture, in pixels.", "WxH", "1280x720"),
      option("scale", "Device pixels for each of these, in a PNG.", "factor", "1"),
      option("vary", "A sweep over this instead of what the scenario varies.", "key=values"),
      option("metric", "What the curves of a sweep show; otherwise what says most.", "key"),
      option("seed", "Of the runs of a sweep; several make a band of the means' confidence.", "number", "1"),
  });
}

Wishes wishes_of(const QCommandLineParser& parser) {
  const Reader from{parser};
  Wishes wishes{.what = what_to_open(parser.positionalArguments()),
                .overrides = overrides_of(from),
                .paths = paths_of(from.texts("path")),
                .all_stages = from.has("all-stages")};
  for (const QString& seed : from.texts("seed")) wishes.seeds.push_back(from.number("seed", seed));
  if (from.has("theme")) wishes.theme = theme_of(from.text("theme"));
  if (from.has("lang")) wishes.language = language_of(from.text("lang"));
  read_what_is_seen(from, wishes);
  read_file(from, wishes);
  return wishes;
}

void go_there(window::Session& session, const Wishes& wishes) {
  session.set_packet(wishes.packet);
  if (wishes.at) {
    if (const Time* time = std::get_if<Time>(&*wishes.at))
      session.seek(*time);
    else
      session.seek_event(std::get<std::uint64_t>(*wishes.at));
  }
  const Time now = session.playback().now();
  if (wishes.span) session.see(now - *wishes.span / 2, now + *wishes.span / 2);
  for (const Time marker : wishes.markers) session.mark(marker);
}

}  // namespace ringside::gui
