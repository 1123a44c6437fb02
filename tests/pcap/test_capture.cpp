// Captures that are whole: what is written is read again, to the nanosecond; and files of other tools.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "catch.hpp"
#include "ringside/pcap/reader.hpp"
#include "ringside/pcap/writer.hpp"
#include "scratch.hpp"

using namespace ringside;
using namespace ringside::pcap;
using namespace std::chrono_literals;

namespace {

constexpr Time at(Duration since_start) { return start_of_time + since_start; }

// An Ethernet frame from 02:..:01 to 02:..:02 with a type and a payload of `payload` octets.
Octets frame(std::uint16_t ether_type, std::size_t payload) {
  Octets octets{2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1};
  octets.push_back(static_cast<std::uint8_t>(ether_type >> 8));
  octets.push_back(static_cast<std::uint8_t>(ether_type));
  for (std::size_t i = 0; i < payload; ++i) octets.push_back(static_cast<std::uint8_t>(i));
  return octets;
}

constexpr std::uint16_t ipv4 = 0x0800;
constexpr std::uint16_t arp = 0x0806;

Octets copy(std::span<const std::uint8_t> octets) { return {octets.begin(), octets.end()}; }

// A file, field by field, in the byte order of the machine: both formats name theirs in a magic number.
struct FieldWriter {
  std::string bytes;
  template <class Field>
  FieldWriter& operator<<(Field field) {
    bytes.append(reinterpret_cast<const char*>(&field), sizeof field);
    return *this;
  }
};

// https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html, sections 4.1 to 4.3. Times in units of
// 10^-resolution s; packets have four times the same octet.
std::string pcapng(std::uint32_t resolution,
                   const std::vector<std::pair<std::uint64_t, std::uint32_t>>& packets) {
  constexpr std::uint32_t section_header = 0x0a0d0d0a;
  constexpr std::uint32_t interface_description = 1;
  constexpr std::uint32_t enhanced_packet = 6;
  constexpr std::uint16_t if_tsresol = 9;
  FieldWriter file;
  file << section_header << std::uint32_t{28} << std::uint32_t{0x1a2b3c4d} << std::uint16_t{1}
       << std::uint16_t{0} << std::int64_t{-1} << std::uint32_t{28};
  file << interface_description << std::uint32_t{32} << std::uint16_t{1} << std::uint16_t{0}
       << std::uint32_t{0} << if_tsresol << std::uint16_t{1} << resolution  // padded to four octets
       << std::uint32_t{0} << std::uint32_t{32};
  for (const auto& [time, octets] : packets)
    file << enhanced_packet << std::uint32_t{36} << std::uint32_t{0} << static_cast<std::uint32_t>(time >> 32)
         << static_cast<std::uint32_t>(time) << std::uint32_t{4} << std::uint32_t{1500} << octets
         << std::uint32_t{36};
  return file.bytes;
}

}  // namespace

TEST_CASE("packets come back with their bytes and times") {
  const Scratch folder;
  Writer writer{folder / "a.pcap"};
  writer.write(at(1s), frame(ipv4, 46));
  writer.write(at(1s + 1ns), frame(arp, 28));
  writer.write(at(3h + 999'999'999ns + Duration{999}), frame(ipv4, 1500));
  CHECK_FALSE(std::filesystem::exists(folder / "a.pcap"));
  writer.finish();

  Reader reader{folder / "a.pcap"};
  const auto first = reader.next();
  REQUIRE(first);
  CHECK(first->at == start_of_time);
  CHECK(first->original == 60_B);
  CHECK(copy(first->captured) == frame(ipv4, 46));
  const auto second = reader.next();
  REQUIRE(second);
  CHECK(second->at == at(1ns));
  CHECK(copy(second->captured) == frame(arp, 28));
  const auto third = reader.next();
  REQUIRE(third);
  CHECK(third->at == at(3h - 1s + 999'999'999ns));  // rounded down to the nanosecond
  CHECK(copy(third->captured) == frame(ipv4, 1500));
  CHECK_FALSE(reader.next());
  CHECK_FALSE(reader.next());
  CHECK(reader.packets_read() == 3);
}

TEST_CASE("the snaplen cuts what is captured, and the original length is kept") {
  const Scratch folder;
  Writer writer{folder / "a.pcap", {.snaplen = 64_B}};
  writer.write(at(0s), frame(ipv4, 1486));
  writer.write(at(0s), Octets(54), 9014_B);
  writer.finish();

  Reader reader{folder / "a.pcap"};
  const auto cut_here = reader.next();
  REQUIRE(cut_here);
  CHECK(cut_here->captured.size() == 64);
  CHECK(cut_here->original == 1500_B);
  const auto cut_before = reader.next();
  REQUIRE(cut_before);
  CHECK(cut_before->captured.size() == 54);
  CHECK(cut_before->original == 9014_B);
}

