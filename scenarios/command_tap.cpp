// ringside tap: the TCP/IP stack behind a TAP device, in real time.
#include "command.hpp"
#include "ringside/tap/missing.hpp"
#include "tap_options.hpp"

namespace ringside::scenarios {
namespace {

Exit exit_of(tap::Ending ending) {
  switch (ending) {
    case tap::Ending::done: return Exit::done;
    case tap::Ending::failed: return Exit::expectation_failed;
    case tap::Ending::time_over: return Exit::limit_reached;
    case tap::Ending::interrupted: return Exit::interrupted;
  }
  return Exit::broken_invariant;
}

}  // namespace

Exit execute(const TapRequest& request) {
  Findings findings;
  const tap::Options options = tap_options(request, findings);
  stop_if(findings);
  try {
    return exit_of(tap::run(options, note));
  } catch (const tap::Missing& missing) {
    return complain(missing.what()), Exit::machine_lacks;
  }
}

}  // namespace ringside::scenarios
