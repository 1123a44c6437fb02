#include "ringside/replay/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ringside::replay {

namespace {

using Octets = std::span<const std::uint8_t>;

struct Word {
  unsigned number;
  std::string_view name;
};
constexpr std::array ether_types{Word{0x0800, "IPv4"}, Word{0x0806, "ARP"}, Word{0x8100, "VLAN"},
                                 Word{0x86dd, "IPv6"}};
constexpr std::array protocols{Word{1, "ICMP"}, Word{6, "TCP"}, Word{17, "UDP"}};
constexpr std::array arp_operations{Word{1, "request"}, Word{2, "reply"}};
constexpr std::array icmp_types{Word{0, "echo reply"}, Word{3, "destination unreachable"},
                                Word{8, "echo request"}, Word{11, "time exceeded"}};

std::string_view name_of(std::span<const Word> words, unsigned number) {
  const auto found = std::ranges::find(words, number, &Word::number);
  return found == words.end() ? std::string_view{} : found->name;
}

std::string with_name(std::string number, std::string_view name) {
  return name.empty() ? number : fmt::format("{} ({})", number, name);
}

std::string flags(unsigned set, std::span<const Word> words) {
  std::string text;
  for (const Word& word : words)
    if (set & word.number) text.append(text.empty() ? "" : " ").append(word.name);
  return text.empty() ? "0" : text;
}

std::uint16_t internet_sum(Octets octets) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) sum += std::uint32_t{octets[i]} << (i % 2 == 0 ? 8 : 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

// Reads header after header. Every read asks `here` first how much there is.
class Dissection {
 public:
  explicit Dissection(Octets frame) : frame_{frame} {}

  std::vector<Field> run() {
    ethernet();
    if (at_ < end_) rest("payload", {"Payload", "载荷"});
    end_ = frame_.size();
    if (at_ < end_) rest("padding", {"Padding", "填充"});
    return std::move(headers_);
  }

 private:
  std::size_t here() const { return end_ - at_; }

  std::uint32_t number(std::size_t offset, std::size_t length) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < length; ++i) value = value << 8 | frame_[offset + i];
    return value;
  }
  std::uint16_t short_at(std::size_t offset) const { return static_cast<std::uint16_t>(number(offset, 2)); }
  std::string decimal(std::size_t offset, std::size_t length) const {
    return fmt::format("{}", number(offset, length));
  }
  std::string hex(std::size_t offset, std::size_t length) const {
    return fmt::format("0x{:0{}x}", number(offset, length), 2 * length);
  }
  std::string mac(std::size_t offset) const {
    return fmt::format("{:02x}", fmt::join(frame_.subspan(offset, 6), ":"));
  }
  std::string address(std::size_t offset) const {
    return fmt::format("{}", fmt::join(frame_.subspan(offset, 4), "."));
  }

  // So many octets become a header; if there are not as many, what is there has no fields. The fields that
  // are added until the next one are its parts.
  bool begin(std::string_view id, path::Text name, std::size_t length) {
    Field header{.id = id, .name = std::move(name), .offset = at_, .length = std::min(length, here())};
    const bool whole = length <= here();
    if (!whole)
      header.wrong = {fmt::format("cut off: {} of {} octets", here(), length),
                      fmt::format("不完整：{} / {} 个八位组", here(), length)};
    start_ = at_;
    at_ += header.length;
    headers_.push_back(std::move(header));
    return whole;
  }
  Field& add(std::string_view id, path::Text name, std::size_t offset, std::size_t length,
             std::string value) {
    return headers_.back().parts.emplace_back(
        Field{id, std::move(name), start_ + offset, length, std::move(value), {}, {}});
  }
  void sum_up(std::string value) { headers_.back().value = std::move(value); }
  void malformed(Field& field, std::string en, std::string zh_CN) {
    field.wrong = {std::move(en), std::move(zh_CN)};
  }

  void rest(std::string_view id, path::Text name) {
    headers_.push_back({id, std::move(name), at_, here(), {}, {}, {}});
    at_ = end_;
  }

  void ethernet() {
    if (frame_.empty() || !begin("ethernet", {"Ethernet", "以太网"}, 14)) return;
    add("ethernet.to", {"destination", "目的地址"}, 0, 6, mac(start_));
    add("ethernet.from", {"source", "源地址"}, 6, 6, mac(start_ + 6));
    sum_up(fmt::format("{} → {}", mac(start_ + 6), mac(start_)));
    type("ethernet.type", 12);
  }

  // The field that says what comes next.
  void type(std::string_view id, std::size_t offset) {
    const unsigned type = short_at(start_ + offset);
    const bool is_length = type < 0x0600;
    if (is_length) {
      add(id, {"length", "长度"}, offset, 2, fmt::format("{}", type));
      return;
    }
    add(id, {"type", "类型"}, offset, 2, with_name(hex(start_ + offset, 2), name_of(ether_types, type)));
    if (type == 0x8100 && tags_++ < most_tags) return vlan();
    if (type == 0x0806) return arp();
    if (type == 0x0800) return ipv4();
  }

  void vlan() {
    static constexpr std::array<std::string_view, 2> priorities{"vlan.priority", "vlan2.priority"};
    static constexpr std::array<std::string_view, 2> ids{"vlan.id", "vlan2.id"};
    static constexpr std::array<std::string_view, 2> types{"vlan.type", "vlan2.type"};
    static constexpr std::array<std::string_view, 2> headers{"vlan", "vlan2"};
    const auto tag = static_cast<std::size_t>(tags_ - 1);
    if (!begin(headers[tag], {"VLAN tag", "VLAN 标签"}, 4)) return;
    const unsigned control = short_at(start_);
    add(priorities[tag], {"priority", "优先级"}, 0, 1, fmt::format("{}", control >> 13));
    add(ids[tag], {"VLAN", "VLAN"}, 0, 2, fmt::format("{}", control & 0x0fff));
    sum_up(fmt::format("{}", control & 0x0fff));
    type(types[tag], 2);
  }

  void arp() {
    if (!begin("arp", {"ARP", "ARP"}, 28)) return;
    const unsigned operation = short_at(start_ + 6);
    Field& kind = add("arp.kind", {"hardware, protocol", "硬件与协议"}, 0, 6, hex(start_, 4));
    if (number(start_, 4) != 0x00010800 || short_at(start_ + 4) != 0x0604)
      malformed(kind, "not for IPv4 over Ethernet", "不是以太网上的 IPv4");
    add("arp.operation", {"operation", "操作"}, 6, 2,
        with_name(fmt::format("{}", operation), name_of(arp_operations, operation)));
    add("arp.sender_mac", {"sender", "发送方"}, 8, 6, mac(start_ + 8));
    add("arp.sender", {"sender address", "发送方地址"}, 14, 4, address(start_ + 14));
    add("arp.target_mac", {"target", "目标"}, 18, 6, mac(start_ + 18));
    add("arp.target", {"target address", "目标地址"}, 24, 4, address(start_ + 24));
    sum_up(operation == 1 ? fmt::format("{} → {} ?", address(start_ + 14), address(start_ + 24))
                          : fmt::format("{} = {}", address(start_ + 14), mac(start_ + 8)));
  }

  void ipv4() {
    const unsigned first = here() > 0 ? frame_[at_] : 0x45;
    const std::size_t length = std::max<std::size_t>(std::size_t{first & 0x0fU} * 4, 20);
    if (!begin("ipv4", {"IPv4", "IPv4"}, length)) return;
    Field& version = add("ipv4.version", {"version", "版本"}, 0, 1, fmt::format("{}", first >> 4));
    if (first >> 4 != 4) malformed(version, "not 4", "不是 4");
    Field& words = add("ipv4.header", {"header length", "首部长度"}, 0, 1,
                       fmt::format("{} B", std::size_t{first & 0x0fU} * 4));
    if ((first & 0x0fU) < 5) malformed(words, "less than 20 octets", "少于 20 个八位组");
    add("ipv4.service", {"type of service", "服务类型"}, 1, 1, hex(start_ + 1, 1));
    const std::size_t total = short_at(start_ + 2);
    Field& whole = add("ipv4.length", {"total length", "总长度"}, 2, 2, fmt::format("{} B", total));
    if (total < length) malformed(whole, "less than the header", "小于首部长度");
    add("ipv4.id", {"identification", "标识"}, 4, 2, hex(start_ + 4, 2));
    fragment();
    add("ipv4.ttl", {"time to live", "生存时间 (TTL)"}, 8, 1, decimal(start_ + 8, 1));
    const unsigned protocol = frame_[start_ + 9];
    add("ipv4.protocol", {"protocol", "协议"}, 9, 1,
        with_name(fmt::format("{}", protocol), name_of(protocols, protocol)));
    Field& sum = add("ipv4.checksum", {"header checksum", "首部校验和"}, 10, 2, hex(start_ + 10, 2));
    if (internet_sum(frame_.subspan(start_, length)) != 0) malformed(sum, "wrong", "错误");
    add("ipv4.from", {"source", "源地址"}, 12, 4, address(start_ + 12));
    add("ipv4.to", {"destination", "目的地址"}, 16, 4, address(start_ + 16));
    if (length > 20)
      add("ipv4.options", {"options", "选项"}, 20, length - 20, fmt::format("{} B", length - 20));
    sum_up(fmt::format("{} → {}", address(start_ + 12), address(start_ + 16)));
    if (first >> 4 != 4 || (first & 0x0fU) < 5) return;
    const bool later_fragment = (short_at(start_ + 6) & 0x1fff) != 0;
    if (total >= length) end_ = std::min(end_, start_ + total);  // Ethernet pads what is short
    if (!later_fragment) transport(protocol);
  }

  void fragment() {
    static constexpr std::array words{Word{0x4000, "DF"}, Word{0x2000, "MF"}};
    const unsigned both = short_at(start_ + 6);
    add("ipv4.flags", {"flags", "标志"}, 6, 1, flags(both & 0x6000, words));
    add("ipv4.offset", {"fragment offset", "片偏移"}, 6, 2, fmt::format("{} B", (both & 0x1fff) * 8));
  }

  void transport(unsigned protocol) {
    if (protocol == 17) return udp();
    if (protocol == 6) return tcp();
    if (protocol == 1) return icmp();
  }

  void ports(std::string_view from, std::string_view to) {
    add(from, {"source port", "源端口"}, 0, 2, decimal(start_, 2));
    add(to, {"destination port", "目的端口"}, 2, 2, decimal(start_ + 2, 2));
    sum_up(fmt::format("{} → {}", short_at(start_), short_at(start_ + 2)));
  }

  void udp() {
    if (!begin("udp", {"UDP", "UDP"}, 8)) return;
    ports("udp.from", "udp.to");
    Field& length = add("udp.length", {"length", "长度"}, 4, 2, fmt::format("{} B", short_at(start_ + 4)));
    if (short_at(start_ + 4) < 8) malformed(length, "less than the header", "小于首部长度");
    add("udp.checksum", {"checksum", "校验和"}, 6, 2, hex(start_ + 6, 2));
  }

  void tcp() {
    static constexpr std::array words{Word{0x02, "SYN"}, Word{0x10, "ACK"}, Word{0x01, "FIN"},
                                      Word{0x04, "RST"}, Word{0x08, "PSH"}, Word{0x20, "URG"},
                                      Word{0x40, "ECE"}, Word{0x80, "CWR"}};
    const std::size_t offset = here() > 12 ? std::size_t{frame_[at_ + 12]} / 16 * 4 : 20;
    if (!begin("tcp", {"TCP", "TCP"}, std::max<std::size_t>(offset, 20))) return;
    ports("tcp.from", "tcp.to");
    add("tcp.sequence", {"sequence number", "序号"}, 4, 4, decimal(start_ + 4, 4));
    add("tcp.acknowledgment", {"acknowledgment", "确认号"}, 8, 4, decimal(start_ + 8, 4));
    Field& header = add("tcp.header", {"header length", "首部长度"}, 12, 1, fmt::format("{} B", offset));
    if (offset < 20) malformed(header, "less than 20 octets", "少于 20 个八位组");
    add("tcp.flags", {"flags", "标志"}, 13, 1, flags(frame_[start_ + 13], words));
    add("tcp.window", {"window", "窗口"}, 14, 2, decimal(start_ + 14, 2));
    add("tcp.checksum", {"checksum", "校验和"}, 16, 2, hex(start_ + 16, 2));
    add("tcp.urgent", {"urgent pointer", "紧急指针"}, 18, 2, decimal(start_ + 18, 2));
    if (offset > 20) add("tcp.options", {"options", "选项"}, 20, offset - 20, tcp_options(offset));
    headers_.back().value += fmt::format("  {}", flags(frame_[start_ + 13], words));
  }

  std::string tcp_options(std::size_t header) const {
    std::string text;
    for (std::size_t i = start_ + 20; i < start_ + header;) {
      const unsigned kind = frame_[i];
      if (kind == 0) break;
      const std::size_t length = kind == 1 ? 1 : i + 1 < start_ + header ? frame_[i + 1] : 0;
      if (length == 0 || i + length > start_ + header || (kind != 1 && length < 2))
        return text.append(text.empty() ? "?" : " ?");
      if (kind != 1) text.append(text.empty() ? "" : ", ").append(tcp_option(kind, i, length));
      i += length;
    }
    return text;
  }
  std::string tcp_option(unsigned kind, std::size_t at, std::size_t length) const {
    if (kind == 2 && length == 4) return fmt::format("MSS {}", short_at(at + 2));
    if (kind == 3 && length == 3) return fmt::format("WS {}", frame_[at + 2]);
    if (kind == 4) return "SACK permitted";
    if (kind == 5) return fmt::format("SACK ×{}", (length - 2) / 8);
    if (kind == 8 && length == 10) return fmt::format("TS {} {}", number(at + 2, 4), number(at + 6, 4));
    return fmt::format("{}", kind);
  }

  void icmp() {
    if (!begin("icmp", {"ICMP", "ICMP"}, 8)) return;
    const unsigned type = frame_[start_];
    add("icmp.type", {"type", "类型"}, 0, 1, with_name(fmt::format("{}", type), name_of(icmp_types, type)));
    add("icmp.code", {"code", "代码"}, 1, 1, decimal(start_ + 1, 1));
    add("icmp.checksum", {"checksum", "校验和"}, 2, 2, hex(start_ + 2, 2));
    const bool echo = type == 0 || type == 8;
    if (echo) {
      add("icmp.id", {"identifier", "标识符"}, 4, 2, decimal(start_ + 4, 2));
      add("icmp.sequence", {"sequence number", "序号"}, 6, 2, decimal(start_ + 6, 2));
    } else {
      add("icmp.rest", {"rest of the header", "首部其余部分"}, 4, 4, hex(start_ + 4, 4));
    }
    sum_up(std::string{name_of(icmp_types, type)});
  }

  static constexpr int most_tags = 2;

  Octets frame_;
  std::vector<Field> headers_{};
  std::size_t at_ = 0;     // what is read next
  std::size_t start_ = 0;  // of the header that is read
  std::size_t end_ = frame_.size();
  int tags_ = 0;
};

void compare(const std::vector<Field>& first, const std::vector<Field>& now,
             std::vector<FieldChange>& found) {
  for (const Field& field : now) {
    compare(first, field.parts, found);
    const Field* was = field.parts.empty() ? find(first, field.id) : nullptr;
    if (was && was->parts.empty() && was->value != field.value) found.push_back({field.id, was->value});
  }
}

}  // namespace

std::vector<Field> fields_of(std::span<const std::uint8_t> frame) { return Dissection{frame}.run(); }

const Field* find(const std::vector<Field>& fields, std::string_view id) {
  for (const Field& field : fields) {
    if (field.id == id) return &field;
    if (const Field* part = find(field.parts, id)) return part;
  }
  return nullptr;
}

std::vector<FieldChange> changes(const std::vector<Field>& first, const std::vector<Field>& now) {
  std::vector<FieldChange> found;
  compare(first, now, found);
  return found;
}

}  // namespace ringside::replay
