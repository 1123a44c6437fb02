// A path explained on a terminal: every stage in packet order, what it does, why, and how it hands over.
#include <fmt/format.h>

#include <iterator>

#include "describe/facts.hpp"
#include "graph.hpp"
#include "ringside/path/describe.hpp"
#include "ringside/path/lanes.hpp"
#include "ringside/path/spoken.hpp"
#include "ringside/path/width.hpp"

namespace ringside::path {

namespace {

constexpr int page = 100;  // columns of the terminal
constexpr int indent = 4;

std::vector<std::string_view> in_language(const Text& text, Language language) {
  switch (language) {
    case Language::en: return {text.en};
    case Language::zh_CN: return {text.zh_CN};
    case Language::both: return {text.en, text.zh_CN};
  }
  return {};
}

std::string memory_effect(const Stage& stage) {
  if (stage.memory == Memory::reference) return "reference: passes a pointer, the bytes stay where they are";
  return fmt::format("{} into {} memory", to_string(stage.memory), to_string(stage.into));
}

std::string told(const Call& call) {
  if (call.clone) return "another reference to the frame";
  return call.each_batch ? "called once each batch" : "call";
}

std::string told(const Trap&) { return "trap across the system-call boundary"; }

std::string told(const Queue& queue) {
  std::string facts = fmt::format("queue '{}': {}", queue.name, amount(queue.capacity, queue.unit));
  if (queue.overhead > 0)
    facts += fmt::format(", {} charged to each besides its bytes", amount(queue.overhead, Unit::bytes));
  if (queue.budget > 0) facts += fmt::format(", {} in one go", queue.budget);
  if (queue.spin > Duration{})
    facts += fmt::format(", watched by spinning{}{}", queue.spin == forever ? "" : " for ",
                         queue.spin == forever ? "" : exact(queue.spin));
  facts += queue.full == Full::drop ? "; drops when full" : "; holds back when full";
  if (queue.slots == Slots::until_freed) facts += "; a slot is free again when nobody needs its buffer";
  if (queue.drain == Drain::caller) facts += "; emptied by who enqueues";
  if (queue.by_flow) facts += "; on the core that the flow is hashed to";
  if (queue.small_queues) facts += "; while it is full the stack keeps what it has to send";
  if (!queue.returns.empty()) facts += fmt::format("; still holds its slot of '{}'", queue.returns);
  return facts;
}

std::string told(const Notify& notify) {
  std::string facts = fmt::format("{} '{}'", to_string(notify.raise), notify.name);
  if (notify.mask == Mask::until_polled_empty) facts += ", masked until polled empty";
  if (notify.moderation > Duration{}) facts += ", at most every " + exact(notify.moderation);
  if (notify.adaptive)
    facts += ", after as many frames as it finds best";
  else if (notify.after_time > Duration{})
    facts +=
        fmt::format(", {}{} after the first",
                    notify.after_frames > 0 ? fmt::format("after {} frames or ", notify.after_frames) : "",
                    exact(notify.after_time));
  if (!notify.line.empty()) facts += fmt::format(", on the line of '{}'", notify.line);
  if (notify.demote_after > Duration{})
    facts += fmt::format(", left to a fair-share thread after {}", exact(notify.demote_after));
  return facts;
}

class Page {
 public:
  void line(std::string_view text = {}) { text_.append(text).append("\n"); }

  // A text under a first mark, its other lines under its first.
  void paragraph(std::string_view text, int margin, std::string_view mark = {}) {
    std::string lead = std::string(static_cast<std::size_t>(margin), ' ') + std::string{mark};
    const int width = columns(lead);
    for (const std::string& words : wrapped(text, page - width)) {
      line(lead + words);
      lead.assign(static_cast<std::size_t>(width), ' ');
    }
  }

