// What of a file lies in the page cache, and what the disk is asked for.
#include "ringside/host/file_pages.hpp"

#include <algorithm>

#include "catch.hpp"

using ringside::host::FilePages;

namespace {

// A file of so many bytes, each the number of its place.
FilePages file(std::size_t size, FilePages::Config config) {
  return {[size, at = std::size_t{0}](std::span<std::uint8_t> into) mutable {
            const std::size_t n = std::min(size - at, into.size());
            for (std::size_t i = 0; i < n; ++i) into[i] = static_cast<std::uint8_t>(at + i);
            at += n;
            return n;
          },
          config};
}

}  // namespace

TEST_CASE("a file in the page cache needs no disk") {
  auto pages = file(5, {.chunk = 4});
  CHECK(pages.ask() == 0);
  CHECK(pages.ready());
  CHECK(std::ranges::equal(pages.take(), std::vector<std::uint8_t>{0, 1, 2, 3}));
  CHECK(std::ranges::equal(pages.take(), std::vector<std::uint8_t>{4}));
  CHECK(pages.ready());
  CHECK(pages.take().empty());
}

TEST_CASE("without read-ahead the disk is asked for a chunk when it is wanted, and not before") {
  auto pages = file(5, {.chunk = 4, .cached = false, .read_ahead = 0});
  CHECK_FALSE(pages.ready());
  CHECK(pages.ask() == 4);
  CHECK(pages.ask() == 0);
  CHECK_FALSE(pages.ready());
  pages.loaded();
  CHECK(pages.ready());
  CHECK(pages.take().size() == 4);
  CHECK_FALSE(pages.ready());
  CHECK(pages.ask() == 1);
  pages.loaded();
  CHECK(std::ranges::equal(pages.take(), std::vector<std::uint8_t>{4}));
}

TEST_CASE("with read-ahead the chunks behind the wanted one are asked for too") {
  auto pages = file(100, {.chunk = 10, .cached = false, .read_ahead = 15});
  CHECK(pages.ask() == 10);
  CHECK(pages.ask() == 10);
  CHECK(pages.ask() == 10);
  CHECK(pages.ask() == 0);
  pages.loaded();
  CHECK(pages.take()[0] == 0);
  CHECK_FALSE(pages.ready());
  CHECK(pages.ask() == 10);
  CHECK(pages.ask() == 0);
}

TEST_CASE("the end of the file is known without the disk") {
  auto pages = file(0, {.chunk = 4, .cached = false});
  CHECK_FALSE(pages.ready());
  CHECK(pages.ask() == 0);
  CHECK(pages.ready());
  CHECK(pages.take().empty());
}
