// How one stage hands over to the next: call, trap, queue, notify.
#include "read_hop.hpp"

#include <map>
#include <string>
#include <variant>

#include "path_limits.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

using path::Hop;
using path::Notify;
using path::Path;
using path::Queue;

template <class Shared>
struct Described {
  Shared value{};
  path::Origin origin{};
};
// The queues or notifications of a route map by name. Line 0: inherited.
template <class Shared>
using Descriptions = std::map<std::string, Described<Shared>, std::less<>>;

void read_capacity(const TextNode& node, const Source& source, Queue& queue) {
  constexpr Limits limits = limits_of(path::Member::capacity);
  const auto bytes = parse_bytes(node.text);
  const auto packets = parse_count(node.text);
  queue.unit = bytes ? path::Unit::bytes : path::Unit::packets;
  queue.capacity = bytes ? bytes->count : packets.value_or(0);
  if (queue.capacity < limits.least || queue.capacity > limits.most)
    source.wrong(node, "a capacity: packets such as 256, or a size such as 212992B");
}

void read_block(const TextNode& node, const Source& source, Queue& queue) {
  Queue block;
  read_capacity(node, source, block);
  queue.block = block.capacity;
  if (block.capacity > 0 && block.unit != queue.unit)
    source.wrong(node, "a block in the unit of the capacity");
}

std::optional<Duration> as_time_or_forever(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::scalar && node.text == "forever") return forever;
  if (node.kind == TextNode::Kind::scalar && parse_duration(node.text)) return as_duration(node, source);
  source.wrong(node, "forever, or a time such as 50us");
  return std::nullopt;
}

Queue read_queue(const TextNode& node, const Source& source) {
  constexpr Limits packets = limits_of(path::Member::budget);
  return read_record<Queue>(node, source, "a queue", [&](Fields& fields, Queue& queue) {
    fields.need("name", queue.name, as_name);
    if (const TextNode* capacity = fields.need("capacity")) read_capacity(*capacity, source, queue);
    fields.get("overhead", queue.overhead, as_size{.most = limits_of(path::Member::capacity).most});
    fields.get("budget", queue.budget, as_count{.least = packets.least, .most = packets.most});
    fields.get("full", queue.full, as_word<path::Full>);
    fields.get("drain", queue.drain, as_word<path::Drain>);
    fields.get("by flow", queue.by_flow, as_bool);
    fields.get("small queues", queue.small_queues, as_bool);
    fields.get("consumers", queue.consumers, as_word<path::Consumers>);
    fields.get("slots", queue.slots, as_word<path::Slots>);
    fields.get("spin", queue.spin, as_time_or_forever);
    fields.get("returns", queue.returns, as_name);
    if (const TextNode* block = fields.find("block")) read_block(*block, source, queue);
    fields.get("retire after", queue.retire_after, as_duration);
  });
}

Notify read_notify(const TextNode& node, const Source& source) {
  return read_record<Notify>(node, source, "a notification", [](Fields& fields, Notify& notify) {
    constexpr Limits frames = limits_of(path::Member::after_frames);
    fields.need("name", notify.name, as_name);
    fields.need("raise", notify.raise, as_word<path::Raise>);
    fields.get("op", notify.ops, as_names);
    fields.get("mask", notify.mask, as_word<path::Mask>);
    fields.get("moderation", notify.moderation, as_duration);
    fields.get("after frames", notify.after_frames, as_count{.most = frames.most});
    fields.get("after time", notify.after_time, as_duration);
    fields.get("adaptive", notify.adaptive, as_bool);
    fields.get("line", notify.line, as_name);
    fields.get("demote after", notify.demote_after, as_duration);
  });
}

template <class Shared>
Descriptions<Shared> described_in(const std::vector<Hop>& hops) {
  Descriptions<Shared> known;
  for (const Hop& hop : hops)
    if (const auto* shared = std::get_if<Shared>(&hop.hand)) known[shared->name] = {.value = *shared};
  return known;
}

// Reads every description first, so that a hop may name one that stands further down.
template <class Shared, class Read>
void describe(const TextNode& list, std::string_view word, const Source& source, Read read,
              Descriptions<Shared>& known) {
  for (const TextNode& item : list.items) {
    const TextNode* node = item.find(word);
    if (!node || node->kind != TextNode::Kind::map) continue;
    Shared shared = read(*node, source);
    Described<Shared>& slot = known[shared.name];
    if (slot.origin.line != 0 && !shared.name.empty())
      source.error(node->origin,
                   fmt::format("{} '{}' is already described in line {}; to share it write {}: {}", word,
                               shared.name, slot.origin.line, word, shared.name));
    slot = {.value = std::move(shared), .origin = node->origin};
  }
}

