// Captures in, through libpcap.
#include "ringside/pcap/reader.hpp"

#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <utility>

namespace ringside::pcap {
namespace {

using std::chrono::nanoseconds;

constexpr auto longest_span = std::chrono::floor<nanoseconds>(Duration::max());

// 146 years from 1970, so that two times have a distance. Those of pcapng have 64 bits, of whole seconds if
// it says so.
constexpr nanoseconds latest = nanoseconds::max() / 2;

// Opened for nanoseconds, tv_usec holds them, whatever the file's own precision (pcap_open_offline(3PCAP)).
nanoseconds stamp_of(const pcap_pkthdr& header) {
  constexpr std::int64_t most = nanoseconds::max() / std::chrono::seconds{1} - 1;
  const std::int64_t seconds = std::clamp(std::int64_t{header.ts.tv_sec}, -most, most);
  return std::chrono::seconds{seconds} + nanoseconds{header.ts.tv_usec};
}

std::string link_type_name(int link_type) {
  const char* name = pcap_datalink_val_to_name(link_type);
  const char* description = pcap_datalink_val_to_description(link_type);
  if (name == nullptr) return std::to_string(link_type);
  return description == nullptr ? std::string{name} : std::string{name} + " (" + description + ")";
}

std::string fault_in(std::uint64_t packets_read, const std::string& defect, const std::string& reason) {
  return defect + " in packet " + std::to_string(packets_read + 1) +
         " (packets read: " + std::to_string(packets_read) + "): " + reason;
}

}  // namespace

struct Reader::Capture {
  Capture() = default;
  ~Capture() {
    pcap_freecode(&filter);
    if (file != nullptr) pcap_close(file);
  }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  void open(const std::string& path);
  void compile(const std::string& expression);
  bool accepts(const pcap_pkthdr& header, const std::uint8_t* octets) const {
    return filter.bf_insns == nullptr || pcap_offline_filter(&filter, &header, octets) != 0;
  }

  pcap_t* file = nullptr;
  bpf_program filter{};  // no instructions: every packet
  nanoseconds first{};   // time of the first packet since the epoch: too far back for picoseconds
};

void Reader::Capture::open(const std::string& path) {
  std::FILE* stream = std::fopen(path.c_str(), "rb");
  if (stream == nullptr) throw CaptureError{path, std::strerror(errno)};
  std::array<char, PCAP_ERRBUF_SIZE> error{};
  file = pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, error.data());
  if (file == nullptr) {
    std::fclose(stream);
    throw CaptureError{path, std::string{"not a pcap or pcapng capture: "} + error.data()};
  }
  if (pcap_datalink(file) != DLT_EN10MB) {
    throw CaptureError{path,
                       "link type " + link_type_name(pcap_datalink(file)) + ", but only Ethernet is read"};
  }
}

void Reader::Capture::compile(const std::string& expression) {
  constexpr int optimize = 1;
  if (pcap_compile(file, &filter, expression.c_str(), optimize, PCAP_NETMASK_UNKNOWN) != 0) {
    throw FilterError{expression, pcap_geterr(file)};
  }
}

Reader::Reader(std::string path, const std::string& filter)
    : path_{std::move(path)}, capture_{std::make_unique<Capture>()} {
  capture_->open(path_);
  if (!filter.empty()) capture_->compile(filter);
}

Reader::~Reader() = default;

std::optional<Record> Reader::next() {
  pcap_pkthdr* header = nullptr;
  const u_char* octets = nullptr;
  int status = 0;
  while ((status = pcap_next_ex(capture_->file, &header, &octets)) == 1) {
    const auto stamp = stamp_of(*header);
    if (abs(stamp) > latest)
      throw CaptureError{path_,
                         "packet " + std::to_string(packets_read_ + 1) + " has a time beyond any clock"};
    if (packets_read_++ == 0) capture_->first = stamp;
    if (!capture_->accepts(*header, octets)) continue;
    const nanoseconds since_first = stamp - capture_->first;
    if (abs(since_first) > longest_span) {
      throw CaptureError{path_, "packet " + std::to_string(packets_read_) +
                                    " is further from the first than simulated time reaches (106 days)"};
    }
    return Record{start_of_time + since_first, {header->len}, {octets, header->caplen}};
  }
  if (status == PCAP_ERROR_BREAK) return std::nullopt;  // the end of the file
  const char* defect = std::feof(pcap_file(capture_->file)) != 0 ? "truncated" : "damaged";
  throw TruncatedCapture{path_, fault_in(packets_read_, defect, pcap_geterr(capture_->file)), packets_read_};
}

}  // namespace ringside::pcap
