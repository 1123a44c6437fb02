// A path as a value: the stages that a packet passes between card and program, and how one hands over to the
// next.
//
// A path is data. It comes from a route map (scenarios/paths/*.yaml) or, in tests, from the functions below;
// `check` says whether it can work, `compile` prices it with a profile for the engine, `describe` draws and
// explains it. Nothing else in the project states a fact about a path.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ringside/units/quantity.hpp"
#include "ringside/units/region.hpp"

namespace ringside::path {

// One sentence for the reader, in the two languages of the project.
struct Text {
  std::string en{};
  std::string zh_CN{};
  bool operator==(const Text&) const = default;
};

// Where the route map says so; line 0: the value was built in C++.
struct Origin {
  int line = 0;
  int column = 0;
};

// In which context a stage runs. It is also its lane in a drawing. `caller` is code that both softirqs and
// system calls run into (ip_output, a driver's transmit function): it runs in the context of whoever calls
// it.
enum class Domain : std::uint8_t { hardware, hardirq, softirq, caller, kernel, user };

// What a stage does to the bytes. `copy` is done by a core, `dma` by the card; `map` makes the same pages
// visible to another owner, `reference` passes a pointer.
enum class Memory : std::uint8_t { none, dma, copy, map, reference };

constexpr bool is_thread(Domain domain) {  // what runs there can sleep
  return domain == Domain::kernel || domain == Domain::user;
}

using ringside::Region;

// What a stage does besides costing time: a few closed kinds, so that a new path needs text and no code.
enum class Work : std::uint8_t {
  pass,         // nothing: it only costs
  arrive,       // a frame comes in from the link; the root of the receive side
  depart,       // the frame goes out on the link
  demultiplex,  // reads the headers; verdicts udp, tcp, icmp (ICMP and ARP), forward
  protocol,     // gives the frame to the TCP/IP stack; what the stack answers follows `when: transmit`
  route,        // forwards the frame in place: TTL, checksum, next hop
  timer,        // lets the protocol timers run; what the stack sends follows `when: transmit`
  // Takes datagrams or stream bytes from the program's socket; `when: transmit` for window updates. One that
  // takes whole pages only says whether that was all (`whole`), or what comes next has to be copied (`rest`).
  read,
  write,        // gives the program's bytes to its socket; the segments that leave follow `when: transmit`
  application,  // the program: what it wants next is the verdict, `when: read`, `when: write` or `when: reap`
  prepare,      // the program writes a request into a ring; once there are enough: `when: submit`
  fetch,        // takes the next bytes of the program's file; what the page cache lacks follows `when: miss`
  load,         // the disk: reads into the page cache what was asked for
  reap,         // takes the notices that the kernel is done with memory that the program lent it
  judge,        // a program decides (screend, an XDP program, a rule): verdicts pass, drop, tx, redirect
  consume,      // a program that works on whole frames has this one: it is delivered
  coalesce,     // gathers the segments of a flow into one packet of at most so many bytes (GRO)
  segment,      // cuts what the stack sends as one packet of at most so many bytes into frames (TSO, GSO)
  reclaim,      // gives back the descriptor and the buffer of a frame that was sent
};

// The verdicts that a Work can reach, and a Hop can be bound to. `always`: the hop follows whatever the
// verdict. Of a judge: `pass` it on, `drop` it, send it back where it came from (`tx`), out of another port
// (`redirect`), or give it to a program's AF_XDP socket (`socket`). Of a fetch: the page cache lacks what it
// wants (`miss`). Of a thread's first stage: its queues are `empty`, and this it does before it sleeps
// (poll()).
enum class Verdict : std::uint8_t {
  always,
  udp,
  tcp,
  icmp,
  forward,
  transmit,
  read,
  write,
  pass,
  drop,
  tx,
  redirect,
  socket,
  empty,
  miss,
  reap,
  submit,
  whole,
  rest,
  core
};

// The programs that a judge can run; what each does to a frame is in core/host (judges.hpp), where eBPF will
// join them.
enum class Program : std::uint8_t { pass, drop, tx, redirect, socket, route, core };
Verdict verdict_of(Program);  // on what it is made for

struct Stage {
  std::string name{};  // unique; the label in the GUI, the key in the results, the heading in the docs
  Domain domain{};
  std::vector<std::string> ops{};  // operations that the profile prices; their costs add up
  Memory memory = Memory::none;
  Region into = Region::kernel;  // where the bytes lie afterwards, for dma, copy and map
  Work work = Work::pass;
  Program program = Program::pass;  // of a judge
  // Bytes that a fetch takes in one go, 0: as many as the program wants; that a packet may have which
  // coalesce makes, or which the stack sends since segment cuts it, 0: never more than one frame.
  std::int64_t at_most = 0;
  // How many requests a program prepares before it makes its call, and how many completions a read brings in
  // one call.
  int requests = 1;
  std::int64_t page = 0;  // bytes; of a read that takes nothing but whole pages of this size
  // Of a system call at the end of a batch that tells a softirq of work: it is left out while that runs
  // anyway.
  bool need_wakeup = false;
  bool switched_off = false;  // an option that is not taken: the way goes on as if the stage was not there
  Duration at_longest{};      // a card's coalesce: for which the first frame of a packet waits for more
  // A ring of the card, or one in shared memory that the stage fills: it comes back to what it or the card
  // has touched so long ago as the ring takes to go round. The longer the rings in use, the more of that has
  // left the cache.
  std::string back_after{};
  std::string line{};        // of the cache, which every core writes that comes here: a lock, a counter
  std::string stands_for{};  // the function of the real kernel
  Text why{};
  Origin origin{};
};

// How a stage hands over.

// A plain function call, in the same context. `each_batch`: called once a batch, before its packets (a NAPI
// poll function cleans the transmit ring first), and with the packets of the callee's own queue.
// `clone`: another reference to the frame goes this way, and the packet itself on (a packet tap).
struct Call {
  bool each_batch = false;
  bool clone = false;
  bool operator==(const Call&) const = default;
};

// The border between program and kernel, in either direction; user to kernel is one system call.
struct Trap {
  std::vector<std::string> ops{};
  bool operator==(const Trap&) const = default;
};

enum class Unit : std::uint8_t { packets, bytes };
enum class Full : std::uint8_t { drop, hold };  // hold: the packet waits where it is until there is room
// until_freed: a packet keeps its slot of the queue until nobody needs its buffer any more (the frames of an
// AF_XDP socket, which the program gives back).
enum class Slots : std::uint8_t { until_taken, until_freed };
enum class Drain : std::uint8_t {
  consumer,
  caller
};  // caller: who enqueues also dequeues, while there is room behind

// A thread that takes from a queue exists once, or on each core, with a queue of its own there, which the
// softirqs of that core fill (PACKET_FANOUT_CPU).
enum class Consumers : std::uint8_t { one, each_core };

// A place where packets wait. Hops with the same queue name share the queue.
struct Queue {
  std::string name{};
  std::int64_t capacity = 0;  // in `unit`
  Unit unit = Unit::packets;
  std::int64_t overhead =
      0;           // bytes charged to each packet besides its own, when unit is bytes (sk_buff truesize)
  int budget = 0;  // packets taken in one go before others have their turn; 0: no quota
  Full full = Full::drop;
  Drain drain = Drain::consumer;
  Slots slots = Slots::until_taken;
  // Who takes from it and finds nothing looks again and again for so long before it sleeps; 0: it sleeps at
  // once, and must be told; forever: it never sleeps (a poll-mode driver).
  Duration spin{};
  // Packets come to their consumer a block at a time: when so much is in it (in `unit`), or so long after the
  // first. 0: each at once.
  std::int64_t block = 0;
  Duration retire_after{};
  Consumers consumers = Consumers::one;
  // Of a consumer that is there on each core: the flow of a packet chooses which, and not the core that has
  // it now.
  bool by_flow = false;
  // While it is full the stack keeps what it has to send, and is asked again when there is room (TCP Small
  // Queues). What others put here is dropped all the same.
  bool small_queues = false;
  std::string returns{};  // a packet in this queue still holds a slot of that one (transmit completions)
  bool operator==(const Queue&) const = default;
};

enum class Raise : std::uint8_t { interrupt, softirq, wakeup, doorbell, restart };
enum class Mask : std::uint8_t { never, until_polled_empty };

// Somebody is told that there is work. Hops with the same notification name share it (an interrupt line).
struct Notify {
  std::string name{};
  Raise raise{};
  std::vector<std::string> ops{};  // what telling costs the one who tells
  Mask mask = Mask::never;  // interrupt: not again until the context that its handler raised ran out of work
  Duration moderation{};    // interrupt: at least so long after the one before
  // Interrupt: when so many have gathered, but no later than so long after the first; 0: however many, at
  // once.
  int after_frames = 0;
  Duration after_time{};
  bool adaptive = false;  // interrupt: it finds out for itself after how many and how long
  std::string line{};  // interrupt: of the one whose line it asserts, too, and whose mask and moderation hold
  Duration demote_after{};  // softirq: what lasts longer is left to a fair-share thread (ksoftirqd); 0: never
  bool operator==(const Notify&) const = default;
};

using StageId = std::uint16_t;  // index into Path::stages
using Hand = std::variant<Call, Trap, Queue, Notify>;

struct Hop {
  StageId from{};
  StageId to{};
  Verdict when = Verdict::always;
  bool at_batch_end = false;  // once, behind all packets of the batch that came this way
  Hand hand{};
  Origin origin{};
};

// A privilege or a device that the path needs on a real machine.
struct Capability {
  std::string name{};  // CAP_NET_RAW
  std::string for_what{};
  std::string source{};
  std::string error = "EPERM";     // what the kernel answers to who lacks it
  bool given_to_everyone = false;  // a setting or a device, which a user without privileges has too
};

// A name by which a scenario or --set may change one number of the path.
enum class Member : std::uint8_t {
  capacity,
  budget,
  moderation,
  demote_after,
  program,
  at_most,
  block,
  retire_after,
  requests,
  need_wakeup,
  after_frames,
  after_time,
  adaptive,
  at_longest,
  switched_off
};
struct Parameter {
  std::string key{};  // rx_ring
  std::string
      target{};  // the name of a queue, a notification or (program, at most, requests, need wakeup) a stage
  Member member{};
  Text what{};
  Origin origin{};
};

struct Path {
  std::string name{};  // napi-socket
  Text title{};
  int since = 0;         // the year in which it could first be used
  std::string kernel{};  // the version it appeared in
  Text story{};          // a paragraph: what it changed, what is known and what is inferred
  std::vector<std::string> sources{};
  int cores = 0;           // that its kernel can make use of; 0: as many as there are
  bool zero_copy = false;  // claims that no core copies payload; check holds it to that
  std::vector<Capability> needs{};
  std::vector<Parameter> parameters{};
  std::vector<Stage> stages{};
  std::vector<Hop> hops{};
  std::string file{};  // for messages; empty: built in C++

