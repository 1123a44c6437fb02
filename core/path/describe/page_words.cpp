// What a path explained on a terminal says besides names: the English with places, as fmt has them.
#include "describe/lexicon.hpp"

#include <array>

namespace ringside::path {

namespace {

constexpr std::array lexicon{
    Named{"Its kernel makes use of {} core.", "其内核使用 {} 个核。"},
    Named{"Its kernel makes use of {} cores.", "其内核使用 {} 个核。"},
    Named{"Claims zero copy: no core copies payload.", "声称零拷贝：没有 CPU 拷贝载荷。"},
    Named{"Stages in packet order, each with its domain and lane. -> packets go on, ~> somebody is told.",
          "按分组经过的顺序列出各阶段，右侧为其执行环境和泳道。-> 表示分组前行，~> 表示通知。"},
    Named{"hardware", "硬件"},
    Named{"hardirq", "硬中断"},
    Named{"softirq", "软中断"},
    Named{"caller", "随调用者"},
    Named{"memory: ", "内存："},
    Named{"reference: passes a pointer, the bytes stay where they are", "引用：只传递指针，字节留在原处"},
    Named{"{} into {} memory", "{} 到 {} 内存"},
    Named{"costs: ", "开销："},
    Named{"takes at most: ", "最多取："},
    Named{"{} bytes in one go", "一次 {} 字节"},
    Named{"switched off: ", "已关闭："},
    Named{"the way goes on without it", "分组不经过它，继续前行"},
    Named{"waits: ", "等待："},
    Named{"{} for the next frame of the flow", "为同一条流的下一帧等 {}"},
    Named{"takes: ", "取："},
    Named{"nothing but whole pages of {} bytes", "只取 {} 字节的整页"},
    Named{"in one call: ", "一次调用："},
    Named{"{} requests", "{} 个请求"},
    Named{"left out: ", "省略："},
    Named{"while the softirq that it raises runs anyway", "它所触发的软中断已在运行时"},
    Named{"comes back: ", "返回："},
    Named{"after '{}' has gone round: part of the frame has left the cache",
          "“{}”转过一圈之后：帧的一部分已不在缓存中"},
    Named{"writes: ", "写："},
    Named{"the line '{}', which all cores share", "缓存行“{}”，由所有核共享"},
    Named{"program: ", "程序："},
    Named{"{} ({}{}{})", "{}（{}{}{}）"},
    Named{"when {}, ", "若为 {}，"},
    Named{", at the end of the batch", "，在一批结束时"},
    Named{"another reference to the frame", "帧的另一个引用"},
    Named{"called once each batch", "每批调用一次"},
    Named{"trap across the system-call boundary", "陷入，跨越系统调用边界"},
    Named{"queue '{}': {}", "队列“{}”：{}"},
    Named{", {} charged to each besides its bytes", "，每个分组除自身字节外另计 {}"},
    Named{", {} in one go", "，一次最多 {} 个"},
    Named{", watched by spinning", "，自旋查看"},
    Named{", watched by spinning for {}", "，自旋查看 {}"},
    Named{"; drops when full", "；满则丢弃"},
    Named{"; holds back when full", "；满则让上游等待"},
    Named{"; a slot is free again when nobody needs its buffer", "；其缓冲区无人使用时，槽位才重新空出"},
    Named{"; emptied by who enqueues", "；由入队者取出"},
    Named{"; on the core that the flow is hashed to", "；在该流散列到的核上"},
    Named{"; while it is full the stack keeps what it has to send", "；满时，要发送的留在协议栈中"},
    Named{"; still holds its slot of '{}'", "；仍占着“{}”的槽位"},
    Named{"interrupt", "中断"},
    Named{"wakeup", "唤醒"},
    Named{"doorbell", "门铃"},
    Named{"restart", "重新启动"},
    Named{"{} '{}'", "{}“{}”"},
    Named{", masked until polled empty", "，屏蔽到轮询取空为止"},
    Named{", at most every {}", "，最多每 {} 一次"},
    Named{", after as many frames as it finds best", "，攒多少帧由驱动自行摸索"},
    Named{", {} after the first", "，首帧之后 {}"},
    Named{", after {} frames or {} after the first", "，满 {} 帧或首帧之后 {}"},
    Named{", on the line of '{}'", "，与“{}”共用中断线"},
    Named{", left to a fair-share thread after {}", "，{} 之后交给公平调度的线程"},
    Named{"Parameters (--set key=value)", "参数（--set 键=值）"},
    Named{"Needs on a real machine", "在真实机器上需要的权限"},
    Named{"{}: {}; without it {} ({})", "{}：{}；没有它则 {}（{}）"},
    Named{"Sources", "出处"},
    Named{"{} packet", "{} 个分组"},
    Named{"{} packets", "{} 个分组"},
};

}  // namespace

std::span<const Named> page_words() { return lexicon; }

}  // namespace ringside::path
