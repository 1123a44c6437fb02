// A metric over what a scenario varies: a curve for each path, what it could be at most, and first of all the
// runs that are not as they should be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <QString>
#include <QStringList>

#include "ringside/path/describe.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct SweepValue {   // of what varies
  QString text{};     // as it was set
  double number = 0;  // NaN: it is none
};

struct SweepPoint {
  int runs = 0;  // that are there, one for each seed; 0: none yet, or they did not measure this
  double mean = 0;
  double low = 0, high = 0;  // where the mean lies with a confidence of 95 %; of one run: the mean
  bool failed = false;
};

struct SweepCurve {
  QString name{};
  std::vector<SweepPoint> points{};  // one for each value
};

bool is_there(const SweepCurve&);  // one of its points is

struct SweepLimit {  // that no run can exceed
  enum class Kind : std::uint8_t { offered, line };
  Kind kind{};
  std::vector<std::optional<double>> at{};  // each value
};

struct SweepFailure {
  std::size_t curve = 0;
  std::optional<std::size_t> value{};  // nullopt: of the curve as a whole
  QString text{};
};

struct SweepPlace {
  std::size_t curve = 0;
  std::size_t value = 0;
  bool operator==(const SweepPlace&) const = default;
};

struct SweepScene {
  std::string metric{};                // that is shown, by its key in result files
  std::vector<std::string> metrics{};  // that can be
  QString key{};                       // that varies
  QString what{};                      // it is
  std::vector<SweepValue> values{};
  std::vector<SweepCurve> curves{};  // at most four
  std::vector<SweepLimit> limits{};
  std::vector<SweepFailure> failures{};
  std::optional<SweepPlace> chosen{};
  std::size_t done = 0;  // runs
  std::size_t runs = 0;  // of so many
  bool under_way = false;
  int seeds = 1;
  path::Language language = path::Language::en;
  QString invitation{};  // what to do when there is no curve
};

// Targets: "point 1/4" (curve and value), "metric latency_ns_p99".
Picture sweep(const SweepScene&, QSizeF);

// What a point says: its path, its value, its figure.
QString sentence(const SweepScene&, const SweepPlace&);
// What the picture says, for those who do not see it.
QStringList spoken(const SweepScene&);

}  // namespace ringside::view
