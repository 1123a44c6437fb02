// Every fact of a path as JSON, by the words of the route map.
#include <nlohmann/json.hpp>

#include "describe/facts.hpp"
#include "ringside/path/describe.hpp"
#include "ringside/path/spoken.hpp"

namespace ringside::path {

namespace {

using Json = nlohmann::ordered_json;  // keys in the order of the route map

Json json(const Text& text) { return {{"en", text.en}, {"zh_CN", text.zh_CN}}; }

Json json(const Capability& c) {
  return {{"name", c.name},
          {"for what", c.for_what},
          {"error", c.error},
          {"given to everyone", c.given_to_everyone},
          {"source", c.source}};
}

Json json(const Path& path, const Parameter& p) {
  return {{"key", p.key},
          {"sets", p.target},
          {"member", to_string(p.member)},
          {"value", value_of(path, p)},
          {"what", json(p.what)}};
}

Json json(const Stage& stage, const Place& place) {
  Json fact{{"name", stage.name},
            {"domain", to_string(stage.domain)},
            {"op", stage.ops},
            {"work", to_string(stage.work)},
            {"memory", to_string(stage.memory)},
            {"into", to_string(stage.into)},
            {"stands for", stage.stands_for},
            {"why", json(stage.why)},
            {"place",
             {{"lane", place.lane}, {"column", place.column}, {"row", place.row}, {"aside", place.aside}}}};
  if (stage.at_most > 0) fact["at most"] = stage.at_most;
  if (stage.switched_off) fact["switched off"] = true;
  if (stage.at_longest > Duration{}) fact["at longest"] = exact(stage.at_longest);
  if (stage.page > 0) fact["page"] = stage.page;
  if (stage.requests > 1) fact["requests"] = stage.requests;
  if (stage.need_wakeup) fact["need wakeup"] = true;
  if (!stage.back_after.empty()) fact["back after"] = stage.back_after;
  if (!stage.line.empty()) fact["line"] = stage.line;
  if (stage.work == Work::judge) fact["program"] = to_string(stage.program);
  return fact;
}

Json json(const Call& call) { return {{"each batch", call.each_batch}, {"clone", call.clone}}; }

Json json(const Trap& trap) { return {{"op", trap.ops}}; }

std::string spinning(const Queue& queue) { return queue.spin == forever ? "forever" : exact(queue.spin); }

Json json(const Queue& queue) {
  return {{"name", queue.name},
          {"capacity", queue.capacity},
          {"unit", to_string(queue.unit)},
          {"overhead", queue.overhead},
          {"budget", queue.budget},
          {"spin", spinning(queue)},
          {"block", queue.block},
          {"retire after", exact(queue.retire_after)},
          {"full", to_string(queue.full)},
          {"drain", to_string(queue.drain)},
          {"by flow", queue.by_flow},
          {"small queues", queue.small_queues},
          {"slots", to_string(queue.slots)},
          {"consumers", to_string(queue.consumers)},
          {"returns", queue.returns}};
}

Json json(const Notify& notify) {
  return {{"name", notify.name},
          {"raise", to_string(notify.raise)},
          {"op", notify.ops},
          {"mask", to_string(notify.mask)},
          {"moderation", exact(notify.moderation)},
          {"after frames", notify.after_frames},
          {"after time", exact(notify.after_time)},
          {"adaptive", notify.adaptive},
          {"line", notify.line},
          {"demote after", exact(notify.demote_after)}};
}

Json json(const Path& path, const Hop& hop) {
  Json fact{
      {"from", path.stages[hop.from].name}, {"to", path.stages[hop.to].name}, {"when", to_string(hop.when)}};
  if (hop.at_batch_end) fact["at"] = "batch end";
  fact[kind(hop.hand)] = std::visit([](const auto& hand) { return json(hand); }, hop.hand);
  return fact;
}

template <class List, class ToJson>
Json array(const List& list, ToJson to_json) {
  Json all = Json::array();
  for (const auto& item : list) all.push_back(to_json(item));
  return all;
}

}  // namespace

std::string describe_json(const Path& path) {
  const auto places = layout(path);
  Json stages = Json::array();
  for (StageId id = 0; id < path.stages.size(); ++id) stages.push_back(json(path.stages[id], places[id]));
  const Json all{
      {"path", path.name},
      {"title", json(path.title)},
      {"since", {{"year", path.since}, {"kernel", path.kernel}}},
      {"story", json(path.story)},
      {"sources", path.sources},
      {"cores", path.cores},
      {"zero copy", path.zero_copy},
      {"needs", array(path.needs, [](const Capability& c) { return json(c); })},
      {"parameters", array(path.parameters, [&path](const Parameter& p) { return json(path, p); })},
      {"stages", stages},
      {"hops", array(path.hops, [&path](const Hop& hop) { return json(path, hop); })}};
  return all.dump(2) + '\n';
}

}  // namespace ringside::path
