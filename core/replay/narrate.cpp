#include "ringside/replay/narrate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ringside/path/names.hpp"
#include "ringside/path/spoken.hpp"
#include "ringside/replay/catalogue.hpp"
#include "ringside/replay/names.hpp"

namespace ringside::replay {

namespace {

using path::Language;
using trace::Event;
using trace::Kind;

const HostCast* host_of(const Cast& cast, const Event& event) {
  return event.host < cast.hosts.size() ? &cast.hosts[event.host] : nullptr;
}

const path::Stage* stage_of(const Cast& cast, std::uint16_t host, std::uint16_t index) {
  if (host >= cast.hosts.size() || index >= cast.hosts[host].path.stages.size()) return nullptr;
  return &cast.hosts[host].path.stages[index];
}

std::string number(std::uint64_t n) { return fmt::format("{}", n); }

// 1st, 22nd, 113th; in Chinese the sentence says so.
std::string ordinal(std::uint64_t n, Language language) {
  if (language == Language::zh_CN) return number(n);
  const bool teen = n % 100 / 10 == 1;
  const char* const ending = teen          ? "th"
                             : n % 10 == 1 ? "st"
                             : n % 10 == 2 ? "nd"
                             : n % 10 == 3 ? "rd"
                                           : "th";
  return fmt::format("{}{}", n, ending);
}

// 256, or 208 KiB; empty: the path does not say.
std::string capacity_of(const HostCast& host, std::size_t index) {
  const path::Queue* queue = host.queue(index);
  if (!queue || queue->capacity == 0) return {};
  if (queue->unit == path::Unit::packets) return fmt::format("{}", queue->capacity);
  std::string amount = path::amount(queue->capacity, queue->unit, Language::en);
  const auto space = amount.find(' ');
  return space == amount.npos ? amount : amount.replace(space, 1, "\u2009");
}

// Why it was dropped; nullptr: a queue was full.
const std::string* loss_of(const Cast& cast, const Event& event) {
  return event.level == trace::full_queue || event.level >= cast.losses.size() ? nullptr
                                                                               : &cast.losses[event.level];
}

// What the cast has no name for.
std::string numbered(std::string_view what, const Event& event, Language language) {
  return fmt::format("{} {}", path::spoken(what, language), event.index);
}

// By the key of a result; in Chinese there is a word for each.
std::string lost(const Cast& cast, const Event& drop, Language language) {
  const std::string key = loss_key(cast, drop);
  return language == Language::zh_CN ? drop_reason(key).zh_CN : key;
}

// The sentence of one event, in one language.
class Sentence {
 public:
  Sentence(const Cast& cast, const Event& event, const trace::State& before, Language language)
      : cast_{cast}, event_{event}, before_{before}, language_{language} {}

  // A kind that is new has its case here and its sentence in event_sentences.cpp.
  std::string told() const {
    switch (event_.kind) {
      case Kind::stage: return at_stage();
      case Kind::queue: return in_queue();
      case Kind::link:
        return tell("link", {packet(), {"host", host_name(cast_, event_)}, {"port", number(event_.index)}});
      case Kind::end: return tell("end", {packet()});
      case Kind::drop: return dropped();
      case Kind::gone: return gone();
      case Kind::birth: return tell("birth", {packet(), {"cause", number(event_.other)}});
      case Kind::busy: return worked();
      case Kind::syscall: return tell("syscall", {core()});
      case Kind::interrupt: return tell("interrupt", {core()});
      case Kind::context_switch: return tell("context_switch", {core()});
      case Kind::wakeup: return tell("wakeup", {core()});
      case Kind::mask:
        return tell(event_.other == 0 ? "unmask" : "mask",
                    {{"notification", notification_name(cast_, event_, language_)}});
      case Kind::window: return window();
      case Kind::held: return tell("held", {packet(), {"stage", stage_name(cast_, event_, language_)}});
      case Kind::interrupted:
        return tell(
            "interrupted",
            {packet(), {"stage", stage_name(cast_, event_, language_)}, {"time", time(event_.other)}});
    }
    return {};
  }

  std::string with_reason(std::string sentence) const {
    const path::Stage* stage =
        event_.kind == Kind::stage ? stage_of(cast_, event_.host, event_.index) : nullptr;
    if (!stage) return sentence;
    const std::string& why = language_ == Language::zh_CN ? stage->why.zh_CN : stage->why.en;
    return why.empty() ? sentence : tell("with reason", {{"sentence", std::move(sentence)}, {"why", why}});
  }

