// The waterfall between two packets adds up, in picoseconds and as it is written; and the picture of it has
// room for all that it says.
#include "view/comparison.hpp"

#include <random>

#include "catch.hpp"
#include "view/comparison_words.hpp"
#include "view/overlaps.hpp"
#include "view/waterfall.hpp"

using namespace ringside;
using namespace ringside::view;
using replay::Part;
using replay::Share;

namespace {

std::vector<Share> some_packet(std::mt19937_64& random, std::int64_t longest_wait) {
  const std::string queues[] = {"rx ring", "socket buffer", "packet buffer"};
  std::vector<Share> parts;
  for (std::uint64_t left = 1 + random() % 14; left > 0; --left) {
    const auto part = static_cast<Part>(random() % 9);
    const std::int64_t most = part == Part::waiting ? longest_wait : 2'000'000;
    parts.push_back({{part, part == Part::waiting ? queues[random() % 3] : std::string{}},
                     Duration{static_cast<std::int64_t>(random()) & 0x7fffffffffff} % most});
  }
  return parts;
}

std::int64_t sum_of_figures(const Waterfall& all, std::int64_t grain) {
  std::int64_t sum = 0;
  for (const Fall& fall : all.falls) sum += figure(fall.to, grain) - figure(fall.from, grain);
  return sum;
}

ComparisonScene scene_of(std::size_t sides, std::mt19937_64& random) {
  const char* const paths[] = {"napi-socket", "af-xdp-zerocopy", "dpdk", "file-sendfile-sg"};
  ComparisonScene scene{.second = sides - 1};
  for (std::size_t i = 0; i < sides; ++i) {
    scene.sides.push_back({.side = static_cast<int>(i),
                           .path = QString::fromUtf8(paths[i]),
                           .packet = 836,
                           .parts = some_packet(random, i % 2 == 0 ? 300'000'000 : 3'000'000),
                           .ending = static_cast<Ending>(random() % 4)});
    if (scene.sides.back().ending == Ending::dropped) scene.sides.back().reason = QStringLiteral("rx ring");
  }
  return scene;
}

}  // namespace

TEST_CASE("a waterfall leads from the one total to the other without a gap, however many parts it shows") {
  std::mt19937_64 random{11};
  for (int round = 0; round < 3000; ++round) {
    const auto first = some_packet(random, 500'000'000), second = some_packet(random, 500'000'000);
    for (const std::size_t most : {SIZE_MAX, std::size_t{4}, std::size_t{1}}) {
      const Waterfall all = waterfall(first, second, most);
      CHECK(all.first == replay::total(first));
      CHECK(all.second == replay::total(second));
      Duration level = all.first, sum{};
      for (const Fall& fall : all.falls) {
        CHECK(fall.from == level);
        CHECK(fall.change() == fall.second - fall.first);
        level = fall.to;
        sum += fall.change();
      }
      CHECK(level == all.second);
      CHECK(sum == all.second - all.first);
      CHECK(all.falls.size() <= most);
      for (const std::int64_t grain : {1, 1000, 1'000'000})
        CHECK(sum_of_figures(all, grain) == figure(all.second, grain) - figure(all.first, grain));
    }
    CHECK(waterfall(first, first).falls.empty());
  }
}

TEST_CASE("figures are rounded, and what they add up to is written") {
  CHECK(figure(Duration{1499}, 1000) == 1);
  CHECK(figure(Duration{1500}, 1000) == 2);
  CHECK(figure(Duration{-1500}, 1000) == -2);
  const Figures micro = Figures::of(Duration{190'709'000});
  CHECK(micro.level(Duration{190'709'499}) == QStringLiteral("190.709\u2009µs"));
  CHECK(micro.change(Duration{2'900'000}, Duration{0}) == QStringLiteral("\u22122.900"));
  CHECK(micro.change(Duration{0}, Duration{1'234'567'000}) == QStringLiteral("+1\u2009234.567"));
  CHECK(Figures::of(Duration{533'000}).level(Duration{296'312}) == QStringLiteral("296.312\u2009ns"));
}

TEST_CASE("long waits are drawn shorter, and never shorter than what took less") {
  std::mt19937_64 random{12};
  for (int round = 0; round < 500; ++round) {
    const std::vector<std::vector<Share>> packets{some_packet(random, 800'000'000),
                                                  some_packet(random, 8'000'000)};
    const BarScale scale{packets};
    std::vector<Share> all;
    for (const auto& packet : packets)
      for (const Share& share : replay::summed(packet)) all.push_back(share);
    std::ranges::sort(all, {}, &Share::lasted);
    double before = 0;
    for (const Share& share : all) {
      const double drawn = scale.drawn(share.of, share.lasted);
      CHECK(drawn >= before);
      CHECK(drawn <= static_cast<double>(share.lasted.count()));
      if (!scale.cut(share.of, share.lasted)) CHECK(drawn == static_cast<double>(share.lasted.count()));
      before = drawn;
    }
  }
}

TEST_CASE("nothing in the picture of a comparison hides anything") {
  std::mt19937_64 random{13};
  for (int round = 0; round < 40; ++round)
    for (const std::size_t sides : {2, 3, 4})
      for (const path::Language language : {path::Language::en, path::Language::zh_CN})
        for (const QSizeF size : {QSizeF{1280, 260}, QSizeF{900, 240}, QSizeF{420, 240}, QSizeF{1920, 420}}) {
          ComparisonScene scene = scene_of(sides, random);
          scene.language = language;
          scene.facts.push_back(what_differs(true, false, {}, language));
          const Picture picture = comparison(scene, size);
          for (const Overlap& overlap : overlaps(picture)) {
            CAPTURE(sides, size.width(), static_cast<int>(overlap.kind), overlap.one.toStdString(),
                    overlap.other.toStdString(), overlap.area.x(), overlap.area.y());
            CHECK(false);
          }
        }
}

TEST_CASE("who does less is told, and what arrives otherwise is not compared") {
  ComparisonScene scene;
  scene.sides = {
      {.side = 0,
       .path = QStringLiteral("napi-socket"),
       .packet = 17,
       .parts = {{{Part::protocol}, Duration{1000}}, {{Part::copy}, Duration{500}}}},
      {.side = 1, .path = QStringLiteral("dpdk"), .packet = 17, .parts = {{{Part::user}, Duration{9}}}},
      {.side = 2, .packet = 17, .ending = Ending::dropped, .reason = QStringLiteral("rx ring is full")}};
  const QStringList lines = unequal_work(scene.sides, path::Language::en);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == QStringLiteral("C does less: it drops the packet, rx ring is full."));
  CHECK(lines[1].contains(QStringLiteral("on B")));
  CHECK(lines[2] == QStringLiteral("No core copies its bytes on B."));
  CHECK(verdict(scene.sides[0], scene.sides[2], {}, path::Language::en).startsWith(QStringLiteral("Only A")));
  scene.obstacle = QStringLiteral("They differ.");
  const Picture picture = comparison(scene, {900, 240});
  CHECK(std::ranges::none_of(picture.shapes, [](const Shape& s) { return std::holds_alternative<Box>(s); }));
}
