// The window: the stage in the middle, the panels around it, and the commands that move them.
#pragma once

#include <QDockWidget>
#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>

#include "window/bookmarks.hpp"
#include "window/commands.hpp"
#include "window/path_offer.hpp"
#include "window/runs.hpp"
#include "window/session.hpp"
#include "window/until.hpp"

namespace ringside::window {

class Exports;
class LibraryPanel;
class ParameterPanel;
class Presenter;
class Pursuit;
class SidesBar;
class StagePane;
class TimelinePane;
class Transport;

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(const scenarios::Library&);
  ~MainWindow() override;

  Session& session() { return session_; }
  Commands& commands() { return commands_; }
  Runs& runs() { return runs_; }
  Exports& exports() { return *exports_; }
  const PathOffer& offer() const { return offer_; }
  Presenter& presenter() { return *presenter_; }

  void set_language(path::Language);
  void set_theme(view::Theme);

 protected:
  void closeEvent(QCloseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void keyReleaseEvent(QKeyEvent*) override;
  void dragEnterEvent(QDragEnterEvent*) override;
  void dropEvent(QDropEvent*) override;

 private:
  void make_centre();
  void make_menus();
  void make_file_menu();
  void make_run_menu();
  void make_view_menu();
  void make_help_menu();
  void make_docks();
  void make_bar();
  void listen();
  enum class Centre : std::uint8_t { both, timeline, stage };  // what has it, or has it alone
  Centre centre() const;
  void set_centre(Centre);
  QDockWidget* add_dock(const char* id, const char* title, QWidget* content, Qt::DockWidgetArea,
                        const QKeySequence&);
  void retranslate();
  void paint_widgets();  // in the palette of the theme
  void show_icons();     // in its ink
  void remember();
  void recall();
  void say(const QString&);
  void refuse(const QString& why);
  void add_path(const QString& name);
  void show_knobs();
  void play_frames();
  void tick();
  void present(bool on);
  void open_palette();
  QString typed(const QString&);
  void ask_for_file(bool beside);

  const scenarios::Library& library_;
  Session session_{};
  Commands commands_{this};
  Runs runs_;
  PathOffer offer_;
  Until until_{session_};
  Bookmarks bookmarks_{session_};
  QTimer frames_{};
  QElapsedTimer since_frame_{};
  QMenu* file_menu_ = nullptr;
  QMenu* run_menu_ = nullptr;
  QMenu* view_menu_ = nullptr;
  QMenu* help_menu_ = nullptr;
  Pursuit* pursuit_ = nullptr;
  StagePane* stage_ = nullptr;
  Exports* exports_ = nullptr;
  Presenter* presenter_ = nullptr;
  TimelinePane* timeline_ = nullptr;
  QDockWidget* timeline_dock_ = nullptr;
  QWidget* middle_ = nullptr;
  QToolBar* bar_ = nullptr;  // of the scrubber and the transport
  SidesBar* sides_ = nullptr;
  Transport* transport_ = nullptr;
  LibraryPanel* library_panel_ = nullptr;
  ParameterPanel* parameters_ = nullptr;
  struct Dock {
    QDockWidget* widget;
    const char* title;
  };
  std::vector<Dock> docks_{};
};

}  // namespace ringside::window
