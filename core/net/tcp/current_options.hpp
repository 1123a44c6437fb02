// The options of a connection, as they are now. Nearly all connections of a host have the same, and share one
// copy that nobody changes; what setsockopt() makes of them is another copy, to be shared again.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>

#include "ringside/net/config.hpp"

namespace ringside::net {

using OptionCopy = std::shared_ptr<const TcpSocketOptions>;

// The copies that were asked for lately.
class OptionCopies {
 public:
  OptionCopy of(const TcpSocketOptions& options) {
    const auto same = [&](const OptionCopy& copy) { return copy && *copy == options; };
    const auto known = std::find_if(lately_.begin(), lately_.end(), same);
    if (known != lately_.end()) return *known;
    return lately_[next_++ % lately_.size()] = std::make_shared<const TcpSocketOptions>(options);
  }

 private:
  std::array<OptionCopy, 8> lately_{};
  std::size_t next_ = 0;
};

// What a part of a connection knows of them: always those that are in force.
class CurrentOptions {
 public:
  explicit CurrentOptions(const OptionCopy& of) : of_{&of} {}
  const TcpSocketOptions* operator->() const { return of_->get(); }
  const TcpSocketOptions& operator*() const { return **of_; }

 private:
  const OptionCopy* of_;
};

}  // namespace ringside::net
