// A host whose user may not take a road says so, with the error that the kernel gives.
#include "library.hpp"

using namespace ringside;

namespace {

scenarios::RunResult try_it(const std::string& path, const std::string& lacks) {
  return run_library("permissions", {.path = path, .set = {{"lacks", lacks}}});
}

}  // namespace

TEST_CASE("sockets are for everyone, and so is io_uring unless a setting forbids it") {
  for (const std::string path :
       {"bsd-42", "napi-socket", "napi-recvmmsg", "io-uring-recv", "io-uring-sqpoll"}) {
    CAPTURE(path);
    const auto result = try_it(path, "privileges");
    CHECK(result.refused.empty());
    CHECK(metric(result, "refused") == 0);
    CHECK(metric(result, "delivered_packets") > 0);
  }
  const auto forbidden = try_it("io-uring-recv", "kernel.io_uring_disabled");
  REQUIRE(forbidden.refused.size() == 1);
  CHECK(forbidden.refused[0].error == "EPERM");
}

TEST_CASE("the first thing that is missing is the one that the kernel names") {
  const auto refusal = [](const std::string& path, const std::string& lacks) {
    const auto result = try_it(path, lacks);
    REQUIRE(result.refused.size() == 1);
    CHECK(metric(result, "refused") == 1);
    CHECK(scenarios::find(result.metrics, "delivered_pps") == nullptr);  // nothing ran
    return result.refused[0].error + " " + result.refused[0].lacks;
  };
  CHECK(refusal("packet-recv", "privileges") == "EPERM CAP_NET_RAW");
  CHECK(refusal("af-xdp-copy", "privileges") == "EPERM CAP_NET_RAW");
  CHECK(refusal("af-xdp-copy", "CAP_BPF") == "EPERM CAP_BPF");
  CHECK(refusal("xdp", "privileges") == "EPERM CAP_BPF");
  CHECK(refusal("dpdk", "privileges") == "EACCES the device");
  CHECK(refusal("dpdk", "huge pages") == "ENOMEM huge pages");
  CHECK(refusal("af-xdp-zerocopy", "a driver with XSK pools") == "EOPNOTSUPP a driver with XSK pools");
}

TEST_CASE("what its own road does not need a user may lack") {
  CHECK(try_it("packet-recv", "CAP_BPF").refused.empty());
  CHECK(try_it("packet-recv", "nothing").refused.empty());
  CHECK(try_it("af-xdp-zerocopy", "kernel.io_uring_disabled").refused.empty());
}

TEST_CASE("what nobody needs is a slip of the pen") {
  scenarios::Findings findings;
  const auto library = scenarios::locate_library();
  REQUIRE(library.has_value());
  CHECK_FALSE(
      scenarios::load_scenario("permissions", {.set = {{"lacks", "CAP_NET_RAM"}}}, *library, findings));
  REQUIRE(findings.in_reading_order().size() == 1);
  CHECK(scenarios::to_string(findings.in_reading_order()[0])
            .ends_with("error: no path of the library needs 'CAP_NET_RAM'; did you mean 'CAP_NET_RAW'?"));
}
