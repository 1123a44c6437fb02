// Whole paths, built in C++: what the tests of checks, layouts and drawings start from.
#pragma once

#include <algorithm>

#include "ringside/path/path.hpp"

namespace ringside::path::samples {

using namespace std::chrono_literals;

// The same value that the loader makes of scenarios/paths/napi-socket.yaml, line numbers aside.
inline Path napi_socket() {
  Path p{.name = "napi-socket",
         .title = {.en = "Linux with NAPI: poll while there is work, sockets above",
                   .zh_CN = "带 NAPI 的 Linux：有活就轮询，上面是套接字"},
         .since = 2002,
         .kernel = "2.5 and 2.4.20",
         .story = {.en = "The first packet raises an interrupt; the handler masks it and asks for a poll. "
                         "The softirq then takes packets from the ring until it is empty or the budget is "
                         "spent. Under load the interrupt stays masked: packets that the machine cannot "
                         "process are dropped by the card, for free, and a softirq that takes too long is "
                         "left to ksoftirqd, a thread that shares the core fairly with the programs.",
                   .zh_CN = "第一个分组触发中断；处理程序屏蔽中断并请求轮询。随后软中断从接收环中取分组，直到"
                            "取空或用完配额。 高负载时中断一直被屏蔽：机器处理不了的分组由网卡直接丢弃，不花 "
                            "CPU；软中断若运行太久， 就交给 ksoftirqd，它是一个与程序公平分享 CPU 的线程。"},
         .sources = {"Salim, Olsson, Kuznetsov: Beyond Softnet, ALS 2001",
                     "Linux Documentation/networking/napi.rst"}};
  p.parameters = {
      {.key = "rx_ring",
       .target = "rx ring",
       .member = Member::capacity,
       .what = {.en = "receive descriptors of the card", .zh_CN = "网卡的接收描述符数"}},
      {.key = "tx_ring",
       .target = "tx ring",
       .member = Member::capacity,
       .what = {.en = "transmit descriptors of the card", .zh_CN = "网卡的发送描述符数"}},
      {.key = "budget",
       .target = "rx ring",
       .member = Member::budget,
       .what = {.en = "packets a poll may take; 0 is no quota", .zh_CN = "一次轮询可取的分组数；0 表示不限"}},
      {.key = "qdisc",
       .target = "qdisc",
       .member = Member::capacity,
       .what = {.en = "packets that may wait for the transmit ring", .zh_CN = "等待发送环的分组数上限"}},
      {.key = "moderation",
       .target = "nic irq",
       .member = Member::moderation,
       .what = {.en = "least time between two interrupts", .zh_CN = "两次中断的最短间隔"}},
      {.key = "rcvbuf",
       .target = "socket buffer",
       .member = Member::capacity,
       .what = {.en = "bytes a socket may hold (SO_RCVBUF)", .zh_CN = "套接字最多保存的字节数（SO_RCVBUF）"}},
      {.key = "tcp_rcvbuf",
       .target = "tcp receive buffer",
       .member = Member::capacity,
       .what = {.en = "bytes a TCP socket may hold for its program",
                .zh_CN = "TCP 套接字为程序保存的字节数上限"}},
      {.key = "tcp_sndbuf",
       .target = "tcp send buffer",
       .member = Member::capacity,
       .what = {.en = "bytes a TCP socket takes before they are acknowledged",
                .zh_CN = "TCP 套接字在被确认之前接收的字节数上限"}},
  };
  const auto wire_in = p.stage({.name = "wire in",
                                .domain = Domain::hardware,
                                .work = Work::arrive,
                                .stands_for = "MAC and PHY of the card",
                                .why = {.en = "The last bit of the frame has reached the card.",
                                        .zh_CN = "帧的最后一个比特到达网卡。"}});
  const auto nic_rx_dma = p.stage(
      {.name = "nic rx dma",
       .domain = Domain::hardware,
       .ops = {"nic.rx"},
       .memory = Memory::dma,
       .stands_for = "DMA write into the buffer of the next receive descriptor",
       .why = {
           .en = "The card writes the frame into memory that the driver lent it; no core has touched it yet.",
           .zh_CN = "网卡把帧写入驱动借给它的内存；此时还没有 CPU 碰过它。"}});
  const auto rx_interrupt =
      p.stage({.name = "rx interrupt",
               .domain = Domain::hardirq,
               .ops = {"irq.handler"},
               .stands_for = "napi_schedule() in the driver's interrupt handler",
               .why = {.en = "The handler does almost nothing: it masks the interrupt and asks for a poll.",
                       .zh_CN = "中断处理程序几乎不做事：屏蔽中断，请求轮询。"}});
  const auto napi_poll = p.stage(
      {.name = "napi poll",
       .domain = Domain::softirq,
       .ops = {"napi.poll", "driver.rx", "skb.alloc"},
       .stands_for = "net_rx_action(), the driver's poll function, napi_build_skb()",
       .why = {
           .en = "One interrupt, many packets: the ring is polled until it is empty or the budget is spent.",
           .zh_CN = "一次中断，处理多个分组：轮询接收环，直到取空或用完配额。"}});
  const auto ip_input = p.stage({.name = "ip input",
                                 .domain = Domain::softirq,
                                 .ops = {"netif.receive", "ip.input"},
                                 .work = Work::demultiplex,
                                 .stands_for = "__netif_receive_skb_core(), ip_rcv(), ip_rcv_finish()",
                                 .why = {.en = "Is it for us, or to be forwarded? The route decides.",
                                         .zh_CN = "是给本机的，还是要转发？由路由决定。"}});
  const auto udp_input =
      p.stage({.name = "udp input",
               .domain = Domain::softirq,
               .ops = {"udp.input", "socket.enqueue"},
               .work = Work::protocol,
               .stands_for = "udp_rcv(), udp_queue_rcv_skb(), __udp_enqueue_schedule_skb()",
               .why = {.en = "The datagram finds its socket and waits there; if the buffer is full it is "
                             "dropped after all this work.",
                       .zh_CN = "数据报找到它的套接字并在那里等待；缓冲区满时，前面的工作就白做了。"}});
  const auto tcp_input = p.stage({.name = "tcp input",
                                  .domain = Domain::softirq,
                                  .ops = {"tcp.input", "socket.enqueue"},
                                  .work = Work::protocol,
                                  .stands_for = "tcp_v4_rcv(), tcp_rcv_established(), tcp_ack()",
                                  .why = {.en = "Sequence numbers, acknowledgements, the window: TCP runs "
                                                "here, whether or not the program is ready.",
                                          .zh_CN = "序号、确认、窗口：TCP 在这里运行，不管程序是否就绪。"}});
  const auto icmp_input =
      p.stage({.name = "icmp input",
               .domain = Domain::softirq,
               .ops = {"icmp.input"},
               .work = Work::protocol,
               .stands_for = "icmp_rcv(), icmp_echo(), arp_rcv()",
               .why = {.en = "An echo request is answered right here; no program is involved.",
                       .zh_CN = "回显请求就在这里应答，不涉及任何程序。"}});
  const auto ip_forward =
      p.stage({.name = "ip forward",
               .domain = Domain::softirq,
               .ops = {"ip.forward"},
               .work = Work::route,
               .stands_for = "ip_forward(), ip_forward_finish()",
               .why = {.en = "TTL minus one, the checksum mended, the next hop's address written.",
                       .zh_CN = "TTL 减一，修正校验和，写上下一跳的地址。"}});
  const auto recv =
      p.stage({.name = "recv",
               .domain = Domain::kernel,
               .ops = {"socket.recv", "copy.user"},
               .memory = Memory::copy,
               .into = Region::user,
               .work = Work::read,
               .stands_for = "udp_recvmsg(), tcp_recvmsg(), skb_copy_datagram_iter()",
               .why = {.en = "The one copy on this path: the payload moves into the program's own buffer.",
                       .zh_CN = "这条路径上唯一的一次拷贝：载荷移入程序自己的缓冲区。"}});
  const auto application =
      p.stage({.name = "application",
               .domain = Domain::user,
               .ops = {"app.work"},
               .work = Work::application,
               .stands_for = "the program",
               .why = {.en = "At last the program sees the bytes.", .zh_CN = "程序终于看到了这些字节。"}});
  const auto send = p.stage(
      {.name = "send",
       .domain = Domain::kernel,
       .ops = {"socket.send", "copy.user"},
       .memory = Memory::copy,
       .work = Work::write,
       .stands_for = "udp_sendmsg(), tcp_sendmsg(), skb_copy_to_page_nocache()",
       .why = {.en = "The payload is copied into kernel buffers, so that the program may go on at once.",
               .zh_CN = "载荷被拷入内核缓冲区，程序因此可以立刻继续。"}});
  const auto protocol_timer = p.stage(
      {.name = "protocol timer",
       .domain = Domain::softirq,
       .ops = {"timer.softirq"},
       .work = Work::timer,
       .stands_for = "run_timer_softirq(), tcp_write_timer(), tcp_delack_timer()",
       .why = {.en = "Nothing arrived for too long: retransmit, probe, or acknowledge what was held back.",
               .zh_CN = "太久没有动静：重传、探测，或者发出推迟的确认。"}});
  const auto transport_output =
      p.stage({.name = "transport output",
               .domain = Domain::caller,
               .ops = {"transport.output"},
               .stands_for = "udp_send_skb(), __tcp_transmit_skb()",
               .why = {.en = "The header is built and the checksum left to the card.",
                       .zh_CN = "构造首部，校验和留给网卡。"}});
  const auto ip_output = p.stage({.name = "ip output",
                                  .domain = Domain::caller,
                                  .ops = {"ip.output"},
                                  .stands_for = "ip_queue_xmit(), ip_finish_output(), neigh_output()",
                                  .why = {.en = "The route and the neighbour's address complete the frame.",
                                          .zh_CN = "路由和邻居地址使帧变得完整。"}});
  const auto driver_xmit =
      p.stage({.name = "driver xmit",
               .domain = Domain::caller,
               .ops = {"driver.tx"},
               .stands_for = "dev_hard_start_xmit(), the driver's ndo_start_xmit",
               .why = {.en = "A descriptor is filled in and the doorbell rung; the card does the rest.",
                       .zh_CN = "填好描述符，敲响门铃；其余由网卡完成。"}});
  const auto nic_tx_dma =
      p.stage({.name = "nic tx dma",
               .domain = Domain::hardware,
               .ops = {"nic.tx"},
               .memory = Memory::dma,
               .into = Region::device,
               .stands_for = "DMA read of descriptor and frame",
               .why = {.en = "The card fetches the frame from memory.", .zh_CN = "网卡从内存取走帧。"}});
  const auto wire_out = p.stage({.name = "wire out",
                                 .domain = Domain::hardware,
                                 .work = Work::depart,
                                 .stands_for = "MAC and PHY of the card",
                                 .why = {.en = "Bit by bit onto the link.", .zh_CN = "逐比特送上链路。"}});
  const auto tx_clean =
      p.stage({.name = "tx clean",
               .domain = Domain::softirq,
               .ops = {"driver.tx_clean"},
               .work = Work::reclaim,
               .stands_for = "the driver's transmit clean function, called from its poll function",
               .why = {.en = "Frames that have left give back their descriptors; without this the ring stays "
                             "full and nothing is sent.",
                       .zh_CN = "已发出的帧归还描述符；不做这一步，发送环一直是满的，什么也发不出去。"}});

  const auto rx_ring_queue = Queue{.name = "rx ring", .capacity = 256, .budget = 64};
  const auto socket_buffer_queue =
      Queue{.name = "socket buffer", .capacity = 212992, .unit = Unit::bytes, .overhead = 768};
  const auto tcp_receive_buffer_queue =
      Queue{.name = "tcp receive buffer", .capacity = 6291456, .unit = Unit::bytes};
  const auto tcp_send_buffer_queue = Queue{.name = "tcp send buffer",
                                           .capacity = 4194304,
                                           .unit = Unit::bytes,
                                           .full = Full::hold,
                                           .drain = Drain::caller};
  const auto qdisc_queue = Queue{.name = "qdisc", .capacity = 1000, .drain = Drain::caller};
  const auto tx_ring_queue = Queue{.name = "tx ring", .capacity = 256, .full = Full::hold};
  const auto tx_completions_queue =
      Queue{.name = "tx completions", .capacity = 256, .full = Full::hold, .returns = "tx ring"};
  const auto nic_irq = Notify{.name = "nic irq", .raise = Raise::interrupt, .mask = Mask::until_polled_empty};
  const auto napi_schedule = Notify{.name = "napi schedule", .raise = Raise::softirq, .demote_after = 2ms};
  const auto data_ready = Notify{.name = "data ready", .raise = Raise::wakeup, .ops = {"sched.wakeup"}};
  const auto write_space = Notify{.name = "write space", .raise = Raise::wakeup, .ops = {"sched.wakeup"}};
  const auto doorbell = Notify{.name = "doorbell", .raise = Raise::doorbell, .ops = {"doorbell"}};
  const auto queue_wake = Notify{.name = "queue wake", .raise = Raise::restart};
  const auto syscall_enter = Trap{.ops = {"syscall.enter"}};
  const auto syscall_exit = Trap{.ops = {"syscall.exit"}};

  p.hop(wire_in, nic_rx_dma, Call{});
  p.hop(nic_rx_dma, napi_poll, rx_ring_queue);
  p.hop(nic_rx_dma, rx_interrupt, nic_irq);
  p.hop(rx_interrupt, napi_poll, napi_schedule);
  p.hop(napi_poll, tx_clean, Call{.each_batch = true});
  p.hop(napi_poll, ip_input, Call{});
  p.hop(ip_input, udp_input, Call{}, Verdict::udp);
  p.hop(ip_input, tcp_input, Call{}, Verdict::tcp);
  p.hop(ip_input, icmp_input, Call{}, Verdict::icmp);
  p.hop(ip_input, ip_forward, Call{}, Verdict::forward);
  p.hop(udp_input, recv, socket_buffer_queue);
  p.hop(udp_input, recv, data_ready);
  p.hop(tcp_input, recv, tcp_receive_buffer_queue);
  p.hop(tcp_input, recv, data_ready);
  p.hop(tcp_input, send, write_space);
  p.hop(tcp_input, transport_output, Call{}, Verdict::transmit);
  p.hop(icmp_input, ip_output, Call{}, Verdict::transmit);
  p.hop(icmp_input, recv, socket_buffer_queue);
  p.hop(icmp_input, recv, data_ready);
  p.hop(ip_forward, ip_output, Call{});
  p.hop(recv, application, syscall_exit);
  p.hop(recv, transport_output, Call{}, Verdict::transmit);
  p.hop(application, recv, syscall_enter, Verdict::read);
  p.hop(application, send, syscall_enter, Verdict::write);
  p.hop(send, application, syscall_exit);
  p.hop(send, transport_output, tcp_send_buffer_queue, Verdict::transmit);
  p.hop(protocol_timer, transport_output, Call{}, Verdict::transmit);
  p.hop(protocol_timer, recv, data_ready);
  p.hop(protocol_timer, send, write_space);
  p.hop(transport_output, ip_output, Call{});
  p.hop(ip_output, driver_xmit, qdisc_queue);
  p.hop(driver_xmit, nic_tx_dma, tx_ring_queue);
  p.hop(driver_xmit, nic_tx_dma, doorbell);
  p.hop(nic_tx_dma, wire_out, Call{});
  p.hop(wire_out, tx_clean, tx_completions_queue);
  p.hop(wire_out, rx_interrupt, nic_irq);
  p.hop(tx_clean, driver_xmit, queue_wake);
  return p;
}

// Marks what a sample does not care about as said.
inline Stage plain(Stage stage) {
  stage.stands_for = "a sample";
  stage.why = {.en = "So that the sample is whole.", .zh_CN = "使样例完整。"};
  return stage;
}

inline Path plain(std::string name) {
  return {.name = std::move(name),
          .title = {.en = "A sample", .zh_CN = "样例"},
          .since = 2018,
          .story = {.en = "A sample.", .zh_CN = "样例。"}};
}

// Rings shared with the program, no copy, no protocol in the kernel: the shape of AF_XDP with zero copy.
inline Path shared_rings() {
  Path p = plain("shared-rings");
  p.zero_copy = true;
  const auto in = p.stage(plain({.name = "wire in", .domain = Domain::hardware, .work = Work::arrive}));
  const auto dma = p.stage(plain(
      {.name = "nic rx dma", .domain = Domain::hardware, .memory = Memory::dma, .into = Region::shared}));
  const auto irq = p.stage(plain({.name = "rx interrupt", .domain = Domain::hardirq}));
  const auto poll = p.stage(plain({.name = "napi poll", .domain = Domain::softirq}));
  const auto xdp = p.stage(plain({.name = "xdp program", .domain = Domain::softirq, .work = Work::judge}));
  const auto app = p.stage(plain({.name = "application", .domain = Domain::user, .work = Work::application}));
  const auto kick = p.stage(plain({.name = "sendto", .domain = Domain::kernel}));
  const auto xmit = p.stage(plain({.name = "xsk xmit", .domain = Domain::caller}));
  const auto tx = p.stage(plain(
      {.name = "nic tx dma", .domain = Domain::hardware, .memory = Memory::dma, .into = Region::device}));
  const auto out = p.stage(plain({.name = "wire out", .domain = Domain::hardware, .work = Work::depart}));
  const auto clean = p.stage(plain({.name = "tx clean", .domain = Domain::softirq, .work = Work::reclaim}));

  const auto line = Notify{.name = "nic irq", .raise = Raise::interrupt, .mask = Mask::until_polled_empty};
  p.hop(in, dma, Call{});
  p.hop(dma, poll, Queue{.name = "rx ring", .capacity = 2048, .budget = 64});
  p.hop(dma, irq, line);
  p.hop(irq, poll, Notify{.name = "napi schedule", .raise = Raise::softirq, .demote_after = 2ms});
  p.hop(poll, clean, Call{.each_batch = true});
  p.hop(poll, xdp, Call{});
  p.hop(xdp, app, Queue{.name = "xsk rx ring", .capacity = 2048}, Verdict::pass);
  p.hop(xdp, app, Notify{.name = "poll ready", .raise = Raise::wakeup}, Verdict::pass);
  p.hop(app, kick, Trap{}, Verdict::write);
  p.hop(kick, app, Trap{});
  p.hop(kick, xmit, Queue{.name = "xsk tx ring", .capacity = 2048, .drain = Drain::caller});
  p.hop(xmit, tx, Queue{.name = "tx ring", .capacity = 2048, .full = Full::hold});
  p.hop(xmit, tx, Notify{.name = "doorbell", .raise = Raise::doorbell});
  p.hop(tx, out, Call{});
  p.hop(out, clean, Queue{.name = "completions", .capacity = 2048, .full = Full::hold, .returns = "tx ring"});
  p.hop(out, irq, line);
  return p;
}

// A socket whose program takes what one call has put aside for it: the shape of recvmmsg() and of io_uring.
inline Path put_aside() {
  Path p = napi_socket();
  const auto named = [&p](std::string_view name) {
    return static_cast<StageId>(std::ranges::find(p.stages, name, &Stage::name) - p.stages.begin());
  };
  const auto recv = named("recv"), app = named("application"), udp = named("udp input");
  std::erase_if(p.hops, [=](const Hop& hop) {
    return hop.from == app || hop.to == app || (hop.to == recv && hop.from != udp) || hop.from == recv;
  });
  std::erase_if(p.hops,
                [send = named("send")](const Hop& hop) { return hop.from == send || hop.to == send; });
  p.stages[named("send")] = plain({.name = "call", .domain = Domain::kernel});
  std::erase_if(p.parameters, [](const Parameter& parameter) { return parameter.key.starts_with("tcp_"); });
  const auto call = named("call");
  p.hop(app, call, Trap{}, Verdict::empty);
  p.hop(call, recv, Call{.each_batch = true});
  p.hop(call, app, Trap{});
  p.hop(recv, app, Queue{.name = "vector", .capacity = 32, .full = Full::hold});
  return p;
}

// Everything in the program, which polls the card itself: the shape of DPDK with TCP in user space.
inline Path poll_mode() {
  Path p = plain("poll-mode");
  p.zero_copy = true;
  const auto user = [&p](std::string name, Work work) {
    return p.stage(plain({.name = std::move(name), .domain = Domain::user, .work = work}));
  };
  const auto in = p.stage(plain({.name = "wire in", .domain = Domain::hardware, .work = Work::arrive}));
  const auto dma = p.stage(
      plain({.name = "nic rx dma", .domain = Domain::hardware, .memory = Memory::dma, .into = Region::user}));
  const auto burst = user("rx burst", Work::pass);
  const auto input = user("ip input", Work::demultiplex);
  const auto tcp = user("tcp input", Work::protocol);
  const auto forward = user("ip forward", Work::route);
  const auto read = user("read", Work::read);
  const auto app = user("application", Work::application);
  const auto write = user("write", Work::write);
  const auto output = user("ip output", Work::pass);
  const auto tx_burst = user("tx burst", Work::pass);
  const auto tx = p.stage(plain(
      {.name = "nic tx dma", .domain = Domain::hardware, .memory = Memory::dma, .into = Region::device}));
  const auto out = p.stage(plain({.name = "wire out", .domain = Domain::hardware, .work = Work::depart}));

  p.hop(in, dma, Call{});
  p.hop(dma, burst, Queue{.name = "rx ring", .capacity = 1024, .budget = 32});
  p.hop(app, burst, Call{.each_batch = true});
  p.hop(burst, input, Call{});
  p.hop(input, tcp, Call{}, Verdict::udp);
  p.hop(input, tcp, Call{}, Verdict::tcp);
  p.hop(input, tcp, Call{}, Verdict::icmp);
  p.hop(input, forward, Call{}, Verdict::forward);
  p.hop(forward, output, Call{});
  p.hop(tcp, read, Queue{.name = "mbufs", .capacity = 512});
  p.hop(tcp, read, Notify{.name = "readable", .raise = Raise::wakeup});
  p.hop(tcp, output, Call{}, Verdict::transmit);
  p.hop(read, app, Queue{.name = "read", .capacity = 1});
  p.hop(read, app, Notify{.name = "event", .raise = Raise::wakeup});
  p.hop(app, write, Call{}, Verdict::write);
  p.hop(write, output, Call{}, Verdict::transmit);
  p.hop(output, tx_burst, Call{});
  p.hop(tx_burst, tx, Queue{.name = "tx ring", .capacity = 1024});
  p.hop(tx_burst, tx, Notify{.name = "doorbell", .raise = Raise::doorbell});
  p.hop(tx, out, Call{});
  return p;
}

}  // namespace ringside::path::samples
