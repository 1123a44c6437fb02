// Each rule of check: a whole path, broken in one way, and the finding that a student reads.
#include "broken.hpp"

using namespace ringside::path;
using namespace std::chrono_literals;

TEST_CASE("whole paths have no findings") {
  expect({samples::napi_socket()}, {});
  expect({samples::shared_rings()}, {});
  expect({samples::put_aside()}, {});
  expect({samples::poll_mode()},
         {"the card fills 'rx ring', but 'rx burst' (user) belongs to the thread of a program with sockets"});
}

TEST_CASE("slots that are lent until they are freed are counted in packets") {
  Broken b;
  b.each_named<Queue>("socket buffer", [](Queue& q) { q.slots = Slots::until_freed; });
  const std::string all = all_of(check(b.path));
  CHECK(all.find("queue 'socket buffer' lends its slots until they are freed, but is counted in bytes") !=
        std::string::npos);
}

TEST_CASE("only a thread that takes from a queue has something to do when it is empty") {
  Broken b;
  b.hop("napi poll", "ip input", Call{}, Verdict::empty);
  expect(b, {"when: empty cannot follow 'napi poll': work: pass reaches no verdicts at all"});
}

TEST_CASE("a thread without sockets goes into the kernel when there is nothing, or on in its own context") {
  Broken b;
  b.hop("recv", "application", Trap{}, Verdict::empty);
  b.hop("recv", "send", Queue{.name = "later", .capacity = 1, .drain = Drain::caller}, Verdict::empty);
  const std::string all = all_of(check(b.path));
  CHECK(all.find("when: empty, but 'recv' belongs to the thread of a program with sockets") !=
        std::string::npos);
  CHECK(all.find("when: empty from 'recv' to 'send': expected a trap or a call") != std::string::npos);
}

TEST_CASE("a clone goes another way than the packet") {
  Broken b;
  b.hop("napi poll", "udp input", Call{.clone = true});
  expect(b, {});
}

TEST_CASE("a thread that polls the card spins, and nobody else does") {
  Broken b{samples::shared_rings()};
  const auto poller =
      b.path.stage(samples::plain({.name = "poller", .domain = Domain::user, .work = Work::consume}));
  b.path.hop(b.id("nic rx dma"), poller,
             Queue{.name = "filtered ring", .capacity = 64, .spin = ringside::forever});
  expect(b, {});
  std::get<Queue>(b.path.hops.back().hand).spin = 50us;
  expect(b, {"the card fills 'filtered ring', but 'poller' (user) does not exist once for each ring"});
  b.path.hops.pop_back();
  b.path.hop(b.id("napi poll"), poller, Queue{.name = "ring", .capacity = 64, .spin = -50us});
  b.each_named<Queue>("rx ring", [](Queue& q) { q.spin = 50us; });
  expect(b, {"queue 'ring' has a negative time to spin",
             "'napi poll' puts packets into queue 'ring', but nobody tells 'poller' (user)",
             "queue 'rx ring' is watched by spinning, but 'napi poll' (softirq) is no thread"});
}

TEST_CASE("findings come all at once, in the order of the text, with their place in it") {
  Broken b;
  b.stage("recv").origin = {.line = 90, .column = 3};
  b.stage("recv").why = {};
  b.stage("wire in").origin = {.line = 20, .column = 3};
  b.stage("wire in").stands_for.clear();
  const auto findings = check(b.path);
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].origin.line == 20);
  CHECK(findings[1].origin.line == 90);
  CHECK(findings[2].origin.line == 90);
}

TEST_CASE("a hop with an end that is no stage is the only finding") {
  Broken b;
  b.path.hops[3].to = 99;
  expect(b, {"a hop leads from stage 2 to stage 99, but there are only 19 stages"});
}

// ---- borders

TEST_CASE("a call does not leave its context") {
  Broken b;
  b.hop("rx interrupt", "ip input", Call{});
  expect(b, {"call from 'rx interrupt' (hardirq) to 'ip input' (softirq): a call stays in its context; a "
             "softirq is "
             "reached by a queue or a notification"});
}

