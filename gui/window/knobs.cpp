#include "window/parameter_panel.hpp"

#include "ringside/path/spoken.hpp"

namespace ringside::window {

namespace {

std::vector<Knob> knobs_with(const Side& side, const scenarios::Overrides& overrides,
                             const scenarios::Library& library) {
  std::vector<Knob> knobs;
  scenarios::Findings findings;
  const auto loaded = scenarios::load_scenario(side.scenario, overrides, library, findings);
  if (!loaded) return knobs;
  for (const scenarios::Key& key : loaded->scenario.keys)
    knobs.push_back({.key = key.name, .value = key.value, .standard = key.value, .what = key.what});
  const auto path = loaded->ingredients.paths.find(loaded->scenario.study);
  if (path == loaded->ingredients.paths.end()) return knobs;
  for (const path::Parameter& parameter : path->second.parameters) {
    const std::string value = path::value_of(path->second, parameter);
    knobs.push_back(
        {.key = parameter.key, .value = value, .standard = value, .what = parameter.what, .of_path = true});
  }
  return knobs;
}

}  // namespace

std::vector<Knob> knobs_of(const Side& side, const scenarios::Library& library) {
  scenarios::Overrides plain = side.overrides;
  plain.set.clear();
  std::vector<Knob> knobs = knobs_with(side, plain, library);
  for (const auto& [key, value] : side.overrides.set)
    for (Knob& knob : knobs)
      if (knob.key == key) knob.value = value;
  return knobs;
}

}  // namespace ringside::window
