// Where something is wrong with the texts of a scenario, and of what kind it is. The many things that can be
// wrong are said in English.
#include <array>

#include "tables.hpp"

namespace ringside::replay {

namespace {

constexpr std::array words{
    Entry{"finding.at", "{file}, line {line}, column {column}: {kind}: {message}",
          "{file} 第 {line} 行第 {column} 列，{kind}：{message}"},
    Entry{"finding.in file", "{file}: {kind}: {message}", "{file}，{kind}：{message}"},
    Entry{"finding.rule", "against the rules", "内容不合规则"},
    Entry{"finding.syntax", "no YAML", "不是合法的 YAML"},
    Entry{"finding.value", "wrong value", "值不合要求"},
    Entry{"finding.missing key", "missing key", "缺少键"},
    Entry{"finding.unknown key", "unknown key", "未知的键"},
    Entry{"finding.unreadable", "unreadable", "无法读取"},
};

}  // namespace

std::span<const Entry> finding_words() { return words; }

}  // namespace ringside::replay