TEST_CASE("code of domain caller is called by softirqs and system calls only") {
  Broken b;
  b.hop("rx interrupt", "driver xmit", Call{});
  b.hop("application", "ip output", Call{}, Verdict::write);
  expect(b, {"call from 'rx interrupt' (hardirq) to 'driver xmit' (caller)",
             "call from 'application' (user) to 'ip output' (caller)",
             "'application' goes on to 'send' and to 'ip output' with the same verdict"});
}

TEST_CASE("a trap crosses the border between user and kernel") {
  Broken b;
  b.hop("tcp input", "recv", Trap{});
  expect(b, {"trap from 'tcp input' (softirq) to 'recv' (kernel): a trap crosses the border between user and "
             "kernel"});
}

TEST_CASE("no hop is there twice") {
  Broken b;
  b.hop("napi poll", "ip input", Call{});
  expect(b, {"the hop from 'napi poll' to 'ip input' is there twice"});
}

// ---- verdicts

TEST_CASE("a hop follows a verdict that its stage can reach") {
  Broken b;
  b.hop("ip forward", "ip output", Call{}, Verdict::redirect);
  b.hop("icmp input", "ip output", Call{}, Verdict::read);
  expect(b, {"when: redirect cannot follow 'ip forward': work: route reaches no verdicts at all",
             "when: read cannot follow 'icmp input': work: protocol reaches transmit"});
}

TEST_CASE("what a stage decides leads somewhere") {
  Broken b;
  b.cut<Call>("ip input", "ip forward");
  b.cut<Call>("protocol timer", "transport output");
  b.hop("protocol timer", "application", Notify{.name = "alarm", .raise = Raise::wakeup}, Verdict::always);
  b.hop("ip input", "ip forward", Call{}, Verdict::udp);
  expect(b, {"'ip input' can decide forward, but no hop follows that verdict",
             "'ip input' goes on to 'udp input' and to 'ip forward' with the same verdict",
             "'protocol timer' can decide transmit, but no hop follows that verdict"});
}

TEST_CASE("only depart, application, consume and reclaim end a way") {
  Broken b;
  b.cut<Call>("ip forward", "ip output");
  expect(b, {"'ip forward' leads nowhere: only depart, application, consume and reclaim end a way"});
}

// ---- work and memory, where they can be

TEST_CASE("each kind of work runs where it can") {
  Broken b;
  b.stage("wire out").domain = Domain::softirq;
  b.stage("application").domain = Domain::kernel;
  b.stage("recv").domain = Domain::softirq;
  b.stage("icmp input").domain = Domain::hardware;
  const std::string all = all_of(check(b.path));
  for (const std::string_view part :
       {"'wire out' (softirq) has work: depart; the card does that, or a driver without one: expected "
        "hardware or caller",
        "'application' (kernel) has work: application; the program runs in user",
        "'recv' (softirq) has work: read; sockets live where the protocols run",
        "'icmp input' (hardware) has work: protocol; a core does that, not the card"})
    CHECK(all.find(part) != std::string::npos);
}

TEST_CASE("cards do dma, cores copy") {
  Broken b;
  b.stage("nic rx dma").memory = Memory::copy;
  b.stage("send").memory = Memory::dma;
  expect(b, {"'nic rx dma' (hardware) has memory: copy; a copy is done by a core: expected memory: dma",
             "'send' (kernel) has memory: dma; dma is done by the card"});
}

// ---- queues

TEST_CASE("a queue has room, a quota of 0 or more, and a name") {
  Broken b;
  b.each_named<Queue>("rx ring", [](Queue& q) { q.capacity = 0, q.budget = -1; });
  b.each_named<Queue>("qdisc", [](Queue& q) { q.name.clear(), q.overhead = -2; });
  std::erase_if(b.path.parameters, [](const Parameter& p) { return p.target == "qdisc"; });
  expect(b, {"queue 'rx ring' has capacity 0: expected 1 or more", "queue 'rx ring' has budget -1",
             "a queue has no name", "queue '' has overhead -2"});
}

