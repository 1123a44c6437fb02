// A frame of the desktop program at 1920x1080 while three paths are played side by side, a million events
// each: what it takes to find the state, to lay out the picture, and to paint it. Then every view by itself.
//
//   bench_paint [--events N] [--frames N]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>

#include "measure.hpp"
#include "ringside/scenarios/library.hpp"
#include "view/paint.hpp"
#include "view/theatre.hpp"
#include "window/runner.hpp"
#include "window/scene.hpp"
#include "window/session.hpp"
#include "window/views.hpp"

using namespace ringside;

namespace {

constexpr QSizeF size{1920, 1080};
constexpr double frame_seconds = 1.0 / 60;

// On the processor: other programs do not count.
double ms_of(auto&& work) {
  const double start = bench::cpu_seconds();
  work();
  return (bench::cpu_seconds() - start) * 1e3;
}

std::uint64_t option(int argc, char** argv, std::string_view name, std::uint64_t otherwise) {
  for (int i = 1; i + 1 < argc; ++i)
    if (argv[i] == name) return std::strtoull(argv[i + 1], nullptr, 10);
  return otherwise;
}

window::Outcome record(const char* path, Duration duration, const scenarios::Library& library,
                       const QTemporaryDir& folder) {
  window::Order order{.scenario = "roads"};
  order.overrides.path = path;
  order.overrides.duration = duration;
  const std::string file = folder.filePath(QLatin1String{path}).toStdString() + ".rstrace";
  window::Outcome outcome = window::carry_out(order, library, file, {});
  if (!outcome.reel) {
    std::fprintf(stderr, "%s: %s\n", path, qPrintable(outcome.failure));
    std::exit(EXIT_FAILURE);
  }
  return outcome;
}

// The scrubber is a strip below; every other view can have the whole screen.
QSizeF room(const QString& view) {
  return view == QLatin1String{"scrubber"} ? QSizeF{size.width(), 64} : size;
}

class Frames {
 public:
  Frames(window::Session& session, std::size_t count) : session_{session}, count_{count} {
    image_ = QImage{size.toSize(), QImage::Format_RGB32};
  }

  // `move`: what happens before each. `draw`: the picture then.
  void measure(const std::string& what, const std::function<void()>& move,
               const std::function<view::Picture()>& draw) {
    std::vector<double> all, moving, drawing, painting;
    std::size_t shapes = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      view::Picture picture;
      moving.push_back(ms_of(move));
      drawing.push_back(ms_of([&] { picture = draw(); }));
      painting.push_back(ms_of([&] { paint(picture); }));
      all.push_back(moving.back() + drawing.back() + painting.back());
      shapes = std::max(shapes, picture.shapes.size());
    }
    std::printf(
        "{\"benchmark\":\"paint\",\"what\":\"%s\",\"frames\":%zu,\"shapes\":%zu,\"frame_ms_median\":%.2f,"
        "\"frame_ms_p99\":%.2f,\"frame_ms_worst\":%.2f,\"move_ms_median\":%.2f,\"draw_ms_median\":%.2f,"
        "\"draw_ms_worst\":%.2f,\"paint_ms_median\":%.2f,\"paint_ms_worst\":%.2f,\"peak_rss_bytes\":%lld}\n",
        what.c_str(), count_, shapes, at(all, 0.5), at(all, 0.99), at(all, 1), at(moving, 0.5),
        at(drawing, 0.5), at(drawing, 1), at(painting, 0.5), at(painting, 1),
        static_cast<long long>(bench::peak_rss_bytes()));
    std::fflush(stdout);
  }

 private:
  void paint(const view::Picture& picture) {
    image_.fill(view::colour(view::Token::ground, session_.theme()));
    QPainter painter{&image_};
    view::paint(painter, picture, session_.theme());
  }

  static double at(std::vector<double> values, double part) {
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
  }

  window::Session& session_;
  std::size_t count_;
  QImage image_;
};

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QGuiApplication application{argc, argv};
  const std::uint64_t events = option(argc, argv, "--events", 1'000'000);
  const auto frames = static_cast<std::size_t>(option(argc, argv, "--frames", 300));
  const auto library = scenarios::locate_library();
  if (!library) return EXIT_FAILURE;
  const QTemporaryDir folder;
  constexpr Duration trial = std::chrono::milliseconds{2};
  const auto first = record("napi-socket", trial, *library, folder);
  const double share =
      static_cast<double>(first.reel->events()) / to_seconds(first.reel->last() - first.reel->first());
  const Duration duration =
      std::max(trial, from_seconds(static_cast<double>(events) / share) - (first.reel->first() - Time{}));

  window::Session session;
  std::size_t side = 0;
  for (const char* path : {"napi-socket", "af-xdp-zerocopy", "dpdk"}) {
    window::Outcome outcome = record(path, duration, *library, folder);
    std::fprintf(stderr, "%s: %llu events\n", path, static_cast<unsigned long long>(outcome.reel->events()));
    session.show_side(side, outcome.reel, outcome.result);
    session.sides()[side++].scenario = "roads";
  }

  view::Theatre theatre;
  const auto stages = [&] { return theatre.draw(window::scene_of(session, 3), size); };
  Frames measured{session, frames};
  const Time middle = session.reel()->first() + (session.reel()->last() - session.reel()->first()) / 2;

  session.seek(middle);
  session.playback().set_clock(model::Clock::event);
  session.playback().set_pace(30);
  session.play(1);
  measured.measure(
      "play by event", [&] { session.advance(frame_seconds); }, stages);
  session.playback().set_clock(model::Clock::time);
  for (const auto& [speed, name] :
       {std::pair{2e-6, "play 2 us a second"}, {1e-3, "play 1 ms a second"}, {2e-2, "play 20 ms a second"}}) {
    session.seek(middle);
    session.playback().set_speed(speed);
    session.play(1);
    measured.measure(
        name, [&] { session.advance(frame_seconds); }, stages);
  }
  session.seek(middle);
  session.play(-1);
  session.playback().set_speed(1e-3);
  measured.measure(
      "play backwards", [&] { session.advance(frame_seconds); }, stages);
  session.pause();
  std::mt19937_64 random{1};
  measured.measure(
      "seek", [&] { session.seek_event(random() % session.reel()->events()); }, stages);

  session.seek(middle);
  const trace::State& state = session.reel()->after(session.playback().events());
  if (!state.packets.empty()) session.set_packet(state.packets.begin()->first);
  for (const QString& name : window::view_names())
    if (window::view_named(name) != window::View::sweep)  // no moment changes it
      measured.measure(
          "view " + name.toStdString(), [&] { session.step(1); },
          [&] { return window::draw(window::view_named(name), session, room(name)); });
}
