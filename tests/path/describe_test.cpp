// Texts about a path: complete, well-formed, and no wider than a terminal.
#include "ringside/path/describe.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "catch.hpp"
#include "sample_paths.hpp"

using namespace ringside::path;

namespace {

// Enough of XML to find what a careless writer gets wrong: elements that do not nest, and bare & and <.
class WellFormed {
 public:
  static bool check(std::string_view xml) { return WellFormed{xml}.run(); }

 private:
  explicit WellFormed(std::string_view xml) : rest_{xml} {}

  bool run() {
    while (!rest_.empty()) {
      const auto tag = rest_.find('<');
      if (!text(rest_.substr(0, tag))) return false;
      if (tag == rest_.npos) break;
      rest_.remove_prefix(tag + 1);
      const auto end = end_of_tag();
      if (end == rest_.npos || !element(rest_.substr(0, end))) return false;
      rest_.remove_prefix(end + 1);
    }
    return open_.empty() && seen_;
  }

  static bool text(std::string_view words) {
    for (std::size_t at = 0; (at = words.find('&', at)) != words.npos; ++at) {
      const auto name = words.substr(at + 1, words.find(';', at) - at - 1);
      if (name != "amp" && name != "lt" && name != "gt" && name != "quot" && name != "apos") return false;
    }
    return true;
  }

  std::size_t end_of_tag() const {
    char quote = 0;
    for (std::size_t at = 0; at < rest_.size(); ++at) {
      if (quote == 0 && rest_[at] == '>') return at;
      if (rest_[at] == '<') break;
      if (quote == 0 && (rest_[at] == '"' || rest_[at] == '\''))
        quote = rest_[at];
      else if (rest_[at] == quote)
        quote = 0;
    }
    return rest_.npos;
  }

  bool element(std::string_view tag) {
    if (tag.starts_with('?') || tag.starts_with('!')) return true;
    seen_ = true;
    if (tag.starts_with('/')) {
      if (open_.empty() || open_.back() != tag.substr(1)) return false;
      open_.pop_back();
      return true;
    }
    if (!text(tag)) return false;
    if (!tag.ends_with('/')) open_.emplace_back(tag.substr(0, tag.find_first_of(" \n")));
    return true;
  }

  std::string_view rest_;
  std::vector<std::string_view> open_{};
  bool seen_ = false;
};

Path with_awkward_names() {
  Path p = samples::napi_socket();
  p.title.en = "a < b && \"c\" > 'd'";
  p.stages[0].name = "<wire> & \"in\"";
  return p;
}

// Terminal cells: characters of three bytes and more are the Chinese ones here.
int cells(std::string_view line) {
  int sum = 0;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    sum += byte >= 0xe0 ? 2 : (byte & 0xc0) != 0x80;
  }
  return sum;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::size_t line_with(const std::vector<std::string>& lines, std::string_view text) {
  const auto at = std::ranges::find_if(lines, [&](const auto& l) { return l.find(text) != l.npos; });
  INFO("looked for: " << text);
  REQUIRE(at != lines.end());
  return static_cast<std::size_t>(at - lines.begin());
}

}  // namespace

TEST_CASE("the check of well-formedness finds what is wrong") {
  CHECK(WellFormed::check("<a b=\"1>2\"><c/>x &amp; y</a>"));
  CHECK_FALSE(WellFormed::check("<a><b></a></b>"));
  CHECK_FALSE(WellFormed::check("<a>x & y</a>"));
  CHECK_FALSE(WellFormed::check("<a>"));
  CHECK_FALSE(WellFormed::check("<a b=\"<\"/>"));
}

TEST_CASE("SVG and GraphML are well-formed, whatever the names") {
  for (const Path& path :
       {samples::napi_socket(), samples::shared_rings(), samples::poll_mode(), with_awkward_names()}) {
    for (const Language language : {Language::en, Language::zh_CN, Language::both})
      CHECK(WellFormed::check(describe_svg(path, language)));
    CHECK(WellFormed::check(describe_graphml(path)));
  }
}

