// [ect0], (tos 0x20), [ect1,flowlabel 0x12345]
#include <array>

#include "parts.hpp"

namespace ringside::packetdrill {
namespace {

struct EcnWord {
  std::string_view word;
  Ecn ecn;
};
constexpr std::array<EcnWord, 5> ecn_words{{{"noecn", Ecn::not_ect},
                                            {"ect0", Ecn::ect0},
                                            {"ect1", Ecn::ect1},
                                            {"ce", Ecn::ce},
                                            {"ect01", Ecn::either_ect}}};

bool accept_ecn(Reader& reader, IpInfo& info, Direction direction) {
  for (const EcnWord& known : ecn_words) {
    if (!reader.at(known.word) || info.ecn) continue;
    if (known.ecn == Ecn::either_ect && direction == Direction::inbound)
      reader.expected("one ECN codepoint of an inbound packet");
    reader.take();
    info.ecn = known.ecn;
    return true;
  }
  return false;
}

void one(Reader& reader, IpInfo& info, Direction direction) {
  if (accept_ecn(reader, info, direction)) return;
  if (!info.tos && reader.accept("tos"))
    info.tos = static_cast<std::uint8_t>(reader.number("a type of service", UINT8_MAX));
  else if (!info.ttl && reader.accept("ttl"))
    info.ttl = static_cast<std::uint8_t>(reader.number("a time to live", UINT8_MAX));
  else if (!info.flow_label && reader.accept("flowlabel"))
    info.flow_label = static_cast<std::uint32_t>(reader.number("a flow label", (1u << 20) - 1));
  else
    reader.expected("noecn, ect0, ect1, ce, ect01, tos, ttl or flowlabel, each once");
}

}  // namespace

IpInfo parse_ip_info(Reader& reader, Direction direction) {
  const std::string_view close = reader.take().text == "[" ? "]" : ")";
  IpInfo info;
  do {
    one(reader, info, direction);
  } while (reader.accept(","));
  reader.expect(close);
  return info;
}

}  // namespace ringside::packetdrill
