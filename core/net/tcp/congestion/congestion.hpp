// Congestion control of one connection: slow start and the reactions that all algorithms share are here,
// growth in congestion avoidance and the answer to loss are the algorithm's. A new one is an alternative of
// the variant.
#pragma once

#include <memory>
#include <utility>
#include <variant>

#include "ringside/net/config.hpp"
#include "ringside/net/tcp_info.hpp"
#include "tcp/congestion/bbr.hpp"
#include "tcp/congestion/cubic.hpp"
#include "tcp/congestion/dctcp.hpp"
#include "tcp/congestion/none.hpp"
#include "tcp/congestion/reno.hpp"
#include "tcp/congestion/window.hpp"

namespace ringside::net {

class Congestion {
 public:
  explicit Congestion(CongestionControl algorithm, SlowStartExit exit = SlowStartExit::hystart)
      : exit_{exit} {
    use(algorithm);
  }

  void use(CongestionControl algorithm);  // from now on, with the window as it is
  void open(std::uint32_t window);        // the handshake is done; segments
  void grow(const Arrived& arrived);      // segments arrived while the window was the limit
  void measured(const RoundTrip& trip);
  void acknowledged(const Delivery& news) {
    if (auto* dctcp = std::get_if<Dctcp>(&algorithm_)) dctcp->acknowledged(news);
  }
  void reduce(CongestionSign sign);  // once in a round trip: ssthresh for a segment lost, or marked
  void lost_while_reducing();        // for marks: dctcp_react_to_loss()
  void shrink(std::uint32_t cwnd);   // while segments are repaired
  void time_out(std::uint32_t cwnd,
                bool first);  // `first`: ssthresh has not been reduced for these octets yet
  void settle();              // recovery has ended: at ssthresh
  void undo(std::uint32_t cwnd, std::optional<std::uint32_t> ssthresh,
            const Sending& sending);  // it was no loss
  // A segment that is worth two is under way (tcp_mtu_probe()), and was lost for being so large.
  void set_aside() { --window_.cwnd; }
  void take_back() { ++window_.cwnd; }
  // Packets have `after` octets from now on instead of `before`: tcp_mtup_probe_success().
  void rescale(std::uint32_t before, std::uint32_t after, bool reducing);
  void hold_ssthresh() { window_.ssthresh = settled_ssthresh(); }
  // RFC 2861, RFC 5681 section 4.1: nothing was sent for `idle`, longer than `rto`.
  void restart(Duration idle, Duration rto);
  void unused(std::uint32_t used);  // the application has not filled it for an RTO
  void transmission_starts(Time now, Duration idle, const Sending& sending);

  // Those that model the path set the window and the pace with each acknowledgement, whatever the state of
  // recovery: cong_control() of Linux. `seed`: of what is chosen at random.
  bool models_path() const { return bbr() != nullptr; }
  const Dctcp* dctcp() const { return std::get_if<Dctcp>(&algorithm_); }
  const Bbr* bbr() const {  // nullptr: another one is in use
    const auto* model = std::get_if<std::unique_ptr<Bbr>>(&algorithm_);
    return model ? model->get() : nullptr;
  }
  void begin(Time now, const Sending& sending, std::uint32_t seed);
  void control(Time now, const Sending& sending, const AckSample& ack);
  void lost_all(const Sending& sending);  // the state of a time-out is entered

  // Without congestion control as many as no peer's window holds.
  std::uint32_t cwnd() const { return limits() ? window_.cwnd : None::window; }
  std::uint32_t ssthresh() const { return window_.ssthresh; }
  bool slow_start() const { return window_.slow_start(); }
  // Of the window as it is: Linux tcp_current_ssthresh().
  std::uint32_t settled_ssthresh() const {
    return std::max(window_.ssthresh, window_.cwnd / 2 + window_.cwnd / 4);
  }
  WindowReason reason() const { return reason_; }  // for what the window is, if it has just changed

 private:
  Bbr* bbr() { return const_cast<Bbr*>(std::as_const(*this).bbr()); }
  template <class Action>
  auto with_algorithm(Action action) {
    return std::visit(
        [&](auto& algorithm) {
          if constexpr (requires { *algorithm; })
            return action(*algorithm);
          else
            return action(algorithm);
        },
        algorithm_);
  }
  bool limits() const { return !std::holds_alternative<None>(algorithm_); }

  SlowStartExit exit_;
  CongestionWindow window_{};
  std::uint32_t initial_window_ = 0;
  WindowReason reason_ = WindowReason::opened;
  // A model of the path is as large as all the rest of a window; few connections have one.
  std::variant<Reno, Cubic, Dctcp, std::unique_ptr<Bbr>, None> algorithm_;
};

}  // namespace ringside::net
