// The picture of a sweep has room for all that it says, shows what fails first, and every point can be found.
#include <cmath>
#include <limits>
#include <random>

#include "catch.hpp"
#include "view/overlaps.hpp"
#include "view/scale.hpp"
#include "view/sweep.hpp"

using namespace ringside;
using namespace ringside::view;

namespace {

constexpr std::array sizes{QSizeF{1280, 720}, QSizeF{900, 560}, QSizeF{926, 200},
                           QSizeF{760, 260},  QSizeF{360, 300}, QSizeF{1920, 420}};

enum class Kind : std::uint8_t { even, by_decades, words };

SweepValue value_of(Kind kind, int number) {
  switch (kind) {
    case Kind::even: return {QString::number(1000 * (number + 1)), 1000.0 * (number + 1)};
    case Kind::by_decades: return {QStringLiteral("%1k").arg(1 << number), 1000.0 * std::pow(2, number)};
    case Kind::words: break;
  }
  return {QStringLiteral("congestion %1").arg(number), std::numeric_limits<double>::quiet_NaN()};
}

SweepScene scene_of(Kind kind, std::size_t curves, int values, std::mt19937_64& random) {
  const char* const names[] = {"napi-socket", "af-xdp-zerocopy", "dpdk", "file-sendfile-sg"};
  SweepScene scene{.metric = "delivered_pps",
                   .metrics = {"offered_pps", "delivered_pps", "latency_ns_p99", "cpu_utilisation"},
                   .key = QStringLiteral("offered_pps"),
                   .what = QStringLiteral("datagrams offered each second"),
                   .seeds = 3};
  for (int value = 0; value < values; ++value) scene.values.push_back(value_of(kind, value));
  for (std::size_t i = 0; i < curves; ++i) {
    SweepCurve curve{.name = QString::fromUtf8(names[i])};
    for (int value = 0; value < values; ++value) {
      const auto mean = static_cast<double>(random() % 1'000'000);
      curve.points.push_back(
          {.runs = random() % 8 == 0 ? 0 : 3, .mean = mean, .low = mean * 0.9, .high = mean * 1.1});
    }
    scene.curves.push_back(std::move(curve));
  }
  scene.limits.push_back({SweepLimit::Kind::line,
                          std::vector<std::optional<double>>(static_cast<std::size_t>(values), 1'200'000.0)});
  return scene;
}

void add_failures(SweepScene& scene, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    scene.failures.push_back({.curve = i % scene.curves.size(),
                              .value = i % scene.values.size(),
                              .text = QStringLiteral("delivered_pps >= 4000 does not hold")});
}

double top_of(const Picture& picture, const QString& text) {
  for (const Shape& shape : picture.shapes)
    if (const auto* words = std::get_if<Words>(&shape))
      if (words->text.contains(text)) return words->area.top();
  return -1;
}

}  // namespace

TEST_CASE("nothing in the picture of a sweep hides anything") {
  std::mt19937_64 random{21};
  for (const Kind kind : {Kind::even, Kind::by_decades, Kind::words})
    for (const std::size_t curves : {1U, 2U, 4U})
      for (const int values : {1, 2, 12, 24})
        for (const std::size_t failures : {0U, 2U, 30U})
          for (const path::Language language : {path::Language::en, path::Language::zh_CN})
            for (const QSizeF size : sizes) {
              SweepScene scene = scene_of(kind, curves, values, random);
              scene.language = language;
              scene.runs = 99;
              add_failures(scene, failures);
              for (const Overlap& overlap : overlaps(sweep(scene, size))) {
                CAPTURE(curves, values, failures, size.width(), static_cast<int>(overlap.kind),
                        overlap.one.toStdString(), overlap.other.toStdString(), overlap.area.x(),
                        overlap.area.y());
                CHECK(false);
              }
            }
}

TEST_CASE("every point that is there can be clicked, where it is drawn") {
  std::mt19937_64 random{22};
  const SweepScene scene = scene_of(Kind::even, 2, 12, random);
  const Picture picture = sweep(scene, {1280, 720});
  for (std::size_t curve = 0; curve < 2; ++curve) {
    double before = -1;
    for (std::size_t value = 0; value < 12; ++value) {
      const std::string what = "point " + std::to_string(curve) + "/" + std::to_string(value);
      const auto found = std::ranges::find(picture.targets, what, &Target::what);
      CHECK((found != picture.targets.end()) == (scene.curves[curve].points[value].runs > 0));
      if (found == picture.targets.end()) continue;
      CHECK(found->area.center().x() > before);
      CHECK(found->tip.contains(scene.values[value].text));
      before = found->area.center().x();
    }
  }
}

