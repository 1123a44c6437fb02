#include "tcp/receive_memory.hpp"

#include <algorithm>
#include <bit>

namespace ringside::net {
namespace {

constexpr std::int64_t page = 4096;
constexpr std::int64_t pad = 64;                     // NET_SKB_PAD
constexpr std::int64_t trailer = 320, itself = 256;  // skb_shared_info, sk_buff
constexpr std::int64_t small_head = 640;             // SKB_SMALL_HEAD_CACHE_SIZE
constexpr std::int64_t least_clamp = 1152;           // SOCK_MIN_RCVBUF / 2

constexpr std::int64_t round_up(std::int64_t value, std::int64_t unit) {
  return (value + unit - 1) / unit * unit;
}
constexpr std::int64_t round_down(std::int64_t value, std::int64_t unit) { return value / unit * unit; }

std::int64_t allocated(std::int64_t octets) {  // kmalloc_reserve() of so much
  if (octets <= small_head) return small_head;
  return static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(octets)));
}

}  // namespace

// Small packets are of one piece; of large ones the head has a page, and what does not fit lies in others.
PacketMemory PacketMemory::of(std::uint32_t headers, std::size_t text) {
  constexpr std::int64_t in_head = page - pad - trailer;  // SKB_MAX_HEAD()
  const auto octets = static_cast<std::int64_t>(headers + text);
  PacketMemory memory{.text = static_cast<std::uint32_t>(text)};
  if (pad + octets < page) {
    const std::int64_t head = allocated(round_up(pad + octets, 64) + trailer);
    memory.whole = head + itself;
    memory.tail = head - trailer - pad - octets;
  } else {
    memory.whole = page + itself + round_up(octets - in_head, page);
  }
  return memory;
}

// tcp_connect_init(), tcp_openreq_init_rwin(): a buffer that was set limits the window for good.
ReceiveMemory::ReceiveMemory(const TcpConfig& config, CurrentOptions options)
    : config_{&config}, options_{options}, buffer_{options->receive_memory.count} {
  constexpr std::int64_t largest = std::int64_t{0xffff} << 14;  // TCP_MAX_WSCALE
  clamp_ = options->window_clamp.count > 0 ? options->window_clamp.count : largest;
  if (options->receive_memory_set) clamp_ = std::min(clamp_, full_space());
}

void ReceiveMemory::change(const TcpSocketOptions& before, const TcpSocketOptions& now,
                           std::uint32_t offered) {
  if (before.receive_memory != now.receive_memory) {
    buffer_ = now.receive_memory.count;
    if (!now.receive_memory_set) clamp_ = std::max(clamp_, full_space());  // tcp_set_rcvlowat()
  }
  const std::int64_t clamp = now.window_clamp.count;
  if (clamp > 0 && clamp != before.window_clamp.count) set_clamp(clamp, offered);
}

std::uint32_t ReceiveMemory::first_window(std::uint32_t segment) const {
  const std::int64_t space = std::min(clamp_, full_space());
  return static_cast<std::uint32_t>(space > segment ? round_down(space, segment) : space);
}

std::uint8_t ReceiveMemory::scale() const {
  const std::int64_t largest =
      std::max({full_space(), config_->largest_receive_buffer.count, options_->largest_memory_set.count});
  const int bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(std::min(largest, clamp_))));
  return static_cast<std::uint8_t>(std::clamp(bits - 16, 0, 14));
}

void ReceiveMemory::begin(Time now, SeqNum copied, std::uint32_t window, std::uint32_t advertised) {
  constexpr std::int64_t initial_segments = 10;  // TCP_INIT_CWND
  advertised_ = advertised;
  round_began_ = now;
  round_began_at_ = copied;
  const std::int64_t most = full_space();
  clamp_ = std::min(clamp_, scaled_ ? most : std::min<std::int64_t>(most, 0xffff));
  if (clamp_ > 2 * std::int64_t{advertised} && clamp_ + advertised > most)  // one segment is kept back
    clamp_ = std::max(2 * std::int64_t{advertised}, most - advertised);
  threshold_ = std::min<std::int64_t>(window, clamp_);
  copied_in_round_ = std::min(threshold_, initial_segments * advertised);
}

// tcp_set_window_clamp().
void ReceiveMemory::set_clamp(std::int64_t clamp, std::uint32_t offered) {
  clamp = std::max(clamp, least_clamp);
  if (clamp < clamp_)
    threshold_ = std::min(threshold_, clamp);
  else
    threshold_ = std::max(threshold_, std::min<std::int64_t>(offered, clamp));
  clamp_ = clamp;
}

// tcp_prune_queue(): first the buffer grows, then the packets are packed closer (tcp_collapse()).
bool ReceiveMemory::admits(std::uint32_t octets, std::size_t pieces) {
  constexpr std::int64_t closest = page - trailer, smallest = small_head + itself;  // SKB_MAX_ORDER(0, 0)
  if (charged_ <= buffer_) return true;
  clamp_window();
  if (charged_ > buffer_)
    charged_ = std::min(charged_, octets / closest * (page + itself) + octets % closest +
                                      static_cast<std::int64_t>(pieces) * smallest);
  return charged_ <= buffer_;
}

