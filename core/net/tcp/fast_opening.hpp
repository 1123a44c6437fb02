// TCP Fast Open, as far as it concerns one connection: RFC 7413.
#pragma once

#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {

struct FastOpening {
  std::optional<wire::FastOpenCookie> option{};  // of the first SYN, or of the SYN-ACK
  bool text = false;                             // the SYN had some, or it came with one (Linux syn_data)
  bool text_acknowledged = false;                // by the SYN-ACK, whoever sent it (syn_data_acked)
  bool accepted = false;                         // passive: its application has it
  bool shut = false;                             // passive: its FIN waits for the handshake
  bool early = false;  // passive: there is a connection before the handshake is done (fastopen_rsk)
};

}  // namespace ringside::net
