#include "ringside/net/congestion_names.hpp"

namespace ringside::net {

std::string_view name_of(CongestionControl algorithm) {
  return algorithm == CongestionControl::none ? "none"
                                              : congestion_names[static_cast<std::size_t>(algorithm)];
}

std::optional<CongestionControl> congestion_named(std::string_view name) {
  for (std::size_t i = 0; i < congestion_names.size(); ++i)
    if (congestion_names[i] == name) return static_cast<CongestionControl>(i);
  return std::nullopt;
}

}  // namespace ringside::net
