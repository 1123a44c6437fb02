// ringside replay: what is in a recording, and what happened, in sentences.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "describe.hpp"
#include "fields.hpp"
#include "ringside/pcap/output_file.hpp"
#include "ringside/pcap/writer.hpp"
#include "ringside/replay/cast.hpp"
#include "ringside/replay/journey.hpp"
#include "ringside/replay/names.hpp"
#include "ringside/replay/narrate.hpp"
#include "ringside/replay/on_the_wire.hpp"
#include "table.hpp"

namespace ringside::scenarios {
namespace {

using Json = nlohmann::ordered_json;
using path::Language;

struct Opened {
  trace::Recording recording;
  replay::Cast cast{};
};

// The events that were asked for, by their numbers.
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

std::optional<Duration> time_of(const char* option, const std::string& text, Findings& findings) {
  if (text.empty()) return std::nullopt;
  return as_duration({.kind = TextNode::Kind::scalar, .text = text},
                     {fmt::format("{} {}", option, text), findings});
}

Range range_of(const ReplayRequest& request, trace::Recording& recording) {
  Findings findings;
  const auto from = time_of("--from", request.from, findings);
  const auto to = time_of("--to", request.to, findings);
  if (from && to && *to < *from)
    findings.add("--to " + request.to, {}, "expected a time not before --from " + request.from);
  stop_if(findings);
  Range range{.end = recording.events()};
  if (from && *from > Duration{0}) range.begin = recording.number_at(start_of_time + *from - Duration{1});
  if (to) range.end = recording.number_at(start_of_time + *to);
  return range;
}

// To the picosecond.
std::string exact(Duration time) {
  return fmt::format("{}.{:03} ns", time.count() / 1000, time.count() % 1000);
}
std::string exact(Time time) { return exact(time - start_of_time); }

std::string text_in(Language language, const path::Text& text) {
  if (language == Language::both) return fmt::format("{} / {}", text.en, text.zh_CN);
  return language == Language::zh_CN ? text.zh_CN : text.en;
}

std::string told(const replay::HostCast& host, Language language) {
  if (host.wire) return worded("show.wire end", language);
  const std::string machine =
      host.machine.empty() ? worded("show.own machine", language,
                                    {{"profile", host.profile}, {"cores", fmt::format("{}", host.cores)}})
                           : worded("show.machine of", language, {{"host", host.machine}});
  return worded("show.host", language, {{"path", host.path.name}, {"machine", machine}});
}

std::string summary(Opened& opened, Language language) {
  const auto& [recording, cast] = opened;
  std::string text = fmt::format(
      "{}: {}\n{}\n\n{}\n", cast.scenario, text_in(language, cast.title),
      worded("show.recorded", language, {{"version", cast.version}, {"seed", fmt::format("{}", cast.seed)}}),
      worded("show.hosts", language, {{"host", cast.hosts[cast.study].name}}));
  Table hosts{{Table::Align::left, Table::Align::left}};
  for (const replay::HostCast& host : cast.hosts) hosts.row({host.name, told(host, language)});
  text += hosts.text(2);
  Table facts{{Table::Align::left, Table::Align::right}};
  facts.row({worded("show.events", language), fmt::format("{}", recording.events())});
  facts.row({worded("show.first", language), exact(recording.first())});
  facts.row({worded("show.last", language), exact(recording.last())});
  return text + '\n' + facts.text();
}

Json summary_json(Opened& opened) {
  const auto& [recording, cast] = opened;
  Json hosts = Json::array();
  for (const replay::HostCast& host : cast.hosts) {
    Json fact{{"host", host.name}, {"wire", host.wire}};
    if (!host.wire)
      fact.update({{"machine", host.machine},
                   {"cores", host.cores},
                   {"profile", host.profile},
                   {"path", host.path.name}});
    hosts.push_back(fact);
  }
  return {{"ringside", cast.version},
          {"scenario", cast.scenario},
          {"title", {{"en", cast.title.en}, {"zh_CN", cast.title.zh_CN}}},
          {"seed", cast.seed},
          {"study", cast.hosts[cast.study].name},
          {"hosts", hosts},
          {"events", recording.events()},
          {"first_ps", recording.first().time_since_epoch().count()},
          {"last_ps", recording.last().time_since_epoch().count()},
          {"damage", recording.damage()}};
}

replay::Why why(const ReplayRequest& request) {
  return request.why ? replay::Why::added : replay::Why::left_out;
}

Json told_json(const replay::Cast& cast, const trace::Event& event, const trace::State& before,
               replay::Why why) {
  return {{"at_ps", event.at.time_since_epoch().count()},
          {"host", replay::host_name(cast, event)},
          {"en", replay::narrate(cast, event, before, Language::en, why)},
          {"zh_CN", replay::narrate(cast, event, before, Language::zh_CN, why)}};
}

// Calls with each event of the range, and the state before it.
template <class Each>
void for_each_event(trace::Recording& recording, Range range, Each each) {
  if (range.begin >= range.end) return;
  trace::State state = recording.after(range.begin);
  while (range.begin < range.end) {
    const auto events =
        recording.slice(range.begin, std::min(range.end, recording.block(range.begin).end) - range.begin);
    for (const trace::Event& event : events) {
      each(event, state);
      state.apply(event);
    }
    range.begin += events.size();
  }
}

// Sentences, a line each (in both languages: two), behind the columns of a margin.
class Lines {
 public:
  Lines(const replay::Cast& cast, Time last) : time_width_{exact(last).size()} {
    for (const replay::HostCast& host : cast.hosts) host_width_ = std::max(host_width_, host.name.size());
  }

