#include "export.hpp"

#include <algorithm>
#include <exception>

#include <QTemporaryDir>

#include "view/paint.hpp"
#include "window/language.hpp"
#include "window/runner.hpp"
#include "window/sweep_scene.hpp"
#include "window/views.hpp"

namespace ringside::gui {

namespace {

void open_recordings(window::Session& session, const QStringList& files) {
  try {
    for (const QString& file : files) {
      auto reel = std::make_shared<model::Reel>(file.toStdString());
      reel->survey();
      session.show_side(session.sides().size(), std::move(reel), std::nullopt);
    }
  } catch (const std::exception& error) {
    refuse(QString::fromUtf8(error.what()));
  }
}

QString all(const scenarios::Findings& findings) {
  QStringList lines;
  for (const scenarios::Finding& finding : findings.in_reading_order())
    lines.push_back(QString::fromStdString(scenarios::to_string(finding)));
  return lines.join(QLatin1Char{'\n'});
}

// For each path; without any, on the scenario's own.
std::vector<scenarios::Overrides> sides_of(const Wishes& wishes) {
  std::vector<scenarios::Overrides> sides(std::max<std::size_t>(1, wishes.paths.size()), wishes.overrides);
  for (std::size_t side = 0; side < wishes.paths.size(); ++side) sides[side].path = wishes.paths[side];
  return sides;
}

std::shared_ptr<model::Sweep> sweep_of(const Wishes& wishes, const scenarios::Library& library) {
  scenarios::Findings findings;
  auto plan = model::plan_sweep(
      {.scenario = wishes.what.front().toStdString(), .paths = sides_of(wishes), .seeds = wishes.seeds},
      library, findings);
  if (!plan) refuse(all(findings));
  if (!plan->scenario().vary)
    refuse(QStringLiteral("--export sweep: scenario %1 varies nothing; --vary KEY=VALUES does")
               .arg(wishes.what.front()));
  return std::make_shared<model::Sweep>(std::make_shared<const model::SweepPlan>(*std::move(plan)));
}

// Every point, as `ringside run` does it: nothing is recorded, and nothing is shortened.
void run_sweep(window::Session& session, const Wishes& wishes, const scenarios::Library& library) {
  session.sweep().metric = wishes.metric;
  session.sweep().sweep = sweep_of(wishes, library);
  model::Sweep& sweep = *session.sweep().sweep;
  try {
    model::carry_out(sweep.plan(), false, [&sweep](std::size_t run, scenarios::RunResult result) {
      sweep.put(run, std::move(result));
    });
  } catch (const std::exception& error) {
    refuse(QString::fromUtf8(error.what()));
  }
  const view::SweepScene scene = window::sweep_scene(session);
  if (std::ranges::none_of(scene.curves, view::is_there))
    refuse(QStringLiteral("--metric: no run has measured %1").arg(QString::fromStdString(scene.metric)));
}

void run_scenario(window::Session& session, const Wishes& wishes, const scenarios::Library& library,
                  const QTemporaryDir& folder) {
  const std::vector<scenarios::Overrides> sides = sides_of(wishes);
  for (std::size_t side = 0; side < sides.size(); ++side) {
    const window::Order order{wishes.what.front().toStdString(), sides[side]};
    const std::string file = folder.filePath(QStringLiteral("%1.rstrace").arg(side)).toStdString();
    window::Outcome outcome = window::carry_out(order, library, file, {});
    if (!outcome.reel) refuse(outcome.failure);
    session.show_side(side, outcome.reel, outcome.result);
    session.sides()[side].scenario = order.scenario;
  }
}

}  // namespace

void export_view(const Wishes& wishes, const scenarios::Library& library) {
  if (wishes.what.isEmpty()) refuse(QStringLiteral("--export: name a scenario or a recording"));
  if (wishes.out.isEmpty())
    refuse(QStringLiteral("--export: --out FILE.svg, FILE.png or FILE.json says where to"));
  const window::View view = window::view_named(wishes.view);
  if (view == window::View::none)
    refuse(QStringLiteral("--export: expected %1, not '%2'")
               .arg(window::view_names().join(QStringLiteral(", ")), wishes.view));
  const QTemporaryDir folder;
  window::Session session;
  session.set_theme(wishes.theme.value_or(view::Theme::light));
  session.set_language(wishes.language.value_or(path::Language::en));
  window::speak(session.language());
  session.set_all_stages(wishes.all_stages);
  if (view == window::View::sweep)
    run_sweep(session, wishes, library);
  else if (wishes.are_recordings())
    open_recordings(session, wishes.what);
  else
    run_scenario(session, wishes, library, folder);
  go_there(session, wishes);
  const QString wrong =
      view::write(wishes.out, window::draw(view, session, wishes.size), session.theme(), wishes.scale);
  if (!wrong.isEmpty()) refuse(wrong, 5);
}

}  // namespace ringside::gui
