// Headings and rows of the panels beside the stage.
#include <array>

#include "tables.hpp"

namespace ringside::replay {

namespace {

constexpr std::array words{
    Entry{"panel.so far", "Until this moment", "到此刻为止"},
    Entry{"panel.whole run", "The whole run", "整次运行"},
    Entry{"panel.whole run for", "The whole run, {time}", "整次运行，{time}"},
    Entry{"panel.run before", "Since the run before", "与上一次运行相比"},
    Entry{"panel.best", "Underlined: the best of them.", "带下划线者为最优。"},
    Entry{"panel.throughput", "throughput in frames", "按帧计的吞吐量"},
    Entry{"panel.dropped frames", "dropped frames", "丢弃的帧"},
    Entry{"panel.latency", "Latency of packets", "分组时延"},
    Entry{"panel.cycles", "CPU cycles for each packet", "每分组的 CPU 周期"},
    Entry{"panel.copying", "copying", "拷贝"},
    Entry{"panel.rest", "the rest: switches, empty polls", "其余：切换、空轮询"},
    Entry{"panel.budget", "Budget of a frame", "一帧的预算"},
    Entry{"panel.packet", "Packet {packet}", "分组 {packet}"},
    Entry{"panel.made", "made while packet {packet} was processed", "处理分组 {packet} 时产生"},
    Entry{"panel.octets", "Octets", "字节"},
    Entry{"panel.where", "where", "位置"},
    Entry{"panel.lasts", "for {unit}", "持续 {unit}"},
    Entry{"panel.sum", "{unit} in all", "合计（{unit}）"},
    Entry{"panel.crossing", "crosses the boundary", "穿过边界"},
    Entry{"panel.counted", "copies {copies}  ·  DMA {dmas}  ·  crossings {crossings}",
          "拷贝 {copies}  ·  DMA {dmas}  ·  跨界 {crossings}"},
    Entry{"panel.waiting", "waiting", "等待"},
    Entry{"panel.core", "core {core}", "核 {core}"},
    Entry{"panel.lost", "lost", "丢失"},
};

}  // namespace

std::span<const Entry> panel_words() { return words; }

}  // namespace ringside::replay
