// A file that is complete or absent: written under a temporary name beside its target, renamed by finish().
// For captures, and for everything else that a command writes.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "ringside/pcap/error.hpp"

namespace ringside::pcap {

struct CloseStream {
  void operator()(std::FILE* stream) const { std::fclose(stream); }
};
using Stream = std::unique_ptr<std::FILE, CloseStream>;

class OutputFile {
 public:
  // "-" is the standard output. That, a device and a pipe are written in place; a link stays, and the file
  // behind it is replaced. Throws OutputError, as do write() and finish().
  explicit OutputFile(std::string path);
  // Without finish() nothing appears under the target's name, and the temporary file is removed.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text);
  // Flushes, checks for errors of the past, and gives the file its name. Once, and last.
  void finish();

  // A second stream to the same file, for libraries that close what they are given. Its owner flushes and
  // closes it before finish(), and does not mix it with write().
  Stream duplicate() const;
  OutputError error(
      std::string reason) const;  // one that names this file, for those who write to a duplicate

 private:
  Stream open_in_place() const;
  Stream open_temporary();
  [[noreturn]] void fail(int error_number) const;

  std::string path_;       // as in messages
  std::string target_;     // what finish() replaces: the file that `path_` leads to
  std::string temporary_;  // empty: written in place, or renamed
  Stream stream_;
};

}  // namespace ringside::pcap
