#include "opening.hpp"

#include <algorithm>
#include <memory>

namespace ringside::gui {

namespace {

bool all_there(const window::Session& session) {
  return !session.sides().empty() && std::ranges::all_of(session.sides(), [](const window::Side& side) {
    return side.progress >= 1 && (side.reel || !side.failure.isEmpty());
  });
}

void go_there_once_it_is_there(window::MainWindow& window, const Wishes& wishes) {
  auto* waiting = new QObject{&window};
  const auto look = [&window, wishes, waiting] {
    if (!all_there(window.session())) return;
    waiting->disconnect();
    waiting->deleteLater();
    if (window.session().reel()) go_there(window.session(), wishes);
  };
  QObject::connect(&window.runs(), &window::Runs::changed, waiting, look);
  look();
}

void run_in(window::MainWindow& window, const Wishes& wishes) {
  scenarios::Overrides overrides = wishes.overrides;
  if (!wishes.paths.empty()) overrides.path = wishes.paths.front();
  window.runs().open_scenario(wishes.what.front().toStdString(), std::move(overrides));
  for (std::size_t path = 1; path < wishes.paths.size(); ++path) window.runs().add_path(wishes.paths[path]);
}

}  // namespace

void open_in(window::MainWindow& window, const Wishes& wishes) {
  if (wishes.language) window.set_language(*wishes.language);
  if (wishes.theme) window.set_theme(*wishes.theme);
  if (wishes.all_stages && !window.session().all_stages()) window.commands().find("all stages")->trigger();
  if (wishes.what.isEmpty()) return;
  if (wishes.are_recordings())
    window.runs().open_all(wishes.what);
  else
    run_in(window, wishes);
  go_there_once_it_is_there(window, wishes);
}

}  // namespace ringside::gui
