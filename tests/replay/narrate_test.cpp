// What is said of the events of real runs.
#include "ringside/replay/narrate.hpp"

#include <algorithm>
#include <set>

#include "catch.hpp"
#include "recorded.hpp"
#include "ringside/net/tcp_info.hpp"

using namespace ringside;

namespace {

using path::Language;

std::vector<std::string> told(trace::Recording& recording, std::size_t most, Language language) {
  const replay::Cast cast = replay::cast_of(recording.meta());
  trace::State state;
  std::vector<std::string> lines;
  for (const trace::Event& event : recording.slice(0, most)) {
    lines.push_back(replay::narrate(cast, event, state, language));
    state.apply(event);
  }
  return lines;
}

bool has(const std::vector<std::string>& lines, std::string_view text) {
  return std::ranges::find(lines, text) != lines.end();
}

}  // namespace

TEST_CASE("a ping in sentences") {
  const Recorded run{"ping", {}};
  const std::vector<std::string> beginning{
      "cpu 0 switches from one thread to another: a context switch.",
      "application runs: it is the turn of the program.",
      "cpu 0 has worked for 938.888\u2009ns in a thread, 83.333\u2009ns of it in user space.",
      "cpu 0 enters the kernel by a system call.",
      "Packet 1 reaches send: the program gives bytes to its socket; the bytes are copied into kernel "
      "memory.",
      "Packet 1 reaches transport output.",
      "Packet 1 reaches ip output.",
      "Packet 1 reaches driver xmit.",
      "Packet 1 waits in the tx ring; it is the 1st.",
      "application runs: it is the turn of the program.",
      "cpu 0 has worked for 776.312\u2009ns in a thread, 83.333\u2009ns of it in user space.",
      "cpu 0 enters the kernel by a system call.",
      "Packet 1 reaches nic tx dma: the bytes go by DMA into device memory.",
      "Packet 1 reaches wire out: the frame goes out on the wire.",
      "Packet 1 leaves client by port 0.",
      "cpu 0 is interrupted.",
      "The interrupt nic irq is masked.",
      "cpu 0 has worked for 500\u2009ns in an interrupt handler.",
      "rx interrupt runs.",
      "tx clean runs: descriptor and buffer of a frame that was sent are given back.",
      "cpu 0 has worked for 160\u2009ns in a softirq.",
      "The interrupt nic irq is unmasked.",
      "Packet 1 reaches wire in: the frame comes in from the wire.",
      "Packet 1 reaches nic rx dma: the bytes go by DMA into kernel memory.",
      "Packet 1 waits in the rx ring; it is the 1st.",
      "cpu 0 is interrupted.",
      "The interrupt nic irq is masked.",
      "cpu 0 has worked for 500\u2009ns in an interrupt handler.",
      "rx interrupt runs.",
      "Packet 2 is made while packet 1 is processed.",
  };
  CHECK(told(*run.recording, beginning.size(), Language::en) == beginning);
  const std::vector<std::string> in_chinese{
      "cpu 0 从一个线程切换到另一个线程：一次上下文切换。",
      "“应用程序”运行：轮到程序运行。",
      "cpu 0 在线程中工作了 938.888\u2009ns，其中 83.333\u2009ns 在用户态。",
      "cpu 0 通过系统调用进入内核。",
      "分组 1 到达“发送”：程序把字节交给套接字；字节被拷贝到内核内存。",
      "分组 1 到达“传输层输出”。",
      "分组 1 到达“IP 输出”。",
      "分组 1 到达“驱动发送”。",
      "分组 1 在发送环中等待，排在第 1 位。",
      "“应用程序”运行：轮到程序运行。",
      "cpu 0 在线程中工作了 776.312\u2009ns，其中 83.333\u2009ns 在用户态。",
      "cpu 0 通过系统调用进入内核。",
      "分组 1 到达“网卡发送 DMA”：字节经 DMA 进入设备内存。",
      "分组 1 到达“线路输出”：帧发往线路。",
      "分组 1 从 client 的端口 0 离开。",
      "cpu 0 被中断。",
      "中断线“网卡中断”被屏蔽。",
      "cpu 0 在硬中断处理程序中工作了 500\u2009ns。",
      "“接收中断”运行。",
      "“发送清理”运行：归还已发送帧的描述符和缓冲区。",
      "cpu 0 在软中断中工作了 160\u2009ns。",
      "中断线“网卡中断”解除屏蔽。",
      "分组 1 到达“线路输入”：帧从线路到来。",
      "分组 1 到达“网卡接收 DMA”：字节经 DMA 进入内核内存。",
      "分组 1 在接收环中等待，排在第 1 位。",
      "cpu 0 被中断。",
      "中断线“网卡中断”被屏蔽。",
      "cpu 0 在硬中断处理程序中工作了 500\u2009ns。",
      "“接收中断”运行。",
      "处理分组 1 时产生了分组 2。",
  };
  CHECK(told(*run.recording, in_chinese.size(), Language::zh_CN) == in_chinese);
}

