#include "window/search.hpp"

namespace ringside::window {

void Search::start(const std::string& recording, std::uint64_t from, const replay::Sought& sought,
                   int direction) {
  errand_.start(*this, [this, recording, from, sought, direction](const replay::Progress& on) {
    std::optional<std::uint64_t> moment;
    try {
      trace::Recording its{recording};
      moment = direction > 0 ? replay::next(its, from, sought, nullptr, on)
                             : replay::previous(its, from, sought, nullptr, on);
    } catch (const trace::RecordingError&) {  // it has been damaged since: there is no such moment in it
    }
    return [this, moment] { Q_EMIT found(moment); };
  });
}

}  // namespace ringside::window
