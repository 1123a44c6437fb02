// Captures out, through libpcap.
#include "ringside/pcap/writer.hpp"

#include <pcap/pcap.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

namespace ringside::pcap {
namespace {

// One system call per 64 KiB, not per 4 KiB: a packet of full length costs a copy, and no call of its own.
constexpr std::size_t buffer_size = 65536;

// libpcap takes its own DLT_ numbers, which differ between systems, and writes the LINKTYPE_ of the file.
int data_link(LinkType type) {
  switch (type) {
    case LinkType::ethernet: return DLT_EN10MB;
    case LinkType::raw_ip: return DLT_RAW;
  }
  return DLT_NULL;
}

timeval to_timeval(Time at) {
  using namespace std::chrono;
  assert(at >= start_of_time);
  const auto whole = floor<nanoseconds>(at.time_since_epoch());
  const auto seconds = floor<std::chrono::seconds>(whole);
  // A file of nanosecond precision keeps nanoseconds in the member called tv_usec (pcap-savefile(5)).
  return {.tv_sec = seconds.count(), .tv_usec = (whole - seconds).count()};
}

}  // namespace

struct Writer::Dump {
  explicit Dump(const WriterOptions& options)
      : link{pcap_open_dead_with_tstamp_precision(data_link(options.link_type),
                                                  static_cast<int>(options.snaplen.count),
                                                  PCAP_TSTAMP_PRECISION_NANO)} {}
  ~Dump() {
    if (dumper != nullptr) pcap_dump_close(dumper);
    if (link != nullptr) pcap_close(link);
  }
  Dump(const Dump&) = delete;
  Dump& operator=(const Dump&) = delete;

  pcap_t* link;
  pcap_dumper_t* dumper = nullptr;
};

Writer::Writer(std::string path, WriterOptions options)
    : file_{std::move(path)}, buffer_(buffer_size), dump_{std::make_unique<Dump>(options)} {
  if (dump_->link == nullptr) throw file_.error("libpcap has no memory for the capture");
  Stream stream = file_.duplicate();
  std::setvbuf(stream.get(), buffer_.data(), _IOFBF, buffer_.size());
  dump_->dumper = pcap_dump_fopen(dump_->link, stream.get());
  if (dump_->dumper == nullptr) throw file_.error(pcap_geterr(dump_->link));
  static_cast<void>(stream.release());  // pcap_dump_close closes it
}

Writer::~Writer() = default;

void Writer::write(Time at, std::span<const std::uint8_t> packet, Bytes original) {
  const auto captured =
      std::min<std::size_t>(packet.size(), static_cast<std::size_t>(pcap_snapshot(dump_->link)));
  const pcap_pkthdr header{.ts = to_timeval(at),
                           .caplen = static_cast<bpf_u_int32>(captured),
                           .len = static_cast<bpf_u_int32>(original.count)};
  pcap_dump(reinterpret_cast<u_char*>(dump_->dumper), &header, packet.data());
  // pcap_dump reports nothing; a full disk shows in the stream.
  if (std::ferror(pcap_dump_file(dump_->dumper)) != 0) throw file_.error(std::strerror(errno));
}

void Writer::finish() {
  if (pcap_dump_flush(dump_->dumper) != 0) throw file_.error(std::strerror(errno));
  dump_.reset();
  file_.finish();
}

}  // namespace ringside::pcap
