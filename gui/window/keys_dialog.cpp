#include "window/keys_dialog.hpp"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace ringside::window {

KeysDialog::KeysDialog(Commands& commands, QWidget* parent)
    : QDialog{parent},
      commands_{commands},
      table_{new QTableWidget},
      key_{new QKeySequenceEdit},
      said_{new QLabel} {
  setWindowTitle(tr("Keys"));
  table_->setColumnCount(2);
  table_->setHorizontalHeaderLabels({tr("Command"), tr("Key")});
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table_->verticalHeader()->hide();
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  said_->setWordWrap(true);
  auto* none = new QPushButton{tr("No key")};
  auto* standard = new QPushButton{tr("Standard key")};
  for (QPushButton* button : {none, standard}) button->setAutoDefault(false);  // Enter is the key field's
  auto* row = new QHBoxLayout;
  row->addWidget(new QLabel{tr("New key:")});
  row->addWidget(key_, 1);
  row->addWidget(none);
  row->addWidget(standard);
  auto* buttons = new QDialogButtonBox{QDialogButtonBox::Close | QDialogButtonBox::RestoreDefaults};
  auto* column = new QVBoxLayout{this};
  column->addWidget(table_);
  column->addLayout(row);
  column->addWidget(said_);
  column->addWidget(buttons);
  for (QAbstractButton* button : buttons->buttons()) static_cast<QPushButton*>(button)->setAutoDefault(false);
  resize(560, 520);
  list();
  connect(table_, &QTableWidget::itemSelectionChanged, this, &KeysDialog::choose);
  connect(key_, &QKeySequenceEdit::editingFinished, this, [this] { give(key_->keySequence()); });
  connect(none, &QPushButton::clicked, this, [this] { give({}); });
  connect(standard, &QPushButton::clicked, this, [this] {
    if (const QAction* action = chosen()) give(Commands::standard_key(*action));
  });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
          &KeysDialog::give_standard_keys);
  table_->selectRow(0);
}

void KeysDialog::list() {
  const auto& actions = commands_.all();
  table_->setRowCount(static_cast<int>(actions.size()));
  for (int row = 0; row < table_->rowCount(); ++row) {
    const QAction& action = *actions[static_cast<std::size_t>(row)];
    table_->setItem(row, 0, new QTableWidgetItem{action.text().remove(QLatin1Char{'&'})});
    table_->setItem(row, 1, new QTableWidgetItem{action.shortcut().toString(QKeySequence::NativeText)});
  }
}

QAction* KeysDialog::chosen() const {
  const int row = table_->currentRow();
  return row < 0 ? nullptr : commands_.all()[static_cast<std::size_t>(row)];
}

void KeysDialog::choose() {
  said_->clear();
  if (const QAction* action = chosen()) key_->setKeySequence(action->shortcut());
}

// A key that another command has is not taken away from it.
void KeysDialog::give(const QKeySequence& key) {
  QAction* action = chosen();
  if (!action || action->shortcut() == key) return;
  if (QAction* other = commands_.owner_of(key, action)) {
    said_->setText(tr("%1 is the key of “%2”. Choose another one, or give that command another key first.")
                       .arg(key.toString(QKeySequence::NativeText), other->text()));
    key_->setKeySequence(action->shortcut());
    return;
  }
  Commands::set_key(*action, key);
  said_->clear();
  key_->setKeySequence(key);
  table_->item(table_->currentRow(), 1)->setText(key.toString(QKeySequence::NativeText));
}

void KeysDialog::give_standard_keys() {
  for (QAction* action : commands_.all()) Commands::set_key(*action, Commands::standard_key(*action));
  list();
  choose();
}

}  // namespace ringside::window
