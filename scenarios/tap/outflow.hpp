// A supply on its way into a stream, and its SHA-256.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "sha256.hpp"
#include "stream.hpp"
#include "supply.hpp"

namespace ringside::tap {

class Outflow {
 public:
  explicit Outflow(std::unique_ptr<Supply> supply) : supply_{std::move(supply)} {}
  bool run(Time now, Stream& stream);  // true: the stream has taken all of it

  std::uint64_t taken() const { return taken_; }        // by the stream
  std::string sha256() const { return digest_.hex(); }  // of all that was read from the supply

 private:
  std::unique_ptr<Supply> supply_;
  scenarios::Sha256 digest_;
  std::array<std::uint8_t, 65536> octets_{};
  std::size_t begin_ = 0, end_ = 0;  // of what the stream has not taken yet
  std::uint64_t taken_ = 0;
};

}  // namespace ringside::tap
