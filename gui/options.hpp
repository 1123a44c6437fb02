// What the command line of ringside-gui says.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <QCommandLineParser>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include "ringside/path/describe.hpp"
#include "ringside/scenarios/load.hpp"
#include "view/theme.hpp"
#include "window/session.hpp"

namespace ringside::gui {

struct Failure {
  int code = 0;  // as `ringside` exits (docs/guide.md)
  QString text{};
};

// Is thrown.
struct Wrong {
  Failure failure{};
};
[[noreturn]] void refuse(QString text, int code = 2);

struct Wishes {
  QStringList what{};  // a scenario, or recordings to be seen side by side; empty: nothing yet
  // How it is run.
  scenarios::Overrides overrides{};
  std::vector<std::string> paths{};    // side by side; empty: the scenario's own
  std::vector<std::uint64_t> seeds{};  // of a sweep
  // How it looks; nullopt: as it was left.
  std::optional<view::Theme> theme{};
  std::optional<path::Language> language{};
  bool all_stages = false;
  // What is seen of it.
  std::optional<std::variant<Time, std::uint64_t>> at{};  // a time, or after so many events
  std::uint64_t packet = 0;
  std::optional<Duration> span{};
  std::vector<Time> markers{};
  std::string metric{};  // of a sweep
  // The file to write instead.
  QString view{};
  QString out{};
  QSizeF size{};
  double scale = 1;

  bool are_recordings() const;
};

void add_options(QCommandLineParser&);

// Throws Wrong.
Wishes wishes_of(const QCommandLineParser&);

// Shows of what is open what was asked for.
void go_there(window::Session&, const Wishes&);

}  // namespace ringside::gui
