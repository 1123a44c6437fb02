#include "window/library_panel.hpp"

#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

#include "ringside/scenarios/document.hpp"

namespace ringside::window {

namespace {

constexpr int name_role = Qt::UserRole + 1;
constexpr int kind_role = Qt::UserRole + 2;

std::string member(const scenarios::TextNode* map, const char* key) {
  const scenarios::TextNode* found =
      map && map->kind == scenarios::TextNode::Kind::map ? map->find(key) : nullptr;
  return found ? found->text : std::string{};
}

}  // namespace

path::Text title_of(const std::string& file) {
  scenarios::Findings ignored;
  const auto document = scenarios::read_document(file, ignored);
  const scenarios::TextNode* title = document ? document->root.find("title") : nullptr;
  return {member(title, "en"), member(title, "zh_CN")};
}

LibraryPanel::LibraryPanel(const scenarios::Library& library, QWidget* parent)
    : QWidget{parent},
      library_{library},
      search_{new QLineEdit},
      tree_{new QTreeView},
      model_{new QStandardItemModel{this}},
      filter_{new QSortFilterProxyModel{this}} {
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(4, 4, 4, 4);
  column->addWidget(search_);
  column->addWidget(tree_);
  filter_->setSourceModel(model_);
  filter_->setRecursiveFilteringEnabled(true);
  filter_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  search_->setClearButtonEnabled(true);
  tree_->setModel(filter_);
  tree_->setHeaderHidden(true);
  tree_->setUniformRowHeights(true);
  tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  tree_->setTextElideMode(Qt::ElideRight);
  connect(search_, &QLineEdit::textChanged, filter_, &QSortFilterProxyModel::setFilterFixedString);
  connect(tree_, &QTreeView::activated, this, [this](const QModelIndex& index) {
    const QString name = index.data(name_role).toString();
    if (name.isEmpty()) return;
    if (index.data(kind_role).toInt() == static_cast<int>(scenarios::Kind::scenario))
      Q_EMIT scenario_chosen(name);
    else
      Q_EMIT path_chosen(name);
  });
  fill();
}

void LibraryPanel::search() {
  search_->setFocus();
  search_->selectAll();
}

void LibraryPanel::show_language(path::Language language) {
  language_ = language;
  fill();
}

void LibraryPanel::fill() {
  model_->clear();
  search_->setPlaceholderText(tr("Search"));
  search_->setAccessibleName(tr("Search the library"));
  tree_->setAccessibleName(tr("Library"));
  for (const scenarios::Kind kind : {scenarios::Kind::scenario, scenarios::Kind::path}) {
    auto* group = new QStandardItem{kind == scenarios::Kind::scenario ? tr("Scenarios") : tr("Paths")};
    for (const auto& [name, file] : library_.texts(kind)) {
      const path::Text title = title_of(file.string());
      const std::string& words = language_ == path::Language::zh_CN ? title.zh_CN : title.en;
      auto* item = new QStandardItem{QString::fromStdString(words.empty() ? name : words)};
      item->setData(QString::fromStdString(name), name_role);
      item->setData(static_cast<int>(kind), kind_role);
      item->setToolTip(QString::fromStdString(name + (words.empty() ? "" : "\n" + words)));
      group->appendRow(item);
    }
    model_->appendRow(group);
  }
  tree_->expand(filter_->index(0, 0));
}

}  // namespace ringside::window
