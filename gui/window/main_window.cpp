#include "window/main_window.hpp"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>

#include "window/board_panel.hpp"
#include "window/command_line.hpp"
#include "window/comparison_commands.hpp"
#include "window/comparison_panel.hpp"
#include "window/explain.hpp"
#include "window/exports.hpp"
#include "window/journey_panel.hpp"
#include "window/keys_dialog.hpp"
#include "window/language.hpp"
#include "window/library_panel.hpp"
#include "window/look.hpp"
#include "window/own_keys.hpp"
#include "window/palette.hpp"
#include "window/parameter_panel.hpp"
#include "window/playing_commands.hpp"
#include "window/presenter.hpp"
#include "window/pursuit.hpp"
#include "window/scrubber_bar.hpp"
#include "window/sides_bar.hpp"
#include "window/stage_pane.hpp"
#include "window/sweep_panel.hpp"
#include "window/tables.hpp"
#include "window/timeline_commands.hpp"
#include "window/timeline_pane.hpp"
#include "window/transport.hpp"

namespace ringside::window {

namespace {

constexpr int frame_ms = 16;

}  // namespace

MainWindow::MainWindow(const scenarios::Library& library)
    : library_{library}, runs_{session_, library}, offer_{session_, library} {
  setObjectName(QStringLiteral("ringside"));
  setAcceptDrops(true);
  setDockNestingEnabled(true);
  make_centre();
  make_menus();
  make_bar();
  make_docks();
  presenter_ = new Presenter{*this, session_, *stage_, {bar_, sides_}};
  statusBar();  // has its place from the beginning
  qApp->installEventFilter(new OwnKeys{this});
  listen();
  resize(QSize{1440, 900}.boundedTo(screen()->availableSize()));
  recall();
  retranslate();
  paint_widgets();
}

MainWindow::~MainWindow() {
  frames_.stop();
  runs_.stop();
}

void MainWindow::make_centre() {
  stage_ = new StagePane{session_};
  pursuit_ = new Pursuit{session_, this};
  exports_ = new Exports{session_, *stage_, this};
  sides_ = new SidesBar{session_, library_, offer_};
  middle_ = new QWidget;
  auto* column = new QVBoxLayout{middle_};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(sides_);
  column->addWidget(stage_, 1);
  setCentralWidget(middle_);
}

void MainWindow::listen() {
  frames_.setInterval(frame_ms);
  frames_.setTimerType(Qt::PreciseTimer);
  connect(&frames_, &QTimer::timeout, this, &MainWindow::tick);
  connect(&session_, &Session::play_changed, this, &MainWindow::play_frames);
  connect(&runs_, &Runs::progressed, stage_, &Canvas::refresh);
  connect(&runs_, &Runs::changed, this, &MainWindow::show_knobs);
  connect(&runs_, &Runs::began, stage_, qOverload<>(&QWidget::setFocus));
  connect(&runs_, &Runs::refused, this, &MainWindow::refuse);
  connect(&runs_, &Runs::said, this, &MainWindow::say);
  connect(&until_, &Until::said, this, &MainWindow::say);
  connect(exports_, &Exports::said, this, &MainWindow::say);
  connect(library_panel_, &LibraryPanel::scenario_chosen, this,
          [this](const QString& name) { runs_.open_scenario(name.toStdString()); });
  connect(library_panel_, &LibraryPanel::path_chosen, this, &MainWindow::add_path);
  connect(sides_, &SidesBar::path_chosen, this, &MainWindow::add_path);
  connect(sides_, &SidesBar::removed, &runs_, &Runs::remove_side);
  connect(parameters_, &ParameterPanel::changed, &runs_, &Runs::set_parameter);
}

void MainWindow::make_menus() {
  for (QMenu** menu : {&file_menu_, &run_menu_, &view_menu_, &help_menu_})
    *menu = menuBar()->addMenu(QString{});
  make_file_menu();
  make_run_menu();
  make_view_menu();
  make_help_menu();
}

void MainWindow::make_file_menu() {
  commands_.add("open", QT_TRANSLATE_NOOP("Command", "Open a recording or a scenario…"), QKeySequence::Open,
                file_menu_, [this] { ask_for_file(false); });
  commands_.add("open beside", QT_TRANSLATE_NOOP("Command", "Open a recording beside those that are shown…"),
                Qt::CTRL | Qt::SHIFT | Qt::Key_O, file_menu_, [this] { ask_for_file(true); });
  exports_->add_to(commands_, file_menu_);
  commands_.add("copy command", QT_TRANSLATE_NOOP("Command", "Copy the command that opens this moment"),
                Qt::CTRL | Qt::SHIFT | Qt::Key_C, file_menu_, [this] {
                  const QString line = command_line_of(session_);
                  QGuiApplication::clipboard()->setText(line);
                  say(line.isEmpty() ? tr("Nothing is open yet.") : line);
                });
  file_menu_->addSeparator();
  commands_.add("quit", QT_TRANSLATE_NOOP("Command", "Quit"), QKeySequence::Quit, file_menu_,
                [this] { close(); });
}

void MainWindow::make_run_menu() {
  add_playing_commands(commands_, run_menu_, session_, [this](int notches) { transport_->faster(notches); });
  run_menu_->addSeparator();
  commands_.add("until", QT_TRANSLATE_NOOP("Command", "Go on until…"), Qt::Key_U, run_menu_,
                [this] { open_palette(); });
  until_.add_to(commands_, run_menu_);
  run_menu_->addSeparator();
  pursuit_->add_to(commands_, run_menu_);
  run_menu_->addSeparator();
  commands_.add("again", QT_TRANSLATE_NOOP("Command", "Run again"), Qt::CTRL | Qt::Key_R, run_menu_,
                [this] { runs_.again(); });
}

void MainWindow::make_view_menu() {
  const auto add = [this](const char* id, const char* text, const QKeySequence& key, auto run) {
    return commands_.add(id, text, key, view_menu_, run);
  };
  add("search", QT_TRANSLATE_NOOP("Command", "Search the library"), Qt::Key_Slash, [this] {
    docks_.front().widget->show();
    library_panel_->search();
  });
  add("palette", QT_TRANSLATE_NOOP("Command", "All commands…"), Qt::CTRL | Qt::Key_K,
      [this] { open_palette(); });
  add("language", QT_TRANSLATE_NOOP("Command", "English, Chinese, both"), Qt::CTRL | Qt::Key_L, [this] {
    using path::Language;
    set_language(session_.language() == Language::en      ? Language::zh_CN
                 : session_.language() == Language::zh_CN ? Language::both
                                                          : Language::en);
  });
  add("theme", QT_TRANSLATE_NOOP("Command", "Light, dark, high contrast"), Qt::Key_T, [this] {
    set_theme(static_cast<view::Theme>((static_cast<int>(session_.theme()) + 1) % view::theme_count));
  });
  add("still", QT_TRANSLATE_NOOP("Command", "Reduced motion"), {}, [this] {
    session_.set_still(!session_.still());
  })->setCheckable(true);
  add("all stages", QT_TRANSLATE_NOOP("Command", "All stages of the path"), {}, [this] {
    session_.set_all_stages(!session_.all_stages());
  })->setCheckable(true);
  add("host", QT_TRANSLATE_NOOP("Command", "The next host"), Qt::Key_H, [this] { session_.next_host(); });
  add("present", QT_TRANSLATE_NOOP("Command", "Present"), Qt::Key_F5,
      [this] { present(!presenter_->presenting()); });
  add("full screen", QT_TRANSLATE_NOOP("Command", "Full screen"), Qt::Key_F11,
      [this] { isFullScreen() ? showNormal() : showFullScreen(); });
  add("centre", QT_TRANSLATE_NOOP("Command", "Stage and timeline, or one of them alone"), Qt::Key_G,
      [this] { set_centre(static_cast<Centre>((static_cast<int>(centre()) + 1) % 3)); });
  add_timeline_commands(commands_, view_menu_, session_);
  view_menu_->addSeparator();
  add_comparison_commands(commands_, view_menu_, session_, [this](const QString& text) { say(text); });
  view_menu_->addSeparator();
}

void MainWindow::make_help_menu() {
  commands_.add("keys", QT_TRANSLATE_NOOP("Command", "All commands and their keys"), Qt::Key_Question,
                help_menu_, [this] { open_palette(); });
  commands_.add("explain", QT_TRANSLATE_NOOP("Command", "Explain what is under the mouse, or the last event"),
                Qt::Key_F1, help_menu_, [this] {
                  if (!explain(*stage_)) say(tr("Nothing more is known of this. Try a stage or a queue."));
                });
  commands_.add("change keys", QT_TRANSLATE_NOOP("Command", "Change the keys…"), {}, help_menu_, [this] {
    KeysDialog dialog{commands_, this};
    dialog.exec();
  });
}

QDockWidget* MainWindow::add_dock(const char* id, const char* title, QWidget* content,
                                  Qt::DockWidgetArea area, const QKeySequence& key) {
  auto* dock = new QDockWidget;
  dock->setObjectName(QLatin1String{id});
  dock->setWidget(content);
  addDockWidget(area, dock);
  docks_.push_back({dock, title});
  commands_.add(id, title, key, view_menu_, [dock] {
    dock->setVisible(!dock->isVisible());
    if (dock->isVisible()) dock->raise();
  });
  return dock;
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
  timeline_ = new TimelinePane{session_};
  add_dock("library", QT_TRANSLATE_NOOP("Command", "Library"), library_panel_, Qt::LeftDockWidgetArea,
           Qt::CTRL | Qt::Key_1);
  add_dock("parameters", QT_TRANSLATE_NOOP("Command", "Parameters"), parameters_, Qt::LeftDockWidgetArea,
           Qt::CTRL | Qt::Key_2);
  timeline_dock_ = add_dock("timeline", QT_TRANSLATE_NOOP("Command", "Timeline"), timeline_,
                            Qt::BottomDockWidgetArea, Qt::CTRL | Qt::Key_3);
  connect(timeline_dock_, &QDockWidget::visibilityChanged, this, [this](bool visible) {
    if (visible) set_centre(Centre::both);
  });
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);  // a journey is long
  add_dock("journey", QT_TRANSLATE_NOOP("Command", "Journey"), new JourneyPanel{session_},
           Qt::RightDockWidgetArea, Qt::Key_J);
  add_dock("board", QT_TRANSLATE_NOOP("Command", "Board"), new BoardPanel{session_}, Qt::RightDockWidgetArea,
           Qt::Key_O);
  QDockWidget* beside = timeline_dock_;
  const auto add_tab = [&](const char* id, const char* title, QWidget* content, const QKeySequence& key) {
    QDockWidget* tab = add_dock(id, title, content, Qt::BottomDockWidgetArea, key);
    tabifyDockWidget(std::exchange(beside, tab), tab);
    tab->hide();
  };
  add_tab("comparison", QT_TRANSLATE_NOOP("Command", "Comparison"), new ComparisonPanel{session_}, Qt::Key_C);
  add_tab("tables", QT_TRANSLATE_NOOP("Command", "Tables"), new Tables{session_}, Qt::CTRL | Qt::Key_T);
  connect(&session_, &Session::list_changed, beside, [this, tables = beside] {
    if (!session_.listed()) return;
    tables->show();
    tables->raise();
  });
  auto* sweep = new SweepPanel{session_, library_};
  add_tab("sweep", QT_TRANSLATE_NOOP("Command", "Sweep"), sweep, Qt::Key_V);
  connect(sweep, &SweepPanel::parameter_set, &runs_, &Runs::set_parameter);
  commands_.add("sweep run", QT_TRANSLATE_NOOP("Command", "Run or stop the sweep"), {}, run_menu_,
                [sweep] { sweep->run_or_stop(); });
}

