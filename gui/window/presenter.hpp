// Showing to a room: the stage alone, in large type. Where there is a second screen the stage takes it, and
// the first has the notes.
#pragma once

#include <memory>

#include <QList>
#include <QMainWindow>
#include <QObject>

#include "window/notes.hpp"
#include "window/stage_pane.hpp"

class QKeyEvent;

namespace ringside::window {

class Presenter : public QObject {
  Q_OBJECT

 public:
  // Besides its menu, its status bar and its panels the window hides these.
  Presenter(QMainWindow&, Session&, StagePane&, QList<QWidget*> hidden);

  void present(bool on);
  bool presenting() const { return presenting_; }
  const Notes* notes() const { return notes_.get(); }  // nullptr: there is one screen

  // What a clicker sends, and what a lecturer presses. False: it is none of these.
  bool pressed(const QKeyEvent&);
  bool released(const QKeyEvent&);

 protected:
  bool eventFilter(QObject*, QEvent*) override;  // the notes hear the same keys

 private:
  void hide_all_else(bool);
  void take_the_other_screen();
  void step(int direction);  // from bookmark to bookmark; without any, from event to event

  QMainWindow& window_;
  Session& session_;
  StagePane& stage_;
  QList<QWidget*> hidden_;
  std::unique_ptr<Notes> notes_{};
  bool presenting_ = false;
  QByteArray layout_{};  // before
  QByteArray geometry_{};
};

}  // namespace ringside::window
