// Every parameter of the stack on one page. Defaults follow Linux where the RFCs leave a choice, and say so.
// check_config.cpp has the ranges.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "ringside/net/types.hpp"
#include "ringside/net/wire/options_order.hpp"
#include "ringside/units/quantity.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

using namespace std::chrono_literals;

// When a SYN is answered by a cookie: Linux tcp_syncookies 0, 1, 2.
enum class SynCookieUse : std::uint8_t { never, on_overflow, always };

enum class CongestionControl : std::uint8_t {
  reno,
  cubic,
  dctcp,  // RFC 8257: needs marks of the network
  bbr,    // a model of the path, version 1 as Linux's; paced
  none,   // RFC 793: the peer's window is the only limit
};
// All of it is ECT, SYNs too, and ECN is asked for (Linux tcp_ca_needs_ecn()).
constexpr bool needs_ecn(CongestionControl algorithm) { return algorithm == CongestionControl::dctcp; }

// What a sender does about losses. Those before NewReno (RFC 6582) know no SACK, and doubt nothing that they
// have decided.
enum class LossRepair : std::uint8_t {
  modern,           // RFC 8985, RFC 6937 and their kin, as Linux; NewReno where the peer has no SACK
  fast_recovery,    // Jacobson 1990, 4.3BSD Reno: the window is halved, and duplicates let new text out
  fast_retransmit,  // Jacobson 1988, 4.3BSD Tahoe: the third duplicate is a time-out that comes early
  timeout,          // RFC 793, 4.2BSD: after a time-out all is sent again from the first octet on
};

// When slow start ends before the first loss (of CUBIC).
enum class SlowStartExit : std::uint8_t {
  hystart,            // Ha and Rhee, as Linux
  hystart_plus_plus,  // RFC 9406
};

enum class RtoRule : std::uint8_t {
  margin,   // RFC 6298, with the minimum on the variation and not on the sum: Linux
  rfc6298,  // Jacobson 1988, Karn
  rfc793,   // twice the smoothed round trip (4.2BSD tcp_beta), retransmissions measured, no back-off
  slop,     // RFC 6298 and a little more, which does not double: FreeBSD TCPT_RANGESET()
};

// Which tests a segment goes through before it is heard, where the RFCs are followed in more than one way.
enum class SegmentChecks : std::uint8_t {
  linux_kernel,  // tcp_validate_incoming(), tcp_check_req(), tcp_timewait_state_process()
  freebsd,       // tcp_do_segment(), syncache_expand(), syncache_chkrst(), tcp_twcheck()
};

// RFC 5961 section 7: so many challenge ACKs of a connection in such a time.
struct ChallengeLimit {
  int most = 1;               // FreeBSD net.inet.tcp.ack_war_cnt
  Duration interval = 500ms;  // Linux tcp_invalid_ratelimit, FreeBSD net.inet.tcp.ack_war_timewindow
};

// Whether connect() may take the place of a connection in TIME-WAIT where timestamps tell the two apart:
// Linux tcp_tw_reuse 0, 1, 2.
enum class TimeWaitReuse : std::uint8_t { never, always, loopback };

// RFC 3168, or RFC 9768 (AccECN), which falls back to it.
enum class EcnUse : std::uint8_t { no, classic, accurate };

// Linux tcp_ecn_option: when AccECN's option goes with a segment. persistent: though it seems not to get
// through.
enum class EcnOptionUse : std::uint8_t { never, sparing, always, persistent };

struct EcnConfig {  // Linux tcp_ecn, tcp_ecn_fallback, tcp_ecn_option
  EcnUse asks = EcnUse::no, accepts = EcnUse::classic;
  bool fallback = true;  // a SYN that is repeated does not ask; what the peer says of it must be possible
  int repeats = 0;       // of a SYN that ask nevertheless (FreeBSD net.inet.tcp.ecn.maxretries)
  EcnOptionUse option = EcnOptionUse::always;
  int options_in_round_trip = 3;  // at least, where they are sparing (tcp_ecn_option_beacon); 0: as may be
};

