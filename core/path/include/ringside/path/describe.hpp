// A path explained: drawings and texts are functions of the graph, nothing is placed by hand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ringside/path/path.hpp"

namespace ringside::path {

enum class Language { en, zh_CN, both };

std::string describe_text(const Path&, Language = Language::en);  // for a terminal, 100 columns
std::string describe_json(const Path&);     // every fact of the path, by the words of the route map
std::string describe_dot(const Path&);      // Graphviz
std::string describe_graphml(const Path&);  // through Boost.Graph's writer
std::string describe_svg(const Path&, Language = Language::en);  // lanes by domain, columns by rank

// The path that describe_json described. Throws std::runtime_error that says where what was expected. Keys
// that it does not know are of no account: a later version may have written them.
Path from_json(std::string_view json);

// Where a drawing puts each stage: lane from its domain, column from its rank in packet order. Shared by all
// drawings.
struct Place {
  int lane = 0;        // 0 at the top: user space; the last: the wire (lanes.hpp)
  int column = 0;      // receive and transmit run from left to right; a hop inside a lane takes at least one
  int row = 0;         // among the stages of the same lane and column, in the order of the text
  bool aside = false;  // packets do not pass it (an interrupt handler): half a column to the right
};
std::vector<Place> layout(const Path&);

}  // namespace ringside::path
