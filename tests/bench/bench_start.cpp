// From the start of the desktop program to its first picture with something in it: a process of its own for
// each start, which opens a scenario (and so runs it) or a recording, and ends when its stage has been
// painted.
//
//   bench_start [--starts N]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <QApplication>
#include <QEvent>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include "measure.hpp"
#include "ringside/scenarios/library.hpp"
#include "window/main_window.hpp"
#include "window/runner.hpp"
#include "window/stage_pane.hpp"

using namespace ringside;

namespace {

constexpr int patience = 60'000;  // ms

// Says that the stage has been painted with a recording there, and ends the process.
class FirstPicture : public QObject {
 public:
  explicit FirstPicture(window::MainWindow& window) : window_{window} {
    window.findChild<window::StagePane*>()->installEventFilter(this);
  }

  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() != QEvent::Paint || !window_.session().reel()) return false;
    QTimer::singleShot(0, this, [] {  // once it is painted
      std::printf("%.3f %lld\n", bench::cpu_seconds(), static_cast<long long>(bench::peak_rss_bytes()));
      std::fflush(stdout);
      std::_Exit(EXIT_SUCCESS);
    });
    return false;
  }

 private:
  window::MainWindow& window_;
};

// As main() of the program does it; as large as a projector's picture.
int start(int argc, char** argv, const char* what) {
  QApplication application{argc, argv};
  const auto library = scenarios::locate_library();
  if (!library) return EXIT_FAILURE;
  window::MainWindow window{*library};
  const FirstPicture first{window};
  window.resize(1920, 1080);
  window.show();
  window.runs().open(QString::fromUtf8(what));
  return QApplication::exec();
}

struct Start {
  double seconds = 0;      // on the clock on the wall, as who waits sees them
  double cpu_seconds = 0;  // on the processor: other programs do not count
  long long peak_rss_bytes = 0;
};

Start measured(const QString& program, const QString& what) {
  using Clock = std::chrono::steady_clock;
  QProcess process;
  const auto begin = Clock::now();
  process.start(program, {QStringLiteral("--window"), what});
  const bool told = process.waitForReadyRead(patience);
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  process.waitForFinished(patience);
  const QStringList said = QString::fromUtf8(process.readAll()).simplified().split(QLatin1Char{' '});
  if (!told || said.size() != 2) {
    std::fprintf(stderr, "%s: no picture\n%s", qPrintable(what), process.readAllStandardError().constData());
    std::exit(EXIT_FAILURE);
  }
  return {seconds, said[0].toDouble(), said[1].toLongLong()};
}

void report(const char* what, const QString& program, const QString& open, int starts) {
  std::vector<Start> all;
  for (int i = 0; i < starts; ++i) all.push_back(measured(program, open));
  std::ranges::sort(all, {}, &Start::seconds);
  const Start& median = all[all.size() / 2];
  std::printf(
      "{\"benchmark\":\"start\",\"what\":\"%s\",\"starts\":%d,\"first_picture_s_median\":%.2f,"
      "\"first_picture_s_best\":%.2f,\"first_picture_s_worst\":%.2f,\"cpu_s_median\":%.2f,"
      "\"peak_rss_bytes\":%lld}\n",
      what, starts, median.seconds, all.front().seconds, all.back().seconds, median.cpu_seconds,
      median.peak_rss_bytes);
  std::fflush(stdout);
}

// Nobody's layout and language, and no display.
void settle_surroundings(const QTemporaryDir& folder) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
  qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
  qputenv("LANGUAGE", "en");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view{argv[1]} == "--window") return start(argc, argv, argv[2]);
  const int starts = argc == 3 && std::string_view{argv[1]} == "--starts" ? std::atoi(argv[2]) : 5;
  const auto library = scenarios::locate_library();
  const QTemporaryDir folder;
  if (!library || starts < 1) return EXIT_FAILURE;
  settle_surroundings(folder);
  const QCoreApplication application{argc, argv};
  const QString recording = folder.filePath(QStringLiteral("roads.rstrace"));
  const auto outcome = window::carry_out({.scenario = "roads"}, *library, recording.toStdString(), {});
  if (!outcome.reel) return std::fprintf(stderr, "%s\n", qPrintable(outcome.failure)), EXIT_FAILURE;
  const QString program = QCoreApplication::applicationFilePath();
  report("scenario roads", program, QStringLiteral("roads"), starts);
  report("recording of roads", program, recording, starts);
}
