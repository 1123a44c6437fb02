#include "ringside/host/file_pages.hpp"

#include <cassert>

namespace ringside::host {

std::size_t FilePages::ask() {
  const std::size_t chunks_ahead = (config_.read_ahead + config_.chunk - 1) / config_.chunk;
  if (config_.cached || ended_ || asked_.size() > chunks_ahead) return 0;
  std::vector<std::uint8_t> chunk;
  if (!spare_.empty()) {
    chunk = std::move(spare_.back());
    spare_.pop_back();
  }
  chunk.resize(config_.chunk);
  chunk.resize(bytes_(chunk));
  ended_ = chunk.empty();
  if (ended_) return 0;
  asked_.push_back(std::move(chunk));
  return asked_.back().size();
}

std::span<const std::uint8_t> FilePages::take() {
  if (config_.cached) return std::span{taken_}.first(bytes_(taken_));
  assert(ready());
  if (loaded_ == 0) return {};  // the end
  --loaded_;
  spare_.push_back(std::move(taken_));
  taken_ = std::move(asked_.front());
  asked_.pop_front();
  return taken_;
}

}  // namespace ringside::host
