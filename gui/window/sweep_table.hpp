// The points of the sweep with all their figures, as a table.
#pragma once

#include <vector>

#include <QAbstractTableModel>
#include <QStringList>

#include "window/session.hpp"

namespace ringside::window {

class SweepTable : public QAbstractTableModel {
  Q_OBJECT

 public:
  explicit SweepTable(Session&, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;     // path by path, value by value
  int columnCount(const QModelIndex& parent = {}) const override;  // these two, the metrics, what is wrong
  QVariant data(const QModelIndex&, int role) const override;
  QVariant headerData(int section, Qt::Orientation, int role) const override;

  void open_run(const QModelIndex&);

 private:
  struct Content {
    QStringList heads{};
    std::vector<QStringList> rows{};
    std::size_t values = 0;  // of each path
  };
  Content content() const;
  void follow();

  Session& session_;
  Content content_{};
};

}  // namespace ringside::window
