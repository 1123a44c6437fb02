#include "file_descriptor.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "ringside/tap/missing.hpp"

namespace ringside::tap {

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) ::close(number_);
}

int checked(int returned, std::string_view wanted) {
  if (returned >= 0) return returned;
  const int error = errno;
  const bool refused = error == EPERM || error == EACCES;
  throw Missing{
      fmt::format("{}: {}{}", wanted, std::strerror(error),
                  refused ? "; run it as root, or in a user namespace of your own (unshare -r)" : "")};
}

}  // namespace ringside::tap
