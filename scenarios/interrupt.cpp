// SIGINT sets a flag that the run looks at.
#include "interrupt.hpp"

#include <csignal>

namespace ringside::scenarios {
namespace {

volatile std::sig_atomic_t flag = 0;

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = [](int) { flag = 1; };
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);  // the second one has the default effect
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() { return flag != 0; }

}  // namespace ringside::scenarios
