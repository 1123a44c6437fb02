#include "window/gathering.hpp"

#include <utility>

namespace ringside::window {

void Gathering::start(const std::string& recording, std::uint64_t moment, replay::Happening sought,
                      std::size_t most) {
  errand_.start(*this,
                [this, recording, moment, sought = std::move(sought), most](const replay::Progress& on) {
                  // Of a recording that has been damaged since, nothing, and no more of it either: else who
                  // asked would ask again, without end.
                  replay::Gathered gathered{.from_begin = true, .to_end = true};
                  try {
                    trace::Recording its{recording};
                    if (auto all = replay::gather(its, moment, sought, most, on)) gathered = *std::move(all);
                  } catch (const trace::RecordingError&) {
                  }
                  return [this, its = std::move(gathered)] { Q_EMIT found(its); };
                });
}

}  // namespace ringside::window
