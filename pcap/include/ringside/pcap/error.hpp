// What can go wrong with a file, as types: the command line maps each to its exit code and prints what().
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace ringside::pcap {

// what() is "path: reason".
class FileError : public std::runtime_error {
 public:
  FileError(std::string path, std::string reason)
      : std::runtime_error{path + ": " + reason}, path_{std::move(path)}, reason_{std::move(reason)} {}
  const std::string& path() const { return path_; }
  const std::string& reason() const { return reason_; }

 private:
  std::string path_;
  std::string reason_;
};

// An output that could not be written: no such folder, no permission, disk full.
class OutputError : public FileError {
 public:
  using FileError::FileError;
};

// An input that cannot be used from its start: missing, not a capture, of a link type we do not know.
class CaptureError : public FileError {
 public:
  using FileError::FileError;
};

// A capture that ends inside a packet (or is damaged there): the packets before it were good, and were
// delivered.
class TruncatedCapture : public CaptureError {
 public:
  TruncatedCapture(std::string path, std::string reason, std::uint64_t packets_read)
      : CaptureError{std::move(path), std::move(reason)}, packets_read_{packets_read} {}
  std::uint64_t packets_read() const { return packets_read_; }

 private:
  std::uint64_t packets_read_;
};

// A capture filter that does not compile: the expression, and what libpcap says about it.
class FilterError : public std::runtime_error {
 public:
  FilterError(const std::string& expression, const std::string& reason)
      : std::runtime_error{"filter \"" + expression + "\": " + reason} {}
};

}  // namespace ringside::pcap
