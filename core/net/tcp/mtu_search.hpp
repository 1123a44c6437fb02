// How large a packet may be, found by sending larger ones: RFC 4821, as Linux tcp_mtu_probe() and its kin do.
// What lies between what is known to pass (search_low) and what would be too much (search_high) is halved.
//
// Packets are counted with the headers of IP and TCP, segments by their text.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "ringside/net/config.hpp"
#include "ringside/net/seqnum.hpp"

namespace ringside::net {

class MtuSearch {
 public:
  struct Way {
    std::uint8_t headers = 0;    // octets of IP and TCP, without options
    std::uint8_t options = 0;    // of every segment
    std::uint16_t peer_mss = 0;  // as its SYN has it
    std::uint32_t mtu = 0;       // of the path, as far as is known
  };

  explicit MtuSearch(const TcpConfig& config) : config_{&config} {}

  void begin(Time now, const Way& way);  // tcp_mtup_init()
  // The path has told its limit: tcp_sync_mss().
  void narrow(std::uint32_t mtu) {
    way_.mtu = mtu;
    high_ = std::min(high_, mtu);
  }
  bool on() const { return on_; }
  std::uint32_t passing() const { return text_in(low_); }  // text of a segment

  // What to try next; nullopt: there is one under way, or no reason to.
  std::optional<std::uint32_t> candidate() const;
  void repeat(Time now, std::uint32_t mss);  // after a long time: tcp_mtu_check_reprobe()
  void sent(SeqNum begin, std::uint32_t text) { probe_ = Probe{begin, packet_of(text)}; }
  // The octets of the packet that is under way.
  std::optional<std::uint32_t> arrived(SeqNum una) const {
    const bool all = probe_ && (probe_->begin + probe_->packet - packet_of(0)).at_or_before(una);
    return all ? std::optional{probe_->packet} : std::nullopt;
  }
  bool first_in_flight(SeqNum una) const { return probe_ && probe_->begin == una; }
  void passed() { low_ = probe_->packet, probe_.reset(); }
  void failed() { high_ = probe_->packet - 1, probe_.reset(); }
  void inconclusive() { probe_.reset(); }
  void on_silence(Time now);  // perhaps a black hole: tcp_mtu_probing()

  std::uint32_t packet_of(std::uint32_t text) const { return text + way_.options + way_.headers; }

 private:
  struct Probe {
    SeqNum begin{};
    std::uint32_t packet = 0;
  };

  std::uint32_t text_in(std::uint32_t packet) const;  // tcp_mtu_to_mss()

  const TcpConfig* config_;
  Way way_{};
  std::uint32_t low_ = 0, high_ = 0;
  std::optional<Probe> probe_{};
  bool on_ = false;
  Time since_{};  // of this search
};

}  // namespace ringside::net
