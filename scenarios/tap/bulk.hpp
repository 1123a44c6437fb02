// Much data one way: one that sends a supply, and a sink that counts what it gets. Both tell the SHA-256, the
// sink also its peer, once that has finished.
#pragma once

#include "outflow.hpp"
#include "ringside/tap/say.hpp"
#include "session.hpp"

namespace ringside::tap {

class BulkSender : public Session {
 public:
  BulkSender(std::string name, std::unique_ptr<Supply> supply, Say say)
      : name_{std::move(name)}, octets_{std::move(supply)}, say_{std::move(say)} {}
  bool run(Time now, Stream& stream) override;

 private:
  std::string name_;  // by which it reports
  Outflow octets_;
  Say say_;
};

class Sink : public Session {
 public:
  explicit Sink(Say say) : say_{std::move(say)} {}
  bool run(Time now, Stream& stream) override;

 private:
  void read(Time now, Stream& stream);

  scenarios::Sha256 digest_;
  std::uint64_t octets_ = 0;
  bool ended_ = false;
  std::string answer_;
  Say say_;
};

}  // namespace ringside::tap
