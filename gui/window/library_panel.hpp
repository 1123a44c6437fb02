// What can be opened: scenarios by title, and the paths on which they can run.
#pragma once

#include <QWidget>

#include "ringside/path/describe.hpp"
#include "ringside/scenarios/library.hpp"

class QLineEdit;
class QSortFilterProxyModel;
class QStandardItemModel;
class QTreeView;

namespace ringside::window {

// The title that a text gives itself, without reading the rest; empty: it has none.
path::Text title_of(const std::string& file);

class LibraryPanel : public QWidget {
  Q_OBJECT

 public:
  explicit LibraryPanel(const scenarios::Library&, QWidget* parent = nullptr);
  void show_language(path::Language);
  void search();  // what is typed next

 Q_SIGNALS:
  void scenario_chosen(const QString& name);
  void path_chosen(const QString& name);

 private:
  void fill();

  const scenarios::Library& library_;
  path::Language language_ = path::Language::en;
  QLineEdit* search_;
  QTreeView* tree_;
  QStandardItemModel* model_;
  QSortFilterProxyModel* filter_;
};

}  // namespace ringside::window
