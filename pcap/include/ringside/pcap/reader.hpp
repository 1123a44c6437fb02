// Reads Ethernet captures, pcap and pcapng, in nanoseconds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "ringside/pcap/error.hpp"
#include "ringside/units/quantity.hpp"
#include "ringside/units/time.hpp"

namespace ringside::pcap {

struct Record {
  Time at{};  // since the first packet of the capture; earlier than start_of_time if it was written out of
              // order
  Bytes original{};                          // length on the wire
  std::span<const std::uint8_t> captured{};  // valid until the next call of next()
};

class Reader {
 public:
  // `filter` is a capture filter (pcap-filter(7)); empty takes every packet. It does not shift the records'
  // times. Throws CaptureError or FilterError.
  explicit Reader(std::string path, const std::string& filter = {});
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // The next packet that passes the filter; nothing at the end. Throws TruncatedCapture where the file breaks
  // off.
  std::optional<Record> next();
  std::uint64_t packets_read() const { return packets_read_; }  // those that the filter refused included

 private:
  struct Capture;

  std::string path_;
  std::unique_ptr<Capture> capture_;  // what libpcap keeps
  std::uint64_t packets_read_ = 0;
};

}  // namespace ringside::pcap