 private:
  std::string tell(std::string_view id, const Values& values = {}) const {
    return say(id, language_, values);
  }
  Values::value_type core() const { return {"core", number(event_.index)}; }
  Values::value_type packet() const { return {"packet", number(event_.packet)}; }

  std::string at_stage() const {
    const Values values{packet(), {"stage", stage_name(cast_, event_, language_)}, {"does", does()}};
    const bool alone = event_.packet == 0;
    if (values.back().second.empty()) return tell(alone ? "stage.alone" : "stage", values);
    return tell(alone ? "stage.alone.does" : "stage.does", values);
  }

  // What the stage does, apart from costing time; empty: nothing.
  std::string does() const {
    const path::Stage* stage = stage_of(cast_, event_.host, event_.index);
    if (!stage) return {};
    if (stage->switched_off) return tell("stage.off");
    const std::string work =
        stage->work == path::Work::pass ? "" : tell(fmt::format("work.{}", path::to_string(stage->work)));
    const std::string memory = memory_effect(*stage);
    if (work.empty() || memory.empty()) return work + memory;
    return tell("stage.both", {{"first", work}, {"second", memory}});
  }

  std::string memory_effect(const path::Stage& stage) const {
    if (stage.memory == path::Memory::none) return {};
    return tell(fmt::format("memory.{}", path::to_string(stage.memory)),
                {{"region", tell(fmt::format("region.{}", path::to_string(stage.into)))}});
  }

  const trace::Whereabouts* was() const {
    const auto found = before_.packets.find(event_.packet);
    return found == before_.packets.end() ? nullptr : &found->second;
  }

  std::string in_queue() const {
    std::uint64_t others = 0;
    if (event_.host < before_.hosts.size() && event_.index < before_.hosts[event_.host].waiting.size())
      others = before_.hosts[event_.host].waiting[event_.index];
    const auto* known = was();
    const bool itself = known && known->place == Kind::queue && known->host == event_.host &&
                        known->index == event_.index && others > 0;
    const std::uint64_t before = others - itself;
    const HostCast* host = host_of(cast_, event_);
    if (host && before >= room_of_each(*host)) return among(before, *host);
    return tell("queue", {packet(),
                          {"queue", queue_name(cast_, event_, language_)},
                          {"place", ordinal(before + 1, language_)}});
  }

  // Packets; as many as there are where they are not what it is measured in.
  std::uint64_t room_of_each(const HostCast& host) const {
    const std::int64_t all = host.packets_in(event_.index);
    return all > 0 ? static_cast<std::uint64_t>(all / host.instances_of(event_.index)) : UINT64_MAX;
  }

  // More than have room. The slots are free when work on what was in them begins; it comes to its next stage
  // later. And which of several queues of a name the others are in is not known.
  std::string among(std::uint64_t before, const HostCast& host) const {
    const int several = host.instances_of(event_.index);
    return tell(several > 1 ? "queue.several" : "queue.behind",
                {packet(),
                 {"queue", queue_name(cast_, event_, language_)},
                 {"others", number(before)},
                 {"number", fmt::format("{}", several)}});
  }

  std::string dropped() const {
    if (const std::string* loss = loss_of(cast_, event_)) {
      const path::Text reason = drop_reason(*loss);
      return tell("drop.why",
                  {packet(), {"reason", language_ == Language::zh_CN ? reason.zh_CN : reason.en}});
    }
    const HostCast* host = host_of(cast_, event_);
    const std::string queue = queue_name(cast_, event_, language_);
    const std::string capacity = host ? capacity_of(*host, event_.index) : "";
    return tell(capacity.empty() ? "drop" : "drop.sized",
                {packet(), {"queue", queue}, {"capacity", capacity}});
  }

  std::string gone() const {
    const auto* known = was();
    const HostCast* host = host_of(cast_, event_);
    if (known && known->place == Kind::link && host && host->wire)
      return tell("gone.wire", {packet(), {"host", host->name}});
    const path::Stage* stage =
        known && known->place == Kind::stage ? stage_of(cast_, known->host, known->index) : nullptr;
    if (!stage) return tell("gone", {packet()});
    return tell(stage->work == path::Work::coalesce ? "gone.gathered" : "gone.at",
                {packet(), {"stage", std::string{path::name_in(stage->name, language_)}}});
  }

