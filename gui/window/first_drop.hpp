// Waits for the next run of a side, and goes to where it first drops a packet, or to its beginning.
#pragma once

#include <memory>
#include <optional>

#include <QObject>

#include "window/search.hpp"
#include "window/session.hpp"

namespace ringside::window {

class FirstDrop : public QObject {
  Q_OBJECT

 public:
  explicit FirstDrop(Session&, QObject* parent = nullptr);

  void await(std::size_t side);

 Q_SIGNALS:
  void shown(bool dropped);

 private:
  void look();
  void go_to(std::optional<quint64> events);

  Session& session_;
  Search search_{};
  std::optional<std::size_t> awaited_{};
  std::shared_ptr<model::Reel> before_{};    // of that side: what comes is another one
  std::shared_ptr<model::Reel> searched_{};  // that was there when the search began
  std::size_t side_ = 0;
};

}  // namespace ringside::window