void ReceiveMemory::clamp_window() {  // tcp_clamp_window()
  const std::int64_t largest = config_->largest_receive_buffer.count;
  if (!options_->receive_memory_set && buffer_ < largest) buffer_ = std::min(charged_, largest);
  if (charged_ > buffer_) threshold_ = std::min(clamp_, 2 * std::int64_t{advertised_});
}

void ReceiveMemory::charge(const PacketMemory& packet, bool in_order) {
  if (in_order && packet.tail > 0 && packet.text <= tail_) {
    tail_ -= packet.text;
    return;
  }
  charged_ += packet.whole;
  if (in_order) tail_ = packet.tail;
}

// What is read takes its share with it, whatever packets it was in.
void ReceiveMemory::release(std::uint32_t octets, std::uint32_t held) {
  if (octets == 0) return;
  charged_ = octets >= held ? 0 : charged_ - charged_ * octets / held;
  if (charged_ == 0) tail_ = 0;
}

void ReceiveMemory::measure_ratio(const PacketMemory& packet, std::uint32_t offered) {
  const std::int64_t before = ratio_;
  ratio_ = std::max<std::int64_t>((std::int64_t{packet.text} << 8) / packet.whole, 1);
  if (ratio_ == before) return;
  set_clamp(full_space(), offered);
  copied_in_round_ = std::min(copied_in_round_, clamp_);
}

bool ReceiveMemory::grow(const PacketMemory& packet, std::uint32_t segment) {
  const std::int64_t room = std::min(clamp_, space()) - threshold_;
  if (room <= 0) return false;
  const std::int64_t growth =
      window_of(packet.whole) <= packet.text ? 2 * std::int64_t{advertised_} : slow_growth(packet, segment);
  if (growth == 0) return false;
  threshold_ += std::min(room, std::max(growth, 2 * std::int64_t{packet.text}));
  return true;
}

// __tcp_grow_window(): packets that waste memory are believed in while the window is small.
std::int64_t ReceiveMemory::slow_growth(const PacketMemory& packet, std::uint32_t segment) const {
  std::int64_t needed = window_of(packet.whole) / 2;
  std::int64_t window = window_of(config_->largest_receive_buffer.count) / 2;
  for (; threshold_ <= window; needed /= 2, window /= 2)
    if (needed <= packet.text) return 2 * std::int64_t{segment};
  return 0;
}

// RFC 9293 section 3.8.6.2.2, against the silly window. What is left of a buffer that is nearly full is not
// offered; a window that is scaled is rounded up, so that the scale takes nothing from it.
std::uint32_t ReceiveMemory::select_window(std::uint32_t full_segment, std::uint32_t offered,
                                           std::uint8_t scale) const {
  const std::int64_t full = full_space_in_use(), unit = std::int64_t{1} << scale;
  const std::int64_t segment = std::min<std::int64_t>(full_segment, full);
  if (segment <= 0) return 0;
  if (config_->shrink_window && scale > 0) return shrinking_window(segment, full, unit);
  std::int64_t free = space();
  if (free < full / 2) {
    free = free < 0 ? 0 : round_down(free, unit);
    if (free < full_space() / 16 || free < segment) return 0;
  }
  free = std::min(free, threshold_);
  if (scale > 0) return static_cast<std::uint32_t>(round_up(free, unit));
  const std::int64_t last = offered;
  if (last <= free - segment || last > free) return static_cast<std::uint32_t>(round_down(free, segment));
  const bool one_segment = segment == full && free > last + full / 2;
  return static_cast<std::uint32_t>(one_segment ? free : last);
}

// The label shrink_window_allowed there.
std::uint32_t ReceiveMemory::shrinking_window(std::int64_t segment, std::int64_t full,
                                              std::int64_t unit) const {
  const std::int64_t free = round_down(std::max<std::int64_t>(space(), 0), unit);
  const bool too_little = free < full_space() / 16 || free < segment || free < unit;
  if (free < full / 2 && too_little) return 0;
  return static_cast<std::uint32_t>(free > threshold_ ? round_up(threshold_, unit) : free);
}

void ReceiveMemory::adjust(Time now, SeqNum copied, std::uint32_t unread, std::uint32_t ahead,
                           Duration round_trip) {
  if (round_trip == Duration{} || now - round_began_ < round_trip) return;
  const std::int64_t octets = std::int64_t{octets_between(round_began_at_, copied)} - unread;
  if (octets > copied_in_round_) {
    copied_in_round_ = octets;
    grow_buffer(ahead);
  }
  round_began_at_ = copied;
  round_began_ = now;
}

void ReceiveMemory::grow_buffer(std::uint32_t ahead) {
  if (!config_->moderate_receive_buffer || options_->receive_memory_set) return;
  const std::int64_t wanted = std::min(memory_of(2 * copied_in_round_ + ahead),  // the sender may double
                                       config_->largest_receive_buffer.count);
  if (wanted <= buffer_) return;
  buffer_ = wanted;
  clamp_ = full_space();
}

}  // namespace ringside::net
