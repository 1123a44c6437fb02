// What is open: for each side of the session a run of a scenario, or a recording that was made before.
#pragma once

#include <string>

#include <QObject>
#include <QString>
#include <QStringList>

#include "window/runner.hpp"
#include "window/session.hpp"

namespace ringside::window {

bool names_recording(const QString& what);  // by its ending

class Runs : public QObject {
  Q_OBJECT

 public:
  Runs(Session&, const scenarios::Library&, QObject* parent = nullptr);
  ~Runs() override { runner_.cancel_all(); }

  Runner& runner() { return runner_; }

  void open(const QString& what);  // a recording by its ending, else a scenario
  // Several recordings are shown side by side; else the first is opened.
  void open_all(const QStringList& what);
  void open_scenario(const std::string& name, scenarios::Overrides = {});
  bool open_recording(const QString& file);  // false: it was refused
  // Beside those that are shown.
  void add_recording(const QString& file);
  // The same scenario, and what was set of it, on one more path.
  void add_path(const std::string& path);
  void remove_side(int side);
  void set_parameter(const QString& key, const QString& value);
  void again();
  void stop() { runner_.cancel_all(); }

 Q_SIGNALS:
  void began();       // something was opened
  void changed();     // what can be set, or what is shown
  void progressed();  // of a run
  void said(const QString& text);
  void refused(const QString& why);  // no recording: nothing has changed

 private:
  std::shared_ptr<model::Reel> reel_of(const QString& file);
  void show_recording(std::size_t side, const QString& file, std::shared_ptr<model::Reel>);
  bool is_full();
  void run(std::size_t side);
  void start_anew(std::size_t side);  // running, or reading
  void arrived(std::size_t side, const Outcome&);

  Session& session_;
  Runner runner_;
};

}  // namespace ringside::window
