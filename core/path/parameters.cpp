// Sets one number of a path by the name under which scenarios know it.
#include <algorithm>

#include "ringside/path/path.hpp"

namespace ringside::path {

namespace {

void set_member(Stage& stage, Member member, std::int64_t value) {
  if (member == Member::program) stage.program = static_cast<Program>(value);
  if (member == Member::at_most) stage.at_most = value;
  if (member == Member::need_wakeup) stage.need_wakeup = value != 0;
  if (member == Member::at_longest) stage.at_longest = Duration{value};
  if (member == Member::switched_off) stage.switched_off = value != 0;
  if (member == Member::requests) stage.requests = static_cast<int>(value);
}

void set_member(Queue& queue, Member member, std::int64_t value) {
  if (member == Member::capacity) queue.capacity = value;
  if (member == Member::budget) queue.budget = static_cast<int>(value);
  if (member == Member::block) queue.block = value;
  if (member == Member::retire_after) queue.retire_after = Duration{value};
}

void set_member(Notify& notify, Member member, std::int64_t value) {
  if (member == Member::moderation) notify.moderation = Duration{value};
  if (member == Member::after_frames) notify.after_frames = static_cast<int>(value);
  if (member == Member::after_time) notify.after_time = Duration{value};
  if (member == Member::adaptive) notify.adaptive = value != 0;
  if (member == Member::demote_after) notify.demote_after = Duration{value};
}

}  // namespace

bool set(Path& path, std::string_view key, std::int64_t value) {
  const auto parameter = std::ranges::find(path.parameters, key, &Parameter::key);
  if (parameter == path.parameters.end()) return false;
  for (Stage& stage : path.stages)
    if (stage.name == parameter->target) set_member(stage, parameter->member, value);
  for (Hop& hop :
       path.hops) {  // every hop that shares the queue or the notification, so that they keep agreeing
    if (auto* queue = std::get_if<Queue>(&hop.hand); queue && queue->name == parameter->target)
      set_member(*queue, parameter->member, value);
    if (auto* notify = std::get_if<Notify>(&hop.hand); notify && notify->name == parameter->target)
      set_member(*notify, parameter->member, value);
  }
  return true;
}

}  // namespace ringside::path
