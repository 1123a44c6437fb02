// The events around the moment, as a table: all of them, or those that a count of the board has counted.
// However long the recording is, no more of them are rows than can be looked through.
#pragma once

#include <cstdint>
#include <map>

#include <QAbstractTableModel>

#include "window/gathering.hpp"
#include "window/session.hpp"

namespace ringside::window {

class EventTable : public QAbstractTableModel {
  Q_OBJECT

 public:
  static constexpr std::uint64_t reach = 1000;  // rows on either side of the moment

  explicit EventTable(Session&, QObject* parent = nullptr);

  enum Column : int { number, time, sentence, columns };
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex&, int role) const override;
  QVariant headerData(int section, Qt::Orientation, int role) const override;

  int row_of_moment() const;  // -1: none
  void go_to(const QModelIndex&);
  void follow();  // the moment
  void forget();  // what is known of the recording

 Q_SIGNALS:
  void moment_moved();

 private:
  std::uint64_t number_of(int row) const {
    return session_.listed() ? gathered_.events[static_cast<std::size_t>(row)]
                             : from_ + static_cast<std::uint64_t>(row);
  }
  void follow_all(std::uint64_t now);
  void follow_counted(std::uint64_t now);
  void gather(std::uint64_t now);
  void show_moment(int row);
  const QString& sentence_of(std::uint64_t event) const;

  Session& session_;
  std::uint64_t from_ = 0;
  Gathering gathering_{};
  replay::Gathered gathered_{};
  bool waiting_ = false;  // for what is gathered
  int rows_ = 0;
  int moment_ = -1;
  mutable std::map<std::uint64_t, QString> sentences_{};  // of the rows that were looked at
};

}  // namespace ringside::window
