// What a service does with one connection. It reads no more than it has room for, so that a peer that does
// not read is not read from either.
#pragma once

#include <optional>
#include <string>

#include "stream.hpp"

namespace ringside::tap {

class Session {
 public:
  virtual ~Session() = default;
  // As far as it goes without waiting. True: it has said all that it will say.
  virtual bool run(Time now, Stream& stream) = 0;
  // Once it has: why that was in vain; nullopt: it was not.
  virtual std::optional<std::string> failure() const { return std::nullopt; }
};

}  // namespace ringside::tap