  static std::string time(std::uint64_t picoseconds) {
    return quantity(Duration{static_cast<std::int64_t>(picoseconds)});
  }

  std::string worked() const {
    const std::uint64_t user = event_.packet;
    return tell(user == 0 ? "busy" : "busy.user",
                {{"core", number(event_.index)},
                 {"time", time(event_.other)},
                 {"level", tell(fmt::format("level.{}", std::min<int>(event_.level, 2)))},
                 {"user", time(user)}});
  }

  std::string window() const {
    const trace::Window now = trace::window_of(event_);
    const trace::Window was = trace::window_before(before_, event_);
    const auto octets = [](std::uint32_t n) { return quantity(Bytes{n}); };
    const bool threshold = now.has_threshold() && now.ssthresh != was.ssthresh;
    const Values values{
        {"connection", number(event_.index)},
        {"host", host_name(cast_, event_)},
        {"cwnd", octets(now.cwnd)},
        {"why", window_reason(event_.level, language_)},
        {"threshold", threshold ? tell("window.threshold", {{"ssthresh", octets(now.ssthresh)}}) : ""}};
    if (now.cwnd == 0) return tell("window.ends", values);
    if (was.cwnd == 0) return tell("window.opens", values);
    if (now.cwnd == was.cwnd) return tell("window.stays", values);
    return tell(now.cwnd > was.cwnd ? "window.grows" : "window.shrinks", values);
  }

  const Cast& cast_;
  const Event& event_;
  const trace::State& before_;
  Language language_;
};

}  // namespace

std::string narrate(const Cast& cast, const Event& event, const trace::State& before, Language language,
                    Why why) {
  if (language == Language::both)
    return narrate(cast, event, before, Language::en, why) + '\n' +
           narrate(cast, event, before, Language::zh_CN, why);
  const Sentence sentence{cast, event, before, language};
  return why == Why::added ? sentence.with_reason(sentence.told()) : sentence.told();
}

std::string on_host(const Cast& cast, const Event& event, std::string sentence, Language language) {
  return say("on host", language, {{"host", host_name(cast, event)}, {"sentence", std::move(sentence)}});
}

std::string host_name(const Cast& cast, const Event& event) {
  const HostCast* host = host_of(cast, event);
  return host ? host->name : fmt::format("host {}", event.host);
}

std::string stage_name(const Cast& cast, const Event& event, Language language) {
  const path::Stage* stage = stage_of(cast, event.host, event.index);
  return stage ? std::string{path::name_in(stage->name, language)} : numbered("stage", event, language);
}

std::string queue_name(const Cast& cast, const Event& event, Language language) {
  const HostCast* host = host_of(cast, event);
  if (!host || event.index >= host->queues.size()) return numbered("queue", event, language);
  return std::string{path::name_in(host->queues[event.index], language)};
}

std::string notification_name(const Cast& cast, const Event& event, Language language) {
  const HostCast* host = host_of(cast, event);
  if (!host || event.index >= host->notifications.size()) return numbered("notification", event, language);
  return std::string{path::name_in(host->notifications[event.index], language)};
}

std::string window_reason(std::uint8_t level, Language language) {
  constexpr std::uint8_t undone = 7;  // net::WindowReason, as docs/recording.md has it
  return say(fmt::format("because.{}", level == undone ? level : std::clamp<int>(level, 1, 5)), language);
}

std::string loss_key(const Cast& cast, const Event& drop) {
  const std::string* loss = loss_of(cast, drop);
  return loss ? *loss : queue_name(cast, drop, Language::en);
}

std::string place_name(const Cast& cast, const Event& event, Language language) {
  const Language one = language == Language::zh_CN ? language : Language::en;
  switch (event.kind) {
    case Kind::stage:
    case Kind::held:
    case Kind::interrupted: return stage_name(cast, event, one);
    case Kind::queue: return queue_name(cast, event, one);
    case Kind::link: return say("place.link", one);
    case Kind::end: return say("place.end", one);
    case Kind::drop: return say("place.dropped", one, {{"reason", lost(cast, event, one)}});
    case Kind::gone: return say("place.gone", one);
    default: break;
  }
  return {};
}

}  // namespace ringside::replay
