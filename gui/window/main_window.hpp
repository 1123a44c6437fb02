// The window: the stage in the middle, the panels around it, and the commands that move them.
#pragma once

#include <QDockWidget>
#include <QElapsedTimer>
#include <QMainWindow>
#include <QThreadPool>
#include <QTimer>

#include "window/capture.hpp"
#include "window/commands.hpp"
#include "window/runner.hpp"
#include "window/search.hpp"
#include "window/session.hpp"

namespace ringside::window {

class LibraryPanel;
class ParameterPanel;
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
  Runner& runner() { return runner_; }

  void open_scenario(const std::string& name);
  void open_recording(const QString& file);
  void open(const QString& what);  // a recording by its ending, else a scenario
  void add_path(const std::string& path);
  void remove_side(int side);
  void export_to(const QString& file);  // the picture; exported() says how it went
  void set_parameter(const QString& key, const QString& value);
  void set_language(path::Language);
  void set_theme(view::Theme);
  // What passed the wire of the host under study: the selected packet, or all.
  void export_capture(const QString& file);
  void present(bool on);
  bool presenting() const { return presenting_; }

 Q_SIGNALS:
  void exported(const QString& file, const QString& wrong);  // empty: nothing is

 protected:
  void changeEvent(QEvent*) override;
  void closeEvent(QCloseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void keyReleaseEvent(QKeyEvent*) override;
  void dragEnterEvent(QDragEnterEvent*) override;
  void dropEvent(QDropEvent*) override;

 private:
  void make_menus();
  void make_docks();
  void make_bar();
  enum class Centre : std::uint8_t { both, timeline, stage };  // what has it, or has it alone
  Centre centre() const;
  void set_centre(Centre);
  void add_dock(const char* id, const char* title, QWidget* content, Qt::DockWidgetArea, const QKeySequence&);
  void retranslate();
  void paint_widgets();  // in the palette of the theme
  void show_icons();     // in its ink
  void remember();
  void recall();
  void run(int side);
  void rerun_all();
  void arrived(int side, const Outcome&);
  void show_knobs();
  void tick();
  void open_palette();
  QString typed(const QString&);
  void ask_for_file();
  void export_picture();
  // "drop", "queue(rx ring) > 90%" (ringside/replay/condition.hpp). Returns what is wrong with it, or
  // nothing.
  QString go_to_condition(const QString&, int direction);

  const scenarios::Library& library_;
  Session session_{};
  Commands commands_{this};
  Runner runner_;
  Search search_{};
  Capture capture_{};
  QTimer frames_{};
  QElapsedTimer since_frame_{};
  QMenu* file_menu_ = nullptr;
  QMenu* run_menu_ = nullptr;
  QMenu* view_menu_ = nullptr;
  QMenu* help_menu_ = nullptr;
  Pursuit* pursuit_ = nullptr;
  StagePane* stage_ = nullptr;
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
  QString condition_ = QStringLiteral("drop");  // that was looked for last
  bool presenting_ = false;
  QByteArray layout_before_{};  // presenting
  QThreadPool exports_{};       // waited for
};

}  // namespace ringside::window
