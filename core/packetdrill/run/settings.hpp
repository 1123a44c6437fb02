// The kernel's settings as a script knows them, and what they mean for the stack.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "ringside/net/config.hpp"
#include "ringside/packetdrill/command.hpp"

namespace ringside::packetdrill {

class Settings {
 public:
  void apply(const SettingOperation&);
  // Those that mean something to the stack; a script that needs another one finds out by itself.
  net::StackConfig stack_config() const;

 private:
  void apply_freebsd(net::TcpConfig&) const;
  net::FastOpenConfig fast_open() const;
  net::EcnConfig ecn() const;
  std::string_view value(std::string_view name, std::string_view otherwise) const;
  std::int64_t number(std::string_view name, std::int64_t otherwise, std::size_t place = 0) const;

  std::map<std::string, std::string, std::less<>> now_{}, saved_{};
};

}  // namespace ringside::packetdrill
