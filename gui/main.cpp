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

using namespace ringside;

int fail(const QString& what, int code) {
  QTextStream{stderr} << "ringside-gui: error: " << what << '\n';
  return code;
}

void describe(QCommandLineParser& parser) {
  parser.setApplicationDescription(
      QStringLiteral("Shows how packets travel between the wire and a program."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(
      QStringLiteral("what"),
      QStringLiteral(
          "A scenario of the library, its file, or recordings (.rstrace) to be seen side by side."),
      QStringLiteral("[what…]"));
  gui::add_options(parser);
}

bool needs_window(const QCommandLineParser& parser) {
  for (const char* without : {"export", "help", "version"})
    if (parser.isSet(QLatin1String{without})) return false;
  return true;
}

// Qt would end the process.
bool lacks_display(const QStringList& words) {
  if (words.contains(QLatin1String{"-platform"})) return false;
#ifdef Q_OS_LINUX
  for (const char* display : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
    if (!qEnvironmentVariableIsEmpty(display)) return false;
  return true;
#else
  return false;
#endif
}

int show(const gui::Wishes& wishes, const scenarios::Library& library) {
  if (!wishes.view.isEmpty()) return gui::export_view(wishes, library), 0;
  window::MainWindow window{library};
  window.show();
  gui::open_in(window, wishes);
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  QStringList words;
  for (int i = 0; i < argc; ++i) words.push_back(QString::fromLocal8Bit(argv[i]));
  QCommandLineParser parser;
  describe(parser);
  parser.parse(words);  // with words that are Qt's own
  if (needs_window(parser) && lacks_display(words))
    return fail(QStringLiteral("there is no display; --export writes pictures without one"), 3);
  if (!needs_window(parser) && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
    qputenv("QT_QPA_PLATFORM", "offscreen");

  QApplication application{argc, argv};
  QApplication::setApplicationName(QStringLiteral("ringside"));
  QApplication::setOrganizationName(QStringLiteral("ringside"));
  QApplication::setApplicationVersion(QStringLiteral(RINGSIDE_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("ringside"));  // whose icon its windows have
  QApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("ringside")));
  if (!parser.parse(QApplication::arguments())) return fail(parser.errorText(), 2);
  parser.process(QApplication::arguments());  // --help, --version

  const auto library = scenarios::locate_library();
  if (!library)
    return fail(QStringLiteral("the library of scenarios is not there; set RINGSIDE_LIBRARY to its folder"),
                3);
  try {
    return show(gui::wishes_of(parser), *library);
  } catch (const gui::Wrong& wrong) {
    return fail(wrong.failure.text, wrong.failure.code);
  }
}