TEST_CASE("an overhead in bytes needs a queue counted in bytes") {
  Broken b;
  b.each_named<Queue>("qdisc", [](Queue& q) { q.overhead = 768; });
  expect(b, {"queue 'qdisc' charges an overhead in bytes but is counted in packets"});
}

TEST_CASE("hops that share a queue agree in its numbers and its consumer") {
  Broken b;
  Queue buffer = b.hand<Queue>("udp input", "recv");
  buffer.capacity = 1;
  b.hop("icmp input", "recv", buffer);
  expect(b, {"queue 'socket buffer' is described twice, and differently"});

  Broken c;
  c.hop("icmp input", "send", c.hand<Queue>("udp input", "recv"));
  c.hop("icmp input", "send", c.hand<Notify>("udp input", "recv"));
  const std::string all = all_of(check(c.path));
  CHECK(all.find("queue 'socket buffer' has two consumers, 'recv' and 'send'") != std::string::npos);
}

TEST_CASE("returns names another queue of the path") {
  Broken b;
  b.each_named<Queue>("tx completions", [](Queue& q) { q.returns = "tx rings"; });
  expect(b, {"queue 'tx completions' returns the slots of 'tx rings', but there is no such queue"});

  Broken c;
  c.each_named<Queue>("tx completions", [](Queue& q) { q.returns = "tx completions"; });
  expect(c, {"queue 'tx completions' returns its own slots"});
}

TEST_CASE("who enqueues sees to it that the consumer is told") {
  Broken b;
  b.cut<Notify>("nic rx dma", "rx interrupt");
  expect(b, {"'nic rx dma' puts packets into queue 'rx ring', but nobody tells 'napi poll' (softirq)"});

  Broken c;  // tcp input still wakes `send`, for room: that is no news of packets
  c.cut<Notify>("tcp input", "recv");
  expect(c, {"'tcp input' puts packets into queue 'tcp receive buffer', but nobody tells 'recv' (kernel)"});
}

TEST_CASE("a card without its doorbell sends nothing") {
  Broken b;
  b.cut<Notify>("driver xmit", "nic tx dma");
  expect(b, {"'driver xmit' puts packets into queue 'tx ring', but nobody tells 'nic tx dma' (hardware)"});
}

TEST_CASE("a poll that calls the consumer each batch needs no interrupt of its own") {
  Broken b;
  b.cut<Notify>("wire out", "rx interrupt");
  expect(b, {});
  b.cut<Call>("napi poll", "tx clean");
  expect(b, {"'wire out' puts packets into queue 'tx completions', but nobody tells 'tx clean' (softirq)"});
}

TEST_CASE("code that runs only when called cannot wait at a queue") {
  Broken b;
  b.each_named<Queue>("qdisc", [](Queue& q) { q.drain = Drain::consumer; });
  expect(
      b,
      {"queue 'qdisc' waits for 'driver xmit' (caller), which runs only when called: expected drain: caller",
       "notification 'queue wake' (restart) to 'driver xmit' (caller): expected a stage that takes from a "
       "queue "
       "with drain: caller",
       "queue 'tx ring' holds back when it is full, but 'driver xmit' has no queue to leave the packet in"});
}

TEST_CASE("what a thread puts aside for itself may hold back, and nobody tells it") {
  Broken b{samples::put_aside()};
  b.cut<Notify>("udp input", "recv");
  expect(b, {"'udp input' puts packets into queue 'socket buffer', but nobody tells 'recv' (kernel)"});
  b = {samples::put_aside()};
  b.path.hop(b.id("ip forward"), b.id("application"),
             Queue{.name = "other", .capacity = 1, .full = Full::hold});
  expect(b, {"'ip forward' puts packets into queue 'other', but nobody tells 'application' (user)",
             "the program would read kernel memory"});
}

