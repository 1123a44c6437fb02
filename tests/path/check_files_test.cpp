// The rules of files, lent memory and the threads that wait for them.
#include "broken.hpp"

using namespace ringside::path;
using namespace std::chrono_literals;

namespace {

// The program sends a file: what it writes is fetched from the page cache, or from a disk.
Broken sending_a_file() {
  Broken b;
  const auto stage = [&b](Stage s) { b.path.stage(samples::plain(std::move(s))); };
  stage({.name = "read file", .domain = Domain::kernel, .work = Work::fetch});
  stage({.name = "disk",
         .domain = Domain::hardware,
         .memory = Memory::dma,
         .into = Region::page_cache,
         .work = Work::load});
  stage({.name = "disk interrupt", .domain = Domain::hardirq});
  b.cut<Trap>("application", "send");
  b.hop("application", "read file", Trap{}, Verdict::write);
  b.hop("read file", "send", Call{});
  b.hop("read file", "disk", Notify{.name = "request", .raise = Raise::doorbell}, Verdict::miss);
  b.hop("disk", "disk interrupt", Notify{.name = "disk irq", .raise = Raise::interrupt});
  b.hop("disk interrupt", "read file", Notify{.name = "page ready", .raise = Raise::wakeup});
  return b;
}

}  // namespace

TEST_CASE("a file comes from a disk that is asked, and that says when it has read") {
  expect(sending_a_file(), {});
  Broken b = sending_a_file();
  b.cut<Notify>("read file", "disk");
  expect(b, {"'read file' finds that the page cache lacks something, and asks nobody",
             "'disk' is never reached", "'disk interrupt' is never reached"});
  b = sending_a_file();
  b.cut<Notify>("disk interrupt", "read file");
  expect(b, {"'read file' waits for the disk, and nothing behind the disk wakes it",
             "'disk interrupt' leads nowhere"});
  b = sending_a_file();
  b.hops<Notify>("read file", "disk").front()->when = Verdict::always;
  expect(b, {"'read file' asks 'disk' whether it lacks something or not: expected when: miss",
             "'read file' finds that the page cache lacks something, and asks nobody"});
  b = sending_a_file();
  b.hand<Notify>("read file", "disk").raise = Raise::wakeup;
  expect(b, {"'read file' hands 'disk' something: a disk is asked by a doorbell",
             "only what sleeps can be woken"});
  b = sending_a_file();  // a wakeup from elsewhere is no news of the disk
  b.hops<Notify>("disk interrupt", "read file").front()->from = b.id("tcp input");
  b.hop("disk interrupt", "recv",
        Notify{.name = "data ready", .raise = Raise::wakeup, .ops = {"sched.wakeup"}});
  expect(b, {"'read file' waits for the disk, and nothing behind the disk wakes it"});
}

TEST_CASE("what is fetched is written, and what is written is fetched") {
  Broken b = sending_a_file();
  b.cut<Call>("read file", "send");
  b.hop("read file", "application", Trap{});
  b.hop("application", "send", Trap{}, Verdict::write);
  const std::string all = all_of(check(b.path));
  CHECK(all.find("what 'read file' fetches is never written") != std::string::npos);
  CHECK(all.find("what the program writes by way of 'send' is never fetched") != std::string::npos);
}

TEST_CASE("a call that a program makes is in its thread") {
  Broken b{samples::put_aside()};
  b.path.stage(samples::plain({.name = "echo", .domain = Domain::kernel, .work = Work::write}));
  b.hop("recv", "echo", Call{});
  b.hop("echo", "transport output", Call{}, Verdict::transmit);
  expect(b, {"'echo' has work: write, but no program comes there"});
}

TEST_CASE("a thread that sleeps in a call comes back from it, and sleeps in one place") {
  Broken b{samples::put_aside()};
  b.cut<Trap>("call", "application");
  expect(b, {"a thread sleeps in 'call' and never comes back from there"});
}

TEST_CASE("a program that sleeps in its calls neither spins nor looks ahead") {
  Broken b;
  b.each_named<Queue>("socket buffer", [](Queue& q) { q.spin = 50us; });
  const std::string spins =
      "queue 'socket buffer' is watched by spinning, but 'recv' (kernel) belongs to the thread of a program "
      "with sockets";
  expect(b, {spins, spins});  // udp and icmp share it
  b = {};
  b.each_named<Queue>("qdisc", [](Queue& q) { q.full = Full::hold; });
  expect(b, {"queue 'qdisc' with drain: caller holds back only what a program writes, and 'ip output' has "
             "work: pass"});
}

