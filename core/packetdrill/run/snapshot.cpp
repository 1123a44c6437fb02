#include "run/snapshot.hpp"

#include <array>
#include <cstring>

#include "run/constants.hpp"

namespace ringside::packetdrill {

namespace {

// Of struct tcp_info, include/uapi/linux/tcp.h. What is left out the stack does not keep, and a script that
// asks for it is told so.
struct Field {
  std::string_view name;
  std::size_t at, size;
};
constexpr std::array fields{
    Field{"tcpi_state", 0, 1},
    Field{"tcpi_ca_state", 1, 1},
    Field{"tcpi_retransmits", 2, 1},
    Field{"tcpi_probes", 3, 1},
    Field{"tcpi_backoff", 4, 1},
    Field{"tcpi_options", 5, 1},
    Field{"tcpi_rto", 8, 4},
    Field{"tcpi_ato", 12, 4},
    Field{"tcpi_snd_mss", 16, 4},
    Field{"tcpi_rcv_mss", 20, 4},
    Field{"tcpi_unacked", 24, 4},
    Field{"tcpi_last_data_sent", 44, 4},
    Field{"tcpi_last_data_recv", 52, 4},
    Field{"tcpi_last_ack_recv", 56, 4},
    Field{"tcpi_pmtu", 60, 4},
    Field{"tcpi_rtt", 68, 4},
    Field{"tcpi_rttvar", 72, 4},
    Field{"tcpi_snd_ssthresh", 76, 4},
    Field{"tcpi_snd_cwnd", 80, 4},
    Field{"tcpi_advmss", 84, 4},
    Field{"tcpi_total_retrans", 100, 4},
    Field{"tcpi_bytes_acked", 120, 8},
    Field{"tcpi_bytes_received", 128, 8},
    Field{"tcpi_segs_out", 136, 4},
    Field{"tcpi_segs_in", 140, 4},
    Field{"tcpi_notsent_bytes", 144, 4},
    Field{"tcpi_reordering", 88, 4},
    Field{"tcpi_data_segs_in", 152, 4},
    Field{"tcpi_data_segs_out", 156, 4},
    Field{"tcpi_bytes_sent", 200, 8},
    Field{"tcpi_bytes_retrans", 208, 8},
    Field{"tcpi_snd_wnd", 228, 4},
    Field{"tcpi_rcv_wnd", 232, 4},
};
constexpr std::size_t size_of_info = 240, scales_at = 6;

std::int64_t number_at(const std::array<std::uint8_t, size_of_info>& info, const Field& field) {
  const auto of = [&]<class Number>(Number number) {
    std::memcpy(&number, info.data() + field.at, sizeof number);
    return static_cast<std::int64_t>(number);
  };
  return field.size == 1 ? of(std::uint8_t{}) : field.size == 4 ? of(std::uint32_t{}) : of(std::uint64_t{});
}

}  // namespace

Snapshot snapshot_of(Time now, net::Sockets& sockets, net::Fd fd) {
  std::array<std::uint8_t, size_of_info> info{};
  const auto level = static_cast<int>(*constant("SOL_TCP")), name = static_cast<int>(*constant("TCP_INFO"));
  if (sockets.getsockopt(now, fd, level, name, info).error != net::Errno::none) return {};
  Snapshot all;
  for (const Field& field : fields) all.emplace_back(field.name, number_at(info, field));
  all.emplace_back("tcpi_snd_wscale", info[scales_at] & 0xf);
  all.emplace_back("tcpi_rcv_wscale", info[scales_at] >> 4);
  return all;
}

}  // namespace ringside::packetdrill
