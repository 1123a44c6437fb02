// A file from the disk to the wire, six ways: who copies, how often a program calls, and where the bytes lie.
#include <map>

#include "library.hpp"

using namespace ringside;

namespace {

struct Account {
  double cpu_copies = 0;  // of each byte
  double calls = 0;       // for each chunk
};

// SF-01 to SF-04 of docs/sources.md; the call of mmap() itself is not one for each chunk.
const std::map<std::string, Account> accounts{{"file-read-write", {2, 2}}, {"file-mmap-write", {1, 1}},
                                              {"file-sendfile", {1, 1}},   {"file-sendfile-sg", {0, 1}},
                                              {"file-splice", {0, 2}},     {"file-msg-zerocopy", {1, 2}}};

constexpr double chunks = 256;   // 16 MiB in pieces of 64 KiB
constexpr double headers = 1.1;  // a frame of a full segment, to its payload

}  // namespace

TEST_CASE("each way copies as often, and calls as often, as its road says") {
  for (const auto& [path, account] : accounts) {
    CAPTURE(path);
    const auto result = run_library("copies", {.path = path});
    CHECK(metric(result, "stream_intact") == 1);
    CHECK(metric(result, "cpu_copies_per_byte") == Approx(account.cpu_copies));
    CHECK(metric(result, "dma_copies_per_byte") > 2);  // the disk's, and the card's with its headers
    CHECK(metric(result, "dma_copies_per_byte") < 1 + headers);
    if (path != "file-msg-zerocopy") {                                    // which also reads its notices
      CHECK(metric(result, "syscalls") == account.calls * (chunks + 1));  // the last one finds the end
      CHECK(metric(result, "mode_switches") == 2 * account.calls * (chunks + 1));
    }
  }
}

TEST_CASE("a file in the page cache is not read from the disk") {
  const auto from_disk = run_library("copies", {});
  const auto cached = run_library("copies", {.set = {{"cached", "true"}}});
  CHECK(metric(from_disk, "dma_copies_per_byte") - metric(cached, "dma_copies_per_byte") ==
        Approx(1).margin(0.05));
  CHECK(metric(cached, "transfer_seconds") < metric(from_disk, "transfer_seconds"));
}

TEST_CASE("read-ahead hides the disk behind the wire") {
  const auto seconds = [](const char* ahead) {
    return metric(run_library("copies", {.set = {{"read_ahead", ahead}}}), "transfer_seconds");
  };
  CHECK(seconds("0B") > 2 * seconds("256KiB"));
}

TEST_CASE("splice moves no more than a pipe holds") {
  const auto result = run_library("copies", {.path = "file-splice", .set = {{"chunk", "1MiB"}}});
  CHECK(metric(result, "syscalls") == 2 * (chunks + 1));
  CHECK(metric(run_library("copies", {.path = "file-sendfile-sg", .set = {{"chunk", "1MiB"}}}), "syscalls") ==
        chunks / 16 + 1);
}

TEST_CASE("who lends its buffers to the kernel waits until one comes back") {
  const auto calls = [](const char* buffers) {
    const auto result = run_library("copies", {.path = "file-msg-zerocopy", .set = {{"buffers", buffers}}});
    CHECK(metric(result, "stream_intact") == 1);
    return metric(result, "syscalls");
  };
  CHECK(calls("1") == 3 * chunks + 2);  // read, send, the notice; and two calls that find the end
  CHECK(calls("64") < 2.5 * chunks);
  CHECK(calls("64") > 2 * chunks);  // there are notices to read
}

TEST_CASE("io_uring submits as many writes in one call as the program has prepared") {
  const auto calls = [](const char* path, const char* requests) {
    const auto result = run_library(
        "copies", {.path = path, .set = {{"requests", requests}, {"buffers", "32"}, {"cached", "true"}}});
    CHECK(metric(result, "stream_intact") == 1);
    CHECK(metric(result, "mode_switches") == 2 * metric(result, "syscalls"));
    return metric(result, "syscalls");
  };
  CHECK(calls("io-uring-send", "1") == chunks + 1);
  CHECK(calls("io-uring-send", "16") == chunks / 16 + 1);
  // Once all buffers are lent it waits for one, and sends one: two calls.
  CHECK(calls("io-uring-send-zc", "16") > chunks);
  CHECK(calls("io-uring-send-zc", "16") < 2 * chunks);
}

TEST_CASE("what io_uring sends is copied once, or fetched from the program's buffers") {
  const auto copied = run_library("copies", {.path = "io-uring-send", .set = {{"cached", "true"}}});
  CHECK(metric(copied, "cpu_copies_per_byte") == Approx(1));
  CHECK(metric(copied, "dma_from_kernel_bytes") > 0.99 * 16 * 1024 * 1024);
  const auto lent = run_library("copies", {.path = "io-uring-send-zc", .set = {{"cached", "true"}}});
  CHECK(metric(lent, "cpu_copies_per_byte") == 0);
  CHECK(metric(lent, "dma_from_user_bytes") > 0.99 * 16 * 1024 * 1024);
}

TEST_CASE("the card fetches from where the road has left the bytes") {
  const std::map<std::string, std::string> from{
      {"file-read-write", "dma_from_kernel_bytes"}, {"file-mmap-write", "dma_from_kernel_bytes"},
      {"file-sendfile", "dma_from_kernel_bytes"},   {"file-sendfile-sg", "dma_from_page_cache_bytes"},
      {"file-splice", "dma_from_page_cache_bytes"}, {"file-msg-zerocopy", "dma_from_user_bytes"}};
  for (const auto& [path, name] : from) {
    CAPTURE(path);
    const auto result = run_library("copies", {.path = path});
    CHECK(metric(result, name) > 0.99 * 16 * 1024 * 1024);
  }
}

TEST_CASE("a sender that would lend its buffers ends when nobody answers") {
  const auto result =
      run_library("copies", {.path = "file-msg-zerocopy", .set = {{"buffers", "2"}, {"loss", "1"}}});
  CHECK(metric(result, "stream_bytes") == 0);
}
