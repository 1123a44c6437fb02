#include "view/theme.hpp"

namespace ringside::view {

namespace {

struct Entry {
  std::string_view name;
  std::array<std::string_view, theme_count> colours;  // light, dark, high contrast
};

constexpr std::string_view of(path::Lane lane, bool dark) {
  return dark ? path::style(lane).dark : path::style(lane).light;
}
constexpr Entry lane(std::string_view name, path::Lane lane) {
  return {name, {of(lane, false), of(lane, true), of(lane, true)}};
}

constexpr std::array<Entry, token_count> entries{{
    {"none", {"#00000000", "#00000000", "#00000000"}},
    {"ground", {"#FFFFFF", "#16191D", "#000000"}},
    {"panel", {"#F4F6F8", "#1E2329", "#000000"}},
    {"chip", {"#FFFFFF", "#262C34", "#000000"}},
    {"ink", {"#1C2733", "#E8ECF0", "#FFFFFF"}},
    {"pale ink", {"#55606C", "#A9B3BE", "#FFFFFF"}},
    {"rule", {"#C9D0D7", "#3A424C", "#FFFFFF"}},
    {"edge", {"#74808C", "#808C99", "#FFFFFF"}},
    {"faint", {"#DDE2E7", "#323942", "#808080"}},
    {"focus", {"#C2185B", "#FF6FA5", "#FFFF00"}},
    {"marker", {"#5B3CC4", "#B9A5FF", "#FFFF00"}},
    {"loss", {"#C62828", "#FF6B5E", "#FF8080"}},
    {"fine", {"#1B7F3B", "#5FD38A", "#80FF80"}},
    {"copy", {"#BC4B17", "#FF9A62", "#FFB080"}},
    {"ghost", {"#828C98", "#75808C", "#C0C0C0"}},
    {"shade", {"#000000", "#000000", "#000000"}},
    {"path a", {"#0C3FAE", "#5896F9", "#5896F9"}},
    {"path b", {"#B05104", "#F8A756", "#F8A756"}},
    {"path c", {"#027E69", "#5CDBBD", "#5CDBBD"}},
    {"path d", {"#8F2A83", "#E4A5EA", "#E4A5EA"}},
    lane("user", path::Lane::user),
    lane("boundary", path::Lane::boundary),
    lane("protocol", path::Lane::protocol),
    lane("softirq", path::Lane::softirq),
    lane("hardirq", path::Lane::hardirq),
    lane("nic", path::Lane::nic),
    lane("wire", path::Lane::wire),
}};

const Entry& entry(Token token) { return entries[static_cast<std::size_t>(token)]; }

}  // namespace

std::string_view name(Token token) { return entry(token).name; }

std::string_view name(Theme theme) {
  constexpr std::array<std::string_view, theme_count> names{"light", "dark", "contrast"};
  return names[static_cast<std::size_t>(theme)];
}

QColor colour(Token token, Theme theme) {
  static const auto all = [] {
    std::array<std::array<QColor, token_count>, theme_count> colours;
    for (std::size_t t = 0; t < theme_count; ++t)
      for (std::size_t i = 0; i < token_count; ++i) {
        const std::string_view text = entries[i].colours[t];
        colours[t][i] = QColor{QLatin1String{text.data(), static_cast<int>(text.size())}};
        if (i == 0) colours[t][i] = QColor{0, 0, 0, 0};
      }
    return colours;
  }();
  return all[static_cast<std::size_t>(theme)][static_cast<std::size_t>(token)];
}

}  // namespace ringside::view