  StageId stage(Stage s) { return stages.push_back(std::move(s)), static_cast<StageId>(stages.size() - 1); }
  void hop(StageId from, StageId to, Hand hand, Verdict when = Verdict::always) {
    hops.push_back({.from = from, .to = to, .when = when, .hand = std::move(hand)});
  }
};

// An option that is not taken: the stage does nothing, for nothing, and the way goes on as if it was not
// there.
bool is_off(const Path&, const Stage&);

// The words of the route map language, in both directions; parse returns nullopt for a word that is none of
// them.
std::string_view to_string(Domain);
std::string_view to_string(Memory);
std::string_view to_string(Region);
std::string_view to_string(Work);
std::string_view to_string(Verdict);
std::string_view to_string(Program);
std::string_view to_string(Unit);
std::string_view to_string(Full);
std::string_view to_string(Drain);
std::string_view to_string(Slots);
std::string_view to_string(Consumers);
std::string_view to_string(Raise);
std::string_view to_string(Mask);
std::string_view to_string(Member);
template <class Word>
std::optional<Word> parse(std::string_view word);
template <class Word>
std::vector<std::string_view> words();  // all of them, for messages ("expected one of ...")

// Sets one number of the path by the name of its parameter. Capacities and budgets are counts, a program is
// the number of its word, the others are picoseconds. Returns false when the path has no such parameter.
bool set(Path&, std::string_view key, std::int64_t value);

}  // namespace ringside::path
