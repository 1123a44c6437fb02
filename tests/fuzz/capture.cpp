// A file that says it is a capture: it is read, or refused where it breaks off, a second time as the first.
// Of whatever it holds a summary can be made.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "invariants.hpp"
#include "ringside/net/summary.hpp"
#include "ringside/pcap/reader.hpp"

namespace {

using namespace ringside;

// In memory, with a name under which it can be opened.
class File {
 public:
  File(const std::uint8_t* data, std::size_t size) : descriptor_{::memfd_create("capture", 0)} {
    fuzz::demand(::write(descriptor_, data, size) == static_cast<ssize_t>(size), "there is memory");
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

struct Content {
  std::uint64_t packets = 0, octets = 0, hashes = 0;
  bool whole = false;
  bool operator==(const Content&) const = default;
};

Content read(const std::string& path, std::size_t size) {
  Content content;
  try {
    pcap::Reader reader{path};
    while (const auto record = reader.next()) {
      fuzz::demand(record->captured.size() <= size, "no packet is longer than the file");
      ++content.packets;
      content.octets += record->captured.size();
      if (const auto summary = net::summarize(record->captured)) content.hashes += net::flow_hash(*summary);
    }
    content.whole = true;
  } catch (const pcap::CaptureError&) {
  }
  return content;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const File file{data, size};
  fuzz::demand(read(file.path(), size) == read(file.path(), size), "a file is read as the same each time");
  return 0;
}
