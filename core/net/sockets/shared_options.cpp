#include "sockets/shared_options.hpp"

#include <limits>

#include "ringside/net/socket_options.hpp"

namespace ringside::net {
namespace {

template <class T>
std::optional<T> value_in(std::span<const std::uint8_t> octets) {
  T value{};
  if (octets.size() < sizeof value) return std::nullopt;
  std::memcpy(&value, octets.data(), sizeof value);
  return value;
}

template <class T>
Returned give_value(std::span<std::uint8_t> out, const T& value) {
  std::array<std::uint8_t, sizeof value> octets;
  std::memcpy(octets.data(), &value, sizeof value);
  return give(out, octets);
}

}  // namespace

std::optional<Returned> SharedOptions::set(int level, int name, std::span<const std::uint8_t> value) {
  if (level != option::socket_level) return remembered_.set(level, name, value);
  if (!int_in(value)) return failed(Errno::einval);
  switch (name) {
    case option::socket::receive_timeout: return set_time_out(receive_time_out_, value);
    case option::socket::send_timeout: return set_time_out(send_time_out_, value);
    case option::socket::timestamp:
      stamps_ = *int_in(value) != 0 ? Stamps::microseconds : Stamps::none;
      break;
    case option::socket::timestamp_ns:
      stamps_ = *int_in(value) != 0 ? Stamps::nanoseconds : Stamps::none;
      break;
    case option::socket::timestamping: return set_timestamping(value);
    case option::socket::max_pacing_rate: return set_pacing_rate(value);
    case option::socket::receive_low_water: {
      const std::int32_t octets = *int_in(value);
      low_water_ = octets < 0 ? std::numeric_limits<std::int32_t>::max() : std::max(octets, 1);
      return success;
    }
    default: return remembered_.set(level, name, value);
  }
  return success;
}

std::optional<Returned> SharedOptions::get(int level, int name, std::span<std::uint8_t> out) const {
  if (level != option::socket_level) return remembered_.get(level, name, out);
  switch (name) {
    case option::socket::receive_timeout: return give_value(out, receive_time_out_);
    case option::socket::send_timeout: return give_value(out, send_time_out_);
    case option::socket::timestamp: return give_int(out, stamps_ == Stamps::microseconds);
    case option::socket::timestamp_ns: return give_int(out, stamps_ == Stamps::nanoseconds);
    case option::socket::timestamping:  // struct so_timestamping; no clock is bound
      return give_value(out, std::array<std::uint32_t, 2>{timestamping_, 0});
    case option::socket::max_pacing_rate: return get_pacing_rate(out);
    case option::socket::receive_low_water: return give_int(out, low_water_);
    case option::socket::send_low_water: return give_int(out, 1);
    default: return remembered_.get(level, name, out);
  }
}

// sock_set_timeout(): a negative time is none at all, which getsockopt() cannot tell from waiting for ever.
Returned SharedOptions::set_time_out(TimeOut& time_out, std::span<const std::uint8_t> value) {
  const auto given = value_in<TimeOut>(value);
  if (!given) return failed(Errno::einval);
  if (given->microseconds < 0 || given->microseconds >= 1'000'000) return failed(Errno::edom);
  time_out = given->seconds < 0 ? TimeOut{} : *given;
  return success;
}

// sock_set_timestamping().
Returned SharedOptions::set_timestamping(std::span<const std::uint8_t> value) {
  using namespace timestamping;
  const auto flags = static_cast<std::uint32_t>(*int_in(value));
  const bool id_of_tcp_alone = (flags & option_id_tcp) != 0 && (flags & option_id) == 0;
  const bool stats_with_text = (flags & option_stats) != 0 && (flags & option_only) == 0;
  if ((flags & ~known) != 0 || id_of_tcp_alone || stats_with_text) return failed(Errno::einval);
  timestamping_ = flags;
  return success;
}

bool SharedOptions::stamps_arrivals() const {
  return stamps_ != Stamps::none || (timestamping_ & timestamping::rx_software) != 0;
}

// __sock_recv_timestamp(), tcp_recv_timestamp().
void SharedOptions::tell_arrival(Time at, ReceivedMessage& message) const {
  using namespace timestamping;
  if (stamps_ != Stamps::none) message.arrived = at;
  const bool wanted = (timestamping_ & rx_software) != 0 || (timestamping_ & option_rx_filter) == 0;
  if (stamps_arrivals() && (timestamping_ & software) != 0 && wanted) message.timestamp = at;
}

// SO_MAX_PACING_RATE has 32 bits, or 64 for who asks for them.
Returned SharedOptions::set_pacing_rate(std::span<const std::uint8_t> value) {
  const auto narrow = *value_in<std::uint32_t>(value);
  max_pacing_rate_ = value.size() >= sizeof max_pacing_rate_ ? *value_in<std::uint64_t>(value)
                     : narrow == ~std::uint32_t{0}           ? unlimited_pace
                                                             : narrow;
  return success;
}

Returned SharedOptions::get_pacing_rate(std::span<std::uint8_t> out) const {
  if (out.size() >= sizeof max_pacing_rate_) return give_value(out, max_pacing_rate_);
  constexpr std::uint64_t most = ~std::uint32_t{0};
  return give_value(out, static_cast<std::uint32_t>(std::min(max_pacing_rate_, most)));
}

}  // namespace ringside::net
