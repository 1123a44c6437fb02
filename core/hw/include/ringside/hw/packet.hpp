// Packets and the queues they wait in. A packet is one frame of real bytes, taken from a pool and passed on
// by pointer; exactly one queue, link or activation holds it at any time. Nothing is allocated once the pool
// has grown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ringside/units/region.hpp"
#include "ringside/units/time.hpp"

namespace ringside::hw {

// A *train* is a super-segment (of GSO or GRO): the frames of one flow that stages handle as one packet, each
// with its own headers. Its first frame stands for all; the others hang behind it, in order.
struct Packet {
  Packet* next = nullptr;   // in the pool or in a queue
  Packet* train = nullptr;  // the frame behind this one in a train
  std::uint8_t* bytes = nullptr;
  std::uint32_t size = 0;        // of this frame
  std::uint32_t behind = 0;      // bytes of the frames behind it, when it leads a train
  std::uint32_t hash = 0;        // of the flow, as the card computes it to choose a queue
  std::uint16_t port = 0;        // of the host it is in: where it came from, or where it will leave
  std::uint16_t queue = 0;       // of the card
  std::uint16_t ring = 0;        // the queue of the path that it was put into last
  std::uint16_t holds = 0xffff;  // the queue of which it keeps a slot until it is freed; 0xffff: none
  std::uint16_t holds_in = 0;    // which instance of it
  std::uint8_t label = 0;        // the host's own mark (the protocol it carries)
  Region where = Region::device;
  bool corrupted = false;   // by a link, on purpose
  bool more = false;        // the card has more frames to send before what it fetched is done with
  std::uint32_t shown = 0;  // hash of the octets that the log was given last; 0: none
  std::uint64_t id = 0;
  Time arrived{};  // its last bit, at the host it is in
  Time taken{};    // by the card: from the wire, or from its ring
  Time fetched{};  // when the card's DMA was through
  Time due{};      // while in flight: when it gets there

  std::int64_t total() const { return std::int64_t{size} + behind; }  // bytes of the whole train
  std::uint64_t frames() const {                                      // of the whole train
    std::uint64_t n = 1;
    for (const Packet* p = train; p; p = p->train) ++n;
    return n;
  }
  std::span<std::uint8_t> frame() { return {bytes, size}; }
  std::span<const std::uint8_t> frame() const { return {bytes, size}; }

  // What was in flight for long has left the cache of the machine that simulates. Asked for one packet ahead,
  // it comes back while another is being handled.
  void prefetch_next() const { __builtin_prefetch(next); }
  void prefetch_frame() const {
    constexpr std::uint32_t line = 64;
    for (std::uint32_t at = 0; at < size; at += line) __builtin_prefetch(bytes + at);
  }
};

class PacketPool {
 public:
  // Every packet has room for `capacity` bytes.
  explicit PacketPool(std::size_t capacity) : capacity_{capacity} {}

  Packet* take();                // all fields fresh, a new id
  Packet* clone(const Packet&);  // the one frame, not the train behind it
  void give_back(Packet* packet) { packet->next = free_, free_ = packet; }
  std::size_t capacity() const { return capacity_; }
  std::uint64_t taken() const { return last_id_; }

 private:
  void grow();

  std::size_t capacity_;
  std::uint64_t last_id_ = 0;
  Packet* free_ = nullptr;
  std::vector<std::unique_ptr<Packet[]>> packets_{};
  std::vector<std::unique_ptr<std::uint8_t[]>> slabs_{};
};

// First in, first out, linked through the packets themselves.
class Fifo {
 public:
  bool empty() const { return head_ == nullptr; }
  Packet* front() const { return head_; }
  void push(Packet* packet) {
    packet->next = nullptr;
    (head_ ? tail_->next : head_) = packet;
    tail_ = packet;
  }
  Packet* pop() {
    Packet* packet = head_;
    head_ = packet->next;
    return packet;
  }
  // Keeps the order of `due`; what is due at the same time stays in the order of insertion.
  void insert_by_due(Packet* packet);

 private:
  Packet* head_ = nullptr;
  Packet* tail_ = nullptr;
};

}  // namespace ringside::hw
