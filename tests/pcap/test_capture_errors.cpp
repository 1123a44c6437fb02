// Captures that are not whole, not captures, or cannot be written: each with a message a person can act on.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "catch.hpp"
#include "ringside/pcap/reader.hpp"
#include "ringside/pcap/writer.hpp"
#include "scratch.hpp"

using namespace ringside;
using namespace ringside::pcap;
using namespace std::chrono_literals;
using Catch::Matchers::EndsWith;
using Catch::Matchers::Matches;
using Catch::Matchers::StartsWith;

namespace {

std::string capture_of(int packets, const Scratch& folder, WriterOptions options = {}) {
  Writer writer{folder / "whole.pcap", options};
  for (int i = 0; i < packets; ++i) writer.write(start_of_time + i * 1us, Octets(100));
  writer.finish();
  return contents(folder / "whole.pcap");
}

std::string opening(const std::string& path, const std::string& filter = {}) {
  return error_of([&] { Reader{path, filter}; });
}

}  // namespace

TEST_CASE("a truncated capture delivers its whole packets, then says how many they were") {
  const Scratch folder;
  const std::string whole = capture_of(3, folder);
  for (const std::size_t missing :
       {1UL, 99UL, 100UL, 115UL}) {  // in the last packet's bytes, and in its header
    put(folder / "cut.pcap", whole.substr(0, whole.size() - missing));
    Reader reader{folder / "cut.pcap"};
    CHECK(reader.next());
    CHECK(reader.next());
    try {
      reader.next();
      FAIL("no error");
    } catch (const TruncatedCapture& error) {
      CHECK(error.packets_read() == 2);
      CHECK(error.path() == folder / "cut.pcap");
      CHECK_THAT(error.reason(), StartsWith("truncated in packet 3 (packets read: 2): "));
    }
  }
}

TEST_CASE("a capture cut between two packets is whole") {
  const Scratch folder;
  put(folder / "cut.pcap", capture_of(3, folder).substr(0, 24 + 2 * 116));
  Reader reader{folder / "cut.pcap"};
  CHECK(reader.next());
  CHECK(reader.next());
  CHECK_FALSE(reader.next());
}

TEST_CASE("a length that cannot be is damage, not the end") {
  const Scratch folder;
  std::string damaged = capture_of(3, folder);
  damaged.replace(24 + 116 + 8, 4, "\xff\xff\xff\x7f");  // the captured length of the second packet
  put(folder / "damaged.pcap", damaged);
  Reader reader{folder / "damaged.pcap"};
  CHECK(reader.next());
  CHECK_THROWS_WITH(reader.next(), Matches(".*: damaged in packet 2 \\(packets read: 1\\): .*"));
}

TEST_CASE("what is no capture is refused by name") {
  const Scratch folder;
  put(folder / "notes.txt", "These are notes, not packets.");
  put(folder / "empty.pcap", "");
  CHECK(opening(folder / "notes.txt") ==
        folder / "notes.txt" + ": not a pcap or pcapng capture: unknown file format");
  CHECK_THAT(opening(folder / "empty.pcap"), Matches(".*: not a pcap or pcapng capture: truncated.*"));
  CHECK(opening(folder / "missing.pcap") == folder / "missing.pcap" + ": No such file or directory");
  CHECK_THAT(opening(folder / "."), EndsWith("Is a directory"));
}

TEST_CASE("a link type other than Ethernet is named") {
  const Scratch folder;
  capture_of(1, folder, {.link_type = LinkType::raw_ip});
  CHECK_THAT(opening(folder / "whole.pcap"), EndsWith("link type RAW (Raw IP), but only Ethernet is read"));
}

TEST_CASE("a bad filter is answered with libpcap's own words") {
  const Scratch folder;
  capture_of(1, folder);
  CHECK_THROWS_AS(Reader(folder / "whole.pcap", "port 80 and and"), FilterError);
  CHECK_THAT(opening(folder / "whole.pcap", "port 80 and and"),
             StartsWith("filter \"port 80 and and\": ") && EndsWith("syntax error"));
  CHECK(opening(folder / "whole.pcap", "tcp port 80") == "no error");
}

TEST_CASE("a capture that cannot be created says where and why") {
  const Scratch folder;
  put(folder / "file", "not a folder");
  CHECK_THROWS_AS(Writer(folder / "file/a.pcap"), OutputError);
  CHECK_THROWS_WITH(Writer(folder / "missing/a.pcap"), EndsWith("a.pcap: No such file or directory"));
}

TEST_CASE("a disk that fills up while packets are written ends the capture") {
  if (!std::filesystem::exists("/dev/full")) return;
  int written = 0;
  const auto write_all = [&] {
    Writer writer{"/dev/full"};
    for (; written < 1000; ++written) writer.write(start_of_time, Octets(1000));
  };
  CHECK(error_of(write_all) == "/dev/full: No space left on device");
  CHECK(written < 100);  // the first buffer that is written out
}

TEST_CASE("a disk that is full when the last buffer is written fails finish()") {
  if (!std::filesystem::exists("/dev/full")) return;
  Writer writer{"/dev/full"};
  writer.write(start_of_time, Octets(1000));
  CHECK_THROWS_AS(writer.finish(), OutputError);
}