TEST_CASE("a program is driven by its queues, or says what it wants next") {
  Broken b{samples::put_aside()};
  b.hop("application", "recv", Trap{}, Verdict::read);
  const std::string all = all_of(check(b.path));
  CHECK(all.find("when: empty, but 'application' belongs to the thread of a program with sockets") !=
        std::string::npos);
}

TEST_CASE("a queue that holds back has another one before it, across calls") {
  Broken b;
  b.each_named<Queue>("rx ring", [](Queue& q) { q.full = Full::hold; });
  expect(b,
         {"queue 'rx ring' holds back when it is full, but 'wire in' has no queue to leave the packet in"});

  Broken c;  // one more stage between the qdisc and the ring it looks at
  c.path.stage(
      {.name = "vlan", .domain = Domain::caller, .stands_for = "x", .why = {.en = "x", .zh_CN = "x"}});
  for (Hop& hop : c.path.hops)
    if (hop.from == c.id("driver xmit")) hop.from = c.id("vlan");
  c.hop("driver xmit", "vlan", Call{});
  expect(c, {});
}

// ---- notifications

TEST_CASE("each kind of notification reaches what it can reach") {
  Broken b;
  b.hop("wire out", "tx clean", Notify{.name = "a", .raise = Raise::interrupt});
  b.hop("tcp input", "recv", Notify{.name = "b", .raise = Raise::softirq});
  b.hop("tcp input", "tx clean", Notify{.name = "c", .raise = Raise::wakeup});
  b.hop("driver xmit", "tx clean", Notify{.name = "d", .raise = Raise::doorbell});
  b.hop("tx clean", "ip output", Notify{.name = "e", .raise = Raise::restart});
  expect(
      b,
      {"'a' (interrupt) to 'tx clean' (softirq): an interrupt is taken by a stage of domain hardirq",
       "'b' (softirq) to 'recv' (kernel): it raises a stage of domain softirq",
       "'c' (wakeup) to 'tx clean' (softirq): only what sleeps can be woken",
       "'d' (doorbell) to 'tx clean' (softirq): a doorbell rings in hardware",
       "'e' (restart) to 'ip output' (caller): expected a stage that takes from a queue with drain: caller"});
}

TEST_CASE("what the protocol sends is carried on by its caller") {
  Broken b;
  b.hop("recv", "application", Trap{}, Verdict::transmit);
  expect(b, {"when: transmit from 'recv' to 'application': expected a call, or a queue with drain: caller"});
}

TEST_CASE("a packet goes one way for each verdict") {
  Broken b;
  b.hop("napi poll", "udp input", Call{});
  expect(b, {"'napi poll' goes on to 'ip input' and to 'udp input' with the same verdict"});
}

TEST_CASE("what a program decides leads somewhere, unless it drops") {
  Broken b{samples::shared_rings()};
  b.stage("xdp program").program = Program::redirect;
  expect(b, {"'xdp program' runs program: redirect, but no hop follows that verdict"});
  b.stage("xdp program").program = Program::drop;
  expect(b, {});
}

TEST_CASE("only news waits for the end of a batch, and only where there are batches") {
  Broken b;
  b.hops<Call>("napi poll", "ip input").front()->at_batch_end = true;
  b.hops<Notify>("wire out", "rx interrupt").front()->at_batch_end = true;
  expect(b, {"at: batch end belongs to a notification", "works on one packet after the other"});
}

TEST_CASE("a handler has one line") {
  Broken b;
  for (Hop& hop : b.path.hops)
    if (auto* notify = std::get_if<Notify>(&hop.hand); notify && hop.from == b.id("wire out"))
      if (notify->raise == Raise::interrupt) notify->name = "tx irq";
  expect(b, {"interrupts 'nic irq' and 'tx irq' have the same handler, 'rx interrupt'"});
}

TEST_CASE("a timer tells the program that its connection timed out") {
  Broken b;
  b.cut<Notify>("protocol timer", "send");
  expect(b, {"'protocol timer' never wakes 'send'"});
}

