// The figures of result files, by their keys: their names, and their values with units.
#pragma once

#include <string>

#include <QString>

#include "ringside/path/describe.hpp"
#include "view/name.hpp"

namespace ringside::view {

Name metric_title(const std::string& key, path::Language);  // the key where it has no name
QString metric_text(const std::string& key, double value);  // 812 kpps, 38.1 µs, 97 %

}  // namespace ringside::view
