#include "window/main_window.hpp"

#include <algorithm>

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>

#include "ringside/replay/condition.hpp"
#include "ringside/scenarios/units_text.hpp"
#include "view/paint.hpp"
#include "window/board_panel.hpp"
#include "window/comparison_commands.hpp"
#include "window/comparison_panel.hpp"
#include "window/journey_panel.hpp"
#include "window/language.hpp"
#include "window/library_panel.hpp"
#include "window/look.hpp"
#include "window/own_keys.hpp"
#include "window/parameter_panel.hpp"
#include "window/pursuit.hpp"
#include "window/scene.hpp"
#include "window/scrubber_bar.hpp"
#include "window/sides_bar.hpp"
#include "window/stage_pane.hpp"
#include "window/tables.hpp"
#include "window/timeline_commands.hpp"
#include "window/timeline_pane.hpp"
#include "window/transport.hpp"

namespace ringside::window {

namespace {

constexpr int frame_ms = 16;

}  // namespace

MainWindow::MainWindow(const scenarios::Library& library) : library_{library}, runner_{library} {
  setObjectName(QStringLiteral("ringside"));
  setAcceptDrops(true);
  setDockNestingEnabled(true);
  stage_ = new StagePane{session_};
  pursuit_ = new Pursuit{session_, this};
  make_menus();
  middle_ = new QWidget;
  auto* column = new QVBoxLayout{middle_};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  sides_ = new SidesBar{session_, library_};
  column->addWidget(sides_);
  column->addWidget(stage_, 1);
  setCentralWidget(middle_);
  make_bar();
  make_docks();
  statusBar();  // has its place from the beginning
  qApp->installEventFilter(new OwnKeys{this});
  frames_.setInterval(frame_ms);
  frames_.setTimerType(Qt::PreciseTimer);
  connect(&frames_, &QTimer::timeout, this, &MainWindow::tick);
  connect(&session_, &Session::play_changed, this, [this] {
    show_icons();
    if (session_.playback().playing()) {
      since_frame_.start();
      frames_.start();
    } else {
      frames_.stop();
    }
  });
  connect(&runner_, &Runner::progressed, this, [this](int side, double done) {
    if (static_cast<std::size_t>(side) >= session_.sides().size()) return;
    session_.sides()[static_cast<std::size_t>(side)].progress = std::max(0.0, done);
    stage_->refresh();
  });
  connect(&runner_, &Runner::finished, this,
          [this](int side, const std::shared_ptr<Outcome>& outcome) { arrived(side, *outcome); });
  connect(&capture_, &Capture::finished, this, [this](const QString& failure, quint64 frames) {
    statusBar()->showMessage(failure.isEmpty() ? tr("Frames written: %1").arg(frames) : failure);
  });
  connect(&search_, &Search::found, this, [this](std::optional<quint64> events) {
    if (events) return session_.seek_event(*events);
    statusBar()->showMessage(tr("There is no further “%1” in this recording.").arg(condition_));
  });
  resize(QSize{1440, 900}.boundedTo(screen()->availableSize()));
  recall();
  retranslate();
  paint_widgets();
}

MainWindow::~MainWindow() {
  frames_.stop();
  runner_.cancel_all();
}

void MainWindow::make_menus() {
  file_menu_ = menuBar()->addMenu(QString{});
  run_menu_ = menuBar()->addMenu(QString{});
  view_menu_ = menuBar()->addMenu(QString{});
  help_menu_ = menuBar()->addMenu(QString{});
  const auto add = [this](QMenu* menu, const char* id, const char* text, const QKeySequence& key, auto run) {
    return commands_.add(id, text, key, menu, run);
  };
  add(file_menu_, "open", QT_TRANSLATE_NOOP("Command", "Open a recording or a scenario…"), QKeySequence::Open,
      [this] { ask_for_file(); });
  add(file_menu_, "export", QT_TRANSLATE_NOOP("Command", "Export the picture…"), Qt::CTRL | Qt::Key_E,
      [this] { export_picture(); });
  add(file_menu_, "capture", QT_TRANSLATE_NOOP("Command", "Export a capture…"),
      Qt::CTRL | Qt::SHIFT | Qt::Key_E, [this] {
        const QString file = QFileDialog::getSaveFileName(
            this, tr("Export a capture"), QStringLiteral("ringside.pcap"), tr("Captures (*.pcap)"));
        if (!file.isEmpty()) export_capture(file);
      });
  file_menu_->addSeparator();
  add(file_menu_, "quit", QT_TRANSLATE_NOOP("Command", "Quit"), QKeySequence::Quit, [this] { close(); });

  add(run_menu_, "play", QT_TRANSLATE_NOOP("Command", "Play or pause"), Qt::Key_Space,
      [this] { session_.playback().playing() ? session_.pause() : session_.play(1); });
  add(run_menu_, "play back", QT_TRANSLATE_NOOP("Command", "Play backwards"), Qt::SHIFT | Qt::Key_Space,
      [this] { session_.play(-1); });
  add(run_menu_, "forth", QT_TRANSLATE_NOOP("Command", "Next event"), Qt::Key_Right,
      [this] { session_.step(1); });
  add(run_menu_, "back", QT_TRANSLATE_NOOP("Command", "Event before"), Qt::Key_Left,
      [this] { session_.step(-1); });
  add(run_menu_, "begin", QT_TRANSLATE_NOOP("Command", "To the beginning"), Qt::Key_Home,
      [this] { session_.seek_event(0); });
  add(run_menu_, "end", QT_TRANSLATE_NOOP("Command", "To the end"), Qt::Key_End, [this] {
    if (const model::Reel* reel = session_.reel()) session_.seek_event(reel->events());
  });
  add(run_menu_, "slower", QT_TRANSLATE_NOOP("Command", "Slower"), Qt::Key_BracketLeft,
      [this] { transport_->faster(-1); });
  add(run_menu_, "faster", QT_TRANSLATE_NOOP("Command", "Faster"), Qt::Key_BracketRight,
      [this] { transport_->faster(1); });
  run_menu_->addSeparator();
  add(run_menu_, "until", QT_TRANSLATE_NOOP("Command", "Go on until…"), Qt::Key_U,
      [this] { open_palette(); });
  add(run_menu_, "until again", QT_TRANSLATE_NOOP("Command", "To the next such moment"), Qt::Key_N,
      [this] { go_to_condition(condition_, 1); });
  add(run_menu_, "until before", QT_TRANSLATE_NOOP("Command", "To the last such moment before"),
      Qt::SHIFT | Qt::Key_N, [this] { go_to_condition(condition_, -1); });
  run_menu_->addSeparator();
  pursuit_->add_to(commands_, run_menu_);
  run_menu_->addSeparator();
  add(run_menu_, "again", QT_TRANSLATE_NOOP("Command", "Run again"), Qt::CTRL | Qt::Key_R,
      [this] { rerun_all(); });

  add(view_menu_, "palette", QT_TRANSLATE_NOOP("Command", "All commands…"), Qt::CTRL | Qt::Key_K,
      [this] { open_palette(); });
  add(view_menu_, "language", QT_TRANSLATE_NOOP("Command", "English, Chinese, both"), Qt::CTRL | Qt::Key_L,
      [this] {
        using path::Language;
        set_language(session_.language() == Language::en      ? Language::zh_CN
                     : session_.language() == Language::zh_CN ? Language::both
                                                              : Language::en);
      });
  add(view_menu_, "theme", QT_TRANSLATE_NOOP("Command", "Light, dark, high contrast"), Qt::Key_T, [this] {
    set_theme(static_cast<view::Theme>((static_cast<int>(session_.theme()) + 1) % view::theme_count));
  });
  QAction* still = add(view_menu_, "still", QT_TRANSLATE_NOOP("Command", "Reduced motion"), {},
                       [this] { session_.set_still(!session_.still()); });
  still->setCheckable(true);
  QAction* all = add(view_menu_, "all stages", QT_TRANSLATE_NOOP("Command", "All stages of the path"), {},
                     [this] { session_.set_all_stages(!session_.all_stages()); });
  all->setCheckable(true);
  add(view_menu_, "present", QT_TRANSLATE_NOOP("Command", "Present"), Qt::Key_F5,
      [this] { present(!presenting_); });
  add(view_menu_, "full screen", QT_TRANSLATE_NOOP("Command", "Full screen"), Qt::Key_F11,
      [this] { isFullScreen() ? showNormal() : showFullScreen(); });
  add(view_menu_, "centre", QT_TRANSLATE_NOOP("Command", "Stage and timeline, or one of them alone"),
      Qt::Key_G, [this] { set_centre(static_cast<Centre>((static_cast<int>(centre()) + 1) % 3)); });
  add_timeline_commands(commands_, view_menu_, session_);
  view_menu_->addSeparator();
  add_comparison_commands(commands_, view_menu_, session_,
                          [this](const QString& text) { statusBar()->showMessage(text); });
  view_menu_->addSeparator();
  add(help_menu_, "keys", QT_TRANSLATE_NOOP("Command", "All commands and their keys"), Qt::Key_Question,
      [this] { open_palette(); });
}

void MainWindow::add_dock(const char* id, const char* title, QWidget* content, Qt::DockWidgetArea area,
                          const QKeySequence& key) {
  auto* dock = new QDockWidget;
  dock->setObjectName(QLatin1String{id});
  dock->setWidget(content);
  addDockWidget(area, dock);
  docks_.push_back({dock, title});
  commands_.add(id, title, key, view_menu_, [dock] {
    dock->setVisible(!dock->isVisible());
    if (dock->isVisible()) dock->raise();
  });
}

// Below all panels, as all of them show the moment that is chosen here.
void MainWindow::make_bar() {
  QList<QAction*> steps;
  for (const char* id : {"begin", "packet back", "back", "play", "forth", "packet forth", "end"})
    if (QAction* action = commands_.find(id)) steps.push_back(action);
  transport_ = new Transport{session_, steps};
  auto* rows = new QWidget;
  auto* column = new QVBoxLayout{rows};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(new ScrubberBar{session_});
  column->addWidget(transport_);
  bar_ = new QToolBar;
  bar_->setObjectName(QStringLiteral("transport"));
  bar_->setMovable(false);
  bar_->toggleViewAction()->setVisible(false);
  bar_->addWidget(rows);
  addToolBar(Qt::BottomToolBarArea, bar_);
}

MainWindow::Centre MainWindow::centre() const {
  if (stage_->isHidden()) return Centre::timeline;
  return timeline_dock_->isHidden() ? Centre::stage : Centre::both;
}

// A dock does not get the centre: there, the timeline is in the middle itself.
void MainWindow::set_centre(Centre centre) {
  if (centre == this->centre()) return;
  if (centre == Centre::timeline) {
    timeline_dock_->hide();
    middle_->layout()->addWidget(timeline_);
    timeline_->show();
    stage_->hide();
    return;
  }
  timeline_dock_->setWidget(timeline_);
  stage_->show();
  timeline_dock_->setVisible(centre == Centre::both);
}

void MainWindow::make_docks() {
  library_panel_ = new LibraryPanel{library_};
  parameters_ = new ParameterPanel;
  add_dock("library", QT_TRANSLATE_NOOP("Command", "Library"), library_panel_, Qt::LeftDockWidgetArea,
           Qt::CTRL | Qt::Key_1);
  add_dock("parameters", QT_TRANSLATE_NOOP("Command", "Parameters"), parameters_, Qt::LeftDockWidgetArea,
           Qt::CTRL | Qt::Key_2);
  timeline_ = new TimelinePane{session_};
  add_dock("timeline", QT_TRANSLATE_NOOP("Command", "Timeline"), timeline_, Qt::BottomDockWidgetArea,
           Qt::CTRL | Qt::Key_3);
  timeline_dock_ = docks_.back().widget;
  connect(timeline_dock_, &QDockWidget::visibilityChanged, this, [this](bool visible) {
    if (visible) set_centre(Centre::both);
  });
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);  // a journey is long
  add_dock("journey", QT_TRANSLATE_NOOP("Command", "Journey"), new JourneyPanel{session_},
           Qt::RightDockWidgetArea, Qt::Key_J);
  add_dock("board", QT_TRANSLATE_NOOP("Command", "Board"), new BoardPanel{session_}, Qt::RightDockWidgetArea,
           Qt::Key_O);
  connect(library_panel_, &LibraryPanel::scenario_chosen, this,
          [this](const QString& name) { open_scenario(name.toStdString()); });
  connect(library_panel_, &LibraryPanel::path_chosen, this,
          [this](const QString& name) { add_path(name.toStdString()); });
  add_dock("comparison", QT_TRANSLATE_NOOP("Command", "Comparison"), new ComparisonPanel{session_},
           Qt::BottomDockWidgetArea, Qt::Key_C);
  add_dock("tables", QT_TRANSLATE_NOOP("Command", "Tables"), new Tables{session_}, Qt::BottomDockWidgetArea,
           Qt::CTRL | Qt::Key_T);
  tabifyDockWidget(timeline_dock_, docks_[docks_.size() - 2].widget);
  tabifyDockWidget(docks_[docks_.size() - 2].widget, docks_.back().widget);
  for (const Dock& dock : {docks_[docks_.size() - 2], docks_.back()}) dock.widget->hide();
  connect(sides_, &SidesBar::path_chosen, this,
          [this](const QString& name) { add_path(name.toStdString()); });
  connect(sides_, &SidesBar::removed, this, &MainWindow::remove_side);
  connect(parameters_, &ParameterPanel::changed, this, &MainWindow::set_parameter);
}