TEST_CASE("the kernel looks into the page cache, and the disk reads") {
  Broken b = sending_a_file();
  b.stage("disk").domain = Domain::softirq;
  const std::string all = all_of(check(b.path));
  CHECK(all.find("'disk' (softirq) has work: load; the disk does that: expected hardware") !=
        std::string::npos);
  b = sending_a_file();
  b.stage("send").at_most = 10;
  expect(b, {"'send' takes at most 10 bytes, but has work: write; expected fetch, coalesce or segment"});
}

TEST_CASE("a program prepares requests until they are enough, and submits them") {
  Broken b;
  b.path.stage(
      samples::plain({.name = "prepare", .domain = Domain::kernel, .work = Work::prepare, .requests = 8}));
  b.cut<Trap>("application", "send");
  b.stage("prepare").domain = Domain::user;
  b.hop("application", "prepare", Call{}, Verdict::write);
  expect(b, {"'prepare' leads nowhere"});
  b.hop("prepare", "send", Trap{}, Verdict::submit);
  CHECK(all_of(check(b.path)) == "");
  b.stage("send").requests = 2;
  expect(b, {"'send' has requests: 2, but work: write; expected prepare or read"});
}

TEST_CASE("who reads whole pages says what becomes of the rest") {
  Broken b;
  b.stage("recv").page = 4096;
  expect(b, {"'recv' takes whole pages only: expected a hop with when: whole",
             "'recv' takes whole pages only: expected a hop with when: rest"});
  b = {};
  b.stage("send").page = 4096;
  expect(b, {"'send' takes pages of 4096 bytes, but has work: write; expected read"});
}

TEST_CASE("who waits for memory that it lent is woken, by an answer or by a timer") {
  Broken b;
  b.path.stage(samples::plain({.name = "notices", .domain = Domain::kernel, .work = Work::reap}));
  b.hop("application", "notices", Trap{}, Verdict::reap);
  b.hop("notices", "application", Trap{});
  expect(b, {"'notices' waits for acknowledgements, and no protocol wakes it"});
  b.hop("tcp input", "notices", Notify{.name = "free again", .raise = Raise::wakeup});
  expect(b, {"'protocol timer' never wakes 'notices'"});
}

TEST_CASE("only what costs, and nothing else, can be switched off") {
  Broken b;
  b.stage("ip output").switched_off = true;
  CHECK(all_of(check(b.path)) == "");
  b = {};
  b.stage("recv").switched_off = true;
  expect(b, {"'recv' cannot be switched off: expected a stage that is called, and does nothing but cost"});
  b = {};
  b.stage("driver xmit").switched_off = true;  // something waits before it
  expect(b, {"'driver xmit' cannot be switched off"});
}

TEST_CASE("what the cache keeps of a frame depends on a ring that a card fills") {
  Broken b;
  b.stage("driver xmit").back_after = "rx ring";
  CHECK(all_of(check(b.path)) == "");
  b.stage("driver xmit").back_after = "qdisc";
  expect(b, {"'driver xmit' comes back after 'qdisc', which is no ring that a card fills, nor one of packets "
             "in shared memory that it fills itself"});
  b = {};
  b.stage("nic tx dma").back_after = "rx ring";
  expect(b, {"'nic tx dma' (hardware) comes back after 'rx ring': a card has no cache of the cores"});
}

TEST_CASE("the stack is held back by a queue of packets that who enqueues also empties") {
  Broken b;
  b.each_named<Queue>("qdisc", [](Queue& q) { q.small_queues = true; });
  CHECK(all_of(check(b.path)) == "");
  b.each_named<Queue>("qdisc", [](Queue& q) { q.unit = Unit::bytes; });
  expect(b, {"queue 'qdisc' has small queues, and a capacity in bytes: expected packets"});
  b = {};
  b.each_named<Queue>("rx ring", [](Queue& q) { q.small_queues = true; });
  expect(b, {"queue 'rx ring' has small queues, but nobody would ask the stack again",
             "queue 'rx ring' has small queues, but nobody restarts 'napi poll' when there is room"});
}

TEST_CASE("a call that may be left out tells a softirq at the end of a batch") {
  Broken b;
  b.stage("send").need_wakeup = true;
  expect(b, {"'send' has need wakeup: expected a trap at: batch end that leads there"});
}

TEST_CASE("a flow chooses among consumers that are there on each core") {
  Broken b;
  b.each_named<Queue>("socket buffer", [](Queue& q) { q.by_flow = true; });
  const std::string all = all_of(check(b.path));
  CHECK(all.find(
            "queue 'socket buffer' is by flow: expected a core that fills it, and a consumer on each core") !=
        std::string::npos);
}
