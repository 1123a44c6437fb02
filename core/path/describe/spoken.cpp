// The words of a drawing in Chinese.
#include "ringside/path/spoken.hpp"

#include <fmt/format.h>

#include <array>

namespace ringside::path {

namespace {

struct Entry {
  std::string_view en;
  std::string_view zh_CN;
};
constexpr std::array lexicon{
    Entry{"copy", "拷贝"},
    Entry{"dma", "DMA"},
    Entry{"map", "映射"},
    Entry{"reference", "引用"},
    Entry{"device", "设备"},
    Entry{"kernel", "内核"},
    Entry{"page cache", "页缓存"},
    Entry{"shared", "共享"},
    Entry{"user", "用户"},
    Entry{"memory", "内存"},
    Entry{"card", "网卡"},
    Entry{"program", "程序"},
    Entry{"forward", "转发"},
    Entry{"transmit", "发送"},
    Entry{"read", "读"},
    Entry{"write", "写"},
    Entry{"pass", "放行"},
    Entry{"drop", "丢弃"},
    Entry{"tx", "原路发回"},
    Entry{"redirect", "重定向"},
    Entry{"socket", "套接字"},
    Entry{"core", "另一个核"},
    Entry{"empty", "无分组时"},
    Entry{"miss", "未命中"},
    Entry{"reap", "回收"},
    Entry{"clone", "克隆"},
    Entry{"batch end", "一批结束时"},
    Entry{"each batch", "每批一次"},
    Entry{"budget", "配额"},
    Entry{"spins", "自旋"},
    Entry{"bypassed", "绕过"},
    Entry{"call", "调用"},
    Entry{"system call", "系统调用"},
    Entry{"stage", "阶段"},
    Entry{"queue", "队列"},
    Entry{"notification", "通知"},
    Entry{"copied by a core", "由 CPU 拷贝"},
    Entry{"not used", "本次未用"},
    Entry{"switched off", "已关闭"},
    Entry{"drops when full", "满则丢弃"},
    Entry{"since", "始于"},
};

}  // namespace

std::string_view spoken(std::string_view english, Language language) {
  if (language != Language::zh_CN) return english;
  for (const auto& [en, zh_CN] : lexicon)
    if (en == english) return zh_CN;
  return english;
}

std::string memory_label(const Stage& stage, Language language) {
  const auto effect = spoken(to_string(stage.memory), language);
  if (stage.memory == Memory::none) return {};
  if (stage.memory == Memory::reference) return std::string{effect};
  return fmt::format("{} → {}", effect, spoken(to_string(stage.into), language));
}

}  // namespace ringside::path