template <class Shared>
std::optional<Shared> named(const TextNode& node, std::string_view word, const Source& source,
                            const Descriptions<Shared>& known) {
  const TextNode* name = node.kind == TextNode::Kind::map ? node.find("name") : &node;
  if (!name) return std::nullopt;  // reported when it was described
  const auto described = known.find(name->text);
  if (name->kind == TextNode::Kind::scalar && described != known.end()) return described->second.value;
  std::vector<std::string_view> names;
  for (const auto& [known_name, unused] : known) names.push_back(known_name);
  if (name->kind == TextNode::Kind::scalar)
    source.error(name->origin, fmt::format("{} '{}' is described nowhere{}", word, name->text,
                                           did_you_mean(name->text, names)));
  else
    source.wrong(*name, fmt::format("the name or the description of a {}", word));
  return std::nullopt;
}

class HopReader {
 public:
  HopReader(const Source& source, const std::vector<Hop>& inherited, Path& path)
      : source_{source},
        path_{path},
        queues_{described_in<Queue>(inherited)},
        notifies_{described_in<Notify>(inherited)} {}

  void read(const TextNode& list) {
    describe(list, "queue", source_, read_queue, queues_);
    describe(list, "notify", source_, read_notify, notifies_);
    renew_inherited();
    for (const TextNode& item : list.items) read_hop(item);
  }

 private:
  void renew_inherited() {
    for (Hop& hop : path_.hops) {
      if (auto* queue = std::get_if<Queue>(&hop.hand)) *queue = queues_.find(queue->name)->second.value;
      if (auto* notify = std::get_if<Notify>(&hop.hand)) *notify = notifies_.find(notify->name)->second.value;
    }
  }

  void read_hop(const TextNode& node) {
    Fields fields{node, source_, "a hop"};
    if (!fields.usable()) return;
    Hop hop{.origin = node.origin};
    const TextNode* from = fields.need("from");
    const TextNode* to = fields.need("to");
    const auto from_stage = from ? as_stage(*from, source_, path_) : std::nullopt;
    const auto to_stage = to ? as_stage(*to, source_, path_) : std::nullopt;
    fields.get("when", hop.when, as_word<path::Verdict>);
    if (const TextNode* at = fields.find("at"))
      hop.at_batch_end = one_of(*at, source_, {"batch end"}).has_value();
    const auto hand = read_hand(fields);
    fields.close();
    if (!from_stage || !to_stage || !hand) return;
    hop.from = *from_stage;
    hop.to = *to_stage;
    hop.hand = *hand;
    path_.hops.push_back(std::move(hop));
  }

  std::optional<path::Call> call_of(const TextNode& node) {
    const auto word = one_of(node, source_, {"each batch", "clone"});
    if (!word) return std::nullopt;
    return path::Call{.each_batch = *word == "each batch", .clone = *word == "clone"};
  }

  // Nothing said is a plain call; more than one thing said is an error.
  std::optional<path::Hand> read_hand(Fields& fields) {
    const TextNode* call = fields.find("call");
    const TextNode* trap = fields.find("trap");
    const TextNode* queue = fields.find("queue");
    const TextNode* notify = fields.find("notify");
    if ((call != nullptr) + (trap != nullptr) + (queue != nullptr) + (notify != nullptr) > 1) {
      source_.error(fields.node().origin,
                    "a hop is one of call, trap, queue and notify; write one hop for each");
      return std::nullopt;
    }
    if (queue) return hand_of(named(*queue, "queue", source_, queues_));
    if (notify) return hand_of(named(*notify, "notify", source_, notifies_));
    if (trap) return read_trap(*trap);
    if (call) return hand_of(call_of(*call));
    return path::Call{};
  }

  template <class Kind>
  static std::optional<path::Hand> hand_of(std::optional<Kind> kind) {
    return kind ? std::optional<path::Hand>{*std::move(kind)} : std::nullopt;
  }

  path::Trap read_trap(const TextNode& node) const {
    return read_record<path::Trap>(node, source_, "a trap", [](Fields& fields, path::Trap& trap) {
      fields.get("op", trap.ops, as_names);
    });
  }

  const Source& source_;
  Path& path_;
  Descriptions<Queue> queues_;
  Descriptions<Notify> notifies_;
};

}  // namespace

std::optional<path::StageId> as_stage(const TextNode& node, const Source& source, const Path& path) {
  if (node.kind != TextNode::Kind::scalar) return source.wrong(node, "the name of a stage"), std::nullopt;
  std::vector<std::string_view> names;
  for (const path::Stage& stage : path.stages) {
    if (stage.name == node.text) return static_cast<path::StageId>(names.size());
    names.push_back(stage.name);
  }
  source.error(node.origin, fmt::format("no stage '{}'{}", node.text, did_you_mean(node.text, names)));
  return std::nullopt;
}

void read_hops(const TextNode& list, const Source& source, const std::vector<Hop>& inherited, Path& path) {
  if (list.kind != TextNode::Kind::list) return source.wrong(list, "a list of hops");
  HopReader{source, inherited, path}.read(list);
}

}  // namespace ringside::scenarios
