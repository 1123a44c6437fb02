// Lanes and columns: functions of the graph.
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "catch.hpp"
#include "ringside/path/describe.hpp"
#include "ringside/path/lanes.hpp"
#include "sample_paths.hpp"

using namespace ringside::path;

namespace {

struct Laid {
  Path path;
  std::vector<Place> places = layout(path);

  const Place& operator[](std::string_view name) const {
    const auto at = std::ranges::find(path.stages, name, &Stage::name);
    REQUIRE(at != path.stages.end());
    return places[static_cast<std::size_t>(at - path.stages.begin())];
  }
  Lane lane(std::string_view name) const { return static_cast<Lane>((*this)[name].lane); }
};

}  // namespace

TEST_CASE("a lane follows from domain and work") {
  const Laid napi{samples::napi_socket()};
  CHECK(napi.lane("application") == Lane::user);
  CHECK(napi.lane("recv") == Lane::protocol);
  CHECK(napi.lane("tcp input") == Lane::protocol);
  CHECK(napi.lane("driver xmit") == Lane::protocol);
  CHECK(napi.lane("napi poll") == Lane::softirq);
  CHECK(napi.lane("protocol timer") == Lane::softirq);
  CHECK(napi.lane("tx clean") == Lane::softirq);
  CHECK(napi.lane("rx interrupt") == Lane::hardirq);
  CHECK(napi.lane("nic tx dma") == Lane::nic);
  CHECK(napi.lane("wire out") == Lane::wire);
}

TEST_CASE("a lane does not depend on names") {
  Path p = samples::napi_socket();
  const auto before = lanes(p);
  for (Stage& stage : p.stages) stage.name = "stage " + std::to_string(&stage - p.stages.data());
  CHECK(lanes(p) == before);
}

TEST_CASE("the way in climbs at the left, the way out falls at the right") {
  const Laid napi{samples::napi_socket()};
  for (const auto* stage : {"wire in", "nic rx dma", "napi poll", "ip input"}) CHECK(napi[stage].column == 0);
  CHECK(napi["tcp input"].column < napi["recv"].column);
  CHECK(napi["recv"].column == napi["application"].column);
  CHECK(napi["recv"].column < napi["send"].column);
  CHECK(napi["send"].column < napi["transport output"].column);
  CHECK(napi["ip output"].column < napi["driver xmit"].column);
  for (const auto* stage : {"nic tx dma", "wire out"})
    CHECK(napi[stage].column == napi["driver xmit"].column);
}

TEST_CASE("stages that a packet may pass in turn stand in the order of the text") {
  const Laid napi{samples::napi_socket()};
  CHECK(napi["udp input"].row == 0);
  CHECK(napi["tcp input"].row == 1);
  CHECK(napi["icmp input"].row == 2);
  CHECK(napi["ip forward"].row == 3);
}

TEST_CASE("what packets do not pass stands aside or where its packets go") {
  const Laid napi{samples::napi_socket()};
  CHECK(napi["rx interrupt"].aside);
  CHECK(napi["rx interrupt"].column == napi["nic rx dma"].column);
  CHECK(napi["protocol timer"].column == napi["transport output"].column);
  CHECK(napi["tx clean"].column == napi["wire out"].column - 1);
}

TEST_CASE("no two stages share a place") {
  for (const Path& path : {samples::napi_socket(), samples::shared_rings(), samples::poll_mode()}) {
    std::set<std::tuple<int, int, int>> taken;
    for (const Place& place : layout(path)) CHECK(taken.emplace(place.lane, place.column, place.row).second);
  }
}

TEST_CASE("the lanes' colours stand out from their ground") {
  const auto luminance = [](std::string_view colour) {  // WCAG 2.1, relative luminance
    const auto channel = [&](std::size_t at) {
      const double v = std::stoi(std::string{colour.substr(at, 2)}, nullptr, 16) / 255.0;
      return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  };
  const auto contrast = [&](std::string_view a, std::string_view b) {
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
  };
  for (const LaneStyle& lane : lane_styles) {
    INFO(lane.en);
    CHECK(contrast(lane.light, "#FFFFFF") >= 3);
    CHECK(contrast(lane.dark, "#16191D") >= 3);
  }
}