using FastOpenKey = std::array<std::uint8_t, 16>;

// RFC 7413. Linux net.ipv4.tcp_fastopen and its neighbours.
struct FastOpenConfig {
  bool client = true, server = false;  // Linux: bits 1 and 2 of tcp_fastopen
  // Bits 4 and 0x200: text is sent, and taken, without a cookie. 0x400: a listener need not ask for it.
  bool client_needs_cookie = true, server_needs_cookie = true, server_asked_by_option = true;
  std::optional<FastOpenKey> key{},
      old_key{};  // of the cookies that are made, and believed; none: by the seed
  // How long SYNs have no text after some were lost that had (tcp_fastopen_blackhole_timeout_sec); 0: no
  // matter.
  Duration blackhole_timeout{};
  int cookies = 1024;  // that a client remembers, by host
};

// A receiver that has told its peer of a gap lets one duplicate ACK stand for several: Linux
// tcp_comp_sack_delay_ns and its neighbours. Of sockets alone.
struct CompressedAcks {
  Duration longest = 1ms, slack = 100us;
  int percent = 5;  // of the round trip, for which one waits
  int most = 44;    // 0: none
};

// Whom a port where nobody listens tells so, by a reset. FreeBSD net.inet.tcp.blackhole 0, 1, 2.
enum class ClosedPorts : std::uint8_t { refuse, ignore_syns, ignore_all };

// Segments larger than what is known to pass find out what does: RFC 4821.
enum class MtuProbing : std::uint8_t { never, after_black_hole, always };  // Linux tcp_mtu_probing 0, 1, 2

struct MtuProbingConfig {
  MtuProbing use = MtuProbing::never;
  int base_mss = 1024;       // with which it begins (Linux tcp_base_mss); octets of text and options
  int floor = 48;            // to which a black hole brings it down (tcp_mtu_probe_floor)
  int retries_before = 3;    // how many time-outs look like a black hole (tcp_retries1)
  Duration interval = 600s;  // until what failed is tried again (tcp_probe_interval)
  int threshold = 8;         // octets: what is not worth trying (tcp_probe_threshold)
};

// RFC 8985, which takes time to tell what is lost with SACK: the bits of Linux tcp_recovery.
struct RackConfig {
  bool detects = true;          // off: so many SACKed segments behind it tell (RFC 6675)
  bool adapts = true;           // to the duplicates that too small a reordering window causes (section 6.2)
  bool duplicates_tell = true;  // as many as the threshold: no reordering is waited for
};

inline constexpr std::uint64_t unlimited_pace = ~std::uint64_t{0};

struct TcpConfig {
  wire::OptionsOrder options_order = wire::OptionsOrder::aligned;
  CongestionControl congestion = CongestionControl::cubic;  // Linux's default since 2.6.19
  int initial_window_segments = 10;  // RFC 6928; 0: two to four, by their size (RFC 5681 section 3.1)
  LossRepair repair = LossRepair::modern;
  SlowStartExit slow_start_exit = SlowStartExit::hystart;
  RtoRule rto = RtoRule::margin;
  int growth_for_ack = 1 << 20;  // segments at most that one ACK lets cwnd grow for: RFC 3465 L
  bool large_packets = true;     // of several segments, which a lower layer divides
  int merged_segment = 0;        // octets of text in each of those that it merges, of what comes; 0: none

