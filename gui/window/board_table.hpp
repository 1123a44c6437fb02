// The figures of the runs, side by side, as a table.
#pragma once

#include <string>
#include <vector>

#include <QAbstractTableModel>

#include "window/session.hpp"

namespace ringside::window {

class BoardTable : public QAbstractTableModel {
  Q_OBJECT

 public:
  explicit BoardTable(Session&, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;  // a name, and a column for each side
  QVariant data(const QModelIndex&, int role) const override;
  QVariant headerData(int section, Qt::Orientation, int role) const override;

 private:
  void reset();

  Session& session_;
  std::vector<std::string> keys_{};  // that any of them has
};

}  // namespace ringside::window
