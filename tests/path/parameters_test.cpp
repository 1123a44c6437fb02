// Numbers of a path, set by the name of a parameter.
#include "catch.hpp"
#include "sample_paths.hpp"

using namespace ringside::path;
using namespace std::chrono_literals;

namespace {

template <class Hand>
std::vector<Hand> all_named(const Path& path, std::string_view name) {
  std::vector<Hand> found;
  for (const Hop& hop : path.hops)
    if (const auto* hand = std::get_if<Hand>(&hop.hand); hand && hand->name == name) found.push_back(*hand);
  return found;
}

}  // namespace

TEST_CASE("a parameter sets its number in every hop that shares the queue") {
  Path p = samples::napi_socket();
  REQUIRE(set(p, "rcvbuf", 4096));
  const auto buffers = all_named<Queue>(p, "socket buffer");
  REQUIRE(buffers.size() > 1);
  for (const Queue& buffer : buffers) CHECK(buffer.capacity == 4096);
}

TEST_CASE("capacity and budget of one queue are different numbers") {
  Path p = samples::napi_socket();
  REQUIRE(set(p, "rx_ring", 1024));
  REQUIRE(set(p, "budget", 0));
  const Queue ring = all_named<Queue>(p, "rx ring").front();
  CHECK(ring.capacity == 1024);
  CHECK(ring.budget == 0);
}

TEST_CASE("times are set in picoseconds") {
  Path p = samples::napi_socket();
  REQUIRE(set(p, "moderation", 50'000'000));
  for (const Notify& line : all_named<Notify>(p, "nic irq")) CHECK(line.moderation == 50us);
}

TEST_CASE("a name that is no parameter changes nothing") {
  Path p = samples::napi_socket();
  CHECK_FALSE(set(p, "rx_rings", 1));
  CHECK(all_named<Queue>(p, "rx ring").front().capacity == 256);
}
