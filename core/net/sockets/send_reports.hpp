// What a sender that asked is told of its octets: when they left and when they were acknowledged
// (SO_TIMESTAMPING), and which buffers are its own again (MSG_ZEROCOPY). recvmsg(MSG_ERRQUEUE) takes it.
#pragma once

#include <vector>

#include "sockets/returned.hpp"

namespace ringside::net {

class SendReports {
 public:
  // How far the stream has come, in octets of text since it began.
  struct Progress {
    std::uint64_t sent = 0, acknowledged = 0;
  };
  struct Report {
    ExtendedError error{};
    std::optional<Time> timestamp{};
    bool carries_text = false;  // Linux gives the packet back, unless told not to
  };

  enum class Notice : std::uint8_t { none, shared, own };  // of buffers that are lent
  struct Write {
    std::uint64_t begin = 0, end = 0;  // in the stream
    std::uint32_t times = 0;           // flags of SO_TIMESTAMPING
    Notice notice = Notice::none;
  };
  void wrote(const Write& write, const Progress& so_far);  // `so_far`: before it
  void note(Time now, const Progress& progress);
  void ended();  // nothing will be acknowledged any more, and everything is the sender's again
  void count_from(std::uint64_t octet) { first_ = octet; }  // SOF_TIMESTAMPING_OPT_ID: sk_tskey

  bool waiting() const { return !stamps_.empty() || !lent_.empty(); }  // note() may have something to tell
  bool empty() const { return queue_.empty(); }
  std::optional<Report> take();
  std::uint64_t made() const { return made_; }  // reports, coalesced ones too

 private:
  struct Stamp {  // of the last octet of a write: tcp_tx_timestamp()
    std::uint64_t octet = 0;
    std::uint32_t flags = 0;
    bool left = false;
  };
  struct Lent {  // the buffers of some writes: struct ubuf_info_msgzc
    std::uint64_t begin = 0, end = 0;
    std::uint32_t first = 0, last = 0;  // numbers of writes
  };

  void stamp(Time now, const Stamp& stamp, std::uint32_t kind);
  void give_back(const Lent& lent);
  void push(const Report& report);

  std::vector<Stamp> stamps_{};
  std::vector<Lent> lent_{};
  std::vector<Report> queue_{};
  std::uint64_t first_ = 0, made_ = 0;
  std::uint32_t next_write_ = 0;  // sk_zckey
};

}  // namespace ringside::net
