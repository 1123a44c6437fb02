// Colours and fonts have one home each: nothing else of the desktop program names one.
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "catch.hpp"

namespace {

struct Rule {
  const char* what;
  std::regex pattern;
  std::vector<std::string> homes;
};

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all{
      {"a colour literal",
       std::regex{R"re("#[0-9A-Fa-f]{3,8}"|QColor\s*[({]\s*["0-9]|QColor::from|qRgb|QColorConstants)re"},
       {"gui/view/theme.cpp"}},
      {"a colour of Qt",
       std::regex{
           R"re(Qt::(white|black|red|green|blue|cyan|magenta|yellow|gray|(dark|light)[A-Z]\w*|color[01])\b)re"},
       {}},
      {"a font family",
       std::regex{
           R"re(QFont\s*[({]\s*(QStringLiteral|QLatin1|u?")|setFamil|sans-serif|monospace|"(Noto|DejaVu|Helvetica))re"},
       {"gui/view/paint.cpp"}},
  };
  return all;
}

}  // namespace

TEST_CASE("no colour and no font family outside their files", "[tokens]") {
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{"gui"}) {
    const std::string file = entry.path().generic_string();
    if (!file.ends_with(".cpp") && !file.ends_with(".hpp")) continue;
    ++files;
    std::ifstream in{file};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number)
      for (const Rule& rule : rules()) {
        if (std::ranges::find(rule.homes, file) != rule.homes.end()) continue;
        INFO(file << ":" << number << ": " << rule.what << ": " << line);
        CHECK_FALSE(std::regex_search(line, rule.pattern));
      }
  }
  CHECK(files > 20);
}
