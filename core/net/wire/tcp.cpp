// RFC 9293 section 3.1: reading and writing TCP segments and their options.
#include "ringside/net/wire/tcp.hpp"

#include <utility>

#include "ringside/net/checksum.hpp"

namespace ringside::net::wire {
namespace {

enum class Option : std::uint8_t {  // IANA tcp-parameters
  end_of_list = 0,
  no_operation = 1,
  mss = 2,
  window_scale = 3,
  sack_permitted = 4,
  sack = 5,
  timestamps = 8,
  md5_signature = 19,
  authentication = 29,
  fast_open = 34,
  ecn_octets_0 = 172,
  ecn_octets_1 = 174,
  experimental = 254,
};

constexpr std::uint8_t fin_bit = 0x01, syn_bit = 0x02, rst_bit = 0x04, psh_bit = 0x08, ack_bit = 0x10,
                       urg_bit = 0x20, ece_bit = 0x40, cwr_bit = 0x80;
constexpr std::uint8_t ae_bit = 0x01;  // of the octet before
constexpr std::uint16_t fast_open_magic = 0xf989;
constexpr std::size_t checksum_at = 16, urgent_at = 18;

TcpFlags flags_from(std::uint8_t bits, std::uint8_t before) {
  return {.fin = (bits & fin_bit) != 0,
          .syn = (bits & syn_bit) != 0,
          .rst = (bits & rst_bit) != 0,
          .psh = (bits & psh_bit) != 0,
          .ack = (bits & ack_bit) != 0,
          .urg = (bits & urg_bit) != 0,
          .ece = (bits & ece_bit) != 0,
          .cwr = (bits & cwr_bit) != 0,
          .ae = (before & ae_bit) != 0};
}

std::uint8_t bits_from(TcpFlags flags) {
  return static_cast<std::uint8_t>((flags.fin ? fin_bit : 0) | (flags.syn ? syn_bit : 0) |
                                   (flags.rst ? rst_bit : 0) | (flags.psh ? psh_bit : 0) |
                                   (flags.ack ? ack_bit : 0) | (flags.urg ? urg_bit : 0) |
                                   (flags.ece ? ece_bit : 0) | (flags.cwr ? cwr_bit : 0));
}

// RFC 7413 section 4.1.1, as Linux tcp_parse_fastopen_option(): of an even length, and what is too short or
// too long is none.
std::optional<FastOpenCookie> read_cookie(ByteView body, bool experimental) {
  const bool fits =
      body.empty() || (body.size() >= FastOpenCookie::least && body.size() <= FastOpenCookie::most);
  if (!fits || body.size() % 2 != 0) return std::nullopt;
  FastOpenCookie cookie{.size = static_cast<std::uint8_t>(body.size()), .experimental = experimental};
  std::copy(body.begin(), body.end(), cookie.octets.begin());
  return cookie;
}

std::uint32_t load24(ByteView bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 16 | load16(bytes, at + 1);
}

// RFC 9768 section 3.2.3: fields may be missing at the end, and the kind says in which order they are.
EcnOctets read_ecn_octets(ByteView body, bool ect0_first) {
  EcnOctets octets;
  if (body.size() >= 3) (ect0_first ? octets.ect0 : octets.ect1) = load24(body, 0);
  if (body.size() >= 6) octets.ce = load24(body, 3);
  if (body.size() >= 9) (ect0_first ? octets.ect1 : octets.ect0) = load24(body, 6);
  return octets;
}

// `body` is what follows kind and length. A known kind of the wrong length is skipped.
void read_option(Option kind, ByteView body, TcpOptions& options) {
  if (kind == Option::mss && body.size() == 2) {
    options.mss = load16(body, 0);
  } else if (kind == Option::window_scale && body.size() == 1) {
    options.window_scale = std::min<std::uint8_t>(body[0], 14);  // RFC 7323 section 2.3
  } else if (kind == Option::sack_permitted && body.empty()) {
    options.sack_permitted = true;
  } else if (kind == Option::timestamps && body.size() == 8) {
    options.timestamps = TcpTimestamps{load32(body, 0), load32(body, 4)};
  } else if (kind == Option::sack && body.size() % 8 == 0 && body.size() <= 8 * SackBlocks::max) {
    options.sack = {};
    for (std::size_t at = 0; at < body.size(); at += 8) {
      options.sack.add({SeqNum{load32(body, at)}, SeqNum{load32(body, at + 4)}});
    }
  } else if ((kind == Option::md5_signature && body.size() == 16) ||
             (kind == Option::authentication && body.size() >= 2)) {
    options.signature = true;
  } else if (kind == Option::fast_open) {
    options.fast_open = read_cookie(body, false);
  } else if (kind == Option::experimental && body.size() >= 2 && load16(body, 0) == fast_open_magic) {
    options.fast_open = read_cookie(body.subspan(2), true);
  } else if (kind == Option::ecn_octets_0 || kind == Option::ecn_octets_1) {
    options.ecn_octets = read_ecn_octets(body, kind == Option::ecn_octets_0);
  }
}

// RFC 9293 section 3.2: what is not known is passed over, and a length that cannot be ends the list.
TcpOptions read_options(ByteView bytes) {
  TcpOptions options;
  while (!bytes.empty()) {
    const Option kind{bytes[0]};
    if (kind == Option::end_of_list) break;
    if (kind == Option::no_operation) {
      bytes = bytes.subspan(1);
      continue;
    }
    if (bytes.size() < 2 || bytes[1] < 2 || bytes[1] > bytes.size()) break;
    read_option(kind, bytes.subspan(2, bytes[1] - 2u), options);
    bytes = bytes.subspan(bytes[1]);
  }
  return options;
}

// With NOPs before what begins at this place of a word of four octets.
constexpr std::size_t padded(std::size_t size, std::size_t place) { return size + ((place - size) & 3); }
constexpr std::size_t sack_permitted_place = 2, window_scale_place = 1, sack_place = 2, timestamps_place = 2;
constexpr std::size_t to_even(std::size_t size) { return size + (size & 1); }

class OptionWriter {
 public:
  explicit OptionWriter(ByteSpan to) : to_{to} {}

