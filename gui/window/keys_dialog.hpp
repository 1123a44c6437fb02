// Which key does what, to be changed.
#pragma once

#include <QDialog>

#include "window/commands.hpp"

class QKeySequenceEdit;
class QLabel;
class QTableWidget;

namespace ringside::window {

class KeysDialog : public QDialog {
  Q_OBJECT

 public:
  KeysDialog(Commands&, QWidget* parent);

 private:
  void list();
  QAction* chosen() const;  // nullptr: none
  void choose();
  void give(const QKeySequence&);
  void give_standard_keys();

  Commands& commands_;
  QTableWidget* table_;
  QKeySequenceEdit* key_;
  QLabel* said_;
};

}  // namespace ringside::window
