#include "window/gathering.hpp"

#include <utility>

namespace ringside::window {

void Gathering::start(const std::string& recording, std::uint64_t moment, replay::Happening sought,
                      std::size_t most) {
  errand_.start(
      *this, [this, recording, moment, sought = std::move(sought), most](const replay::Progress& on) {
        std::optional<replay::Gathered> gathered;
        try {
          trace::Recording its{recording};
          gathered = replay::gather(its, moment, sought, most, on);
        } catch (const trace::RecordingError&) {  // it has been damaged since
        }
        return [this, its = std::move(gathered).value_or(replay::Gathered{})] { Q_EMIT found(its); };
      });
}

}  // namespace ringside::window