TEST_CASE("a single value stands in the middle, whatever it is") {
  const auto place_of = [](double number) {
    SweepScene scene{.metric = "delivered_pps", .key = QStringLiteral("loss")};
    scene.values.push_back({QStringLiteral("one"), number});
    scene.curves.push_back({.points = {{.runs = 1, .mean = 7, .low = 7, .high = 7}}});
    const Picture picture = sweep(scene, {900, 560});
    const auto found = std::ranges::find(picture.targets, "point 0/0", &Target::what);
    REQUIRE(found != picture.targets.end());
    return found->area.center().x();
  };
  const double middle = place_of(3);
  for (const double number : {0.5, 0.0, -0.5, std::numeric_limits<double>::quiet_NaN()})
    CHECK(place_of(number) == Approx(middle));
}

TEST_CASE("what is not as it should be comes first, and leads to its run") {
  std::mt19937_64 random{23};
  SweepScene scene = scene_of(Kind::even, 2, 6, random);
  scene.failures.push_back({.curve = 1, .value = 4, .text = QStringLiteral("stopped before its end")});
  scene.failures.push_back({.curve = 0, .text = QStringLiteral("max(delivered_pps) > 7 does not hold")});
  const Picture picture = sweep(scene, {1280, 720});
  const double failed = top_of(picture, QStringLiteral("B offered_pps=5000: stopped before its end"));
  CHECK(failed > 0);
  CHECK(top_of(picture, QStringLiteral("A max(delivered_pps) > 7")) > failed);
  CHECK(failed < top_of(picture, QStringLiteral("af-xdp-zerocopy")));
  const Target* target = picture.at({40, failed + 5});
  REQUIRE(target);
  CHECK(target->what == "point 1/4");
  CHECK(spoken(scene).join(QLatin1Char{' '}).contains(QStringLiteral("stopped before its end")));
}

TEST_CASE("there is something to do where there is no curve") {
  const Picture picture = sweep({.invitation = QStringLiteral("Run the sweep")}, {900, 260});
  CHECK(top_of(picture, QStringLiteral("Run the sweep")) >= 0);
  CHECK(picture.targets.empty());
}

TEST_CASE("a scale holds all figures, and its ticks are round") {
  std::mt19937_64 random{24};
  std::uniform_real_distribution<double> exponent{-3, 12};
  for (int round = 0; round < 2000; ++round) {
    double least = std::pow(10, exponent(random)), most = std::pow(10, exponent(random));
    if (least > most) std::swap(least, most);
    Scale scale = scale_of(least, most);
    scale.from = 100;
    scale.to = 0;
    CAPTURE(least, most);
    CHECK(scale.low <= least * (1 + 1e-9));
    CHECK(scale.high >= most * (1 - 1e-9));
    CHECK(scale.at(most) <= scale.at(least));
    CHECK(scale.at(most) >= -1e-6);
    CHECK(scale.at(least) <= 100 + 1e-6);
    const auto marks = ticks(scale, 7);
    CHECK(marks.size() >= 2);
    CHECK(marks.size() <= 8);
    CHECK(std::ranges::is_sorted(marks));
    for (const double tick : marks) {
      if (tick == 0) continue;
      const double digits = tick / std::pow(10, std::floor(std::log10(tick) + 1e-9));
      CHECK(std::abs(digits * 10 - std::round(digits * 10)) < 1e-6);
    }
  }
}

TEST_CASE("the legend of a sweep has what is drawn, and nothing else") {
  std::mt19937_64 random{5};
  SweepScene scene = scene_of(Kind::even, 2, 6, random);
  for (SweepPoint& point : scene.curves[0].points) point = {.runs = 1, .mean = 1e6, .low = 1e6, .high = 1e6};
  const QString line = QStringLiteral("line carries");
  CHECK(top_of(sweep(scene, sizes[0]), line) >= 0);
  CHECK(top_of(sweep(scene, sizes[0]), scene.curves[1].name) >= 0);
  for (auto& figure : scene.limits[0].at) figure = 1e9;  // far above
  for (SweepPoint& point : scene.curves[1].points) point = {};
  scene.failures.push_back({.curve = 1, .text = QStringLiteral("no such program")});
  const Picture picture = sweep(scene, sizes[0]);
  CHECK(top_of(picture, line) < 0);
  CHECK(top_of(picture, scene.curves[0].name) >= 0);
  // A curve without a point is named where it is said why.
  CHECK(top_of(picture, QStringLiteral("B af-xdp-zerocopy: no such program")) >= 0);
  CHECK(top_of(picture, scene.curves[1].name) == top_of(picture, QStringLiteral("no such program")));
}