void MainWindow::open(const QString& what) {
  if (what.endsWith(QLatin1String{".rstrace"}))
    open_recording(what);
  else
    open_scenario(what.toStdString());
}

void MainWindow::open_scenario(const std::string& name) {
  runner_.cancel_all();
  session_.clear();
  session_.sides().push_back({.scenario = name});
  session_.touch_sides();
  show_knobs();
  run(0);
  stage_->setFocus();
}

void MainWindow::open_recording(const QString& file) {
  try {
    auto reel = std::make_shared<model::Reel>(file.toStdString());
    runner_.cancel_all();
    session_.clear();
    const QString damage = QString::fromStdString(reel->damage());
    session_.show_side(0, std::move(reel), std::nullopt);
    session_.sides()[0].failure = damage;
    runner_.read(0, file.toStdString());
    show_knobs();
    statusBar()->showMessage(damage.isEmpty() ? file : damage);
    stage_->setFocus();
  } catch (const std::exception& error) {
    QMessageBox box{QMessageBox::Warning, tr("This recording cannot be opened"),
                    QString::fromUtf8(error.what()), QMessageBox::Ok, this};
    box.exec();
  }
}

// One more path beside those that are shown, with the same scenario and what was set of it.
void MainWindow::add_path(const std::string& path) {
  if (session_.sides().empty() || session_.sides()[0].scenario.empty()) {
    statusBar()->showMessage(tr("Open a scenario first, then a path to run it on."));
    return;
  }
  if (session_.sides().size() >= Session::most_sides) {
    statusBar()->showMessage(tr("Four paths are the most that can be compared."));
    return;
  }
  Side side{.scenario = session_.sides()[0].scenario, .overrides = session_.sides()[0].overrides};
  side.overrides.path = path;
  session_.sides().push_back(std::move(side));
  session_.touch_sides();
  run(static_cast<int>(session_.sides().size()) - 1);
}

