// What is said of packets side by side: the parts of their times, and what makes them unequal.
#include <array>

#include "tables.hpp"

namespace ringside::replay {

namespace {

constexpr std::array sentences{
    Entry{"part.wire", "wire", "线路"},
    Entry{"part.nic", "NIC and DMA", "网卡与 DMA"},
    Entry{"part.interrupt", "hard interrupt", "硬中断"},
    Entry{"part.softirq", "softirq", "软中断"},
    Entry{"part.protocol", "protocol", "协议栈"},
    Entry{"part.copy", "copy", "拷贝"},
    Entry{"part.boundary", "system calls", "系统调用"},
    Entry{"part.user", "user space", "用户态"},
    Entry{"part.interrupted", "interrupted", "被打断"},
    Entry{"part.waiting", "waits in {queue}", "在 {queue} 中等待"},
    Entry{"part.rest", "all other parts", "其余各部分"},
    Entry{"compare.packet", "Packet {packet}, from its first bit", "分组 {packet}，自首个比特起"},
    Entry{"compare.less", "{second} takes {time} less than {first}; what differs most: {part}, {change}.",
          "{second} 比 {first} 少用 {time}；差别最大的是：{part}，{change}。"},
    Entry{"compare.more", "{second} takes {time} more than {first}; what differs most: {part}, {change}.",
          "{second} 比 {first} 多用 {time}；差别最大的是：{part}，{change}。"},
    Entry{"compare.equal", "{first} and {second} take the same time; what differs most: {part}, {change}.",
          "{first} 与 {second} 用时相同；差别最大的是：{part}，{change}。"},
    Entry{"compare.one delivers",
          "Only {side} delivers this packet, so the times until its end are not of the same work.",
          "只有 {side} 送达该分组，因此到其终点的时间并非同样的工作所用。"},
    Entry{"compare.same", "{first} and {second} do not differ at all.", "{first} 与 {second} 毫无差别。"},
    Entry{"compare.dropped", "dropped", "被丢弃"},
    Entry{"compare.used up", "used up", "已耗尽"},
    Entry{"compare.under way", "under way", "仍在途中"},
    Entry{"compare.absent", "not in its recording", "录像中没有"},
    Entry{"compare.drops", "{side} does less: it drops the packet, {reason}.",
          "{side} 做得更少：它丢弃了该分组，{reason}。"},
    Entry{"compare.full", "{queue} is full", "{queue} 已满"},
    Entry{"compare.uses up",
          "On {side} its way ends in the kernel: the protocols use it up, or it joins another packet.",
          "在 {side} 上，它的行程在内核中结束：被协议处理完毕，或并入另一个分组。"},
    Entry{"compare.cut short", "On {side} the recording ends while it is under way.",
          "在 {side} 上，录像结束时它仍在途中。"},
    Entry{"compare.no protocol",
          "No protocol processing on {side}: the program has to do it, or does without.",
          "{side} 没有协议处理：程序须自己完成，或者不用。"},
    Entry{"compare.no copy", "No core copies its bytes on {side}.", "在 {side} 上没有 CPU 拷贝它的字节。"},
    Entry{"compare.shortened", "not to scale", "未按比例"},
    Entry{"compare.only path", "Only the path differs: scenario, seed and arrivals are the same.",
          "只有路径不同：场景、种子和到达序列都相同。"},
    Entry{"compare.only path, other arrivals",
          "Only the path differs: scenario and seed are the same. What arrives depends on the path.",
          "只有路径不同：场景和种子相同。到达序列取决于路径。"},
    Entry{"compare.nothing", "Nothing differs: the same path with the same parameters.",
          "没有差别：同一路径，同样的参数。"},
    Entry{"compare.differ", "What differs: {what}.", "不同之处：{what}。"},
    Entry{"compare.path", "path", "路径"},
    Entry{"compare.profile", "machine", "机器"},
    Entry{"compare.scenario", "scenario", "场景"},
    Entry{"compare.seed", "seed", "种子"},
    Entry{
        "compare.unlike times",
        "{first} and {second} cannot be compared packet by packet, only by time: what arrives differs from "
        "arrival {rank} on ({one} and {other}).",
        "{first} 与 {second} 不能逐个分组比较，只能按时间比较：从第 {rank} 个到达起，到达序列不同（{one} 与 "
        "{other}）。"},
    Entry{
        "compare.unlike none",
        "{first} and {second} cannot be compared packet by packet, only by time: no packets arrive at one of "
        "them.",
        "{first} 与 {second} 不能逐个分组比较，只能按时间比较：其中一方没有分组到达。"},
    Entry{"compare.unlike unread",
          "{first} and {second} cannot be compared packet by packet yet: one of them is still being run or "
          "read.",
          "{first} 与 {second} 尚不能逐个分组比较：其中一方仍在运行或读取。"},
};

}  // namespace

std::span<const Entry> comparison_sentences() { return sentences; }

}  // namespace ringside::replay
