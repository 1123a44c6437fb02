// A path explained on a terminal: every stage in packet order, what it does, why, and how it hands over.
#include <fmt/format.h>

#include <iterator>

#include "describe/facts.hpp"
#include "graph.hpp"
#include "ringside/path/describe.hpp"
#include "ringside/path/lanes.hpp"
#include "ringside/path/names.hpp"
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

// What a path says besides names, in the language; where both are told, in English: the texts of the path
// have both.
class Words {
 public:
  explicit Words(Language language) : language_{language} {}

  template <class... Values>
  std::string operator()(std::string_view english, const Values&... values) const {
    const auto text = fmt::format(fmt::runtime(spoken(english, language_)), values...);
    return language_ == Language::zh_CN ? closed_up(text) : text;
  }
  std::string_view name(std::string_view english) const { return name_in(english, language_); }

  // Files and results have the English one.
  std::string name_and_key(const std::string& english) const {
    const std::string_view told = name(english);
    return told == english ? english : fmt::format("{}  {}", told, english);
  }

  std::string memory_effect(const Stage& stage) const {
    const Words& in = *this;
    if (stage.memory == Memory::reference)
      return in("reference: passes a pointer, the bytes stay where they are");
    return in("{} into {} memory", in(to_string(stage.memory)), in(to_string(stage.into)));
  }

  std::string told(const Call& call) const {
    const Words& in = *this;
    if (call.clone) return in("another reference to the frame");
    return in(call.each_batch ? "called once each batch" : "call");
  }

  std::string told(const Trap&) const { return (*this)("trap across the system-call boundary"); }

  std::string told(const Queue& queue) const {
    const Words& in = *this;
    std::string facts = in("queue '{}': {}", name(queue.name), amount(queue.capacity, queue.unit, language_));
    if (queue.overhead > 0)
      facts += in(", {} charged to each besides its bytes", amount(queue.overhead, Unit::bytes, language_));
    if (queue.budget > 0) facts += in(", {} in one go", queue.budget);
    if (queue.spin == forever)
      facts += in(", watched by spinning");
    else if (queue.spin > Duration{})
      facts += in(", watched by spinning for {}", exact(queue.spin));
    facts += in(queue.full == Full::drop ? "; drops when full" : "; holds back when full");
    if (queue.slots == Slots::until_freed) facts += in("; a slot is free again when nobody needs its buffer");
    if (queue.drain == Drain::caller) facts += in("; emptied by who enqueues");
    if (queue.by_flow) facts += in("; on the core that the flow is hashed to");
    if (queue.small_queues) facts += in("; while it is full the stack keeps what it has to send");
    if (!queue.returns.empty()) facts += in("; still holds its slot of '{}'", name(queue.returns));
    return facts;
  }

  std::string told(const Notify& notify) const {
    const Words& in = *this;
    std::string facts = in("{} '{}'", in(to_string(notify.raise)), name(notify.name));
    if (notify.mask == Mask::until_polled_empty) facts += in(", masked until polled empty");
    if (notify.moderation > Duration{}) facts += in(", at most every {}", exact(notify.moderation));
    if (notify.adaptive)
      facts += in(", after as many frames as it finds best");
    else if (notify.after_time > Duration{} && notify.after_frames > 0)
      facts += in(", after {} frames or {} after the first", notify.after_frames, exact(notify.after_time));
    else if (notify.after_time > Duration{})
      facts += in(", {} after the first", exact(notify.after_time));
    if (!notify.line.empty()) facts += in(", on the line of '{}'", name(notify.line));
    if (notify.demote_after > Duration{})
      facts += in(", left to a fair-share thread after {}", exact(notify.demote_after));
    return facts;
  }