  bool sack = true;  // RFC 2018; off: NewReno, RFC 6582
  RackConfig rack{};
  int reordering = 3;                 // duplicates that tell of a loss, to begin with (Linux tcp_reordering)
  bool loss_probe = true;             // RFC 8985 section 7, with SACK (Linux tcp_early_retrans)
  bool forward_rto = true;            // RFC 5682 (Linux tcp_frto)
  bool slow_start_after_idle = true;  // RFC 5681 section 4.1, RFC 7661
  bool timestamps = true;             // RFC 7323 section 3
  bool window_scale = true;           // RFC 7323 section 2
  // A packet that a lower layer divides leaves when so many segments may (Linux tcp_min_tso_segs), and it is
  // worth waiting for a larger one while less than this part of the window is free (tcp_tso_win_divisor; 0:
  // than three segments).
  int least_packet = 2, window_divisor = 3;
  // The pace, in hundredths of a window in a round trip: in slow start, and later (Linux tcp_pacing_ss_ratio,
  // tcp_pacing_ca_ratio). What is sent at once is a millisecond's worth of it; a connection that is limited
  // waits for it, too.
  int slow_start_pace = 200, pace = 120;
  // Below TCP is a queue that lets nobody send faster than that: Linux fq (sk_pacing_status).
  bool fair_queue = false;
  // Or one that takes nothing, and says so: pfifo with a limit of 0 (NET_XMIT_DROP).
  bool queue_refuses = false;
  // However small the peer's option has them, and the path: segments with their options (Linux
  // tcp_min_snd_mss). A peer that wants tiny ones makes a sender keep many.
  int least_mss = 48;
  MtuProbingConfig mtu_probing{};
  // Of who sets no other, in octets per second.
  std::uint64_t max_pacing_rate = unlimited_pace;
  bool nagle = true;             // RFC 9293 section 3.7.4
  bool nagle_of_bursts = false;  // Nagle::burst, for who does not turn it off
  // PSH is of the end of what was written alone; else, too, of so much that the peer should hand it on (Linux
  // forced_push()).
  bool pushes_half_windows = true;
  // Segments are no larger than half the largest window (Linux tcp_bound_to_half_wnd()); else what there is
  // of a window is used if it is half the largest (RFC 9293 section 3.8.6.2.1 (3), FreeBSD tcp_output()).
  bool halves_windows = true;
  // cwnd grows though it did not limit what was sent, against RFC 7661 (FreeBSD without newcwv).
  bool grows_unused = false;
  bool delayed_ack = true;     // RFC 9293 section 3.8.6.3
  bool duplicate_sack = true;  // RFC 2883 (Linux tcp_dsack)
  CompressedAcks compressed_acks{};

  // Of sockets: buffers hold packets, with what these take of memory (Linux). Else octets of text.
  bool counts_packets = true;
  // The receive buffer is rounded up to whole segments, and the window field to its unit: FreeBSD tcp_mss(),
  // tcp_output(). Where octets are counted.
  bool whole_segments = false;
  int quick_acks = 16;               // of sockets, at the beginning of a connection (Linux TCP_MAX_QUICKACKS)
  bool gives_up_with_reset = false;  // FreeBSD tcp_drop()
  bool resets_unread =
      true;  // close() that loses text: RFC 1122 section 4.2.2.13. Else the FIN comes as ever.

