// The views of a fixed recording, shape by shape, against what they were: two languages, two sizes. The
// themes change no shape, and every pixel that is drawn.
//
// RINGSIDE_REWRITE_GOLDENS=1 writes what is expected anew.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>

#include "catch.hpp"
#include "ringside/scenarios/library.hpp"
#include "text_colours.hpp"
#include "view/describe.hpp"
#include "view/paint.hpp"
#include "window/language.hpp"
#include "window/runner.hpp"
#include "window/session.hpp"
#include "window/views.hpp"

using namespace ringside;

namespace {

constexpr std::array sizes{QSizeF{1280, 720}, QSizeF{900, 560}};
constexpr std::array languages{std::pair{path::Language::en, "en"},
                               std::pair{path::Language::zh_CN, "zh_CN"}};
constexpr std::array themes{view::Theme::light, view::Theme::dark, view::Theme::contrast};

// Datagrams to a socket, and past the kernel; in the middle of the run, with a packet selected that is on its
// way.
class Recorded {
 public:
  Recorded() {
    const auto library = scenarios::locate_library();
    REQUIRE(library);
    std::size_t side = 0;
    for (const char* path : {"napi-socket", "af-xdp-zerocopy"}) {
      window::Order order{.scenario = "roads"};
      order.overrides.path = path;
      order.overrides.set = {{"offered_pps", "20000"}};
      const std::string file = folder_.filePath(QStringLiteral("%1.rstrace").arg(side)).toStdString();
      window::Outcome outcome = window::carry_out(order, *library, file, {});
      INFO(outcome.failure.toStdString());
      REQUIRE(outcome.reel);
      session_.show_side(side, outcome.reel, outcome.result);
      session_.sides()[side].scenario = order.scenario;
      session_.sides()[side].overrides = order.overrides;
      ++side;
    }
    sweep(*library);
    model::Reel& reel = *session_.reel();
    std::uint64_t middle = reel.events() / 2;
    while (reel.after(middle).packets.empty()) ++middle;
    session_.seek_event(middle);
    session_.set_packet(reel.after(middle).packets.begin()->first);
  }

  window::Session& session() { return session_; }

