// Every path of the library, drawn as the window draws it: nothing lies on anything else, and all can be
// read.
#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "host_on.hpp"
#include "ringside/scenarios/load.hpp"
#include "text_colours.hpp"
#include "view/stage.hpp"
#include "view/tower.hpp"
#include "view/type.hpp"

using namespace ringside;
using namespace ringside::view;

namespace {

constexpr double least_font = 9, most_font = 15;  // of the window
constexpr QSizeF whole{1280, 720};
constexpr QSizeF half{640, 620};     // one of two towers
constexpr QSizeF quarter{312, 620};  // one of four
constexpr double narrow = 420;       // lanes by letter in less

std::vector<bool> not_off(const path::Path& path) {
  std::vector<bool> shown;
  for (const path::Stage& stage : path.stages) shown.push_back(!path::is_off(path, stage));
  return shown;
}

// What the letters of a text cover, at most.
QRectF letters(const Words& words) {
  const double width =
      std::min(words.area.width(), width_of(words.text, static_cast<double>(words.size), words.bold));
  const double height = static_cast<double>(words.size) * 1.05;
  const double x = words.align == Align::left    ? words.area.left()
                   : words.align == Align::right ? words.area.right() - width
                                                 : words.area.center().x() - width / 2;
  return {x, words.area.center().y() - height / 2, width, height};
}

// Whether they have more in common than an edge.
bool overlap(const QRectF& a, const QRectF& b) {
  const QRectF common = a & b;
  return common.width() > 0.2 && common.height() > 0.2;
}

bool inside(const QRectF& outer, const QRectF& inner) {
  return outer.adjusted(-0.2, -0.2, 0.2, 0.2).contains(inner);
}

struct Case {
  std::string path{};
  QSizeF room{};
  path::Language language{};
  bool all = false;
};

std::string text_of(const Case& c) {
  return c.path + " at " + std::to_string(static_cast<int>(c.room.width())) + "x" +
         std::to_string(static_cast<int>(c.room.height())) +
         (c.language == path::Language::en     ? ", English"
          : c.language == path::Language::both ? ", both languages"
                                               : ", Chinese") +
         (c.all ? ", all stages" : ", those that are on");
}

class Inspection {
 public:
  Inspection(const Case& its, const Tower& tower, const Picture& picture)
      : case_{its}, may_be_cut_off_{tower.detail == Detail::bare} {
    for (const Chip& chip : tower.chips) solids_.push_back({chip.name.join(QLatin1Char{' '}), chip.area});
    for (const Strip& strip : tower.strips)
      solids_.push_back({QString::fromStdString(strip.queue), strip.area});
    for (const Shape& shape : picture.shapes)
      if (const auto* words = std::get_if<Words>(&shape)) words_.push_back(*words);
  }

  std::vector<std::string> problems() {
    const QRectF room{{0, 0}, case_.room};
    for (std::size_t i = 0; i < solids_.size(); ++i) {
      if (!inside(room, solids_[i].area)) say(solids_[i].name, "leaves the picture", {});
      for (std::size_t j = 0; j < i; ++j)
        if (overlap(solids_[i].area, solids_[j].area)) say(solids_[i].name, "lies on", solids_[j].name);
    }
    for (std::size_t i = 0; i < words_.size(); ++i) {
      look_at(words_[i], room);
      for (std::size_t j = 0; j < i; ++j)
        if (overlap(letters(words_[i]), letters(words_[j]))) say(words_[i].text, "lies on", words_[j].text);
    }
    return problems_;
  }

 private:
  struct Solid {
    QString name{};
    QRectF area{};
  };

  void look_at(const Words& words, const QRectF& room) {
    const QRectF covered = letters(words);
    if (!inside(room, covered)) say(words.text, "leaves the picture", {});
    if (!may_be_cut_off_ &&
        width_of(words.text, static_cast<double>(words.size), words.bold) > words.area.width() + 0.5)
      say(words.text, "is cut off", {});
    if (words.size < readable) say(words.text, "is too small to read", {});
    if (!is_text_colour(words.colour) && words.text.size() > 1)
      say(words.text, "has a colour that is not for text:",
          QString::fromLatin1(name(words.colour).data(), static_cast<qsizetype>(name(words.colour).size())));
    for (const Solid& solid : solids_)
      if (overlap(covered, solid.area) && !inside(solid.area, covered))
        say(words.text, "crosses the outline of", solid.name);
  }

  void say(const QString& what, const char* does, const QString& other) {
    problems_.push_back(text_of(case_) + ": '" + what.toStdString() + "' " + does +
                        (other.isEmpty() ? "" : " '" + other.toStdString() + "'"));
  }

  const Case& case_;
  bool may_be_cut_off_;
  std::vector<Solid> solids_{};
  std::vector<Words> words_{};
  std::vector<std::string> problems_{};
};

std::vector<std::string> problems_of(const path::Path& path, const Case& its) {
  const replay::HostCast host = host_on(path);
  const Tower drawn = tower(path, its.all ? std::vector<bool>{} : not_off(path),
                            {.room = its.room,
                             .least_font = least_font,
                             .most_font = most_font,
                             .letters = its.room.width() < narrow,
                             .language = its.language});
  return Inspection{
      its, drawn,
      stage(drawn, {.host = &host, .language = its.language, .letters = its.room.width() < narrow})}
      .problems();
}

void inspect_library(QSizeF room, bool all) {
  const auto library = scenarios::locate_library();
  REQUIRE(library);
  const auto names = library->names(scenarios::Kind::path);
  CHECK(names.size() > 40);
  for (const std::string& name : names) {
    scenarios::Findings findings;
    const auto path = scenarios::load_path(name, *library, findings);
    REQUIRE(path);
    for (const path::Language language : {path::Language::en, path::Language::zh_CN, path::Language::both})
      for (const std::string& problem : problems_of(*path, {name, room, language, all})) FAIL_CHECK(problem);
  }
}

}  // namespace

TEST_CASE("a whole window shows any path's stages that are on", "[towers]") { inspect_library(whole, false); }
TEST_CASE("half a window shows any path's stages that are on", "[towers]") { inspect_library(half, false); }
TEST_CASE("a whole window shows all of any path's stages", "[towers]") { inspect_library(whole, true); }
TEST_CASE("half a window shows all of any path's stages", "[towers]") { inspect_library(half, true); }
TEST_CASE("a quarter of a window shows any path's stages that are on", "[towers]") {
  inspect_library(quarter, false);
}
