// The words of a drawing in Chinese.
#include "ringside/path/spoken.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "describe/lexicon.hpp"

namespace ringside::path {

namespace {

constexpr std::array lexicon{
    Named{"copy", "拷贝"},
    Named{"dma", "DMA"},
    Named{"map", "映射"},
    Named{"reference", "引用"},
    Named{"device", "设备"},
    Named{"kernel", "内核"},
    Named{"page cache", "页缓存"},
    Named{"shared", "共享"},
    Named{"user", "用户"},
    Named{"memory", "内存"},
    Named{"card", "网卡"},
    Named{"program", "程序"},
    Named{"forward", "转发"},
    Named{"transmit", "发送"},
    Named{"read", "读"},
    Named{"write", "写"},
    Named{"pass", "放行"},
    Named{"drop", "丢弃"},
    Named{"tx", "原路发回"},
    Named{"redirect", "重定向"},
    Named{"socket", "套接字"},
    Named{"core", "另一个核"},
    Named{"empty", "无分组时"},
    Named{"miss", "未命中"},
    Named{"reap", "回收"},
    Named{"clone", "克隆"},
    Named{"batch end", "一批结束时"},
    Named{"each batch", "每批一次"},
    Named{"budget", "配额"},
    Named{"spins", "自旋"},
    Named{"bypassed", "绕过"},
    Named{"call", "调用"},
    Named{"system call", "系统调用"},
    Named{"stage", "阶段"},
    Named{"queue", "队列"},
    Named{"notification", "通知"},
    Named{"copied by a core", "由 CPU 拷贝"},
    Named{"not used", "本次未用"},
    Named{"switched off", "已关闭"},
    Named{"drops when full", "满则丢弃"},
    Named{"since", "始于"},
};

}  // namespace

std::span<const Named> drawing_words() { return lexicon; }

std::string_view spoken(std::string_view english, Language language) {
  if (language != Language::zh_CN) return english;
  for (const auto& table : {drawing_words(), page_words()})
    if (const auto known = std::ranges::find(table, english, &Named::en); known != table.end())
      return known->zh_CN;
  return english;
}

std::string memory_label(const Stage& stage, Language language) {
  const auto effect = spoken(to_string(stage.memory), language);
  if (stage.memory == Memory::none) return {};
  if (stage.memory == Memory::reference) return std::string{effect};
  return fmt::format("{} → {}", effect, spoken(to_string(stage.into), language));
}

}  // namespace ringside::path