TEST_CASE("the file is classic pcap: nanosecond magic, version 2.4, Ethernet") {
  const Scratch folder;
  Writer writer{folder / "a.pcap"};
  writer.write(at(5s + 7ns), Octets{0xaa});
  writer.finish();
  FieldWriter expected;
  expected << std::uint32_t{0xa1b23c4d} << std::uint16_t{2} << std::uint16_t{4}
           << std::uint64_t{0}                           // time zone and accuracy: unused
           << std::uint32_t{262144} << std::uint32_t{1}  // snaplen, Ethernet
           << std::uint32_t{5} << std::uint32_t{7}       // seconds, nanoseconds
           << std::uint32_t{1} << std::uint32_t{1} << std::uint8_t{0xaa};
  CHECK(contents(folder / "a.pcap") == expected.bytes);
}

TEST_CASE("a capture that is not finished leaves nothing") {
  const Scratch folder;
  {
    Writer writer{folder / "a.pcap"};
    writer.write(at(0s), Octets(1000));
  }
  CHECK(folder.files().empty());
}

TEST_CASE("- writes the capture to the standard output") {
  const Scratch folder;
  {
    const RedirectedOutput redirected{folder / "stdout"};
    Writer writer{"-"};
    writer.write(at(1us), frame(arp, 28));
    writer.finish();
  }
  Reader reader{folder / "stdout"};
  const auto record = reader.next();
  REQUIRE(record);
  CHECK(copy(record->captured) == frame(arp, 28));
}

TEST_CASE("a filter takes what it names, and leaves times and the count of packets as they are") {
  const Scratch folder;
  Writer writer{folder / "a.pcap"};
  writer.write(at(1ms), frame(ipv4, 46));
  writer.write(at(2ms), frame(arp, 28));
  writer.write(at(3ms), frame(ipv4, 46));
  writer.finish();

  Reader reader{folder / "a.pcap", "arp"};
  const auto record = reader.next();
  REQUIRE(record);
  CHECK(record->at == at(1ms));
  CHECK(copy(record->captured) == frame(arp, 28));
  CHECK_FALSE(reader.next());
  CHECK(reader.packets_read() == 3);
}

TEST_CASE("a capture of today spans more picoseconds than fit; the time since its first packet does") {
  const Scratch folder;
  FieldWriter file;
  file << std::uint32_t{0xa1b2c3d4} << std::uint16_t{2} << std::uint16_t{4}  // microseconds
       << std::uint64_t{0} << std::uint32_t{65535} << std::uint32_t{1};
  const auto packet = [&](std::uint32_t seconds, std::uint32_t microseconds) {
    file << seconds << microseconds << std::uint32_t{1} << std::uint32_t{1} << std::uint8_t{0};
  };
  packet(1'760'000'000, 250'000);
  packet(1'760'000'001, 250'001);
  packet(1'760'000'000, 0);  // written out of order
  packet(1'770'000'000, 0);
  put(folder / "a.pcap", file.bytes);

  Reader reader{folder / "a.pcap"};
  CHECK(reader.next()->at == start_of_time);
  CHECK(reader.next()->at == at(1s + 1us));
  CHECK(reader.next()->at == start_of_time - 250ms);
  CHECK_THROWS_WITH(reader.next(), Catch::Matchers::Matches(".*: packet 4 is further from the first.*"));
}

TEST_CASE("pcapng is read, with the resolution of its interface") {
  const Scratch folder;
  put(folder / "a.pcapng",
      pcapng(9, {{1'760'000'000'000'000'001, 0x11111111}, {1'760'000'000'000'000'003, 0x22222222}}));

  Reader reader{folder / "a.pcapng"};
  const auto first = reader.next();
  REQUIRE(first);
  CHECK(first->at == start_of_time);
  CHECK(first->original == 1500_B);
  CHECK(copy(first->captured) == Octets(4, 0x11));
  const auto second = reader.next();
  REQUIRE(second);
  CHECK(second->at == at(2ns));
  CHECK(copy(second->captured) == Octets(4, 0x22));
  CHECK_FALSE(reader.next());
}

TEST_CASE("a time that no clock of nanoseconds shows is refused, wherever it is") {
  const Scratch folder;
  const std::uint64_t far =
      GENERATE(std::uint64_t{1} << 62, (std::uint64_t{1} << 63) + 1, ~std::uint64_t{0} / 2);
  put(folder / "first.pcapng", pcapng(0, {{far, 0}}));
  CHECK_THROWS_WITH(Reader{folder / "first.pcapng"}.next(),
                    Catch::Matchers::Matches(".*: packet 1 has a time.*"));
  put(folder / "second.pcapng", pcapng(0, {{1'760'000'000, 0}, {far, 0}}));
  Reader reader{folder / "second.pcapng"};
  CHECK(reader.next());
  CHECK_THROWS_WITH(reader.next(), Catch::Matchers::Matches(".*: packet 2 has a time.*"));
}