void MainWindow::say(const QString& text) {
  text.isEmpty() ? statusBar()->clearMessage() : statusBar()->showMessage(text);
}

void MainWindow::refuse(const QString& why) {
  QMessageBox box{QMessageBox::Warning, tr("This recording cannot be opened"), why, QMessageBox::Ok, this};
  box.exec();
}

// Where it is known that it cannot run there, that is said at once, with what can.
void MainWindow::add_path(const QString& name) {
  const QString refusal = offer_.refusal(name.toStdString());
  if (refusal.isEmpty()) return runs_.add_path(name.toStdString());
  const QStringList fitting = offer_.fitting();
  constexpr qsizetype most = 8;  // in a line
  say(tr("Not on %1. It runs on: %2. Why: %3")
          .arg(name,
               fitting.mid(0, most).join(QStringLiteral(", ")) +
                   (fitting.size() > most ? QStringLiteral(", …") : QString{}),
               refusal));
}

void MainWindow::show_knobs() {
  std::vector<Knob> knobs;
  if (!session_.sides().empty() && !session_.sides()[0].scenario.empty())
    knobs = knobs_of(session_.sides()[0], library_);
  parameters_->show_knobs(std::move(knobs), session_.language() == path::Language::zh_CN);
}

void MainWindow::play_frames() {
  show_icons();
  if (!session_.playback().playing()) return frames_.stop();
  since_frame_.start();
  frames_.start();
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

void MainWindow::present(bool on) {
  if (centre() == Centre::timeline) set_centre(Centre::both);
  presenter_->present(on);
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
  if (!presenter_->pressed(*event)) QMainWindow::keyPressEvent(event);
}

void MainWindow::keyReleaseEvent(QKeyEvent* event) {
  if (!presenter_->released(*event)) QMainWindow::keyReleaseEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  QStringList files;
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile()) files.push_back(url.toLocalFile());
  runs_.open_all(files);
}

