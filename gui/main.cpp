// ringside-gui: the desktop program; and its pictures without a window.
#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QTextStream>

#include "export.hpp"
#include "opening.hpp"
#include "ringside/scenarios/library.hpp"
#include "window/main_window.hpp"

namespace {

int fail(const QString& what, int code) {
  QTextStream{stderr} << "ringside-gui: error: " << what << '\n';
  return code;
}

bool wants_no_window(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (QLatin1String{argv[i]}.startsWith(QLatin1String{"--export"}) ||
        QLatin1String{argv[i]} == QLatin1String{"--help"})
      return true;
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace ringside;
  if (wants_no_window(argc, argv) && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
    qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application{argc, argv};
  QApplication::setApplicationName(QStringLiteral("ringside"));
  QApplication::setOrganizationName(QStringLiteral("ringside"));
  QApplication::setApplicationVersion(QStringLiteral(RINGSIDE_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("ringside"));  // whose icon its windows have
  QApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("ringside")));

  QCommandLineParser parser;
  parser.setApplicationDescription(
      QStringLiteral("Shows how packets travel between the wire and a program."));
  const QCommandLineOption help = parser.addHelpOption(), version = parser.addVersionOption();
  parser.addPositionalArgument(
      QStringLiteral("what"),
      QStringLiteral(
          "A scenario of the library, its file, or recordings (.rstrace) to be seen side by side."),
      QStringLiteral("[what…]"));
  gui::add_options(parser);
  if (!parser.parse(QApplication::arguments())) return fail(parser.errorText(), 2);
  if (parser.isSet(version)) parser.showVersion();
  if (parser.isSet(help)) parser.showHelp();

  const auto library = scenarios::locate_library();
  if (!library)
    return fail(QStringLiteral("the library of scenarios is not there; set RINGSIDE_LIBRARY to its folder"),
                3);
  try {
    const gui::Wishes wishes = gui::wishes_of(parser);
    if (!wishes.view.isEmpty()) return gui::export_view(wishes, *library), 0;
    window::MainWindow window{*library};
    window.show();
    gui::open_in(window, wishes);
    return QApplication::exec();
  } catch (const gui::Wrong& wrong) {
    return fail(wrong.failure.text, wrong.failure.code);
  }
}
