// ringside list: what ships, one line each.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "command.hpp"
#include "ringside/scenarios/document.hpp"
#include "table.hpp"

namespace ringside::scenarios {
namespace {

struct Line {
  std::string name{};
  std::string title{};
};

// The title alone: a text with an error somewhere else is listed all the same.
std::string title_of(const std::string& file) {
  Findings ignored;
  const auto document = read_document(file, ignored);
  const TextNode* title = document ? document->root.find("title") : nullptr;
  if (title && title->kind == TextNode::Kind::map) title = title->find("en");
  return title ? title->text : std::string{};
}

std::vector<Line> lines_of(const Library& library, Kind kind) {
  std::vector<Line> lines;
  Findings ignored;
  for (const std::string& name : library.names(kind)) {
    const auto file = library.find(kind, name, {}, name, {}, ignored);
    lines.push_back({.name = name, .title = file ? title_of(*file) : std::string{}});
  }
  return lines;
}

std::string group_of(Kind kind) { return fmt::format("{}s", to_string(kind)); }

}  // namespace

Exit execute(const ListRequest& request) {
  const Library library = the_library();
  Table table{{Table::Align::left, Table::Align::left}};
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (Kind kind : {Kind::scenario, Kind::path, Kind::profile}) {
    const std::string group = group_of(kind);
    if (!request.what.empty() && request.what != group) continue;
    json[group] = nlohmann::ordered_json::array();
    table.row({group + ":", ""});
    for (const Line& line : lines_of(library, kind)) {
      json[group].push_back({{"name", line.name}, {"title", line.title}});
      table.row({"  " + line.name, line.title});
    }
  }
  print(request.json ? json.dump(2) + "\n" : table.text());
  return Exit::done;
}

}  // namespace ringside::scenarios
