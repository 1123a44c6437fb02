// Going from packet to packet, along the way of one, and staying with it while the picture plays.
#pragma once

#include <QMenu>
#include <QObject>

#include "window/commands.hpp"
#include "window/session.hpp"

namespace ringside::window {

class Pursuit : public QObject {
  Q_OBJECT

 public:
  explicit Pursuit(Session&, QObject* parent = nullptr);
  void add_to(Commands&, QMenu*);

  // To the packet that arrived after the selected one, or before it, at the moment at which it came; without
  // one, from the moment of the picture.
  void step_packet(int direction);
  // To the next or the last place of the selected packet.
  void step_milestone(int direction);
  void follow(bool);
  bool following() const { return following_; }

 private:
  std::vector<std::uint64_t> milestones();  // moments, in order
  void set_halts();

  Session& session_;
  bool following_ = false;
};

}  // namespace ringside::window
