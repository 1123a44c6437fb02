#include "window/findings.hpp"

#include <string>

#include <QStringList>

#include "ringside/replay/catalogue.hpp"

namespace ringside::window {

namespace {

std::string_view id_of(scenarios::Fault fault) {
  switch (fault) {
    case scenarios::Fault::rule: return "finding.rule";
    case scenarios::Fault::syntax: return "finding.syntax";
    case scenarios::Fault::value: return "finding.value";
    case scenarios::Fault::missing_key: return "finding.missing key";
    case scenarios::Fault::unknown_key: return "finding.unknown key";
    case scenarios::Fault::unreadable: return "finding.unreadable";
  }
  return {};
}

std::string line_of(const scenarios::Finding& finding, path::Language language) {
  if (language != path::Language::zh_CN) return scenarios::to_string(finding);
  return replay::say(finding.origin.line == 0 ? "finding.in file" : "finding.at", language,
                     {{"file", finding.file},
                      {"line", std::to_string(finding.origin.line)},
                      {"column", std::to_string(finding.origin.column)},
                      {"kind", replay::say(id_of(finding.fault), language)},
                      {"message", finding.message}});
}

}  // namespace

QString text_of(const scenarios::Findings& findings, path::Language language) {
  QStringList lines;
  for (const scenarios::Finding& finding : findings.in_reading_order()) {
    lines.push_back(QString::fromStdString(line_of(finding, language)));
    if (language == path::Language::both)
      lines.push_back(QString::fromStdString(line_of(finding, path::Language::zh_CN)));
  }
  return lines.join(QLatin1Char{'\n'});
}

}  // namespace ringside::window
