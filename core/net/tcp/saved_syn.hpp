// The headers of the SYN that began a connection, kept for its application (TCP_SAVE_SYN): struct saved_syn.
#pragma once

#include <memory>
#include <vector>

#include "containers/flat_map.hpp"
#include "tcp/segment.hpp"

namespace ringside::net {

using SavedSyn = std::shared_ptr<const std::vector<std::uint8_t>>;  // none: nobody asked

struct Place {  // of a connection among the others
  std::uint32_t number = 0;
  bool operator==(const Place&) const = default;
  std::uint64_t hash() const { return mixed(number); }
};
using SavedSyns = FlatMap<Place, SavedSyn>;

// tcp_reqsk_record_syn(). `how`: 1: from the header of IP on; 2: from that of the link on.
inline SavedSyn saved(const RawHeaders& syn, int how) {
  if (how == 0) return nullptr;
  std::vector<std::uint8_t> octets;
  if (how == 2) octets.assign(syn.link.begin(), syn.link.end());
  for (const wire::ByteView header : {syn.network, syn.tcp})
    octets.insert(octets.end(), header.begin(), header.end());
  return std::make_shared<const std::vector<std::uint8_t>>(std::move(octets));
}

}  // namespace ringside::net
