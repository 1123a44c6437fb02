// The steady state allocates nothing: operator new counts. (All single-object forms are replaced together, or
// the address sanitizer would see memory change hands.)
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <new>

#include "catch.hpp"
#include "ringside/sim/event_queue.hpp"
#include "ringside/sim/random.hpp"

namespace {
std::uint64_t allocations = 0;
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc{};
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return ++allocations, std::malloc(size);
}
// Not inline: GCC would see free() on what came from operator new, and warn of a mismatch.
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace ringside;
using namespace std::chrono_literals;

TEST_CASE("packets and retransmission timers allocate nothing once they run") {
  struct Connection {
    Connection(sim::EventQueue& queue, sim::Random& r)
        : random{r},
          packet{sim::Timer::bind<&Connection::on_packet>(queue, this)},
          retransmission{sim::Timer::bind<&Connection::on_packet>(queue, this)} {
      on_packet(queue.now());
    }
    void on_packet(Time now) {
      packet.schedule(now + random.exponential(1us));
      if (random.bernoulli(0.1)) return retransmission.cancel();
      retransmission.schedule(now + 200ms);
    }
    sim::Random& random;
    sim::Timer packet;
    sim::Timer retransmission;
  };
  sim::EventQueue queue;
  sim::Random random{1, "connections"};
  std::deque<Connection> connections;
  for (int i = 0; i < 1000; ++i) connections.emplace_back(queue, random);

  queue.run_until(start_of_time + 100us);
  const std::uint64_t before = allocations;
  queue.run_until(start_of_time + 400us);
  CHECK(allocations == before);
  CHECK(queue.executed() > 300'000);
}
