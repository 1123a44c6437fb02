// Packets: taken from a pool, passed on by pointer, queued in order.
#include "ringside/hw/packet.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace ringside;

TEST_CASE("a packet that was given back is taken again, with a new identity and clean fields") {
  hw::PacketPool pool{128};
  hw::Packet* first = pool.take();
  first->size = 60;
  first->corrupted = true;
  const auto id = first->id;
  pool.give_back(first);
  hw::Packet* second = pool.take();
  CHECK(second == first);
  CHECK(second->id != id);
  CHECK(second->size == 0);
  CHECK_FALSE(second->corrupted);
}

TEST_CASE("a clone has its own bytes") {
  hw::PacketPool pool{128};
  hw::Packet* packet = pool.take();
  packet->size = 3;
  std::fill_n(packet->bytes, 3, std::uint8_t{7});
  hw::Packet* clone = pool.clone(*packet);
  packet->bytes[0] = 9;
  CHECK(clone->bytes[0] == 7);
  CHECK(clone->size == 3);
  CHECK(clone->id != packet->id);
}

TEST_CASE("what is due earlier goes first; among equals, what came first") {
  hw::PacketPool pool{16};
  hw::Fifo fifo;
  std::vector<std::uint64_t> order;
  for (const int due : {5, 9, 7, 5, 1}) {
    hw::Packet* packet = pool.take();
    packet->due = start_of_time + Duration{due};
    fifo.insert_by_due(packet);
  }
  while (!fifo.empty()) order.push_back(fifo.pop()->id);
  CHECK(order == std::vector<std::uint64_t>{5, 1, 4, 3, 2});
}