 private:
  Language language_;
};

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
  const Words in{language};
  page.heading(path.name, fmt::format("{} {}{}", in("since"), path.since,
                                      path.kernel.empty() ? "" : ", " + path.kernel));
  for (const auto title : in_language(path.title, language)) page.paragraph(title, 0);
  for (const auto story : in_language(path.story, language)) {
    page.line();
    page.paragraph(story, 0);
  }
  if (path.cores > 0)
    page.paragraph(
        in(path.cores == 1 ? "Its kernel makes use of {} core." : "Its kernel makes use of {} cores.",
           path.cores),
        0);
  if (path.zero_copy) page.paragraph(in("Claims zero copy: no core copies payload."), 0);
}

// What it works with, and within which limits.
void facts(Page& page, const Stage& stage, const Words& in) {
  const auto fact = [&](std::string_view mark, const std::string& text) {
    page.paragraph(text, indent, in(mark));
  };
  if (stage.memory != Memory::none) fact("memory: ", in.memory_effect(stage));
  if (!stage.ops.empty()) fact("costs: ", joined(stage.ops, " + "));
  if (stage.at_most > 0) fact("takes at most: ", in("{} bytes in one go", stage.at_most));
  if (stage.switched_off) fact("switched off: ", in("the way goes on without it"));
  if (stage.at_longest > Duration{})
    fact("waits: ", in("{} for the next frame of the flow", exact(stage.at_longest)));
  if (stage.page > 0) fact("takes: ", in("nothing but whole pages of {} bytes", stage.page));
  if (stage.requests > 1) fact("in one call: ", in("{} requests", stage.requests));
  if (stage.need_wakeup) fact("left out: ", in("while the softirq that it raises runs anyway"));
  if (!stage.back_after.empty())
    fact("comes back: ",
         in("after '{}' has gone round: part of the frame has left the cache", in.name(stage.back_after)));
  if (!stage.line.empty()) fact("writes: ", in("the line '{}', which all cores share", stage.line));
  if (stage.work == Work::judge) fact("program: ", in(to_string(stage.program)));
}

void stage(Page& page, const Path& path, StageId id, int number, Lane lane, Language language) {
  const Words in{language};
  const Stage& stage = path.stages[id];
  page.line();
  page.heading(fmt::format("{:2}  {}", number, in.name_and_key(stage.name)),
               fmt::format("{} | {}", in(to_string(stage.domain)), style(lane).letter));
  page.paragraph(stage.stands_for, indent);
  for (const auto why : in_language(stage.why, language)) page.paragraph(why, indent);
  facts(page, stage, in);
  for (const Hop& hop : path.hops) {
    if (hop.from != id) continue;
    const std::string when = hop.when == Verdict::always ? "" : in("when {}, ", in(to_string(hop.when)));
    const auto how = std::visit([&in](const auto& hand) { return in.told(hand); }, hop.hand);
    const std::string at = hop.at_batch_end ? in(", at the end of the batch") : "";
    page.paragraph(in("{} ({}{}{})", in.name(path.stages[hop.to].name), when, how, at), indent,
                   std::holds_alternative<Notify>(hop.hand) ? "~> " : "-> ");
  }
}

void appendix(Page& page, const Path& path, Language language) {
  const Words in{language};
  const auto section = [&](std::string_view title) {
    page.line();
    page.line(in(title));
  };
  if (!path.parameters.empty()) section("Parameters (--set key=value)");
  for (const Parameter& p : path.parameters) {
    page.paragraph(fmt::format("{:<10}  {}.{}", value_of(path, p), p.target, to_string(p.member)), indent,
                   fmt::format("{:<12}", p.key));
    for (const auto what : in_language(p.what, language)) page.paragraph(what, indent + 12);
  }
  if (!path.needs.empty()) section("Needs on a real machine");
  for (const Capability& c : path.needs)
    page.paragraph(in("{}: {}; without it {} ({})", c.name, c.for_what, c.error, c.source), indent);
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
      Words{language}(
          "Stages in packet order, each with its domain and lane. -> packets go on, ~> somebody is told."),
      0);
  int number = 0;
  for (const StageId id : reading_order(path)) stage(page, path, id, ++number, lane[id], language);
  appendix(page, path, language);
  return page.take();
}

}  // namespace ringside::path
