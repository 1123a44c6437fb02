// On which paths of the library the scenario can be run as it is set, and why not on the others: what its
// loader says, asked away from the window and without a run.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <QObject>
#include <QString>
#include <QStringList>

#include "ringside/scenarios/library.hpp"
#include "window/errand.hpp"
#include "window/session.hpp"

namespace ringside::window {

class PathOffer : public QObject {
  Q_OBJECT

 public:
  PathOffer(Session&, const scenarios::Library&, QObject* parent = nullptr);

  // Why it cannot; empty: it can, or that is not known yet.
  QString refusal(const std::string& path) const;
  QStringList fitting() const;  // empty: not known yet

 private:
  using Answers = std::map<std::string, QString>;
  struct Question {
    std::string scenario{};
    scenarios::Overrides overrides{};
    bool operator==(const Question&) const = default;
  };
  void ask();

  Session& session_;
  const scenarios::Library& library_;
  std::optional<Question> asked_{};
  Answers answers_{};  // by path
  Errand errand_{};
};

}  // namespace ringside::window
