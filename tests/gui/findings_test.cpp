// What is wrong with a scenario, as the window shows it.
#include "window/findings.hpp"

#include <QFile>
#include <QTemporaryDir>

#include "catch.hpp"
#include "ringside/scenarios/load.hpp"

using namespace ringside;
using window::text_of;

namespace {

// Of a scenario's file with that text; its folder is of no account.
QString told(const char* text, path::Language language) {
  const QTemporaryDir folder;
  const QString name = folder.filePath(QStringLiteral("mine.yaml"));
  QFile file{name};
  REQUIRE(file.open(QIODevice::WriteOnly));
  file.write(text);
  file.close();
  scenarios::Findings findings;
  const auto library = scenarios::locate_library();
  REQUIRE(library);
  REQUIRE_FALSE(scenarios::load_scenario(name.toStdString(), {}, *library, findings));
  return text_of(findings, language).replace(folder.path() + QLatin1Char{'/'}, QString{});
}

constexpr const char* wrong = "scenario: mine\nduration: soon\ncolour: red\n";

}  // namespace

TEST_CASE("in English, findings are as compilers write them") {
  const QString text = told(wrong, path::Language::en);
  CAPTURE(text.toStdString());
  CHECK(text.contains(QStringLiteral("mine.yaml:2:11: error: expected")));
  CHECK(text.contains(QStringLiteral("mine.yaml:3:1: error: unknown key 'colour'")));
}

TEST_CASE("in Chinese, each begins with where it is and of what kind") {
  const QString text = told(wrong, path::Language::zh_CN);
  CAPTURE(text.toStdString());
  CHECK(text.contains(QStringLiteral("mine.yaml 第 2 行第 11 列，值不合要求：expected")));
  CHECK(text.contains(QStringLiteral("mine.yaml 第 3 行第 1 列，未知的键：unknown key 'colour'")));
  CHECK(text.contains(QStringLiteral("缺少键：missing key")));
  CHECK(told("a: [", path::Language::zh_CN).contains(QStringLiteral("不是合法的 YAML：")));
}

TEST_CASE("in both languages, each is there in both") {
  CHECK(told(wrong, path::Language::both).split(QLatin1Char{'\n'}).size() ==
        2 * told(wrong, path::Language::en).split(QLatin1Char{'\n'}).size());
}
