// Which operations a profile must price.
#include "catch.hpp"
#include "ringside/path/check.hpp"
#include "sample_paths.hpp"

using namespace ringside::path;

namespace {

Path three_operations() {
  Path p = samples::plain("three operations");
  const auto a = p.stage({.name = "a", .domain = Domain::kernel, .ops = {"copy.user", "ip.input"}});
  const auto b = p.stage({.name = "b", .domain = Domain::user, .ops = {"copy.user"}});
  p.hop(a, b, Trap{.ops = {"syscall.exit"}});
  p.hop(b, a, Notify{.name = "n", .raise = Raise::wakeup, .ops = {"sched.wakeup"}});
  return p;
}

}  // namespace

TEST_CASE("operations without a price are named once each, in path order, the machine's own last") {
  CHECK(missing_operations(three_operations(), {}) ==
        std::vector<std::string>{"copy.user", "ip.input", "syscall.exit", "sched.wakeup", "sched.switch",
                                 "idle.exit", "sched.ipi"});
}

TEST_CASE("what the profile prices is not missing") {
  const Profile profile{.ops = {{"copy.user", {}},
                                {"syscall.exit", {}},
                                {"sched.switch", {}},
                                {"idle.exit", {}},
                                {"sched.ipi", {}}}};
  CHECK(missing_operations(three_operations(), profile) ==
        std::vector<std::string>{"ip.input", "sched.wakeup"});
}
