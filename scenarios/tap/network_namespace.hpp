// The network namespace that the process is in for as long as this lives: one that it makes, so that nothing
// else on the machine sees the traffic, or one that is there.
#pragma once

#include <string>

#include "file_descriptor.hpp"

namespace ringside::tap {

class NetworkNamespace {
 public:
  // "": one without a name, which is gone with the process. A name: /run/netns/NAME as `ip netns` has it,
  // made if it is not there, and then removed in the end. With a slash: that file, such as /proc/PID/ns/net.
  explicit NetworkNamespace(const std::string& name);
  ~NetworkNamespace();
  NetworkNamespace(const NetworkNamespace&) = delete;
  NetworkNamespace& operator=(const NetworkNamespace&) = delete;

  bool made() const { return made_; }

 private:
  void make_named();

  std::string file_;  // its name in the file system; empty: it has none
  FileDescriptor before_;
  bool made_ = false;
};

}  // namespace ringside::tap
