#include "window/palette.hpp"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace ringside::window {

Palette::Palette(std::vector<Choice> choices, Typed typed, QWidget* parent)
    : QDialog{parent, Qt::Popup},
      choices_{std::move(choices)},
      typed_{std::move(typed)},
      line_{new QLineEdit},
      said_{new QLabel},
      list_{new QListView},
      model_{new QStandardItemModel{this}},
      filter_{new QSortFilterProxyModel{this}} {
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    const Choice& choice = choices_[i];
    auto* item = new QStandardItem{
        choice.hint.isEmpty() ? choice.text : choice.text + QStringLiteral("    ") + choice.hint};
    item->setData(static_cast<int>(i));
    item->setEditable(false);
    model_->appendRow(item);
  }
  filter_->setSourceModel(model_);
  filter_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  list_->setModel(filter_);
  list_->setUniformItemSizes(true);
  line_->setPlaceholderText(
      tr("A command, a scenario, a path; 12.4us; packet 17; drop; queue(rx ring) > 90%"));
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(8, 8, 8, 8);
  column->addWidget(line_);
  column->addWidget(list_);
  column->addWidget(said_);
  said_->setWordWrap(true);
  said_->hide();
  resize(640, 420);
  line_->installEventFilter(this);
  connect(line_, &QLineEdit::textChanged, this, &Palette::find);
  connect(line_, &QLineEdit::returnPressed, this, &Palette::choose);
  connect(list_, &QListView::clicked, this, &Palette::choose);
  list_->setCurrentIndex(filter_->index(0, 0));
  line_->setFocus();
}

void Palette::set_text(const QString& text) { line_->setText(text); }

bool Palette::eventFilter(QObject* object, QEvent* event) {
  if (object == line_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_PageDown || key == Qt::Key_PageUp) {
      QCoreApplication::sendEvent(list_, event);
      return true;
    }
  }
  return QDialog::eventFilter(object, event);
}

// "drop" is a condition before it is a part of a scenario's name: what the list has is there for the arrow
// keys.
void Palette::find(const QString& text) {
  filter_->setFilterFixedString(text);
  const bool means = typed_.means(text);
  list_->setCurrentIndex(means ? QModelIndex{} : filter_->index(0, 0));
  if (means)
    say(tr("Enter goes on until “%1”; ↓ chooses from the list.").arg(text.trimmed()));
  else
    say(filter_->rowCount() == 0
            ? tr("Nothing in the list has this; Enter takes it for a condition or a file.")
            : QString{});
}

void Palette::say(const QString& text) {
  said_->setText(text);
  said_->setVisible(!text.isEmpty());
}

void Palette::choose() {
  const QModelIndex index = list_->currentIndex();
  if (index.isValid()) {
    const auto run = choices_[static_cast<std::size_t>(filter_->data(index, Qt::UserRole + 1).toInt())].run;
    accept();
    return run();
  }
  const QString wrong = typed_.does(line_->text());
  if (wrong.isEmpty()) return accept();
  line_->selectAll();
  say(wrong);
}

}  // namespace ringside::window
