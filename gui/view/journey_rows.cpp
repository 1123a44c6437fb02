#include "view/journey_rows.hpp"

#include <algorithm>
#include <type_traits>

#include "ringside/path/spoken.hpp"
#include "ringside/replay/names.hpp"
#include "ringside/replay/narrate.hpp"
#include "view/comparison_words.hpp"

namespace ringside::view {

namespace {

using trace::Kind;

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Journey)
};

const replay::HostCast* host_of(const replay::Cast& cast, const trace::Event& mark) {
  return mark.host < cast.hosts.size() ? &cast.hosts[mark.host] : nullptr;
}

const path::Stage* stage_of(const replay::Cast& cast, const trace::Event& mark) {
  const replay::HostCast* host = host_of(cast, mark);
  const bool known = host && mark.kind == Kind::stage && mark.index < host->path.stages.size();
  return known ? &host->path.stages[mark.index] : nullptr;
}

// The lane of a stage, and the wire's of what is under way between hosts.
std::optional<path::Lane> lane_of(const replay::Cast& cast, const trace::Event& mark) {
  if (mark.kind == Kind::link) return path::Lane::wire;
  if (mark.kind != Kind::stage) return std::nullopt;
  const replay::HostCast* host = host_of(cast, mark);
  if (!host || mark.index >= host->lanes.size()) return std::nullopt;
  return host->lanes[mark.index];
}

bool copies(const replay::Cast& cast, const trace::Event& mark) {
  const path::Stage* stage = stage_of(cast, mark);
  return stage && stage->memory == path::Memory::copy;
}

class Listing {
 public:
  explicit Listing(const JourneyScene& scene)
      : cast_{*scene.cast},
        language_{scene.language},
        scale_{scene.journey->whole},
        steps_{scene.journey->steps} {}

  JourneyRows run() {
    const trace::Event* stage_before = nullptr;
    const trace::Event* before = nullptr;
    for (const replay::Step& step : steps_) {
      JourneyRow row = row_of(step, steps_.front().mark.at);
      row.enters = !before || before->host != step.mark.host;
      before = &step.mark;
      if (step.mark.kind == Kind::stage) {
        row.crosses = stage_before ? traps(*stage_before, step.mark) : begins_with_trap(step.mark);
        out_.crossings += row.crosses;
        stage_before = &step.mark;
      }
      out_.rows.push_back(std::move(row));
    }
    return std::move(out_);
  }

 private:
  JourneyRow row_of(const replay::Step& step, Time begin) {
    const trace::Event& mark = step.mark;
    JourneyRow row{.step = &step,
                   .lane = lane_of(cast_, mark),
                   .name = name_of(mark),
                   .also = also_of(mark),
                   .waits = mark.kind == Kind::queue || mark.kind == Kind::held,
                   .lost = mark.kind == Kind::drop,
                   .since = scale_.rounded(mark.at - begin)};
    row.lasts = scale_.rounded(mark.at - begin + step.lasts) - row.since;
    if (const path::Stage* stage = stage_of(cast_, mark)) {
      row.detail = QString::fromStdString(path::memory_label(*stage, language_));
      row.copies = copies(cast_, mark);
      out_.copies += row.copies;
      out_.dmas += stage->memory == path::Memory::dma;
    }
    if (step.interrupted > Duration{0}) {
      if (!row.detail.isEmpty()) row.detail += QStringLiteral(" · ");
      row.detail +=
          Texts::tr("interrupted for %1").arg(QString::fromStdString(replay::quantity(step.interrupted)));
    }
    return row;
  }

  QString also_of(const trace::Event& mark) const {
    if (language_ != path::Language::both) return {};
    return QString::fromStdString(replay::place_name(cast_, mark, path::Language::zh_CN));
  }

  QString name_of(const trace::Event& mark) const {
    switch (mark.kind) {
      case Kind::stage: return QString::fromStdString(replay::stage_name(cast_, mark, language_));
      case Kind::queue:
        return Texts::tr("waits: %1").arg(QString::fromStdString(replay::queue_name(cast_, mark, language_)));
      case Kind::held:
        return Texts::tr("held back: %1")
            .arg(QString::fromStdString(replay::stage_name(cast_, mark, language_)));
      case Kind::link: return Texts::tr("on the wire");
      case Kind::end: return Texts::tr("the program has it");
      case Kind::drop: return Texts::tr("dropped: %1").arg(reason_word(cast_, mark, language_));
      default: break;
    }
    const replay::HostCast* host = host_of(cast_, mark);
    return host && host->wire ? Texts::tr("the wire ends here") : Texts::tr("used up");
  }

  // A program comes to where it sends by a trap, before there is a packet; who wakes it there finds it
  // inside.
  bool begins_with_trap(const trace::Event& mark) const {
    const replay::HostCast* host = host_of(cast_, mark);
    if (!host) return false;
    const auto comes_by = [&]<class Hand>(std::type_identity<Hand>) {
      return std::ranges::any_of(host->path.hops, [&](const path::Hop& hop) {
        return hop.to == mark.index && std::holds_alternative<Hand>(hop.hand);
      });
    };
    return comes_by(std::type_identity<path::Trap>{}) && !comes_by(std::type_identity<path::Call>{}) &&
           !comes_by(std::type_identity<path::Queue>{});
  }

  bool traps(const trace::Event& from, const trace::Event& to) const {
    const replay::HostCast* host = host_of(cast_, to);
    if (!host || from.host != to.host) return false;
    return std::ranges::any_of(host->path.hops, [&](const path::Hop& hop) {
      return hop.from == from.index && hop.to == to.index && std::holds_alternative<path::Trap>(hop.hand);
    });
  }

  const replay::Cast& cast_;
  path::Language language_;
  TimeScale scale_;
  const std::vector<replay::Step>& steps_;
  JourneyRows out_{};
};

}  // namespace

JourneyRows rows_of(const JourneyScene& scene) { return Listing{scene}.run(); }

}  // namespace ringside::view
