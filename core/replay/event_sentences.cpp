// What happens, in sentences, and the words that stand in them. Names of stages, queues and notifications,
// and identifiers of the kernel, are the same in all languages.
#include <array>

#include "tables.hpp"

namespace ringside::replay {

namespace {

constexpr std::array sentences{
    Entry{"stage", "Packet {packet} reaches {stage}.", "分组 {packet} 到达 {stage}。"},
    Entry{"stage.does", "Packet {packet} reaches {stage}: {does}.", "分组 {packet} 到达 {stage}：{does}。"},
    Entry{"stage.alone", "{stage} runs.", "{stage} 运行。"},
    Entry{"stage.alone.does", "{stage} runs: {does}.", "{stage} 运行：{does}。"},
    Entry{"stage.off", "it is switched off, and the way goes on", "它已关闭，分组直接继续前进"},
    Entry{"stage.both", "{first}; {second}", "{first}；{second}"},
    Entry{"with reason", "{sentence} {why}", "{sentence}{why}"},
    Entry{"queue", "Packet {packet} waits in the {queue}; it is the {place}.",
          "分组 {packet} 在 {queue} 中等待，排在第 {place} 位。"},
    Entry{"queue.several",
          "Packet {packet} waits in the {queue}, one of {number}; {others} others are in them or being taken "
          "out.",
          "分组 {packet} 在 {queue} 中等待（同名队列有 {number} 个）；其中另有 {others} "
          "个分组在等待或正在被取走。"},
    Entry{"queue.behind",
          "Packet {packet} waits in the {queue}; some of the {others} before it are being taken out.",
          "分组 {packet} 在 {queue} 中等待；前面的 {others} 个中，有的正在被取走。"},
    Entry{"link", "Packet {packet} leaves {host} by port {port}.",
          "分组 {packet} 从 {host} 的端口 {port} 离开。"},
    Entry{"end", "Packet {packet} has arrived: its way ends here.", "分组 {packet} 已送达，行程到此结束。"},
    Entry{"drop", "Packet {packet} is dropped: the {queue} was full.",
          "分组 {packet} 被丢弃：{queue} 已满。"},
    Entry{"drop.sized", "Packet {packet} is dropped: the {queue} was full ({capacity}).",
          "分组 {packet} 被丢弃：{queue} 已满（{capacity}）。"},
    Entry{"drop.why", "Packet {packet} is dropped: {reason}.", "分组 {packet} 被丢弃：{reason}。"},
    Entry{"gone", "Packet {packet} is used up.", "分组 {packet} 处理完毕，不复存在。"},
    Entry{"gone.at", "Packet {packet} is used up at {stage}.",
          "分组 {packet} 在 {stage} 处理完毕，不复存在。"},
    Entry{"gone.gathered", "Packet {packet} joins the one of its flow that is held at {stage}.",
          "分组 {packet} 并入 {stage} 中同一流的分组。"},
    Entry{"held", "Packet {packet} is held back at {stage}, for others of its flow to join it.",
          "分组 {packet} 被留在 {stage}，等待同一流的其他分组并入。"},
    Entry{"interrupted",
          "Work on packet {packet} at {stage} stands still for {time}: an interrupt handler or a softirq has "
          "the core.",
          "分组 {packet} 在 {stage} 的处理停顿 {time}：CPU 被中断处理程序或软中断占用。"},
    Entry{"gone.wire", "Packet {packet} comes to the end of the wire at {host}.",
          "分组 {packet} 到达 {host} 一端的线路终点。"},
    Entry{"birth", "Packet {packet} is made while packet {cause} is processed.",
          "处理分组 {cause} 时产生了分组 {packet}。"},
    Entry{"busy", "cpu {core} has worked for {time} in {level}.", "cpu {core} 在{level}中工作了 {time}。"},
    Entry{"busy.user", "cpu {core} has worked for {time} in {level}, {user} of it in user space.",
          "cpu {core} 在{level}中工作了 {time}，其中 {user} 在用户态。"},
    Entry{"syscall", "cpu {core} enters the kernel by a system call.", "cpu {core} 通过系统调用进入内核。"},
    Entry{"interrupt", "cpu {core} is interrupted.", "cpu {core} 被中断。"},
    Entry{"context_switch", "cpu {core} switches from one thread to another: a context switch.",
          "cpu {core} 从一个线程切换到另一个线程：一次上下文切换。"},
    Entry{"wakeup", "A thread of cpu {core} that slept is woken.", "cpu {core} 上一个睡眠的线程被唤醒。"},
    Entry{"mask", "The interrupt {notification} is masked.", "中断 {notification} 被屏蔽。"},
    Entry{"unmask", "The interrupt {notification} is unmasked.", "中断 {notification} 解除屏蔽。"},
    Entry{"window.opens", "Connection {connection} of {host} begins with a congestion window of {cwnd}.",
          "{host} 的连接 {connection} 以 {cwnd} 的拥塞窗口开始。"},
    Entry{"window.grows",
          "Connection {connection} of {host}: the congestion window grows to {cwnd} ({why}){threshold}.",
          "{host} 的连接 {connection}：拥塞窗口增大到 {cwnd}（{why}）{threshold}。"},
    Entry{"window.shrinks",
          "Connection {connection} of {host}: the congestion window shrinks to {cwnd} ({why}){threshold}.",
          "{host} 的连接 {connection}：拥塞窗口减小到 {cwnd}（{why}）{threshold}。"},
    Entry{"window.stays",
          "Connection {connection} of {host}: the congestion window stays at {cwnd} ({why}){threshold}.",
          "{host} 的连接 {connection}：拥塞窗口保持 {cwnd}（{why}）{threshold}。"},
    Entry{"window.threshold", "; from now on slow start ends at {ssthresh}",
          "；此后慢启动到 {ssthresh} 为止"},
    Entry{"window.ends", "Connection {connection} of {host} has ended.",
          "{host} 的连接 {connection} 已结束。"},
};

constexpr std::array words{
    Entry{"level.0", "a thread", "线程"},
    Entry{"level.1", "a softirq", "软中断"},
    Entry{"level.2", "an interrupt handler", "硬中断处理程序"},
    Entry{"because.1", "slow start", "慢启动"},
    Entry{"because.2", "congestion avoidance", "拥塞避免"},
    Entry{"because.3", "fast retransmit: a segment was lost", "快速重传：有段丢失"},
    Entry{"because.4", "time-out: nothing was acknowledged", "超时：没有收到确认"},
    Entry{"because.5", "nothing was sent for a long time", "很久没有发送"},
    Entry{"work.arrive", "the frame comes in from the wire", "帧从线路到来"},
    Entry{"work.depart", "the frame goes out on the wire", "帧发往线路"},
    Entry{"work.demultiplex", "its headers say whom it is for", "由首部判断它属于谁"},
    Entry{"work.protocol", "TCP/IP takes it", "交给 TCP/IP 处理"},
    Entry{"work.route", "it is forwarded (TTL, checksum, next hop)", "转发（TTL、校验和、下一跳）"},
    Entry{"work.timer", "the protocols' timers are looked at", "检查协议的定时器"},
    Entry{"work.read", "the program takes what its socket has", "程序取走套接字中的数据"},
    Entry{"work.write", "the program gives bytes to its socket", "程序把字节交给套接字"},
    Entry{"work.application", "it is the turn of the program", "轮到程序运行"},
    Entry{"work.prepare", "the program writes a request into a ring", "程序把一个请求写入环"},
    Entry{"work.fetch", "the next bytes of the file are taken", "取文件的下一段字节"},
    Entry{"work.load", "the disk reads into the page cache", "磁盘读入页缓存"},
    Entry{"work.reap", "the program takes back memory that it lent", "程序收回借出的内存"},
    Entry{"work.judge", "a program decides what becomes of it", "由一个程序决定它的去向"},
    Entry{"work.consume", "the program works on the whole frame", "程序处理整个帧"},
    Entry{"work.coalesce", "segments of one flow become one packet", "同一流的段合并为一个分组"},
    Entry{"work.segment", "a large packet is cut into frames", "把大分组分段成帧"},
    Entry{"work.reclaim", "descriptor and buffer of a frame that was sent are given back",
          "归还已发送帧的描述符和缓冲区"},
    Entry{"memory.dma", "the bytes go by DMA into {region} memory", "字节经 DMA 进入{region}内存"},
    Entry{"memory.copy", "the bytes are copied into {region} memory", "字节被拷贝到{region}内存"},
    Entry{"memory.map", "the pages are mapped as {region} memory", "页被映射为{region}内存"},
    Entry{"memory.reference", "the bytes stay where they are", "字节留在原处"},
    Entry{"region.device", "device", "设备"},
    Entry{"region.kernel", "kernel", "内核"},
    Entry{"region.page cache", "page-cache", "页缓存"},
    Entry{"region.shared", "shared", "共享"},
    Entry{"region.user", "user", "用户"},
};

}  // namespace

std::span<const Entry> event_sentences() { return sentences; }
std::span<const Entry> words_of_events() { return words; }

}  // namespace ringside::replay