  // One text at the left margin, one at the right.
  void heading(std::string_view left, std::string_view right) {
    const int gap = std::max(page - columns(left) - columns(right), 1);
    line(fmt::format("{}{}{}", left, std::string(static_cast<std::size_t>(gap), ' '), right));
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_{};
};

void introduction(Page& page, const Path& path, Language language) {
  page.heading(path.name,
               fmt::format("since {}{}", path.since, path.kernel.empty() ? "" : ", " + path.kernel));
  for (const auto title : in_language(path.title, language)) page.paragraph(title, 0);
  for (const auto story : in_language(path.story, language)) {
    page.line();
    page.paragraph(story, 0);
  }
  if (path.cores > 0)
    page.paragraph(fmt::format("Its kernel makes use of {} core{}.", path.cores, path.cores == 1 ? "" : "s"),
                   0);
  if (path.zero_copy) page.paragraph("Claims zero copy: no core copies payload.", 0);
}

void stage(Page& page, const Path& path, StageId id, int number, Lane lane, Language language) {
  const Stage& stage = path.stages[id];
  page.line();
  page.heading(fmt::format("{:2}  {}", number, stage.name),
               fmt::format("{} | {}", to_string(stage.domain), style(lane).letter));
  page.paragraph(stage.stands_for, indent);
  for (const auto why : in_language(stage.why, language)) page.paragraph(why, indent);
  if (stage.memory != Memory::none) page.paragraph(memory_effect(stage), indent, "memory: ");
  if (!stage.ops.empty()) page.paragraph(joined(stage.ops, " + "), indent, "costs: ");
  if (stage.at_most > 0)
    page.paragraph(fmt::format("{} bytes in one go", stage.at_most), indent, "takes at most: ");
  if (stage.switched_off) page.paragraph("the way goes on without it", indent, "switched off: ");
  if (stage.at_longest > Duration{})
    page.paragraph(fmt::format("{} for the next frame of the flow", exact(stage.at_longest)), indent,
                   "waits: ");
  if (stage.page > 0)
    page.paragraph(fmt::format("nothing but whole pages of {} bytes", stage.page), indent, "takes: ");
  if (stage.requests > 1) page.paragraph(fmt::format("{} requests", stage.requests), indent, "in one call: ");
  if (stage.need_wakeup) page.paragraph("while the softirq that it raises runs anyway", indent, "left out: ");
  if (!stage.back_after.empty())
    page.paragraph(
        fmt::format("after '{}' has gone round: part of the frame has left the cache", stage.back_after),
        indent, "comes back: ");
  if (!stage.line.empty())
    page.paragraph(fmt::format("the line '{}', which all cores share", stage.line), indent, "writes: ");
  if (stage.work == Work::judge) page.paragraph(to_string(stage.program), indent, "program: ");
  for (const Hop& hop : path.hops) {
    if (hop.from != id) continue;
    const std::string when = hop.when == Verdict::always ? "" : fmt::format("when {}, ", to_string(hop.when));
    const auto how = std::visit([](const auto& hand) { return told(hand); }, hop.hand);
    const std::string_view at = hop.at_batch_end ? ", at the end of the batch" : "";
    page.paragraph(fmt::format("{} ({}{}{})", path.stages[hop.to].name, when, how, at), indent,
                   std::holds_alternative<Notify>(hop.hand) ? "~> " : "-> ");
  }
}

void appendix(Page& page, const Path& path, Language language) {
  const auto section = [&page](std::string_view title) {
    page.line();
    page.line(title);
  };
  if (!path.parameters.empty()) section("Parameters (--set key=value)");
  for (const Parameter& p : path.parameters) {
    page.paragraph(fmt::format("{:<10}  {}.{}", value_of(path, p), p.target, to_string(p.member)), indent,
                   fmt::format("{:<12}", p.key));
    for (const auto what : in_language(p.what, language)) page.paragraph(what, indent + 12);
  }
  if (!path.needs.empty()) section("Needs on a real machine");
  for (const Capability& c : path.needs)
    page.paragraph(fmt::format("{}: {}; without it {} ({})", c.name, c.for_what, c.error, c.source), indent);
  if (!path.sources.empty()) section("Sources");
  for (const std::string& source : path.sources) page.paragraph(source, indent, "- ");
}

}  // namespace

std::string describe_text(const Path& path, Language language) {
  const auto lane = lanes(path);
  Page page;
  introduction(page, path, language);
  page.line();
  page.paragraph(
      "Stages in packet order, each with its domain and lane. -> packets go on, ~> somebody is told.", 0);
  int number = 0;
  for (const StageId id : reading_order(path)) stage(page, path, id, ++number, lane[id], language);
  appendix(page, path, language);
  return page.take();
}

}  // namespace ringside::path