  std::string line(const std::string& time, const std::string& host, const std::string& sentence) const {
    const std::string margin = fmt::format("{:>{}}  {:<{}}  ", time, time_width_, host, host_width_);
    const std::string blank = '\n' + std::string(margin.size(), ' ');
    std::string text = margin + sentence;
    for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) text.replace(at, 1, blank);
    return text + '\n';
  }

 private:
  std::size_t time_width_;
  std::size_t host_width_ = 0;
};

void print_narration(Opened& opened, Range range, const ReplayRequest& request) {
  constexpr std::size_t enough = 1 << 16;
  const Lines lines{opened.cast, opened.recording.last()};
  std::string text = "\n";
  for_each_event(opened.recording, range, [&](const trace::Event& event, const trace::State& before) {
    text += lines.line(exact(event.at), replay::host_name(opened.cast, event),
                       replay::narrate(opened.cast, event, before, request.language, why(request)));
    if (text.size() < enough) return;
    print(text);
    text.clear();
  });
  print(text);
}

std::optional<replay::Journey> journey_of(Opened& opened, Range range, const ReplayRequest& request) {
  if (request.packet == 0) return std::nullopt;
  const auto near = replay::find_mark(opened.recording, request.packet, range.begin, range.end);
  if (near) return replay::journey(opened.recording, request.packet, *near);
  complain(fmt::format("--packet {}: no event of this packet{}; expected the number of one that is there",
                       request.packet,
                       request.from.empty() && request.to.empty() ? "" : " between --from and --to"));
  throw Stop{Exit::bad_input};
}

std::string place_or_sentence(Opened& opened, const replay::Step& step, const ReplayRequest& request) {
  if (!request.narrate) return replay::place_name(opened.cast, step.mark, request.language);
  return replay::narrate(opened.cast, step.mark, opened.recording.after(step.number), request.language,
                         why(request));
}

std::string journey_text(Opened& opened, const replay::Journey& journey, const ReplayRequest& request) {
  const Lines lines{opened.cast, opened.recording.last()};
  const std::size_t width = exact(journey.whole).size();
  const auto line = [&](const std::string& at, Duration lasts, const std::string& host,
                        const std::string& what) {
    return lines.line(fmt::format("{}  {:>{}}", at, exact(lasts), width), host, what);
  };
  std::string text =
      '\n' + worded("show.journey", request.language, {{"packet", fmt::format("{}", journey.packet)}});
  if (journey.parent != 0)
    text += worded("show.made", request.language, {{"packet", fmt::format("{}", journey.parent)}});
  text += "\n";
  const std::size_t at_width = exact(opened.recording.last()).size();
  for (const replay::Step& step : journey.steps)
    text += line(fmt::format("{:>{}}", exact(step.mark.at), at_width), step.lasts,
                 replay::host_name(opened.cast, step.mark), place_or_sentence(opened, step, request));
  std::string sum =
      line(fmt::format("{:<{}}", worded("show.sum", request.language), at_width), journey.whole, "", "");
  sum.erase(sum.find_last_not_of(" \n") + 1);
  return text + sum + '\n';
}

Json journey_json(Opened& opened, const replay::Journey& journey, const ReplayRequest& request) {
  Json steps = Json::array();
  for (const replay::Step& step : journey.steps) {
    Json fact = told_json(opened.cast, step.mark, opened.recording.after(step.number), why(request));
    fact["place"] = replay::place_name(opened.cast, step.mark, path::Language::en);
    fact["lasts_ps"] = step.lasts.count();
    steps.push_back(std::move(fact));
  }
  return {{"packet", journey.packet},
          {"parent", journey.parent},
          {"lasts_ps", journey.whole.count()},
          {"steps", std::move(steps)}};
}

// The narration can be longer than memory is large: it is written event by event.
void write_json(Opened& opened, Range range, const std::optional<replay::Journey>& journey,
                const ReplayRequest& request) {
  pcap::OutputFile file{request.json};
  Json all = summary_json(opened);
  if (journey) all["journey"] = journey_json(opened, *journey, request);
  std::string text = all.dump(2);
  if (request.narrate && !journey) {
    text.erase(text.size() - 2);  // the brace, and the line that it has
    file.write(text + ",\n  \"narration\": [");
    const char* between = "\n    ";
    for_each_event(opened.recording, range, [&](const trace::Event& event, const trace::State& before) {
      file.write(between + told_json(opened.cast, event, before, why(request)).dump());
      between = ",\n    ";
    });
    text = "\n  ]\n}";
  }
  file.write(text + '\n');
  file.finish();
}

void write_capture(Opened& opened, Range range, const ReplayRequest& request) {
  pcap::Writer capture{request.pcap};
  const std::size_t study = opened.cast.study;
  replay::on_the_wire(opened.recording, opened.cast.hosts.at(study), static_cast<std::uint16_t>(study),
                      range.begin, range.end, request.packet, [&capture](Time at, const trace::Frame& frame) {
                        capture.write(at, frame.octets, Bytes{frame.length});
                      });
  capture.finish();
}

Opened opened_file(const std::string& file) {
  trace::Recording recording{file};
  replay::Cast cast = replay::cast_of(recording.meta());
  return {std::move(recording), std::move(cast)};
}

Exit replayed(const ReplayRequest& request) {
  Opened opened = opened_file(request.file);
  if (const std::string& damage = opened.recording.damage(); !damage.empty())
    fmt::print(stderr, "ringside: warning: {}: {}\n", request.file, damage);
  const Range range = range_of(request, opened.recording);
  const auto journey = journey_of(opened, range, request);
  if (!request.json.empty()) write_json(opened, range, journey, request);
  if (!request.pcap.empty()) write_capture(opened, range, request);
  if (request.json == "-") return Exit::done;
  print(summary(opened, request.language));
  if (journey)
    print(journey_text(opened, *journey, request));
  else if (request.narrate)
    print_narration(opened, range, request);
  return Exit::done;
}

}  // namespace

Exit execute(const ReplayRequest& request) {
  try {
    return replayed(request);
  } catch (const trace::RecordingError& error) {
    const std::string message = error.what();
    complain(message.starts_with(request.file) ? message : request.file + ": " + message);
    return Exit::bad_input;
  }
}

}  // namespace ringside::scenarios
