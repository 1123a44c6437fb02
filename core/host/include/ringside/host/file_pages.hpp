// The file that a program sends, as its machine sees it: which of its pages the page cache holds, and which
// the disk was asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <vector>

namespace ringside::host {

class FilePages {
 public:
  // Fills the span as far as it can; 0: the end of the file.
  using Bytes = std::function<std::size_t(std::span<std::uint8_t>)>;

  struct Config {
    std::size_t chunk = 65536;   // bytes that the program takes at a time
    bool cached = true;          // all of it lies in the page cache
    std::size_t read_ahead = 0;  // bytes that the disk is asked for beyond the chunk that is wanted
  };

  FilePages(Bytes bytes, Config config) : bytes_{std::move(bytes)}, config_{config}, taken_(config.chunk) {}

  // How many bytes the disk has to be asked for now; 0: none. To be called until it says 0.
  std::size_t ask();
  // The oldest of what was asked for lies in the page cache.
  void loaded() { ++loaded_; }
  // The next chunk lies in the page cache, or the file has ended.
  bool ready() const { return config_.cached || loaded_ > 0 || (ended_ && asked_.empty()); }
  // Takes the next chunk, which stays valid until the next call; empty: the end of the file.
  std::span<const std::uint8_t> take();
  std::size_t chunk() const { return config_.chunk; }

 private:
  Bytes bytes_;
  Config config_;
  std::vector<std::uint8_t> taken_;
  std::deque<std::vector<std::uint8_t>> asked_{};   // in the order of the file, the loaded ones first
  std::vector<std::vector<std::uint8_t>> spare_{};  // what was taken, for what will be asked for
  std::size_t loaded_ = 0;
  bool ended_ = false;
};

}  // namespace ringside::host
