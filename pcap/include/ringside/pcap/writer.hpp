// Writes a classic pcap file with nanosecond timestamps (magic 0xa1b23c4d). start_of_time becomes 1970-01-01
// 00:00.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ringside/pcap/error.hpp"
#include "ringside/pcap/output_file.hpp"
#include "ringside/units/quantity.hpp"
#include "ringside/units/time.hpp"

namespace ringside::pcap {

enum class LinkType { ethernet, raw_ip };  // raw_ip: packets begin with the IPv4 or IPv6 header

struct WriterOptions {
  LinkType link_type = LinkType::ethernet;
  Bytes snaplen = 262144_B;  // longer packets are cut, as tcpdump's default does
};

class Writer {
 public:
  // "-" is the standard output. The file has its name only after finish(). All throw OutputError.
  explicit Writer(std::string path, WriterOptions options = {});
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // `at` is rounded down to the nanosecond. `original` is the length on the wire of a packet that the caller
  // has cut already; the default is a whole packet.
  void write(Time at, std::span<const std::uint8_t> packet) {
    write(at, packet, {static_cast<std::int64_t>(packet.size())});
  }
  void write(Time at, std::span<const std::uint8_t> packet, Bytes original);
  void finish();

 private:
  struct Dump;

  OutputFile file_;
  std::vector<char> buffer_;    // of the stream inside dump_
  std::unique_ptr<Dump> dump_;  // what libpcap keeps
};

}  // namespace ringside::pcap
