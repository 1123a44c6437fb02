// A sweep: all points of what a scenario varies, on one to four paths, with one seed or several. The runs are
// those of `ringside run`, and judged like these.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ringside/scenarios/columns.hpp"
#include "ringside/scenarios/series.hpp"

namespace ringside::model {

struct SweepOrder {
  std::string scenario{};
  std::vector<scenarios::Overrides> paths{};  // what is set for each
  std::vector<std::uint64_t> seeds{1};
  bool operator==(const SweepOrder&) const = default;
};

// All that is needed to carry it out, loaded.
struct SweepPlan {
  SweepOrder order{};
  std::vector<scenarios::Series> series{};  // one for each path, with the same values

  const scenarios::Scenario& scenario() const { return series.front().scenario; }
  std::size_t values() const { return series.front().points.size(); }
  std::size_t runs() const { return order.seeds.size() * series.size() * values(); }

  // Runs have numbers: the first seed's come first, path by path.
  struct Place {
    std::size_t seed, path, value;
  };
  Place place(std::size_t run) const {
    return {run / (series.size() * values()), run / values() % series.size(), run % values()};
  }
  std::size_t run(const Place& p) const { return (p.seed * series.size() + p.path) * values() + p.value; }
};

std::optional<SweepPlan> plan_sweep(SweepOrder, const scenarios::Library&, scenarios::Findings&);

// Carries out all runs on all cores but one. `arrived` is called by the threads that do, one at a time; a run
// that was stopped does not arrive. What a run throws is thrown when all threads have ended.
void carry_out(const SweepPlan&, const std::atomic<bool>& stop,
               const std::function<void(std::size_t run, scenarios::RunResult)>& arrived);

// What is known of it so far.
class Sweep {
 public:
  explicit Sweep(std::shared_ptr<const SweepPlan>);

  const SweepPlan& plan() const { return *plan_; }
  std::size_t done() const { return done_; }
  bool whole() const { return done_ == results_.size(); }
  void put(std::size_t run, scenarios::RunResult);

  const scenarios::RunResult* result(const SweepPlan::Place& place) const;  // nullptr: not there yet
  // One for each seed, of the paths that have all their runs.
  const std::vector<scenarios::Report>& reports() const { return reports_; }
  // That can be shown, once there is a run; and the one that says most.
  std::vector<std::string> metrics() const { return scenarios::sweep_columns(figures_); }
  std::string main_metric() const { return std::string{scenarios::main_metric(plan_->scenario(), figures_)}; }

 private:
  bool has_all(std::size_t seed, std::size_t path) const;
  void judge(std::size_t seed);

  std::shared_ptr<const SweepPlan> plan_;
  std::vector<std::optional<scenarios::RunResult>> results_;  // by number
  std::vector<scenarios::Report> reports_{};
  scenarios::Report figures_{};  // of all runs, as they came
  std::size_t done_ = 0;
};

}  // namespace ringside::model