TEST_CASE("a doorbell has a ring behind it") {
  Broken b;
  b.cut<Queue>("driver xmit", "nic tx dma");
  const std::string all = all_of(check(b.path));
  CHECK(all.find("doorbell 'doorbell' announces nothing") != std::string::npos);
}

TEST_CASE("only interrupts are masked and moderated, only softirqs demoted") {
  Broken b;
  b.each_named<Notify>("doorbell", [](Notify& n) { n.mask = Mask::until_polled_empty, n.moderation = 1us; });
  b.each_named<Notify>("queue wake", [](Notify& n) { n.demote_after = 1ms; });
  b.each_named<Notify>("napi schedule", [](Notify& n) { n.demote_after = -1ms; });
  expect(b, {"notification 'doorbell' (doorbell) cannot be masked",
             "notification 'doorbell' (doorbell) cannot be moderated",
             "notification 'queue wake' (restart) cannot be demoted",
             "notification 'napi schedule' has a negative time"});
}

TEST_CASE("an interrupt masked until polled empty has a handler that asks for the poll") {
  Broken b;
  b.each_named<Notify>("napi schedule", [](Notify& n) { n.raise = Raise::wakeup, n.demote_after = {}; });
  const std::string all = all_of(check(b.path));
  CHECK(all.find("interrupt 'nic irq' is masked until polled empty, but its handler 'rx interrupt' raises no "
                 "softirq "
                 "that polls: it would stay masked for ever") != std::string::npos);
}

TEST_CASE("hops that share a notification agree in all of it") {
  Broken b;
  b.hand<Notify>("wire out", "rx interrupt").moderation = 9us;
  b.hop("tcp input", "application", Notify{.raise = Raise::wakeup});
  expect(b, {"notification 'nic irq' is described twice, and differently", "a notification has no name"});
}

TEST_CASE("an interrupt that lets frames gather does not wait for ever, and only interrupts do") {
  Broken b;
  b.each_named<Notify>("nic irq", [](Notify& n) { n.after_frames = 64; });
  b.each_named<Notify>("queue wake", [](Notify& n) { n.after_time = 8us; });
  b.each_named<Notify>("doorbell", [](Notify& n) { n.line = "nic irq"; });
  expect(b,
         {"interrupt 'nic irq' would wait for 64 frames however long it takes, and for ever if no more come",
          "notification 'queue wake' (restart) has no line and lets nothing gather",
          "notification 'doorbell' (doorbell) has no line and lets nothing gather"});
}

TEST_CASE("an interrupt that asserts the line of another one has its handler, and leaves the rest to it") {
  Broken b;
  Notify& sent = b.hand<Notify>("wire out", "rx interrupt");
  sent = {.name = "sent", .raise = Raise::interrupt, .moderation = 9us, .line = "nic irq"};
  expect(b, {"interrupt 'sent' has the mask and the moderation of its line 'nic irq'"});
  sent.moderation = {};
  sent.line = "doorbell";
  expect(b, {"interrupt 'sent' asserts the line of 'doorbell', which is no interrupt that has a line to"});
  sent.line = "";
  expect(b, {"interrupts 'nic irq' and 'sent' have the same handler"});
}

// ---- parameters

TEST_CASE("a parameter sets a number that exists") {
  Broken b;
  const Text what{.en = "what", .zh_CN = "何"};
  b.path.parameters.push_back({.key = "a", .target = "rx rings", .member = Member::capacity, .what = what});
  b.path.parameters.push_back({.key = "b", .target = "rx ring", .member = Member::moderation, .what = what});
  b.path.parameters.push_back({.key = "c", .target = "nic irq", .member = Member::budget, .what = what});
  b.path.parameters.push_back(
      {.key = "d", .target = "nic irq", .member = Member::demote_after, .what = what});
  b.path.parameters.push_back({.key = "budget", .target = "rx ring", .member = Member::budget, .what = what});
  expect(b, {"parameter 'a' sets rx rings.capacity: there is no queue or notification of that name",
             "parameter 'b' sets rx ring.moderation: only interrupts have that",
             "parameter 'c' sets nic irq.budget: only queues have that",
             "parameter 'd' sets nic irq.demote after: only softirqs have that",
             "there are two parameters called 'budget'"});
}

