// The arguments of a system call, as the values that it needs.
#pragma once

#include <cstdint>
#include <string>

#include "ringside/net/types.hpp"
#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

class Arguments {
 public:
  explicit Arguments(const SystemCall& call) : call_{call} {}

  void count(std::size_t wanted) const;  // fails if there are not so many
  std::size_t size() const { return call_.arguments.size(); }
  const Expression& at(std::size_t place) const;  // fails if there are fewer
  std::int64_t number(std::size_t place) const;
  std::int64_t in_list(std::size_t place) const;  // [1460]

 private:
  const SystemCall& call_;
};

std::int64_t number_of(const Expression& expression);  // 3, 0x10, SOL_SOCKET, POLLIN|POLLOUT
const Expression& only_item(const Expression& list);
// {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("192.0.2.1")}, or `otherwise` where the
// tool fills it in.
net::Ipv4Address address_of(const Expression& written);  // inet_addr("192.0.2.1")
net::Endpoint endpoint_of(const Expression& address, net::Endpoint otherwise);
// A field of {onoff=1, linger=0}; nullptr: it is not there.
const Expression* field(const Expression& structure, std::string_view name);

}  // namespace ringside::packetdrill