void MainWindow::open_palette() {
  std::vector<Choice> choices;
  for (QAction* action : commands_.all())
    choices.push_back({action->text().remove(QLatin1Char{'&'}),
                       action->shortcut().toString(QKeySequence::NativeText),
                       [action] { action->trigger(); }});
  for (const std::string& name : library_.names(scenarios::Kind::scenario))
    choices.push_back({tr("Open scenario %1").arg(QString::fromStdString(name)), {}, [this, name] {
                         runs_.open_scenario(name);
                       }});
  for (const std::string& name : library_.names(scenarios::Kind::path))
    choices.push_back({tr("Compare with path %1").arg(QString::fromStdString(name)), {}, [this, name] {
                         add_path(QString::fromStdString(name));
                       }});
  auto* palette = new Palette{std::move(choices),
                              {.means = [this](const QString& text) { return until_.understands(text); },
                               .does = [this](const QString& text) { return typed(text); }},
                              this};
  palette->setAttribute(Qt::WA_DeleteOnClose);
  palette->move(mapToGlobal(QPoint{(width() - palette->width()) / 2, 80}));
  palette->show();
}

// What the list does not have: a recording, a scenario's file, a packet, a moment.
QString MainWindow::typed(const QString& text) {
  const QString word = text.trimmed();
  if (!QFileInfo::exists(word)) return until_.go(word);
  runs_.open(word);
  return {};
}

void MainWindow::ask_for_file(bool beside) {
  const QStringList files = QFileDialog::getOpenFileNames(
      this, tr("Open"), {},
      beside ? tr("Recordings (*.rstrace)") : tr("Recordings and scenarios (*.rstrace *.yaml)"));
  if (!beside) return runs_.open_all(files);
  for (const QString& file : files) runs_.add_recording(file);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  runs_.stop();
  presenter_->present(false);
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
  commands_.recall_keys();
}

}  // namespace ringside::window
