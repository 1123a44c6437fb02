// Descriptors that are no sockets: files that only exist in the memory of a run, and pipes. All octets are
// zeros, so that only their number is kept. No file of the machine is read or written.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ringside/net/sockets.hpp"
#include "ringside/packetdrill/command.hpp"

namespace ringside::packetdrill {

// One end of a pipe, or a file with the place in it: what a descriptor refers to.
class OpenFile {
 public:
  struct Pipe {
    std::int64_t octets = 0;
    bool has_reader = true, has_writer = true;
  };
  struct Contents {
    std::int64_t octets = 0;
    bool endless = false;  // /dev/zero
  };
  struct Access {
    bool read = false, write = false, append = false;
  };

  OpenFile(std::shared_ptr<Contents> contents, Access access)
      : contents_{std::move(contents)}, access_{access} {}
  OpenFile(std::shared_ptr<Pipe> pipe, Access access) : pipe_{std::move(pipe)}, access_{access} {}
  OpenFile(const OpenFile&) = delete;
  ~OpenFile();

  bool is_pipe() const { return pipe_ != nullptr; }
  Access access() const { return access_; }
  // Octets, 0 at the end; EAGAIN: there may be some later (in a pipe).
  net::Returned read(std::int64_t most);
  net::Returned write(std::int64_t octets);
  // sendfile(), splice(): from there on, and the place stays where it is.
  net::Returned available(std::optional<std::int64_t> offset, std::int64_t most) const;
  std::int64_t room() const;  // of a pipe

 private:
  std::shared_ptr<Contents> contents_{};
  std::shared_ptr<Pipe> pipe_{};
  Access access_;
  std::int64_t place_ = 0;
};

// The names that a run knows.
class Files {
 public:
  void apply(const FileOperation& operation);
  // `flags` of open(2). Throws Failure for a file that is neither made by the script nor without end.
  std::shared_ptr<OpenFile> open(const std::string& path, std::int64_t flags, net::Errno& error);

 private:
  std::map<std::string, std::shared_ptr<OpenFile::Contents>> by_path_{};
};

}  // namespace ringside::packetdrill
