// TCP Fast Open: who may, and what is learned of it. RFC 7413 section 4.2; net/ipv4/tcp_fastopen.c and
// tcp_output.c.
#include <algorithm>

#include "tcp/syn_options.hpp"
#include "tcp/tcp.hpp"

namespace ringside::net {

// tcp_fastopen_cookie_check().
bool Tcp::fast_open_possible(Time now, Endpoint remote, const TcpSocketOptions& options) const {
  if (fast_open_cache_.avoided(now)) return false;
  const bool no_cookie = !config_.fast_open.client_needs_cookie || options.fast_open_without_cookie;
  return no_cookie || fast_open_cache_.known(remote.address).cookie.size > 0;
}

// tcp_send_syn_data(): the SYN has text if there is a cookie (or none is needed), else it asks for one. Room
// is left for all options that a middlebox may add.
Result<Stack::FastOpened> Tcp::fast_open(Time now, Endpoint remote, Endpoint local, wire::ByteView text,
                                         const TcpSocketOptions& options) {
  const auto id = prepare(now, remote, local, options);
  if (!id) return {.error = id.error};
  const bool possible = fast_open_possible(now, remote, options);
  const bool no_cookie = !config_.fast_open.client_needs_cookie || options.fast_open_without_cookie;
  const FastOpenCache::Known known = fast_open_cache_.known(remote.address);
  std::optional<wire::FastOpenCookie> option;
  if (!no_cookie && !fast_open_cache_.avoided(now)) {
    option = known.cookie;
    if (known.cookie.size == 0) option->experimental = known.experimental_tried == 1;
  }
  constexpr std::uint32_t option_space = 40;  // MAX_TCP_OPTION_SPACE
  std::uint32_t mss =
      advertised_mss(output_->path_to(remote.address, options.device)->mtu, remote.address, options);
  if (known.mss > 0) mss = std::min<std::uint32_t>(mss, known.mss);
  const std::size_t room = possible && mss > option_space ? mss - option_space : 0;
  const auto buffer = static_cast<std::size_t>(options.send_buffer.count);
  text = text.first(std::min({text.size(), room, buffer}));
  connections_.find(*id)->connection.open_fast(now, option, text);
  settle(now, *id);
  return {Stack::FastOpened{.socket = *id, .taken = text.size()}};
}

// tcp_rcv_fastopen_synack(), tcp_fastopen_cache_set().
void Tcp::learn_fast_open(Time now, const Connection& connection, const Segment& syn_ack) {
  const FastOpening& opening = connection.fast_open();
  if (!opening.option && !opening.text) return;
  const IpAddress server = connection.flow().remote.address;
  FastOpenCache::Known known = fast_open_cache_.known(server);
  known.mss = connection.peer_mss();
  const auto& given = syn_ack.header.options.fast_open;
  const bool lost = connection.sender().counters().retransmits > 0;
  if (opening.option && given && given->size > 0) {
    known.cookie = *given;
  } else if (opening.option && !given && !lost && !opening.text && known.cookie.size == 0) {
    // The option was not understood: the other one is tried the next time, once.
    known.experimental_tried =
        std::max<std::uint8_t>(known.experimental_tried, opening.option->experimental ? 2 : 1);
  }
  fast_open_cache_.learn(server, known);
  if (opening.text_acknowledged && !fast_open_cache_.avoided(now)) fast_open_cache_.carried();
}

// tcp_fastopen_active_detect_blackhole(): the third time-out in a row, or the last.
void Tcp::watch_fast_open(Time now, const Connection& connection, int tries_before) {
  const FastOpening& opening = connection.fast_open();
  if (opening.early || (!opening.option && !opening.text)) return;
  const bool timed_out = connection.sender().tries() == tries_before + 1;
  const bool gave_up = connection.state() == TcpState::closed && connection.error() != Error::none;
  if ((timed_out && tries_before == 2) || (gave_up && tries_before < 2)) fast_open_cache_.swallowed(now);
}

// tcp_fastopen_active_disable_ofo_check(): a middlebox has let nothing but the end through.
void Tcp::watch_end_of_fast_open(Time now, const Connection& connection) {
  const FastOpening& opening = connection.fast_open();
  const bool asked = !opening.early && (opening.option || opening.text);
  if (asked && connection.only_end_came()) fast_open_cache_.swallowed(now);
}

// tcp_try_fastopen(). Nothing: the SYN-ACK acknowledges the SYN alone, and says `answer`.
std::optional<Received> Tcp::try_fast_open(Time now, const Request& request, const Segment& syn,
                                           std::optional<wire::FastOpenCookie>& answer) {
  Listener& listener = *listeners_.find(request.listener);
  const auto& shown = syn.header.options.fast_open;
  const bool wanted = config_.fast_open.server && (shown || !syn.text.empty());
  if (!wanted || fast_open_queue_full(now, listener)) return std::nullopt;
  const bool no_cookie = !config_.fast_open.server_needs_cookie || listener.options.fast_open_without_cookie;
  if (no_cookie) return open_early(now, request, syn, std::nullopt);
  if (!shown) return std::nullopt;
  const wire::FastOpenCookie good =
      fast_open_cookies_.make(request.flow, shown->experimental, listener.options);
  if (shown->size > 0) {
    switch (fast_open_cookies_.check(request.flow, *shown, listener.options)) {
      case FastOpenCookies::Check::good: return open_early(now, request, syn, std::nullopt);
      case FastOpenCookies::Check::outdated: return open_early(now, request, syn, good);
      case FastOpenCookies::Check::wrong: break;
    }
  }
  answer = good;
  return std::nullopt;
}

Received Tcp::open_early(Time now, const Request& request, const Segment& syn,
                         std::optional<wire::FastOpenCookie> answer) {
  Listener& listener = *listeners_.find(request.listener);
  const auto path = output_->path_to(request.flow.remote.address, listener.options.device);
  const SocketId id = create(request.flow, options_of_child(listener), request.iss, *path);
  Socket& socket = *connections_.find(id);
  socket.fast_opened_by = request.listener;
  if (request.syn) saved_syns_.insert({connections_.place_of(id)}, request.syn);
  ++listener.fast_opening;
  socket.connection.open_early(now, request, syn, answer);
  if (listener.options.ipv6.reflects_flow_label)  // RFC 7690
    socket.connection.reflect(syn.flow_label);
  listener.accepted.push(id);
  settle(now, id);
  const auto text = static_cast<std::uint32_t>(syn.text.size());
  return {.verdict = text > 0 ? Verdict::delivered : Verdict::consumed,
          .socket = request.listener,
          .payload_bytes = text,
          .readable = text > 0,
          .acceptable = true};
}

// tcp_fastopen_queue_check(): a place that a reset has emptied is taken for a minute, against forged SYNs.
bool Tcp::fast_open_queue_full(Time now, Listener& listener) const {
  if (listener.options.fast_open_queue == 0) return true;
  if (listener.fast_opening < listener.options.fast_open_queue) return false;
  if (listener.fast_open_resets.empty() || listener.fast_open_resets.front() > now) return true;
  listener.fast_open_resets.pop();
  --listener.fast_opening;
  return false;
}

// reqsk_fastopen_remove().
void Tcp::leave_fast_open_queue(Time now, SocketId id) {
  constexpr Duration penalty = 60s;
  Socket& socket = *connections_.find(id);
  if (socket.connection.opening_early() || !socket.fast_opened_by) return;
  Listener* listener = listeners_.find(*socket.fast_opened_by);
  socket.fast_opened_by.reset();
  if (!listener) return;
  const bool reset = socket.connection.error() == Error::connection_reset;
  reset ? listener->fast_open_resets.push(now + penalty) : static_cast<void>(--listener->fast_opening);
}

}  // namespace ringside::net
