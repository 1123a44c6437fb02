#include "network_namespace.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace ringside::tap {
namespace {

constexpr const char* folder = "/run/netns";  // of iproute2
constexpr const char* own = "/proc/self/ns/net";

FileDescriptor open_namespace(const std::string& file) {
  return FileDescriptor{checked(::open(file.c_str(), O_RDONLY | O_CLOEXEC), file)};
}

bool exists(const std::string& file) { return ::access(file.c_str(), F_OK) == 0; }

}  // namespace

NetworkNamespace::NetworkNamespace(const std::string& name) : before_{open_namespace(own)} {
  const bool path = name.find('/') != std::string::npos;
  if (!name.empty()) file_ = path ? name : fmt::format("{}/{}", folder, name);
  made_ = name.empty() || (!path && !exists(file_));
  if (!made_) {
    const FileDescriptor given = open_namespace(file_);
    checked(::setns(given.number(), CLONE_NEWNET), fmt::format("entering the network namespace {}", file_));
    return;
  }
  checked(::unshare(CLONE_NEWNET), "making a network namespace (CAP_SYS_ADMIN)");
  if (!file_.empty()) make_named();
}

// A name is a file on which the namespace is mounted.
void NetworkNamespace::make_named() {
  ::mkdir(folder, 0755);  // most often it is there
  FileDescriptor{checked(::open(file_.c_str(), O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0), file_)};
  if (::mount(own, file_.c_str(), "none", MS_BIND, nullptr) == 0) return;
  const auto wanted = fmt::format("naming the network namespace {}", file_);
  const int error = errno;
  ::unlink(file_.c_str());
  errno = error;
  checked(-1, wanted);
}

NetworkNamespace::~NetworkNamespace() {
  if (made_ && !file_.empty()) {
    ::umount2(file_.c_str(), MNT_DETACH);
    ::unlink(file_.c_str());
  }
  ::setns(before_.number(), CLONE_NEWNET);
}

}  // namespace ringside::tap