// Runs are known by the place of their side: those behind it are started once more.
void MainWindow::remove_side(int side) {
  runner_.cancel_all();
  session_.remove_side(static_cast<std::size_t>(side));
  for (std::size_t i = 0; i < session_.sides().size(); ++i)
    if (session_.sides()[i].progress < 1) run(static_cast<int>(i));
  show_knobs();
}

void MainWindow::set_parameter(const QString& key, const QString& value) {
  for (Side& side : session_.sides()) {
    auto& set = side.overrides.set;
    std::erase_if(set, [&](const auto& pair) { return pair.first == key.toStdString(); });
    set.emplace_back(key.toStdString(), value.toStdString());
  }
  rerun_all();
}

void MainWindow::rerun_all() {
  for (std::size_t side = 0; side < session_.sides().size(); ++side) run(static_cast<int>(side));
}

void MainWindow::run(int side) {
  Side& its = session_.sides()[static_cast<std::size_t>(side)];
  if (its.scenario.empty()) return;
  its.progress = 0;
  runner_.start(side, {its.scenario, its.overrides});
  stage_->refresh();
}

void MainWindow::arrived(int side, const Outcome& outcome) {
  const auto number = static_cast<std::size_t>(side);
  if (number >= session_.sides().size()) return;
  if (outcome.reel) {
    const bool ran = !session_.sides()[number].scenario.empty();
    session_.show_side(number, outcome.reel, ran ? std::optional{outcome.result} : std::nullopt);
    session_.sides()[number].failure = QString::fromStdString(outcome.reel->damage());
    statusBar()->clearMessage();
  } else {
    session_.sides()[number].failure = outcome.failure;
    session_.sides()[number].progress = 1;
    session_.touch_sides();
    statusBar()->showMessage(outcome.failure.section(QLatin1Char{'\n'}, 0, 0));
  }
  show_knobs();
}

