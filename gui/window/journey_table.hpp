// The way of the packet that is followed, as a table.
#pragma once

#include <QAbstractTableModel>

#include "ringside/replay/journey.hpp"
#include "window/session.hpp"

namespace ringside::window {

class JourneyTable : public QAbstractTableModel {
  Q_OBJECT

 public:
  explicit JourneyTable(Session&, QObject* parent = nullptr);

  enum Column : int { time, since, lasts, host, place, columns };
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex&, int role) const override;
  QVariant headerData(int section, Qt::Orientation, int role) const override;

  std::uint64_t packet() const { return journey_.packet; }
  void go_to(const QModelIndex&);
  void set_awake(bool);  // a way is read only for somebody who looks

 private:
  void follow();
  void reset();
  QVariant text(const replay::Step&, int column) const;

  Session& session_;
  replay::Journey journey_{};
  bool awake_ = false;
};

}  // namespace ringside::window
