// What is wrong with a condition that somebody has typed: what was expected there, and what there is.
#include <array>

#include "tables.hpp"

namespace ringside::replay {

namespace {

constexpr std::array errors{
    Entry{"expect", "expected {what}, found '{found}'", "这里应为 {what}，而写的是“{found}”"},
    Entry{"expect.condition",
          "drop, delivered, packet 17, stage(NAME), queue(NAME) > 90%, cwnd(1) < 10kB or time 12.4us",
          "drop、delivered、packet 17、stage(名称)、queue(名称) > 90%、cwnd(1) < 10kB 或 time 12.4us"},
    Entry{"expect.packet", "the number of a packet", "分组的编号"},
    Entry{"expect.host", "a host ({known})", "主机（{known}）"},
    Entry{"expect.stage", "a stage of {host} ({known})", "{host} 的阶段（{known}）"},
    Entry{"expect.queue", "a queue of {host} ({known})", "{host} 的队列（{known}）"},
    Entry{"expect.stage in parentheses", "a stage in parentheses", "括号里的阶段"},
    Entry{"expect.queue in parentheses", "a queue in parentheses", "括号里的队列"},
    Entry{"expect.connection in parentheses", "a connection in parentheses", "括号里的连接"},
    Entry{"expect.closing", "')'", "“)”"},
    Entry{"expect.more than", "'> 90%' or '> 230'", "“> 90%”或“> 230”"},
    Entry{"expect.at most", "at most {most}", "不超过 {most} 的数"},
    Entry{"expect.connection", "the number of a connection, from 1", "连接的编号（从 1 起）"},
    Entry{"expect.less or more", "'< 10kB' or '> 10kB'", "“< 10kB”或“> 10kB”"},
    Entry{"expect.size", "a size such as 10kB", "像 10kB 这样的大小"},
    Entry{"expect.time", "a time such as 12.4us", "像 12.4us 这样的时间"},
    Entry{"expect.end", "nothing more", "结尾"},
    Entry{
        "expect.packets",
        "expected a number of packets, found a percentage: the capacity of '{queue}' is no number of packets",
        "这里应为分组数，而不是百分比：“{queue}”的容量不以分组计"},
};

}  // namespace

std::span<const Entry> condition_errors() { return errors; }

}  // namespace ringside::replay