 private:
  // From what both can take to what neither can, with two seeds; a point of it is chosen.
  void sweep(const scenarios::Library& library) {
    model::SweepOrder order{.scenario = "roads", .seeds = {1, 2}};
    for (const char* path : {"napi-socket", "af-xdp-zerocopy"}) {
      order.paths.push_back({.path = path, .duration = Duration{2'000'000'000}});
      order.paths.back().vary = scenarios::Vary{"offered_pps", {"100k", "1M", "2M", "8M"}};
    }
    scenarios::Findings findings;
    auto plan = model::plan_sweep(std::move(order), library, findings);
    REQUIRE(plan);
    window::SweepShown& shown = session_.sweep();
    shown.sweep = std::make_shared<model::Sweep>(std::make_shared<const model::SweepPlan>(*std::move(plan)));
    model::carry_out(shown.sweep->plan(), false, [&](std::size_t run, scenarios::RunResult result) {
      shown.sweep->put(run, std::move(result));
    });
    shown.chosen = view::SweepPlace{.curve = 1, .value = 2};
  }

  QTemporaryDir folder_{};
  window::Session session_{};
};

window::Session& session() {
  static Recorded recorded;
  return recorded.session();
}

view::Picture draw(const QString& name, QSizeF size) {
  return window::draw(window::view_named(name), session(), size);
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream{file, std::ios::binary} << text;
}

std::string first_difference(const std::string& expected, const std::string& found) {
  std::istringstream a{expected}, b{found};
  std::string line_a, line_b;
  for (int number = 1;; ++number) {
    const bool more_a = static_cast<bool>(std::getline(a, line_a));
    const bool more_b = static_cast<bool>(std::getline(b, line_b));
    if (!more_a && !more_b) return "nothing";
    if (more_a && more_b && line_a == line_b) continue;
    return "line " + std::to_string(number) + "\n  expected " + (more_a ? line_a : "the end") +
           "\n  found    " + (more_b ? line_b : "the end");
  }
}

void compare(const std::string& name, const std::string& found) {
  const auto file = std::filesystem::path{"tests/gui/goldens"} / name;
  if (std::getenv("RINGSIDE_REWRITE_GOLDENS")) return write(file, found);
  const std::string expected = read(file);
  if (expected == found) return;
  const auto beside = std::filesystem::path{RINGSIDE_TEST_OUTPUT} / name;
  write(beside, found);
  FAIL_CHECK(
      file.string() << " differs at " << first_difference(expected, found) << "\n  written to "
                    << beside.string()
                    << "\n  if it is as it should be: RINGSIDE_REWRITE_GOLDENS=1, and look at the diff");
}

std::string file_name(const QString& view, const char* language, QSizeF size) {
  return view.toStdString() + "-" + language + "-" + std::to_string(static_cast<int>(size.width())) + "x" +
         std::to_string(static_cast<int>(size.height())) + ".json";
}

// For the fonts and the translations. Never destroyed: what it would destroy as the process ends is gone by
// then.
QGuiApplication& application() {
  static int count = 1;
  static char name[] = "pictures";
  static char* arguments[] = {name, nullptr};
  static QGuiApplication& its = *new QGuiApplication{count, arguments};
  return its;
}

void speak(path::Language language) {
  (void)application();
  session().set_language(language);
  window::speak(language);
}

QImage painted(const view::Picture& picture, view::Theme theme) {
  (void)application();
  QImage image{picture.size.toSize(), QImage::Format_RGB32};
  image.fill(view::colour(view::Token::ground, theme));
  QPainter painter{&image};
  view::paint(painter, picture, theme);
  return image;
}

}  // namespace

TEST_CASE("every view shows what it has shown", "[pictures]") {
  for (const QString& name : window::view_names())
    for (const auto& [language, word] : languages)
      for (const QSizeF size : sizes) {
        speak(language);
        session().set_theme(view::Theme::light);
        const std::string shapes = view::describe(draw(name, size));
        compare(file_name(name, word, size), shapes);
        for (const view::Theme theme : themes) {
          session().set_theme(theme);
          INFO(name.toStdString() << ", " << view::name(theme));
          CHECK((view::describe(draw(name, size)) == shapes));
        }
      }
}

TEST_CASE("a view is drawn anew from nothing but the moment", "[pictures]") {
  speak(path::Language::en);
  const std::uint64_t here = session().playback().events();
  for (const QString& name : window::view_names()) {
    const std::string shapes = view::describe(draw(name, sizes[0]));
    session().seek_event(here + 50);
    (void)draw(name, sizes[0]);
    session().seek_event(here / 2);
    (void)draw(name, sizes[0]);
    session().seek_event(here);
    INFO(name.toStdString());
    CHECK((view::describe(draw(name, sizes[0])) == shapes));
  }
}

TEST_CASE("each theme paints a view in its own colours", "[pictures]") {
  for (const QString& name : window::view_names())
    for (const auto& [language, word] : languages) {
      speak(language);
      const view::Picture picture = draw(name, sizes[0]);
      const QImage light = painted(picture, view::Theme::light);
      const QImage dark = painted(picture, view::Theme::dark);
      INFO(name.toStdString() << ", " << word);
      CHECK((light != dark));
      CHECK((dark != painted(picture, view::Theme::contrast)));
      CHECK((light == painted(picture, view::Theme::light)));
      // Something is drawn on the ground.
      QImage empty = light;
      empty.fill(view::colour(view::Token::ground, view::Theme::light));
      CHECK((light != empty));
    }
}

TEST_CASE("words have colours that can be read, and stay in the picture", "[pictures]") {
  for (const QString& name : window::view_names())
    for (const auto& [language, word] : languages)
      for (const QSizeF size : sizes) {
        speak(language);
        const view::Picture picture = draw(name, size);
        const QRectF all = QRectF{{0, 0}, picture.size}.adjusted(-0.5, -0.5, 0.5, 0.5);
        for (const view::Shape& shape : picture.shapes) {
          const auto* words = std::get_if<view::Words>(&shape);
          if (!words || words->text.isEmpty()) continue;
          INFO(file_name(name, word, size)
               << ": " << words->text.toStdString() << ", in " << view::name(words->colour));
          // A single letter is a sign, and what is on a filled shape has the colour of the ground.
          CHECK((view::is_text_colour(words->colour) || words->colour == view::Token::ground ||
                 words->text.size() == 1));
          CHECK(all.contains(words->area));
        }
      }
}

TEST_CASE("an export as JSON is the list of a picture's shapes", "[pictures]") {
  const QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("stage.json"));
  const view::Picture picture = draw(QStringLiteral("stage"), sizes[0]);
  CHECK(view::write(file, picture, view::Theme::dark).isEmpty());
  CHECK((read(file.toStdString()) == view::describe(picture)));
  const QString nowhere = folder.filePath(QStringLiteral("no/such/folder.json"));
  CHECK_FALSE(view::write(nowhere, picture, view::Theme::dark).isEmpty());
  CHECK_FALSE(view::write(folder.filePath(QStringLiteral("a.gif")), picture, view::Theme::dark).isEmpty());
}
