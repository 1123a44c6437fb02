// Comma-separated values, RFC 4180.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "ringside/scenarios/write.hpp"

namespace ringside::scenarios {
namespace {

// RFC 4180 section 2, rules 5 to 7.
std::string in_quotes(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (char c : text) result.append(c == '"' ? 2 : 1, c);
  return result + '"';
}

std::string cell(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return in_quotes(*text);
  if (const auto* count = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *count);
  const double number = std::get<double>(value);
  return std::isfinite(number) ? fmt::format("{}", number) : std::string{};
}

void collect(const Values& values, std::vector<std::string>& columns) {
  for (const auto& [name, unused] : values)
    if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
}

void append(const Values& values, const std::vector<std::string>& columns, std::vector<std::string>& line) {
  for (const std::string& column : columns) {
    const Value* value = find(values, column);
    line.push_back(value ? cell(*value) : std::string{});
  }
}

}  // namespace

std::string to_csv(const Report& report) {
  std::vector<std::string> parameters, metrics;
  for (const RunResult& run : report.runs) {
    collect(run.parameters, parameters);
    collect(run.metrics, metrics);
  }
  std::vector<std::string> header{"path", "profile", "complete"};
  for (const std::string& name : parameters) header.push_back(in_quotes("parameter." + name));
  for (const std::string& name : metrics) header.push_back(in_quotes(name));
  std::string text = fmt::format("{}\r\n", fmt::join(header, ","));
  for (const RunResult& run : report.runs) {
    std::vector<std::string> line{in_quotes(run.path), in_quotes(run.profile),
                                  run.complete ? "true" : "false"};
    append(run.parameters, parameters, line);
    append(run.metrics, metrics, line);
    text += fmt::format("{}\r\n", fmt::join(line, ","));
  }
  return text;
}

}  // namespace ringside::scenarios
