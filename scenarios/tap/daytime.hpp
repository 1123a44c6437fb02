// RFC 867: a line with the date and the time, to whoever connects.
#pragma once

#include <ctime>
#include <functional>
#include <string>

#include "session.hpp"

namespace ringside::tap {

using Calendar = std::function<std::time_t()>;  // the time of day; the stack's own clock knows none

std::string http_date(std::time_t at);  // RFC 9110 section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT"

class Daytime : public Session {
 public:
  explicit Daytime(const Calendar& calendar) : line_{http_date(calendar()) + "\r\n"} {}
  bool run(Time now, Stream& stream) override;

 private:
  std::string line_;  // what is left to say
};

}  // namespace ringside::tap
