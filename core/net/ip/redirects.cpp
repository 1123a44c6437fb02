#include "ip/redirects.hpp"

namespace ringside::net {

// RFC 1122 section 3.2.2.2, RFC 4861 section 8.1: only from the router that is asked now.
bool Redirects::take(InterfaceId on, const IpAddress& router, const IpAddress& destination,
                     const IpAddress& to) {
  const auto now = routes_->lookup(destination);
  if (!now || now->out != on || now->address != router || to == router || destination.multicast())
    return false;
  if (now->address == destination) return false;  // it is on the link: __ip_do_redirect(), rt_gw_family
  for (std::size_t i = known_.size(); i-- > 0;)
    if (known_[i].destination == destination) remove(i);
  if (known_.size() == most) remove(0);
  known_.push_back({on, destination, to});
  routes_->add(alone(destination), on, known_.back().gateway());
  return true;
}

void Redirects::forget(InterfaceId on, const IpAddress& hop) {
  for (std::size_t i = known_.size(); i-- > 0;)
    if (known_[i].on == on && known_[i].to == hop) remove(i);
}

void Redirects::remove(std::size_t i) {
  routes_->remove(alone(known_[i].destination), known_[i].on, known_[i].gateway());
  known_.erase(known_.begin() + static_cast<std::ptrdiff_t>(i));
}

}  // namespace ringside::net