TEST_CASE("the SVG speaks the language that was asked for") {
  const Path path = samples::napi_socket();
  CHECK(describe_svg(path, Language::en).find(">user space<") != std::string::npos);
  CHECK(describe_svg(path, Language::en).find("用户态") == std::string::npos);
  CHECK(describe_svg(path, Language::zh_CN).find(">用户态<") != std::string::npos);
  CHECK(describe_svg(path, Language::zh_CN).find(">user space<") == std::string::npos);
  CHECK(describe_svg(path, Language::both).find(">用户态<") != std::string::npos);
  CHECK(describe_svg(path, Language::both).find(">user space<") != std::string::npos);
}

TEST_CASE("JSON has every fact by the words of the route map") {
  const Path path = samples::napi_socket();
  const auto json = nlohmann::json::parse(describe_json(path));
  CHECK(json["path"] == "napi-socket");
  CHECK(json["since"]["year"] == 2002);
  CHECK(json["stages"].size() == path.stages.size());
  CHECK(json["hops"].size() == path.hops.size());
  CHECK(json["parameters"].size() == path.parameters.size());
  const auto& dma = json["stages"][1];
  CHECK(dma["name"] == "nic rx dma");
  CHECK(dma["memory"] == "dma");
  CHECK(dma["into"] == "kernel");
  const auto ring = std::ranges::find_if(json["hops"], [](const auto& hop) {
    return hop.contains("queue") && hop["queue"]["name"] == "rx ring";
  });
  REQUIRE(ring != json["hops"].end());
  CHECK((*ring)["from"] == "nic rx dma");
  CHECK((*ring)["to"] == "napi poll");
  CHECK((*ring)["queue"]["budget"] == 64);
  const auto irq = std::ranges::find_if(json["hops"], [](const auto& hop) { return hop.contains("notify"); });
  REQUIRE(irq != json["hops"].end());
  CHECK((*irq)["notify"]["mask"] == "until polled empty");
}

TEST_CASE("the text fits the terminal in every language") {
  for (const Language language : {Language::en, Language::zh_CN, Language::both})
    for (const auto& line : lines_of(describe_text(samples::napi_socket(), language))) {
      INFO(line);
      CHECK(cells(line) <= 100);
    }
}

TEST_CASE("the text tells the stages in packet order") {
  const auto lines = lines_of(describe_text(samples::napi_socket()));
  const std::vector<std::string_view> order{" 1  wire in", " 2  nic rx dma", " 3  rx interrupt",
                                            " 4  napi poll", " 5  ip input"};
  for (std::size_t i = 1; i < order.size(); ++i)
    CHECK(line_with(lines, order[i - 1]) < line_with(lines, order[i]));
  CHECK(line_with(lines, "  driver xmit ") < line_with(lines, "  wire out "));
  CHECK(line_with(lines, "  wire out ") < line_with(lines, "  tx clean "));
}

TEST_CASE("the text explains how each stage hands over") {
  const auto lines = lines_of(describe_text(samples::napi_socket()));
  line_with(lines, "-> napi poll (queue 'rx ring': 256 packets, 64 in one go; drops when full)");
  line_with(lines, "~> rx interrupt (interrupt 'nic irq', masked until polled empty)");
  line_with(lines, "~> napi poll (softirq 'napi schedule', left to a fair-share thread after 2ms)");
  line_with(lines, "-> tx clean (called once each batch)");
  line_with(lines, "memory: copy into user memory");
}

TEST_CASE("the text says the same in Chinese") {
  const auto lines = lines_of(describe_text(samples::napi_socket(), Language::zh_CN));
  line_with(lines, "-> NAPI 轮询（队列“接收环”：256 个分组，一次最多 64 个；满则丢弃）");
  line_with(lines, "~> 接收中断（中断“网卡中断”，屏蔽到轮询取空为止）");
  line_with(lines, "~> NAPI 轮询（软中断“NAPI 调度”，2ms 之后交给公平调度的线程）");
  line_with(lines, "-> 发送清理（每批调用一次）");
  line_with(lines, "内存：拷贝到用户内存");
  line_with(lines, "始于 ");
}

TEST_CASE("dot names every stage and joins every hop") {
  const Path path = samples::napi_socket();
  const std::string dot = describe_dot(path);
  for (const Stage& stage : path.stages) CHECK(dot.find('"' + stage.name + '"') != std::string::npos);
  std::size_t edges = 0;
  for (std::size_t at = 0; (at = dot.find(" -> ", at)) != dot.npos; ++at) ++edges;
  CHECK(edges == path.hops.size());
}
