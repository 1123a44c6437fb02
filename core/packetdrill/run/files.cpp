#include "run/files.hpp"

#include <algorithm>
#include <limits>

#include "run/constants.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

using net::Errno;
using net::Returned;

namespace {

constexpr std::int64_t capacity = 65536;  // of a pipe: 16 pages, pipe(7)
constexpr Returned not_open_for_it{-1, Errno::ebadf};
constexpr Returned later{-1, Errno::eagain};

}  // namespace

OpenFile::~OpenFile() {
  if (!pipe_) return;
  if (access_.read) pipe_->has_reader = false;
  if (access_.write) pipe_->has_writer = false;
}

Returned OpenFile::available(std::optional<std::int64_t> offset, std::int64_t most) const {
  if (!access_.read) return not_open_for_it;
  if (pipe_) {
    if (pipe_->octets == 0 && pipe_->has_writer) return later;
    return {std::min(pipe_->octets, most)};
  }
  if (contents_->endless) return {most};
  return {std::clamp<std::int64_t>(contents_->octets - offset.value_or(place_), 0, most)};
}

Returned OpenFile::read(std::int64_t most) {
  const Returned there = available(std::nullopt, most);
  if (there.error != Errno::none) return there;
  (pipe_ ? pipe_->octets : place_) += pipe_ ? -there.value : there.value;
  return there;
}

std::int64_t OpenFile::room() const {
  return pipe_ ? capacity - pipe_->octets : std::numeric_limits<std::int64_t>::max();
}

Returned OpenFile::write(std::int64_t octets) {
  if (!access_.write) return not_open_for_it;
  if (!pipe_) {
    if (access_.append) place_ = contents_->octets;
    place_ += octets;
    contents_->octets = std::max(contents_->octets, place_);
    return {octets};
  }
  if (!pipe_->has_reader) return {-1, Errno::epipe};
  const std::int64_t taken = std::min(octets, room());
  if (taken == 0 && octets > 0) return later;
  pipe_->octets += taken;
  return {taken};
}

void Files::apply(const FileOperation& operation) {
  if (operation.unless_there && by_path_.contains(operation.path)) return;
  by_path_.erase(operation.path);
  if (operation.zeros)
    by_path_[operation.path] =
        std::make_shared<OpenFile::Contents>(OpenFile::Contents{.octets = *operation.zeros});
}

std::shared_ptr<OpenFile> Files::open(const std::string& path, std::int64_t flags, Errno& error) {
  constexpr std::int64_t access_mode = 3;  // O_ACCMODE
  const auto has = [&](std::string_view name) { return (flags & *constant(name)) != 0; };
  const std::int64_t mode = flags & access_mode;
  const OpenFile::Access access{.read = mode != *constant("O_WRONLY"),
                                .write = mode != *constant("O_RDONLY"),
                                .append = has("O_APPEND")};
  const bool endless = path == "/dev/zero" || path == "/dev/urandom" || path == "/dev/random";
  const bool known = by_path_.contains(path);
  if (!known && !endless && !has("O_CREAT")) unsupported("a file that the script does not make: " + path);
  if (known && has("O_CREAT") && has("O_EXCL")) return error = Errno::eexist, nullptr;
  auto& contents = by_path_[path];
  if (!contents) contents = std::make_shared<OpenFile::Contents>(OpenFile::Contents{.endless = endless});
  if (has("O_TRUNC")) contents->octets = 0;
  return std::make_shared<OpenFile>(contents, access);
}

}  // namespace ringside::packetdrill