  Bytes send_buffer = 1024_KiB;  // octets accepted from the application and not yet acknowledged
  // Up to which the buffer of a socket grows with the congestion window (Linux tcp_wmem[2]). 0: it does not.
  Bytes largest_send_buffer = 0_B;
  Bytes receive_buffer = 1024_KiB;  // bounds the window that is offered
  // Who has so much that was not sent yet is not told to write (Linux tcp_notsent_lowat: without limit).
  Bytes notsent_low_water{0xffff'ffff};
  // For which the window scale is chosen, since it is agreed on before a buffer can grow (Linux tcp_rmem[2]).
  // 0: for receive_buffer. Where the kernel's memory is counted, it is up to which the buffer grows.
  Bytes largest_receive_buffer = 0_B;
  // Where its memory is counted, the window may shrink with it, against RFC 9293 section 3.8.6 (Linux
  // tcp_shrink_window).
  bool shrink_window = false;
  bool moderate_receive_buffer =
      true;  // it grows with what is read in a round trip (Linux tcp_moderate_rcvbuf)
  // Remembers which octets arrived in whole pages of this size, behind headers that the card split off: those
  // that could be mapped into a program (tcp_zerocopy_receive()). 0: nobody asks.
  Bytes page = 0_B;

  Duration initial_rto = 1s;  // RFC 6298 (2.1)
  Duration min_rto = 200ms;   // Linux TCP_RTO_MIN; RFC 6298 (2.4) says 1 s
  Duration rto_slop = 200ms;  // of RtoRule::slop (FreeBSD net.inet.tcp.rexmit_slop)
  Duration max_rto = 120s;    // Linux TCP_RTO_MAX; RFC 6298 (2.5) allows any bound of at least 60 s
  // Between probes of a closed window, each of which has an octet of text (FreeBSD net.inet.tcp.persmin,
  // persmax); 0: as the time-out says, and without (Linux).
  Duration least_persist{}, most_persist = 60s;
  Duration delayed_ack_timeout = 40ms;  // Linux TCP_DELACK_MIN; RFC 9293 requires less than 500 ms
  Duration time_wait = 60s;             // Linux TCP_TIMEWAIT_LEN; RFC 9293: 2 MSL = 4 minutes
  Duration fin_wait_2_timeout =
      60s;  // Linux tcp_fin_timeout; only for a connection its application has closed

  FastOpenConfig fast_open{};
  EcnConfig ecn{};
  // Linux tcp_keepalive_time, tcp_keepalive_intvl, tcp_keepalive_probes
  Duration keep_idle = 7200s, keep_interval = 75s;
  int keep_count = 9;
  bool keeps_alive_always = false;  // without SO_KEEPALIVE (FreeBSD net.inet.tcp.always_keepalive)

  std::optional<int>
      challenge_acks{};  // in a second, of all connections (Linux tcp_challenge_ack_limit); none: any
  // RFC 5961: what a blind attacker can send is answered by a challenge ACK. Else as RFC 793 has it: a reset
  // anywhere in the window is believed, and a SYN there ends the connection.
  bool doubts_resets = true, doubts_syns = true;
  ChallengeLimit challenge_limit{};
  SegmentChecks checks = SegmentChecks::linux_kernel;
  // RFC 7323 section 3.2 would have segments dropped that lack the timestamp which was agreed on; but some
  // middleboxes strip options. FreeBSD net.inet.tcp.tolerate_missing_ts; Linux does without it.
  bool tolerates_missing_timestamps = true;
  bool drops_syn_fin = true;  // to a listener (FreeBSD net.inet.tcp.drop_synfin); else the FIN is passed over
  ClosedPorts closed_ports = ClosedPorts::refuse;
  bool time_wait_ignores_resets = false;  // RFC 1337 (Linux tcp_rfc1337)
  TimeWaitReuse time_wait_reuse = TimeWaitReuse::never;

  int syn_retries = 6;  // Linux tcp_syn_retries: 131 s until a connect fails
  // Linux tcp_syn_linear_timeouts, since 6.5: so often a SYN is repeated, beyond those, before its time-out
  // doubles. A network that loses some SYNs of many is asked again soon.
  int steady_syns = 4;
  // However often the SYN was repeated, until then (FreeBSD net.inet.tcp.keepinit); 0: as long as that takes.
  Duration connect_timeout{};
  int syn_ack_retries = 5;  // Linux tcp_synack_retries
  SynCookieUse syn_cookies = SynCookieUse::on_overflow;
  int max_syn_backlog = 4096;      // Linux tcp_max_syn_backlog: of a listener without cookies
  bool abort_on_overflow = false;  // Linux tcp_abort_on_overflow: a full accept queue resets
  // What waits for a listener that closes goes to another one of its end point (Linux tcp_migrate_req).
  bool migrate_requests = false;

  int retries = 15;  // Linux tcp_retries2: 924 s or more of silence until a connection fails

  std::uint16_t first_ephemeral_port = 32768, last_ephemeral_port = 60999;  // Linux ip_local_port_range
};

// When a segment that is not full waits for an acknowledgement.
enum class Nagle : std::uint8_t {
  off,       // TCP_NODELAY
  all,       // while anything is in flight: RFC 9293 section 3.7.4
  minshall,  // while another small segment is: Linux tcp_minshall_check()
  burst,  // while anything was in flight before the write or the ACK that lets it leave: FreeBSD tcp_output()
};

enum class PathMtuDiscovery : std::uint8_t { dont, want, must, probe };  // IP_PMTUDISC_...: 0 to 3

// What a socket says of the packets of IPv6 that it sends; of the others the same is said beside it.
struct Ipv6SocketOptions {
  bool only = false;                        // IPV6_V6ONLY: bound to ::, it does not hear IPv4
  std::uint8_t traffic_class = 0;           // IPV6_TCLASS
  std::optional<std::uint8_t> hop_limit{};  // IPV6_UNICAST_HOPS; none: the interface's
  PathMtuDiscovery path_mtu = PathMtuDiscovery::want;
  bool receive_errors = false;       // IPV6_RECVERR
  bool flow_label = true;            // from a hash of the flow, RFC 6437 (IPV6_AUTOFLOWLABEL); else 0
  bool reflects_flow_label = false;  // of a listener: its connections have the peer's
  bool operator==(const Ipv6SocketOptions&) const = default;
};

// A send buffer that grows with the congestion window holds so many of them: Linux sndbuf_expand().
constexpr int windows_to_buffer(CongestionControl algorithm) {
  return algorithm == CongestionControl::bbr ? 3 : 2;
}

// What one connection has of its own. It begins with the stack's, or with its listener's (Linux
// tcp_init_sock() and tcp_create_openreq_child()). Where 0 means the stack's, that is asked each time.
struct TcpSocketOptions {
  CongestionControl congestion = CongestionControl::cubic;
  // The headers of the SYN are kept for who accepts: 1: from that of IP on; 2: of the link's (TCP_SAVE_SYN).
  std::uint8_t save_syn = 0;
  Device device{};              // all comes and goes by it (SO_BINDTODEVICE)
  bool reuse_port = false;      // a listener shares its end point with others (SO_REUSEPORT)
  bool congestion_set = false;  // else those who come to a listener have the stack's of that time
  int reordering = 3;           // to begin with
  Nagle nagle = Nagle::all;
  bool cork = false;                      // nothing small leaves
  Bytes send_buffer{}, receive_buffer{};  // of octets
  Bytes notsent_low_water{};              // 0: the stack's
  Bytes window_clamp{};                   // the window is never larger; 0: as large as the buffer
  // SO_MAX_PACING_RATE: octets per second.
  std::uint64_t max_pacing_rate = unlimited_pace;
  // What packets that hold text may take of memory, instead of receive_buffer octets of text (Linux
  // sk_rcvbuf, tcp_win_from_space()), and text is taken and acknowledged as the kernel does. 0: octets are
  // counted.
  Bytes receive_memory{};
  bool receive_memory_set = false;  // it does not grow (SOCK_RCVBUF_LOCK)
  int receive_low_water = 1;   // while there is less to be read, an ACK need not wait for it (SO_RCVLOWAT)
  Bytes largest_memory_set{};  // what could be set: the window scale allows for it, too (rmem_max)
  int max_segment = 0;         // octets of text, without options; 0: as the path has it
  int largest_sent = 0;        // of a connection, in what it sends alone (FreeBSD TCP_MAXSEG); 0: as agreed
  int quick_acks = 0;          // at most so many at the beginning are not delayed
  bool urgent_inline = false;  // the urgent octet is part of the stream (SO_OOBINLINE)
  bool interactive = false;    // an ACK waits for text that answers (TCP_QUICKACK off)
  int syn_retries = 0;         // 0: the stack's
  // Linux icsk_rto_min, icsk_rto_max, icsk_delack_max: a socket has those of the stack when it is made
  // (TCP_RTO_MIN_US, TCP_RTO_MAX_MS, TCP_DELACK_MAX_US).
  Duration min_rto = 200ms, max_rto = 120s, longest_ack_wait = 200ms;
  Duration connect_timeout{};  // 0: the stack's
  bool no_options = false;     // of TCP, in any segment (FreeBSD TCP_NOOPT)
  // That there is no way ends a connection that is being opened, and is the reason if another gives up: Linux
  // tcp_v4_err(). RFC 1122 section 4.2.3.9 has such errors as soft.
  bool heeds_unreachable = false;
  bool receive_errors = false;   // an ICMP error is told at once, though it ends nothing (IP_RECVERR)
  bool stamps_arrivals = false;  // it is remembered when text came (Stack::arrival())
  Duration user_timeout{};       // without an answer; 0: as `retries` of the stack says
  Duration defer_accept{};       // a connection is accepted with its first text, or then
  // Of an orphan; none: it does not wait in FIN-WAIT-2; 0: the stack's.
  std::optional<Duration> fin_wait_2_timeout = Duration{};
  bool keep_alive = false;                // RFC 9293 section 3.8.4
  Duration keep_idle{}, keep_interval{};  // 0: the stack's
  int keep_count = 0;                     // 0: the stack's
  // TCP Fast Open: connections whose SYN brought text and whose client is not known to be there, at most so
  // many (TCP_FASTOPEN); a client that needs no cookie (TCP_FASTOPEN_NO_COOKIE).
  int fast_open_queue = 0;
  bool fast_open_without_cookie = false;
  std::optional<FastOpenKey> fast_open_key{}, fast_open_old_key{};  // TCP_FASTOPEN_KEY; none: the stack's
  std::uint8_t type_of_service = 0, ttl = 64;
  PathMtuDiscovery path_mtu = PathMtuDiscovery::want;
  Ipv6SocketOptions ipv6{};
  bool operator==(const TcpSocketOptions&) const = default;
};
struct StackConfig;
TcpSocketOptions socket_options(const StackConfig& config);

struct UdpConfig {
  Bytes receive_buffer = 212992_B;  // Linux net.core.rmem_default
  Bytes send_buffer = 212992_B;     // Linux net.core.wmem_default: datagrams accepted and not yet transmitted
  Bytes datagram_overhead = 576_B;  // charged per queued datagram: Linux SKB_TRUESIZE(0) on 64-bit machines
};

// What one socket has of its own.
struct UdpSocketOptions {
  Bytes receive_buffer{}, send_buffer{};
  Device device{};                                 // all comes and goes by it (SO_BINDTODEVICE)
  bool reuse_address = false, reuse_port = false;  // SO_REUSEADDR, SO_REUSEPORT
  std::uint8_t type_of_service = 0, ttl = 64;
  PathMtuDiscovery path_mtu = PathMtuDiscovery::dont;  // must, probe: nothing is sent in fragments
  bool receive_errors = false;  // each ICMP error is kept for Stack::take_network_error() (IP_RECVERR)
  Ipv6SocketOptions ipv6{};
};

// Of the socket API alone: net.core of Linux.
struct SocketConfig {
  Bytes largest_send_buffer = 212992_B, largest_receive_buffer = 212992_B;  // wmem_max, rmem_max
  int backlog = 4096;                                                       // somaxconn
};

struct ArpConfig {
  Duration retry_interval = 1s;     // Linux retrans_time_ms; RFC 1122 2.3.2.1: at most one request per second
  int requests = 3;                 // to all: Linux mcast_solicit; then to it alone: ucast_solicit
  Duration reachable_for = 30s;     // Linux base_reachable_time, of which no random part is taken; then stale
  Duration delay_first_probe = 5s;  // Linux delay_first_probe_time: a stale one is used until it is asked
  Duration lock = 1s;               // Linux locktime: what was learned is not changed again so soon
  Bytes pending = 212992_B;         // Linux unres_qlen_bytes: packets that wait for one address
  int entries = 1024;               // Linux gc_thresh3
};

// RFC 4861 section 10, RFC 4862 section 5.1. How many neighbors there may be, and what waits for them, is
// said by ArpConfig, of both versions.
struct NdpConfig {
  Duration retransmit = 1s;         // RETRANS_TIMER
  int solicitations = 3;            // MAX_MULTICAST_SOLICIT, MAX_UNICAST_SOLICIT
  Duration reachable_for = 30s;     // REACHABLE_TIME, of which no random half is taken
  Duration delay_first_probe = 5s;  // DELAY_FIRST_PROBE_TIME
  int duplicate_detections = 1;     // DupAddrDetectTransmits; 0: an address is taken at once
};

// RFC 5227, of an address that is claimed: section 1.1's constants, with the longest of random times.
struct ClaimConfig {
  int probes = 3;                   // PROBE_NUM
  Duration probe_interval = 1s;     // PROBE_MIN
  Duration announce_wait = 2s;      // ANNOUNCE_WAIT
  int announcements = 2;            // ANNOUNCE_NUM
  Duration announce_interval = 2s;  // ANNOUNCE_INTERVAL
  Duration defend_interval = 10s;   // DEFEND_INTERVAL
};

// Linux net.ipv6.flowlabel_reflect: whose packets have the flow label of what they answer, RFC 7690.
struct FlowLabelReflection {
  bool connections = false;  // bit 1: of the SYN, then of the third segment, of passive opens
  bool resets = false;       // bit 2: of a reset from where nobody is
  bool echoes = false;       // bit 4
};

struct ReassemblyConfig {
  Bytes memory = 4096_KiB;      // Linux ipfrag_high_thresh
  Duration timeout = 30s;       // Linux ipfrag_time; RFC 1122 3.3.2 says 60 to 120 s
  Duration timeout_ipv6 = 60s;  // RFC 8200 section 4.5
  int datagrams = 1024;
};

struct StackConfig {
  TcpConfig tcp{};
  UdpConfig udp{};
  SocketConfig sockets{};
  ArpConfig arp{};
  NdpConfig ndp{};
  ClaimConfig claims{};
  FlowLabelReflection flow_label_reflection{};
  ReassemblyConfig reassembly{};
  bool forwarding = false;             // RFC 1122 3.1: a host does not forward unless told to
  std::uint8_t ttl = 64;               // RFC 1700; of IPv6 the hop limit
  Duration icmp_error_interval = 1ms;  // mean time between ICMP errors; Linux icmp_msgs_per_sec = 1000
  int icmp_error_burst = 50;           // Linux icmp_msgs_burst
  Bytes transmit_queue = 8192_KiB;  // frames made but not yet fetched by transmit(), each with a small record
  std::uint64_t seed = 1;  // of the keyed hashes: initial sequence numbers, ports, IP identifications
};

struct InterfaceConfig {
  MacAddress mac{};
  Ipv4Address address{};  // 0.0.0.0: it has none. Those of IPv6 come by Stack::add_address().
  int prefix_length = 24;
  // Octets of IP per frame, 68 (RFC 791 section 3.2) to 65535; 1280 or more for IPv6 (RFC 8200 section 5).
  int mtu = 1500;
  // What leaves has them, and nothing else is heard; none: frames without a tag, or of its priority only.
  VlanTags vlan{};
  std::string name{};  // as programs know it (SO_BINDTODEVICE); none: eth0 and so on, by its number
};

}  // namespace ringside::net
