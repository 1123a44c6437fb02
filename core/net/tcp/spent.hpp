// What a sender spends its time with: Linux tcp_chrono_start() and tcp_chrono_stop().
#pragma once

#include "ringside/net/tcp_info.hpp"

namespace ringside::net {

class Spent {
 public:
  void begin(Time now, Limit limit) {  // unless what holds it back already is stronger
    if (limit > time_.limit) change(now, limit);
  }
  void end(Time now, Limit limit) {  // there is more to do
    if (limit == time_.limit) change(now, Limit::network);
  }
  void rest(Time now) { change(now, Limit::idle); }  // all is acknowledged
  const TimeSpent& so_far() const { return time_; }

 private:
  void change(Time now, Limit limit) {
    if (time_.limit != Limit::idle) time_.ended[static_cast<std::size_t>(time_.limit)] += now - time_.since;
    time_.limit = limit;
    time_.since = now;
  }

  TimeSpent time_{};
};

}  // namespace ringside::net
