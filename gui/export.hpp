// What the command line of ringside-gui says: a view as a file, or what the window shows at first.
#pragma once

#include <QCommandLineParser>
#include <QString>

#include "ringside/scenarios/library.hpp"
#include "window/main_window.hpp"

namespace ringside::gui {

struct Failure {
  int code = 0;  // as `ringside` exits (docs/guide.md)
  QString text{};
};

void add_options(QCommandLineParser&);

// Of the scenario or the recordings that are named; empty: nothing.
QString what_is_wrong_with(const QStringList& what);

// Runs or opens what is asked for, and writes one view of it. Needs no display.
Failure export_view(const QCommandLineParser&, const scenarios::Library&);

void apply_options(const QCommandLineParser&, window::MainWindow&);

}  // namespace ringside::gui
