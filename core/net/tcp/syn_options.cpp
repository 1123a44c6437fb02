#include "tcp/syn_options.hpp"

namespace ringside::net {

namespace {

bool add_counts(wire::TcpOptions& options, wire::EcnOctets octets, int least, std::size_t most) {
  for (int counts = 3; counts >= least; --counts) {
    if (counts < 3) octets.ect0.reset();
    if (counts < 2) octets.ce.reset();
    if (counts < 1) octets.ect1.reset();
    options.ecn_octets = octets;
    if (options.encoded_size() <= most) return true;
  }
  options.ecn_octets.reset();
  return false;
}

}  // namespace

bool add_ecn_octets(wire::TcpOptions& options, wire::EcnOctets octets, int least, std::size_t most) {
  const std::uint8_t blocks = options.sack.count;
  while (!add_counts(options, octets, least, most)) {
    if (least == 0 || options.sack.count <= 2) return options.sack.count = blocks, false;
    --options.sack.count;
  }
  return true;
}

}  // namespace ringside::net