// ---- the shape of the whole

TEST_CASE("every stage is reached from the wire, the program or a timer") {
  Broken b;
  const auto lost = b.path.stage(samples::plain({.name = "lost", .domain = Domain::softirq}));
  b.path.hop(lost, named(b.path, "ip input"), Call{});
  expect(b, {"'lost' is never reached: no hops lead to it from the wire, the program or a timer"});
}

TEST_CASE("there is one way in and a way out") {
  Broken b;
  b.path.stages[b.path.stage(samples::plain({.name = "wire two", .domain = Domain::hardware}))].work =
      Work::arrive;
  b.hop("wire two", "nic rx dma", Call{});
  b.stage("wire out").work = Work::pass;
  expect(b, {"expected exactly one stage with work: arrive, there are 2",
             "expected a stage with work: depart: what arrives must be able to leave"});
}

TEST_CASE("there is at most one program and one timer") {
  Broken b;
  b.path.stage(samples::plain({.name = "other timer", .domain = Domain::softirq, .work = Work::timer}));
  b.hop("other timer", "transport output", Call{}, Verdict::transmit);
  expect(b, {"expected at most one stage with work: timer, there are 2"});
}

TEST_CASE("a call that comes back to itself is told in the order of the calls") {
  Broken b;
  b.path.stage(samples::plain({.name = "loop device", .domain = Domain::softirq}));
  b.hop("ip input", "loop device", Call{}, Verdict::forward);
  b.hop("loop device", "napi poll", Call{});
  expect(
      b,
      {"'ip input' goes on to 'ip forward' and to 'loop device' with the same verdict",
       "'napi poll' calls 'ip input' calls 'loop device' calls 'napi poll': a call that comes back to itself "
       "never ends; a queue would break the cycle"});
}

// ---- memory

TEST_CASE("zero copy means that no core copies") {
  Broken b;
  b.path.zero_copy = true;
  expect(b, {"the path claims zero copy, but 'recv' copies into user memory",
             "the path claims zero copy, but 'send' copies into kernel memory"});
}

TEST_CASE("a program does not read kernel memory") {
  Broken b;
  b.stage("recv").memory = Memory::reference;
  expect(b, {"the program would read kernel memory: when a packet reaches 'application' (user), its bytes "
             "still lie in "
             "kernel memory, where 'nic rx dma' put them; expected a copy or map into user or shared memory "
             "before"});
}

TEST_CASE("a program does not read what never left the card") {
  Broken b;
  b.path = samples::shared_rings();
  b.stage("nic rx dma").memory = Memory::none;
  expect(b, {"its bytes have never left the card"});
}

TEST_CASE("memory that is mapped into the program may be read without a copy") {
  Broken b;
  b.stage("recv").memory = Memory::map;
  b.stage("recv").into = Region::shared;
  expect(b, {});
}

// ---- texts

TEST_CASE("a path explains itself in both languages, and says when it was") {
  Broken b;
  b.stage("recv").why.zh_CN.clear();
  b.stage("send").why.en.clear();
  b.stage("send").stands_for.clear();
  b.path.title.zh_CN.clear();
  b.path.parameters.front().what.en.clear();
  b.path.since = 0;
  expect(b, {"the reason (why) for 'recv' is missing in Chinese (zh_CN)",
             "the reason (why) for 'send' is missing in English", "'send' does not say what it stands for",
             "the title is missing in Chinese",
             "the meaning (what) of parameter 'rx_ring' is missing in English",
             "since: expected the year in which the path could first be used"});
}

TEST_CASE("stages have names, and no two the same") {
  Broken b;
  b.stage("udp input").name = "tcp input";
  b.stage("send").name.clear();
  b.path.name.clear();
  const std::string all = all_of(check(b.path));
  CHECK(all.find("there are two stages called 'tcp input'") != std::string::npos);
  CHECK(all.find("a stage has no name") != std::string::npos);
  CHECK(all.find("the path has no name") != std::string::npos);
}