void MainWindow::show_knobs() {
  std::vector<Knob> knobs;
  if (!session_.sides().empty() && !session_.sides()[0].scenario.empty())
    knobs = knobs_of(session_.sides()[0], library_);
  parameters_->show_knobs(std::move(knobs), session_.language() == path::Language::zh_CN);
}

void MainWindow::tick() {
  const double seconds = static_cast<double>(since_frame_.nsecsElapsed()) * 1e-9;
  since_frame_.start();
  session_.advance(std::min(seconds, 0.1));
}

void MainWindow::set_language(path::Language language) {
  session_.set_language(language);
  speak(language);
  retranslate();
}

void MainWindow::set_theme(view::Theme theme) {
  session_.set_theme(theme);
  paint_widgets();
}

void MainWindow::paint_widgets() {
  dress(*qApp, session_.theme());
  show_icons();
}

void MainWindow::show_icons() {
  const view::Sign play = session_.playback().playing() ? view::Sign::pause : view::Sign::play;
  for (const auto& [id, sign] : {std::pair{"begin", view::Sign::to_begin},
                                 {"packet back", view::Sign::packet_back},
                                 {"back", view::Sign::step_back},
                                 {"play", play},
                                 {"forth", view::Sign::step_forth},
                                 {"packet forth", view::Sign::packet_forth},
                                 {"end", view::Sign::to_end}})
    if (QAction* action = commands_.find(id)) action->setIcon(icon(sign, session_.theme()));
}

