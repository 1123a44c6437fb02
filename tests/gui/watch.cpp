#include "watch.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <utility>

#include <QThread>

namespace ringside {

namespace {

// Milliseconds of this thread, less those in which it could have run but another program did: 0 of them where
// the kernel does not count.
double own_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  double ran = 0, waited = 0;
  std::ifstream{"/proc/thread-self/schedstat"} >> ran >> waited;
  return std::chrono::duration<double, std::milli>{now}.count() - waited * 1e-6;
}

}  // namespace

double Watched::most_ms() {
  const char* patience = std::getenv("RINGSIDE_PATIENCE");
  return 100 * (patience ? std::atof(patience) : 1);
}

void Watched::record(double ms) {
  if (ms > worst_.ms) worst_ = {ms, step_};
}

void Watched::act(std::string step, const std::function<void()>& action) {
  begin(std::move(step));
  const double start = own_ms();
  in_between_ = false;
  action();
  if (!in_between_) record(own_ms() - start);
}

bool Watched::notify(QObject* receiver, QEvent* event) {
  if (QThread::currentThread() != thread()) return QApplication::notify(receiver, event);
  const int level = QThread::currentThread()->loopLevel();
  if (level == level_) return QApplication::notify(receiver, event);  // a part of what is being done
  const int outer = std::exchange(level_, level);
  in_between_ = false;
  const double start = own_ms();
  const bool done = QApplication::notify(receiver, event);
  if (!in_between_) record(own_ms() - start);
  level_ = outer;
  in_between_ = level > 0;
  return done;
}

}  // namespace ringside
