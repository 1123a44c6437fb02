// What the commands `show` and `replay` say of scenarios, machines and recordings.
#include <array>

#include "tables.hpp"

namespace ringside::replay {

namespace {

constexpr std::array words{
    Entry{"show.source", "source: {source}", "出处：{source}"},
    Entry{"show.hosts", "hosts (under study: {host})", "主机（研究对象：{host}）"},
    Entry{"show.links", "links", "链路"},
    Entry{"show.workloads", "workloads", "负载"},
    Entry{"show.keys", "keys", "可设的键"},
    Entry{"show.varies", "varies {key}: {values}", "逐一变化 {key}：{values}"},
    Entry{"show.expectations", "expectations", "预期"},
    Entry{"show.on path", "on {path}", "在 {path} 上"},
    Entry{"show.against", "against {path}", "与 {path} 相比"},
    Entry{"show.no limit", "no limit", "不限速"},
    Entry{"show.wire end", "a bare end of a wire", "只是线路的一端"},
    Entry{"show.own machine", "profile {profile}, cores: {cores}", "机器 {profile}，核数：{cores}"},
    Entry{"show.machine of", "on the machine of {host}", "在 {host} 的机器上"},
    Entry{"show.host", "path {path}, {machine}", "路径 {path}，{machine}"},
    Entry{"show.queues", ", nic queues: {number}", "，网卡队列数：{number}"},
    Entry{"show.programs", ", programs on core {core}", "，程序在核 {core} 上"},
    Entry{"show.flows", ", flows on cores {first}-{last}", "，各流在核 {first}-{last} 上"},
    Entry{"show.mtu", ", mtu: {mtu}", "，MTU：{mtu}"},
    Entry{"show.forwards", ", forwards", "，负责转发"},
    Entry{"show.line rate", "as many datagrams as the link carries", "链路能承载多少数据报就送多少"},
    Entry{"show.datagrams", "{rate} datagrams a second", "每秒 {rate} 个数据报"},
    Entry{"show.load", "{rate}, {bytes} bytes each, {spacing}, flows: {flows}",
          "{rate}，每个 {bytes} 字节，{spacing}，流数：{flows}"},
    Entry{"show.poisson", "poisson", "泊松到达"},
    Entry{"show.even", "even", "间隔均匀"},
    Entry{"show.bytes", "{size} B of a file", "文件中的 {size} B"},
    Entry{"show.file", "the file {file}", "文件 {file}"},
    Entry{"show.transfer", "{what} in chunks of {chunk} B{from}", "{what}，每块 {chunk} B{from}"},
    Entry{"show.from disk", ", from the disk", "，来自磁盘"},
    Entry{"show.pings", "pings: {count}, {bytes} bytes each", "ping {count} 次，每次 {bytes} 字节"},
    Entry{"show.capture", "the frames of {capture}", "{capture} 中的帧"},
    Entry{"show.workload", "{from} -> {to}: {what}", "{from} -> {to}：{what}"},
    Entry{"show.machine", "{year}, {clock} MHz, cores: {cores}", "{year} 年，{clock} MHz，核数：{cores}"},
    Entry{"show.based on", "based on {profile}", "基于 {profile}"},
    Entry{"show.operation", "operation", "操作"},
    Entry{"show.cycles", "cycles/packet", "周期/分组"},
    Entry{"show.byte", "/byte", "/字节"},
    Entry{"show.instruction", "/instruction", "/指令"},
    Entry{"show.batch", "/batch", "/批"},
    Entry{"show.ns", "ns/packet", "纳秒/分组"},
    Entry{"show.latency", "latency", "时延"},
    Entry{"show.origin", "source", "出处"},
    Entry{"show.estimate", "estimate: {source}", "估计：{source}"},
    Entry{"show.recorded", "recorded by ringside {version}, seed {seed}",
          "由 ringside {version} 录制，种子 {seed}"},
    Entry{"show.events", "events", "事件数"},
    Entry{"show.first", "first", "首个"},
    Entry{"show.last", "last", "末个"},
    Entry{"show.journey", "journey of packet {packet}", "分组 {packet} 的行程"},
    Entry{"show.made", ", made while packet {packet} was processed", "，处理分组 {packet} 时产生"},
    Entry{"show.sum", "sum", "合计"},
};

}  // namespace

std::span<const Entry> show_words() { return words; }

}  // namespace ringside::replay
