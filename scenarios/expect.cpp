// Judges an expectation by the figures of one run, or of all runs of a sweep.
#include "ringside/scenarios/expect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "expect_parse.hpp"
#include "ringside/scenarios/suggest.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

using Kind = Expression::Kind;

struct Undecided {  // it can be computed, but not for these figures
  std::string reason;
};

[[noreturn]] void unknown(const Expression& name, const Sweep& sweep) {
  std::vector<std::string_view> known;
  for (const auto& [figure, unused] : sweep.runs.front()) known.push_back(figure);
  throw ExpectError{name.offset,
                    fmt::format("no metric or parameter '{}'{}", name.name, did_you_mean(name.name, known))};
}

double lookup(const Expression& name, const Sweep& sweep, std::size_t run) {
  const auto measured = [&](const Figures& figures) { return figures.contains(name.name); };
  const auto figure = sweep.runs[run].find(name.name);
  if (figure != sweep.runs[run].end()) return figure->second;
  if (std::none_of(sweep.runs.begin(), sweep.runs.end(), measured)) unknown(name, sweep);
  throw Undecided{fmt::format("{} was not measured in every run", name.name)};
}

// Outside of the functions over a sweep a name has a meaning only if all runs agree, as they do on a
// parameter that does not vary.
double agreed(const Expression& name, const Sweep& sweep) {
  const double first = lookup(name, sweep, 0);
  for (std::size_t run = 1; run < sweep.runs.size(); ++run)
    if (lookup(name, sweep, run) != first)
      throw ExpectError{name.offset, fmt::format("'{}' differs from run to run: write at(x, {}), max({})...",
                                                 name.name, name.name, name.name)};
  return first;
}

class Evaluation {
 public:
  explicit Evaluation(const Sweep& sweep) : sweep_{sweep} {}

  // `run`: within that run; nullopt: over the whole sweep.
  double value(const Expression& e, std::optional<std::size_t> run) const {
    const auto argument = [&](std::size_t i) { return value(e.arguments[i], run); };
    switch (e.kind) {
      case Kind::number: return e.number;
      case Kind::name: return run ? lookup(e, sweep_, *run) : agreed(e, sweep_);
      case Kind::negate: return -argument(0);
      case Kind::add: return argument(0) + argument(1);
      case Kind::subtract: return argument(0) - argument(1);
      case Kind::multiply: return argument(0) * argument(1);
      case Kind::divide: return quotient(argument(0), argument(1));
      case Kind::call: return e.name == "abs" ? std::abs(argument(0)) : over_sweep(e);
    }
    return 0;
  }

 private:
  static double quotient(double a, double b) {
    if (b == 0) throw Undecided{"divides by zero"};
    return a / b;
  }

  double over_sweep(const Expression& e) const {
    const std::vector<double> y = values(e.arguments.back());
    const auto least = std::min_element(y.begin(), y.end());
    const auto greatest = std::max_element(y.begin(), y.end());
    if (e.name == "max") return *greatest;
    if (e.name == "min") return *least;
    if (e.name == "argmax") return x(static_cast<std::size_t>(greatest - y.begin()));
    if (e.name == "argmin") return x(static_cast<std::size_t>(least - y.begin()));
    if (e.name == "at") return interpolate(value(e.arguments.front(), std::nullopt), y);
    if (e.name == "increasing") return std::is_sorted(y.begin(), y.end()) ? 1 : 0;
    return std::is_sorted(y.rbegin(), y.rend()) ? 1 : 0;
  }

  std::vector<double> values(const Expression& metric) const {
    std::vector<double> y;
    for (std::size_t run = 0; run < sweep_.runs.size(); ++run) y.push_back(value(metric, run));
    return y;
  }

  double x(std::size_t run) const {
    if (std::isnan(sweep_.x[run])) throw Undecided{"the varied key is no number"};
    return sweep_.x[run];
  }

  double interpolate(double where, const std::vector<double>& y) const {
    std::optional<std::size_t> below, above;
    for (std::size_t run = 0; run < y.size(); ++run) {
      if (x(run) <= where && (!below || x(run) > x(*below))) below = run;
      if (x(run) >= where && (!above || x(run) < x(*above))) above = run;
    }
    if (!below || !above) throw Undecided{fmt::format("{} lies outside of the sweep", where)};
    if (x(*below) == x(*above)) return y[*below];
    return y[*below] + (y[*above] - y[*below]) * ((where - x(*below)) / (x(*above) - x(*below)));
  }

  const Sweep& sweep_;
};

bool compare(const std::string& relation, double left, double right) {
  if (relation == "<") return left < right;
  if (relation == "<=") return left <= right;
  if (relation == ">") return left > right;
  if (relation == ">=") return left >= right;
  if (relation == "==") return left == right;
  if (relation == "!=") return left != right;
  return left != 0;  // a statement
}

bool near(const PublishedFigure& figure, double actual) {
  return std::abs(actual - figure.value) <= figure.within * figure.value;
}

}  // namespace

Figures figures(const RunResult& run) {
  Figures all;
  for (const auto& [name, value] : run.metrics) {
    if (const auto* number = std::get_if<double>(&value)) all[name] = *number;
    if (const auto* count = std::get_if<std::int64_t>(&value)) all[name] = static_cast<double>(*count);
  }
  for (const auto& [name, value] : run.parameters) {
    if (const auto* number = std::get_if<double>(&value)) all.try_emplace(name, *number);
    if (const auto* count = std::get_if<std::int64_t>(&value))
      all.try_emplace(name, static_cast<double>(*count));
    if (const auto* text = std::get_if<std::string>(&value))
      if (const auto quantity = parse_any(*text)) all.try_emplace(name, *quantity);
  }
  return all;
}

std::string sentence(const Expectation& expectation) {
  const auto& figure = expectation.published;
  if (!figure) return expectation.text;
  return fmt::format("{} within {:g} % of {} ({})", expectation.text, 100 * figure->within, figure->value,
                     figure->id);
}

ParsedExpectation::ParsedExpectation(std::string_view text, std::optional<PublishedFigure> published)
    : text_{text}, published_{std::move(published)} {
  Comparison comparison = parse_comparison(text, published_.has_value());
  left_ = std::move(comparison.left);
  comparison_ = std::move(comparison.relation);
  right_ = std::move(comparison.right);
  over_sweep_ = comparison.over_sweep;
}

ExpectationResult ParsedExpectation::judge(const Figures& run) const { return judge(Sweep{.runs = {run}}); }

ExpectationResult ParsedExpectation::judge(const Sweep& sweep) const {
  const Evaluation evaluation{sweep};
  const auto run = over_sweep_ ? std::nullopt : std::optional<std::size_t>{0};
  ExpectationResult result{.text = sentence({.text = text_, .published = published_}),
                           .actual = std::numeric_limits<double>::quiet_NaN(),
                           .published = published_};
  try {
    result.actual = evaluation.value(left_, run);
    result.holds = published_ ? near(*published_, result.actual)
                              : compare(comparison_, result.actual,
                                        comparison_.empty() ? 0 : evaluation.value(right_, run));
  } catch (const Undecided& undecided) {
    result.note = undecided.reason;
  }
  return result;
}

}  // namespace ringside::scenarios
