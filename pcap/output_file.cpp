// Complete or absent: exclusive creation, write, rename.
#include "ringside/pcap/output_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace ringside::pcap {
namespace {

constexpr std::string_view standard_output = "-";

// "-", and every other name of the same file: /dev/stdout is one even where a shell has redirected it.
bool is_standard_output(const std::string& path) {
  struct stat named {};
  struct stat out {};
  return path == standard_output || (stat(path.c_str(), &named) == 0 && fstat(STDOUT_FILENO, &out) == 0 &&
                                     named.st_dev == out.st_dev && named.st_ino == out.st_ino);
}

// Renaming over a device would replace it by a file. A folder is in the way as well: opening it tells so.
bool is_written_in_place(const std::string& path) {
  std::error_code unknown;  // reads as "not found": creating the file will say what is wrong
  const std::filesystem::file_status status = std::filesystem::status(path, unknown);
  return is_standard_output(path) ||
         (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status));
}

// Where a link leads: renaming over the link itself would replace it. A name that leads nowhere is a new
// file.
std::string behind_links(const std::string& path) {
  std::error_code missing;
  const std::filesystem::path target = std::filesystem::canonical(path, missing);
  return missing ? path : target.string();
}

Stream duplicate_stream(std::FILE* stream) {
  const int descriptor = dup(fileno(stream));
  if (descriptor < 0) return nullptr;
  Stream duplicate{fdopen(descriptor, "wb")};
  if (duplicate == nullptr) close(descriptor);
  return duplicate;
}

}  // namespace

OutputFile::OutputFile(std::string path) : path_{std::move(path)} {
  const bool in_place = is_written_in_place(path_);
  if (!in_place) target_ = behind_links(path_);
  stream_ = in_place ? open_in_place() : open_temporary();
  if (stream_ == nullptr) fail(errno);
}

Stream OutputFile::open_in_place() const {
  if (!is_standard_output(path_)) return Stream{std::fopen(path_.c_str(), "wb")};
  std::fflush(stdout);
  return duplicate_stream(stdout);
}

// The process number keeps parallel runs apart; the counter, leftovers of a killed one.
Stream OutputFile::open_temporary() {
  for (int attempt = 0;; ++attempt) {
    std::string name = target_ + "." + std::to_string(getpid()) + "-" + std::to_string(attempt) + ".partial";
    Stream stream{std::fopen(name.c_str(), "wbx")};
    if (stream != nullptr) temporary_ = std::move(name);
    if (stream != nullptr || errno != EEXIST) return stream;
  }
}

OutputFile::~OutputFile() {
  if (!temporary_.empty()) std::remove(temporary_.c_str());
}

void OutputFile::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stream_.get()) != text.size()) fail(errno);
}

void OutputFile::finish() {
  assert(stream_ != nullptr);
  // Earlier failures left their mark in the stream; some file systems report a full disk only on close.
  if (std::ferror(stream_.get()) != 0 || std::fflush(stream_.get()) != 0) fail(errno);
  if (std::fclose(stream_.release()) != 0) fail(errno);
  if (temporary_.empty()) return;
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) fail(errno);
  temporary_.clear();
}

Stream OutputFile::duplicate() const {
  Stream stream = duplicate_stream(stream_.get());
  if (stream == nullptr) fail(errno);
  return stream;
}

OutputError OutputFile::error(std::string reason) const {
  return {path_ == standard_output ? "standard output" : path_, std::move(reason)};
}

void OutputFile::fail(int error_number) const { throw error(std::strerror(error_number)); }

}  // namespace ringside::pcap
