// The result file. Integers are written as integers, other numbers with the fewest digits that read back the
// same.
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "ringside/scenarios/write.hpp"

namespace ringside::scenarios {
namespace {

using Json = nlohmann::ordered_json;  // keys in the order of the contract

// A second value of a name would take the place of the first one, and nobody would know.
Json named_values(const Values& values) {
  Json object = Json::object();
  for (const auto& [name, value] : values) {
    if (object.contains(name)) throw std::logic_error{"two results are named '" + name + "'"};
    Json& member = object[name];
    std::visit([&](const auto& v) { member = v; }, value);
  }
  return object;
}

Json object_of(const ExpectationResult& expectation) {
  Json object{{"text", expectation.text}, {"holds", expectation.holds}, {"actual", expectation.actual}};
  if (!expectation.note.empty()) object["note"] = expectation.note;
  if (const auto& figure = expectation.published) {
    object["figure"] = figure->id;
    object["published"] = figure->value;
    object["within"] = figure->within;
    object["calibrated"] = figure->calibrated;
    if (!figure->misses.empty()) object["misses"] = figure->misses;
  }
  return object;
}

Json object_of(const CoreShare& share) {
  return {{"core", share.core},     {"hardirq", share.hardirq}, {"softirq", share.softirq},
          {"kernel", share.kernel}, {"user", share.user},       {"idle", share.idle}};
}

Json object_of(const StageFigure& stage) {
  return {{"stage", stage.stage},
          {"domain", stage.domain},
          {"packets", stage.packets},
          {"cycles_per_packet", stage.cycles_per_packet}};
}

Json object_of(const JourneyStep& step) {
  return {{"host", step.host}, {"place", step.place}, {"time_ns", to_nanoseconds(step.time)}};
}

Json object_of(const Refusal& refusal) {
  return {
      {"host", refusal.host}, {"error", refusal.error}, {"lacks", refusal.lacks}, {"for", refusal.for_what}};
}

Json object_of(const RunResult& run);
Json object_of(const SweepExpectation& expectation);

template <class Item>
Json list_of(const std::vector<Item>& items) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(object_of(item));
  return list;
}

Json object_of(const RunResult& run) {
  Json object{{"path", run.path},
              {"profile", run.profile},
              {"complete", run.complete},
              {"parameters", named_values(run.parameters)},
              {"metrics", named_values(run.metrics)},
              {"cores", list_of(run.cores)},
              {"stages", list_of(run.stages)},
              {"drops", Json::object()}};
  for (const auto& [place, packets] : run.drops) object["drops"][place] = packets;
  if (!run.journey.empty()) object["journey"] = list_of(run.journey);
  if (!run.refused.empty()) object["refused"] = list_of(run.refused);
  if (!run.violations.empty()) object["violations"] = run.violations;
  object["expectations"] = list_of(run.expectations);
  return object;
}

Json object_of(const SweepExpectation& expectation) {
  Json object = object_of(expectation.result);
  object["path"] = expectation.path;
  object["profile"] = expectation.profile;
  return object;
}

}  // namespace

std::string to_json(const Report& report) {
  Json object{{"ringside", report.version},
              {"scenario", report.scenario},
              {"seed", report.seed},
              {"ok", ok(report)},
              {"complete", complete(report)}};
  if (!report.varied.empty()) object["varied"] = report.varied;
  object["runs"] = list_of(report.runs);
  object["expectations"] = list_of(report.expectations);
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ringside::scenarios