TEST_CASE("cores write to shared lines, and cards do not") {
  Broken b;
  b.stage("ip input").line = "statistics";
  expect(b, {});
  CHECK(missing_operations(b.path, {}).back() == "line.transfer");
  b.stage("nic rx dma").line = "statistics";
  expect(b, {"'nic rx dma' (hardware) has line: statistics; cores write to shared lines, not the card"});
}

TEST_CASE("a program that a loop calls has its turn after each batch, and need not sleep in its calls") {
  Broken b;
  for (const char* stage : {"recv", "send", "udp input", "tcp input", "icmp input"})
    b.stage(stage).domain = Domain::user;
  const auto refused = [&b](std::string_view part) {
    return all_of(check(b.path)).find(part) != std::string::npos;
  };
  b.cut<Trap>("application", "recv");
  b.cut<Trap>("recv", "application");
  b.hop("application", "recv", Call{}, Verdict::read);
  b.hop("recv", "application", Call{});
  CHECK_FALSE(refused("a call that comes back to itself"));
  b.path.stage(samples::plain({.name = "loop", .domain = Domain::user}));
  b.hop("nic rx dma", "loop", Queue{.name = "ring of the loop", .capacity = 8, .spin = ringside::forever});
  b.hop("loop", "recv", Call{});
  CHECK(refused("belongs to the thread of a program with sockets, which sleeps in its system calls"));
  b.hop("loop", "application", Call{.each_batch = true});
  CHECK_FALSE(refused("belongs to the thread of a program with sockets, which sleeps in its system calls"));
}

TEST_CASE("at the end of a batch come news and system calls, and no packets") {
  Broken b;
  b.hops<Call>("transport output", "ip output").front()->at_batch_end = true;
  expect(b, {"at: batch end belongs to a notification or a system call: a packet does not wait for the end"});
}

TEST_CASE("a block fits its queue, and has a time to be retired") {
  Broken b;
  b.each_named<Queue>("rx ring", [](Queue& q) { q.block = q.capacity; });
  expect(
      b,
      {"queue 'rx ring' has blocks of 256: expected no more than half its capacity, 256",
       "queue 'rx ring': expected block and retire after together",
       "queue 'rx ring' gathers blocks: expected a thread that its queues drive, and one that a core fills"});
  b = {};
  b.each_named<Queue>("rx ring", [](Queue& q) { q.consumers = Consumers::each_core; });
  expect(
      b,
      {"queue 'rx ring' has a consumer on each core, and 'napi poll' (softirq) is no thread that its queues "
       "drive"});
}

TEST_CASE("a system call at the end of a batch only tells, and comes back") {
  Broken b;
  b.path.stage(samples::plain({.name = "tell", .domain = Domain::kernel}));
  b.hop("application", "tell", Trap{});
  b.path.hops.back().at_batch_end = true;
  const auto all = all_of(check(b.path));
  CHECK(
      all.find(
          "'tell' is called at the end of a batch: expected a stage that only notifies, and one trap back") !=
      std::string::npos);
  CHECK(all.find("belongs to the thread of a program with sockets, which has no batches") !=
        std::string::npos);
}

TEST_CASE("what the protocols send is another packet: only when: transmit follows it") {
  Broken b;
  b.hops<Call>("protocol timer", "transport output").front()->when = Verdict::always;
  expect(b, {"'protocol timer' can decide transmit, but no hop follows that verdict"});
}

TEST_CASE("no packet comes to where a program writes") {
  Broken b;
  b.hop("icmp input", "send", Call{});
  CHECK(all_of(check(b.path)).find("'send' has work: write, and no packet comes there") != std::string::npos);
}

TEST_CASE("slots that are given back are counted in packets") {
  Broken b;
  b.each_named<Queue>("tx ring", [](Queue& q) { q.unit = Unit::bytes; });
  expect(b, {"returns the slots of 'tx ring', which is counted in bytes"});
}
