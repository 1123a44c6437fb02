// RFC 4821 section 7.3: which size is tried next.
#include "tcp/mtu_search.hpp"

namespace ringside::net {

std::uint32_t MtuSearch::text_in(std::uint32_t packet) const {
  const std::uint32_t most = packet > way_.headers ? packet - way_.headers : 0;
  const auto least = static_cast<std::uint32_t>(config_->least_mss);
  return std::max(std::min<std::uint32_t>(most, way_.peer_mss), least) - way_.options;
}

void MtuSearch::begin(Time now, const Way& way) {
  way_ = way;
  on_ = config_->mtu_probing.use == MtuProbing::always;
  high_ = std::min<std::uint32_t>(way.peer_mss + way.headers, way.mtu);
  low_ = packet_of(static_cast<std::uint32_t>(config_->mtu_probing.base_mss));
  probe_.reset();
  since_ = now;
}

std::optional<std::uint32_t> MtuSearch::candidate() const {
  const auto threshold = static_cast<std::uint32_t>(std::max(config_->mtu_probing.threshold, 1));
  if (!on_ || probe_ || high_ < low_ + threshold) return std::nullopt;
  return text_in((high_ + low_) / 2);
}

void MtuSearch::repeat(Time now, std::uint32_t mss) {
  if (!on_ || probe_ || candidate() || now - since_ < config_->mtu_probing.interval) return;
  high_ = std::min<std::uint32_t>(way_.peer_mss + way_.headers, way_.mtu);
  low_ = packet_of(mss);
  since_ = now;
}

void MtuSearch::on_silence(Time now) {
  const MtuProbingConfig& config = config_->mtu_probing;
  if (config.use == MtuProbing::never) return;
  if (!std::exchange(on_, true)) {
    since_ = now;
    return;
  }
  const auto base = static_cast<std::uint32_t>(config.base_mss);
  const auto floor = static_cast<std::uint32_t>(std::max(config.floor, config_->least_mss));
  low_ = packet_of(std::max(std::min(base, passing() / 2), floor));
}

}  // namespace ringside::net