  void begin(Option kind, std::size_t body_bytes) {
    put8(static_cast<std::uint8_t>(kind));
    put8(static_cast<std::uint8_t>(body_bytes + 2));
  }
  void no_operation(int times) {
    while (times-- > 0) put8(static_cast<std::uint8_t>(Option::no_operation));
  }
  void put8(std::uint8_t value) { to_[at_++] = value; }
  void put(ByteView octets) {
    for (const std::uint8_t octet : octets) put8(octet);
  }
  void put16(std::uint16_t value) { store16(to_, std::exchange(at_, at_ + 2), value); }
  void put24(std::uint32_t value) {
    put8(static_cast<std::uint8_t>(value >> 16)), put16(static_cast<std::uint16_t>(value));
  }
  void put32(std::uint32_t value) { store32(to_, std::exchange(at_, at_ + 4), value); }
  void end() {
    while (at_ < to_.size()) put8(static_cast<std::uint8_t>(Option::end_of_list));
  }
  std::size_t size() const { return at_; }
  void pad_to(std::size_t place) { no_operation(static_cast<int>(padded(at_, place) - at_)); }

 private:
  ByteSpan to_;
  std::size_t at_ = 0;
};

std::size_t ecn_octets_size(const EcnOctets& octets) {
  return 2 + 3 * (std::size_t{octets.ect1.has_value()} + octets.ce.has_value() + octets.ect0.has_value());
}

std::size_t fast_open_size(const FastOpenCookie& cookie) {
  return (cookie.experimental ? 4u : 2u) + cookie.size;
}

void write_cookie(OptionWriter& writer, const FastOpenCookie& cookie) {
  writer.begin(cookie.experimental ? Option::experimental : Option::fast_open, fast_open_size(cookie) - 2);
  if (cookie.experimental) writer.put16(fast_open_magic);
  writer.put(ByteView{cookie.octets}.first(cookie.size));
}

void write_ecn_octets(OptionWriter& writer, const EcnOctets& octets) {
  writer.begin(Option::ecn_octets_1, ecn_octets_size(octets) - 2);
  if (octets.ect1) writer.put24(*octets.ect1);
  if (octets.ce) writer.put24(*octets.ce);
  if (octets.ect0) writer.put24(*octets.ect0);
}

void write_timestamps(OptionWriter& writer, const TcpTimestamps& timestamps) {
  writer.begin(Option::timestamps, 8);
  writer.put32(timestamps.value), writer.put32(timestamps.echo_reply);
}

void write_sack(OptionWriter& writer, const SackBlocks& sack) {
  writer.pad_to(sack_place), writer.begin(Option::sack, std::size_t{sack.count} * 8);
  for (const SackBlock& block : sack.all()) writer.put32(block.begin.raw()), writer.put32(block.end.raw());
}

void write_window_scale(OptionWriter& writer, std::uint8_t shift) {
  writer.pad_to(window_scale_place), writer.begin(Option::window_scale, 1);
  writer.put8(shift);
}

// FreeBSD tcp_addoptions().
void write_scale_first(ByteSpan to, const TcpOptions& options) {
  OptionWriter writer{to};
  if (options.mss) writer.begin(Option::mss, 2), writer.put16(*options.mss);
  if (options.window_scale) write_window_scale(writer, *options.window_scale);
  if (options.sack_permitted) {
    writer.no_operation(static_cast<int>(to_even(writer.size()) - writer.size()));
    writer.begin(Option::sack_permitted, 0);
  }
  if (options.timestamps) writer.pad_to(timestamps_place), write_timestamps(writer, *options.timestamps);
  if (options.sack.count > 0) write_sack(writer, options.sack);
  if (options.ecn_octets) write_ecn_octets(writer, *options.ecn_octets);
  if (options.fast_open) write_cookie(writer, *options.fast_open);
  writer.end();
}

std::size_t size_scale_first(const TcpOptions& options) {
  std::size_t octets = options.mss ? 4u : 0u;
  if (options.window_scale) octets = padded(octets, window_scale_place) + 3;
  if (options.sack_permitted) octets = to_even(octets) + 2;
  if (options.timestamps) octets = padded(octets, timestamps_place) + timestamps_option_size - 2;
  if (options.sack.count > 0) octets = padded(octets, sack_place) + 2 + std::size_t{options.sack.count} * 8;
  if (options.ecn_octets) octets += ecn_octets_size(*options.ecn_octets);
  return padded(octets + (options.fast_open ? fast_open_size(*options.fast_open) : 0), 0);
}

// NOPs put every option's numbers on a multiple of four octets (RFC 7323 appendix A); SACK-permitted takes
// the place of those before the timestamps, and the end of AccECN's counts of those before what follows (as
// Linux tcp_options_write()).
void write_options(ByteSpan to, const TcpOptions& options) {
  if (options.order == OptionsOrder::scale_first) return write_scale_first(to, options);
  OptionWriter writer{to};
  if (options.mss) writer.begin(Option::mss, 2), writer.put16(*options.mss);
  if (options.timestamps) {
    if (options.sack_permitted) writer.begin(Option::sack_permitted, 0);
    if (!options.sack_permitted) writer.no_operation(2);
    write_timestamps(writer, *options.timestamps);
  }
  if (options.ecn_octets) write_ecn_octets(writer, *options.ecn_octets);
  if (options.sack_permitted && !options.timestamps) {
    writer.pad_to(sack_permitted_place), writer.begin(Option::sack_permitted, 0);
  }
  if (options.window_scale) write_window_scale(writer, *options.window_scale);
  if (options.sack.count > 0) write_sack(writer, options.sack);
  writer.pad_to(0);
  if (options.fast_open) write_cookie(writer, *options.fast_open), writer.pad_to(0);
}

}  // namespace

std::size_t TcpOptions::encoded_size() const {
  if (order == OptionsOrder::scale_first) return size_scale_first(*this);
  std::size_t octets = (mss ? 4u : 0u) + (timestamps ? timestamps_option_size : 0u) +
                       (ecn_octets ? ecn_octets_size(*ecn_octets) : 0u);
  if (sack_permitted && !timestamps) octets = padded(octets, sack_permitted_place) + 2;
  if (window_scale) octets = padded(octets, window_scale_place) + 3;
  if (sack.count > 0) octets = padded(octets, sack_place) + 2 + std::size_t{sack.count} * 8;
  return padded(octets, 0) + (fast_open ? padded(fast_open_size(*fast_open), 0) : 0u);
}

Parsed<TcpHeader> parse_tcp(ByteView bytes, const IpAddress& source, const IpAddress& destination) {
  if (bytes.size() < TcpHeader::size) return {.reason = DropReason::malformed};
  const std::size_t header_length = (std::size_t{bytes[12]} >> 4) * 4;
  if (header_length < TcpHeader::size || header_length > bytes.size())
    return {.reason = DropReason::malformed};
  if (internet_checksum(bytes, pseudo_header_sum(source, destination, IpProtocol::tcp, bytes.size())) != 0) {
    return {.reason = DropReason::bad_checksum};
  }
  return {
      .header = {.source_port = load16(bytes, 0),
                 .destination_port = load16(bytes, 2),
                 .seq = SeqNum{load32(bytes, 4)},
                 .ack = SeqNum{load32(bytes, 8)},
                 .flags = flags_from(bytes[13], bytes[12]),
                 .window = load16(bytes, 14),
                 .urgent = load16(bytes, urgent_at),
                 .options = read_options(bytes.subspan(TcpHeader::size, header_length - TcpHeader::size))},
      .payload = bytes.subspan(header_length)};
}

void write(ByteSpan segment, const TcpHeader& header, const IpAddress& source, const IpAddress& destination) {
  const std::size_t header_length = header.encoded_size();
  store16(segment, 0, header.source_port);
  store16(segment, 2, header.destination_port);
  store32(segment, 4, header.seq.raw());
  store32(segment, 8, header.ack.raw());
  segment[12] = static_cast<std::uint8_t>(header_length / 4 << 4 | (header.flags.ae ? ae_bit : 0));
  segment[13] = bits_from(header.flags);
  store16(segment, 14, header.window);
  store16(segment, checksum_at, 0);
  store16(segment, urgent_at, header.urgent);
  write_options(segment.subspan(TcpHeader::size, header_length - TcpHeader::size), header.options);
  store16(
      segment, checksum_at,
      internet_checksum(segment, pseudo_header_sum(source, destination, IpProtocol::tcp, segment.size())));
}

}  // namespace ringside::net::wire