void MainWindow::retranslate() {
  file_menu_->setTitle(tr("&File"));
  run_menu_->setTitle(tr("&Run"));
  view_menu_->setTitle(tr("&View"));
  help_menu_->setTitle(tr("&Help"));
  setWindowTitle(tr("Ringside"));
  commands_.retranslate();
  for (const Dock& dock : docks_)
    dock.widget->setWindowTitle(QCoreApplication::translate("Command", dock.title));
  transport_->retranslate();
  library_panel_->show_language(session_.language());
  show_knobs();
}

void MainWindow::changeEvent(QEvent* event) { QMainWindow::changeEvent(event); }

// Stage only, in large type: for a room.
void MainWindow::present(bool on) {
  if (on == presenting_) return;
  presenting_ = on;
  if (centre() == Centre::timeline) set_centre(Centre::both);
  if (on) layout_before_ = saveState();
  menuBar()->setVisible(!on);
  statusBar()->setVisible(!on);
  for (const Dock& dock : docks_)
    if (on) dock.widget->hide();
  if (!on) restoreState(layout_before_);
  bar_->setVisible(!on);
  sides_->setVisible(!on);
  stage_->set_presenting(on);
  on ? showFullScreen() : showNormal();
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
  if (presenting_ && event->key() == Qt::Key_Escape) return present(false);
  if (presenting_ && event->key() == Qt::Key_B) return stage_->set_black(!stage_->black());
  if (presenting_ && event->key() == Qt::Key_L && !event->isAutoRepeat()) return stage_->set_spotlight(true);
  if (presenting_ && event->key() == Qt::Key_PageDown) return session_.step(1);
  if (presenting_ && event->key() == Qt::Key_PageUp) return session_.step(-1);
  QMainWindow::keyPressEvent(event);
}

void MainWindow::keyReleaseEvent(QKeyEvent* event) {
  if (presenting_ && event->key() == Qt::Key_L && !event->isAutoRepeat()) return stage_->set_spotlight(false);
  QMainWindow::keyReleaseEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile()) return open(url.toLocalFile());
}

void MainWindow::open_palette() {
  std::vector<Choice> choices;
  for (QAction* action : commands_.all())
    choices.push_back({action->text().remove(QLatin1Char{'&'}),
                       action->shortcut().toString(QKeySequence::NativeText),
                       [action] { action->trigger(); }});
  for (const std::string& name : library_.names(scenarios::Kind::scenario))
    choices.push_back({tr("Open scenario %1").arg(QString::fromStdString(name)), {}, [this, name] {
                         open_scenario(name);
                       }});
  for (const std::string& name : library_.names(scenarios::Kind::path))
    choices.push_back(
        {tr("Compare with path %1").arg(QString::fromStdString(name)), {}, [this, name] { add_path(name); }});
  auto* palette = new Palette{std::move(choices), [this](const QString& text) { return typed(text); }, this};
  palette->setAttribute(Qt::WA_DeleteOnClose);
  palette->move(mapToGlobal(QPoint{(width() - palette->width()) / 2, 80}));
  palette->show();
}