TEST_CASE("every event of every kind has a sentence, and both languages are a line each") {
  for (const char* scenario : {"ping", "roads", "offloads"}) {
    const Recorded run{
        scenario,
        {.duration =
             scenario == std::string_view{"roads"} ? std::optional{Duration{1'000'000'000}} : std::nullopt}};
    const auto en = told(*run.recording, 20'000, Language::en);
    const auto zh_CN = told(*run.recording, 20'000, Language::zh_CN);
    const auto both = told(*run.recording, 20'000, Language::both);
    for (std::size_t i = 0; i < both.size(); ++i) {
      if (en[i].empty() || en[i].back() != '.' || !zh_CN[i].ends_with("。") ||
          both[i] != en[i] + '\n' + zh_CN[i])
        FAIL_CHECK(both[i]);
    }
  }
}

TEST_CASE("who waits has a place, and who is dropped a reason") {
  const Recorded run{"receive-livelock",
                     {.path = "napi-socket",
                      .set = {{"offered_pps", "12000"}, {"rx_ring", "8"}},
                      .warmup = Duration{0},
                      .duration = Duration{20'000'000'000}}};
  const auto lines = told(*run.recording, 10'000, Language::en);
  CHECK(has(lines, "Packet 1 waits in the rx ring; it is the 1st."));
  CHECK(std::ranges::any_of(
      lines, [](const auto& l) { return l.ends_with("waits in the rx ring; it is the 8th."); }));
  // The softirq has begun to work on some, whose slots are free.
  CHECK(std::ranges::any_of(lines, [](const auto& l) {
    return l.ends_with("waits in the rx ring, one of 2; others in them or being taken out: 8.");
  }));
  CHECK_FALSE(std::ranges::any_of(
      lines, [](const auto& l) { return l.ends_with("waits in the rx ring; it is the 9th."); }));
  CHECK(std::ranges::any_of(
      lines, [](const auto& l) { return l.ends_with("is dropped: the rx ring was full (8)."); }));
}

TEST_CASE("a packet is not said to be the ninth in a ring of eight") {
  replay::Cast cast;
  replay::HostCast& host = cast.hosts.emplace_back();
  host.path.stage({.name = "dma"});
  host.path.stage({.name = "poll"});
  host.path.hop(0, 1, path::Queue{.name = "rx ring", .capacity = 8});
  host.queues = {"rx ring"};
  trace::State state;
  trace::Event event{.packet = 1, .kind = trace::Kind::queue};
  for (; event.packet < 8; ++event.packet) state.apply(event);
  CHECK(replay::narrate(cast, event, state, Language::en) == "Packet 8 waits in the rx ring; it is the 8th.");
  state.apply(event);
  event.packet = 9;
  CHECK(replay::narrate(cast, event, state, Language::en) ==
        "Packet 9 waits in the rx ring; before it or being taken out: 8.");
  host.instances = {2};
  CHECK(replay::narrate(cast, event, state, Language::both) ==
        "Packet 9 waits in the rx ring, one of 2; others in them or being taken out: 8.\n"
        "分组 9 在接收环中等待（同名队列有 2 个）；其中另有 8 个分组在等待或正在被取走。");
}

TEST_CASE("what GRO holds back is not said to be used up") {
  const Recorded run{"offloads", {.set = {{"size", "1MiB"}}}};
  const auto lines = told(*run.recording, 20'000, Language::en);
  const auto some_line_ends = [&](std::string_view with) {
    return std::ranges::any_of(lines, [with](const auto& line) { return line.ends_with(with); });
  };
  CHECK(some_line_ends("is held back at gro, for others of its flow to join it."));
  CHECK(some_line_ends("joins the one of its flow that is held at gro."));
  CHECK(some_line_ends("is used up at tcp input."));
}

TEST_CASE("the reason of a stage is added on request") {
  const Recorded run{"ping", {}};
  const replay::Cast cast = replay::cast_of(run.recording->meta());
  const replay::HostCast& host = cast.hosts[0];
  const trace::Event event{.packet = 17, .host = 0, .index = 0, .kind = trace::Kind::stage};
  CHECK(replay::narrate(cast, event, {}, Language::en, replay::Why::added) ==
        replay::narrate(cast, event, {}, Language::en) + ' ' + host.path.stages[0].why.en);
  CHECK(replay::narrate(cast, event, {}, Language::zh_CN, replay::Why::added) ==
        replay::narrate(cast, event, {}, Language::zh_CN) + host.path.stages[0].why.zh_CN);
}

TEST_CASE("numbers without a name are said as numbers") {
  const replay::Cast nobody;
  for (std::uint8_t kind = 0; kind < trace::kinds; ++kind) {
    const trace::Event event{
        .packet = 2, .other = 1, .host = 9, .index = 8, .kind = static_cast<trace::Kind>(kind)};
    CHECK(replay::narrate(nobody, event, {}, Language::both).find('\n') != std::string::npos);
  }
  CHECK(replay::narrate(nobody, {.packet = 2, .host = 9, .index = 8, .kind = trace::Kind::queue}, {},
                        Language::en) == "Packet 2 waits in the queue 8; it is the 1st.");
}

TEST_CASE("what no queue is to blame for has its reason, and what leaves a wire its end") {
  const replay::Cast cast{.hosts = {{.name = "sink", .wire = true}},
                          .losses = {"queue full", "bad checksum"}};
  const trace::Event lost{.packet = 2, .index = 0xffff, .kind = trace::Kind::drop, .level = 1};
  CHECK(replay::narrate(cast, lost, {}, Language::both) ==
        "Packet 2 is dropped: bad checksum.\n分组 2 被丢弃：校验和错误。");
  CHECK(replay::place_name(cast, lost, path::Language::en) == "dropped: bad checksum");
  trace::State state;
  state.apply({.packet = 2, .kind = trace::Kind::link});
  CHECK(replay::narrate(cast, {.packet = 2, .kind = trace::Kind::gone}, state, Language::en) ==
        "Packet 2 comes to the end of the wire at sink.");
}

TEST_CASE("places are counted in words") {
  const replay::Cast nobody;
  trace::State state;
  state.hosts.resize(1);
  state.hosts[0].waiting = {0};
  const auto place = [&](std::uint32_t others) {
    state.hosts[0].waiting[0] = others;
    const std::string line =
        replay::narrate(nobody, {.packet = 2, .kind = trace::Kind::queue}, state, Language::en);
    return line.substr(line.rfind(' ') + 1);
  };
  for (const auto& [others, word] : {std::pair{0, "1st."},
                                     {1, "2nd."},
                                     {2, "3rd."},
                                     {3, "4th."},
                                     {10, "11th."},
                                     {11, "12th."},
                                     {12, "13th."},
                                     {20, "21st."},
                                     {110, "111th."},
                                     {121, "122nd."}})
    CHECK(place(static_cast<std::uint32_t>(others)) == word);
}

TEST_CASE("what becomes of a congestion window is told with its reason") {
  using net::WindowReason;
  replay::Cast cast;
  cast.hosts.emplace_back().name = "client";
  trace::State state;
  const auto told = [&](trace::Window window, WindowReason reason, Language language = Language::en) {
    const trace::Event event{.other = trace::as_other(window),
                             .index = 1,
                             .kind = trace::Kind::window,
                             .level = static_cast<std::uint8_t>(reason)};
    const std::string sentence = replay::narrate(cast, event, state, language);
    state.apply(event);
    return sentence;
  };
  constexpr std::uint32_t high = trace::Window::no_threshold;
  CHECK(told({14'480, high}, WindowReason::opened) ==
        "Connection 1 of client begins with a congestion window of 14\u2009480\u2009B.");
  CHECK(told({1'015'928, high}, WindowReason::slow_start) ==
        "Connection 1 of client: the congestion window grows to 1\u2009015\u2009928\u2009B (slow start).");
  CHECK(told({7240, 7240}, WindowReason::recovery) ==
        "Connection 1 of client: the congestion window shrinks to 7\u2009240\u2009B (fast retransmit: a "
        "segment "
        "was lost); from now on slow start ends at 7\u2009240\u2009B.");
  CHECK(told({8688, 7240}, WindowReason::avoidance, Language::zh_CN) ==
        "client 的连接 1：拥塞窗口增大到 8\u2009688\u2009B（拥塞避免）。");
  CHECK(told({1448, 4344}, WindowReason::timeout, Language::zh_CN) ==
        "client 的连接 1：拥塞窗口减小到 1\u2009448\u2009B（超时：没有收到确认）；此后慢启动到 "
        "4\u2009344\u2009B 为止。");
  CHECK(told({5792, 4344}, WindowReason::undone, Language::zh_CN) ==
        "client 的连接 1：拥塞窗口增大到 5\u2009792\u2009B（看似丢失的只是迟到了）。");
  CHECK(told({1448, 4344}, WindowReason::timeout) ==
        "Connection 1 of client: the congestion window shrinks to 1\u2009448\u2009B (time-out: nothing was "
        "acknowledged).");
  CHECK(told({1448, 2896}, WindowReason::timeout) ==
        "Connection 1 of client: the congestion window stays at 1\u2009448\u2009B (time-out: nothing was "
        "acknowledged); from now on slow start ends at 2\u2009896\u2009B.");
  CHECK(told({0, 0}, WindowReason::closed) == "Connection 1 of client has ended.");
}
