// SOL_SOCKET as streams and datagrams have it alike, and what both only remember.
#pragma once

#include "sockets/remembered.hpp"

namespace ringside::net {

// SO_TIMESTAMPING: include/uapi/linux/net_tstamp.h.
namespace timestamping {
inline constexpr std::uint32_t tx_hardware = 1 << 0, tx_software = 1 << 1, rx_hardware = 1 << 2,
                               rx_software = 1 << 3, software = 1 << 4, raw_hardware = 1 << 6,
                               option_id = 1 << 7, tx_sched = 1 << 8, tx_ack = 1 << 9,
                               option_control = 1 << 10, option_only = 1 << 11, option_stats = 1 << 12,
                               option_packet_info = 1 << 13, option_tx_software_and_hardware = 1 << 14,
                               bind_phc = 1 << 15, option_id_tcp = 1 << 16, option_rx_filter = 1 << 17;
inline constexpr std::uint32_t recorded = tx_hardware | tx_software | tx_sched | tx_ack;  // TX_RECORD_MASK
inline constexpr std::uint32_t known = (option_rx_filter << 1) - 1;
}  // namespace timestamping

class SharedOptions {
 public:
  // nullopt: it is none of these.
  std::optional<Returned> set(int level, int name, std::span<const std::uint8_t> value);
  std::optional<Returned> get(int level, int name, std::span<std::uint8_t> out) const;

  std::int32_t value(int level, int name) const { return remembered_.value(level, name); }
  // Of one that is off until it is set.
  bool flag(int level, int name) const { return remembered_.any_set() && value(level, name) != 0; }
  std::uint32_t timestamping() const { return timestamping_; }
  bool stamps_arrivals() const;  // SO_TIMESTAMP and its relatives
  void tell_arrival(Time at, ReceivedMessage& message) const;
  void set_low_water(std::int32_t octets) { low_water_ = octets; }
  std::int32_t low_water() const { return low_water_; }  // SO_RCVLOWAT
  std::uint64_t max_pacing_rate() const { return max_pacing_rate_; }

 private:
  struct TimeOut {  // struct timeval
    std::int64_t seconds = 0, microseconds = 0;
  };
  static Returned set_time_out(TimeOut& time_out, std::span<const std::uint8_t> value);
  Returned set_timestamping(std::span<const std::uint8_t> value);
  Returned set_pacing_rate(std::span<const std::uint8_t> value);
  Returned get_pacing_rate(std::span<std::uint8_t> out) const;

  RememberedOptions remembered_{};
  TimeOut receive_time_out_{}, send_time_out_{};
  std::uint64_t max_pacing_rate_ = unlimited_pace;  // octets per second
  std::uint32_t timestamping_ = 0;
  enum class Stamps : std::uint8_t { none, microseconds, nanoseconds };  // SOCK_RCVTSTAMP, _RCVTSTAMPNS
  std::int32_t low_water_ = 1;
  Stamps stamps_ = Stamps::none;
};

}  // namespace ringside::net