// What the list does not have: a packet, a moment, a recording, a scenario's file.
QString MainWindow::typed(const QString& text) {
  const QString word = text.trimmed();
  if (word.startsWith(QLatin1String{"packet "}))
    session_.set_packet(word.section(QLatin1Char{' '}, 1).toULongLong());
  if (const auto time = scenarios::parse_duration(word.toStdString())) {
    session_.seek(Time{*time});
    return {};
  }
  if (QFileInfo::exists(word)) {
    open(word);
    return {};
  }
  if (session_.reel()) return go_to_condition(word, 1);
  return tr("Expected a command, a scenario or a file: nothing is open yet");
}

QString MainWindow::go_to_condition(const QString& text, int direction) {
  const model::Reel* reel = session_.reel();
  if (!reel) return tr("Nothing is open yet.");
  try {
    const replay::Sought sought = replay::condition_of(text.toStdString(), reel->cast());
    condition_ = text;
    search_.start(reel->file(), session_.playback().events(), sought, direction);
    return {};
  } catch (const replay::ConditionError& error) {
    return QString::fromUtf8(error.what());
  }
}

void MainWindow::ask_for_file() {
  const QString file =
      QFileDialog::getOpenFileName(this, tr("Open"), {}, tr("Recordings and scenarios (*.rstrace *.yaml)"));
  if (!file.isEmpty()) open(file);
}

void MainWindow::export_to(const QString& file) {
  exports_.start([this, file,
                  write = view::writing(file, stage_->picture(QSizeF{stage_->size()}), session_.theme(), 2)] {
    const QString wrong = write();
    QMetaObject::invokeMethod(
        this,
        [this, file, wrong] {
          statusBar()->showMessage(wrong.isEmpty() ? tr("Written: %1").arg(file) : wrong);
          Q_EMIT exported(file, wrong);
        },
        Qt::QueuedConnection);
  });
}

void MainWindow::export_picture() {
  const QString file = QFileDialog::getSaveFileName(
      this, tr("Export the picture"), QStringLiteral("ringside.svg"), tr("Pictures (*.svg *.png *.json)"));
  if (!file.isEmpty()) export_to(file);
}

void MainWindow::export_capture(const QString& file) {
  const model::Reel* reel = session_.reel();
  if (!reel) return statusBar()->showMessage(tr("Nothing is open yet."));
  capture_.start({.recording = reel->file(),
                  .file = file.toStdString(),
                  .to = reel->events(),
                  .packet = session_.packet()});
}

void MainWindow::closeEvent(QCloseEvent* event) {
  runner_.cancel_all();
  if (presenting_) present(false);
  remember();
  event->accept();
}

void MainWindow::remember() {
  if (centre() == Centre::timeline) set_centre(Centre::both);
  QSettings settings;
  settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
  settings.setValue(QStringLiteral("window/layout"), saveState());
  settings.setValue(QStringLiteral("theme"), static_cast<int>(session_.theme()));
  settings.setValue(QStringLiteral("language"), static_cast<int>(session_.language()));
  settings.setValue(QStringLiteral("still"), session_.still());
}

void MainWindow::recall() {
  const QSettings settings;
  const bool chinese = QLocale::system().language() == QLocale::Chinese;
  const int language = settings
                           .value(QStringLiteral("language"),
                                  static_cast<int>(chinese ? path::Language::zh_CN : path::Language::en))
                           .toInt();
  const int theme = settings.value(QStringLiteral("theme"), 0).toInt();
  restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
  if (!restoreState(settings.value(QStringLiteral("window/layout")).toByteArray()))
    QTimer::singleShot(0, this, [this] {  // once they have their places: most of the room is the stage's
      resizeDocks({timeline_dock_}, {height() / 4}, Qt::Vertical);
    });
  session_.set_theme(static_cast<view::Theme>(std::clamp(theme, 0, view::theme_count - 1)));
  session_.set_still(settings.value(QStringLiteral("still"), false).toBool());
  commands_.find("still")->setChecked(session_.still());
  set_language(static_cast<path::Language>(std::clamp(language, 0, 2)));
}

}  // namespace ringside::window
