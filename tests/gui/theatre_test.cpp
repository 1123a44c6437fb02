// Paths side by side: each lane at the same height on all of them, and nothing on anything else.
#include "view/theatre.hpp"

#include <random>

#include "catch.hpp"
#include "host_on.hpp"
#include "ringside/scenarios/load.hpp"
#include "view/overlaps.hpp"

using namespace ringside;
using namespace ringside::view;

namespace {

constexpr QSizeF window{1280, 720};

// Each path of the library, as the host of a recording has it.
std::vector<replay::Cast> all_casts() {
  std::vector<replay::Cast> all;
  const auto library = scenarios::locate_library();
  REQUIRE(library);
  for (const std::string& name : library->names(scenarios::Kind::path)) {
    scenarios::Findings findings;
    const auto path = scenarios::load_path(name, *library, findings);
    REQUIRE(path);
    all.emplace_back().hosts.push_back(host_on(*path));
  }
  return all;
}

// The stages that a frame comes to on its way in: what a run of datagrams uses.
std::vector<bool> inwards(const path::Path& path) {
  std::vector<bool> used(path.stages.size(), false);
  std::vector<path::StageId> open;
  for (path::StageId id = 0; id < path.stages.size(); ++id)
    if (path.stages[id].work == path::Work::arrive) open.push_back(id);
  const auto leads_out = [&](path::StageId id) {
    const path::Work work = path.stages[id].work;
    return work == path::Work::depart || work == path::Work::reclaim || work == path::Work::write ||
           path.stages[id].switched_off;
  };
  while (!open.empty()) {
    const path::StageId id = open.back();
    open.pop_back();
    if (used[id]) continue;
    used[id] = true;
    for (const path::Hop& hop : path.hops)
      if (hop.from == id && hop.when != path::Verdict::transmit && !leads_out(hop.to)) open.push_back(hop.to);
  }
  return used;
}

void look_at(const std::vector<const replay::Cast*>& casts, bool whole) {
  TheatreScene scene;
  std::string names;
  for (const replay::Cast* cast : casts) {
    Seat seat{.side = static_cast<int>(scene.seats.size()), .cast = cast};
    if (!whole) seat.used = inwards(cast->hosts[0].path);
    scene.seats.push_back(seat);
    names += cast->hosts[0].path.name + " ";
  }
  Theatre theatre;
  for (const Overlap& overlap : overlaps(theatre.draw(scene, window)))
    FAIL_CHECK(names << ": '" << overlap.one.toStdString() << "' "
                     << (overlap.kind == Overlap::Kind::hidden    ? "is hidden"
                         : overlap.kind == Overlap::Kind::outside ? "is outside"
                                                                  : "lies on " + overlap.other.toStdString())
                     << " at " << overlap.area.x() << ", " << overlap.area.y());
}

}  // namespace

TEST_CASE("lanes of towers side by side are at the same heights, in the same type") {
  const auto casts = all_casts();
  for (std::size_t i = 0; i + 2 < casts.size(); ++i) {
    std::vector<Wanted> wanted;
    for (std::size_t k = 0; k < 3; ++k)
      wanted.push_back({.path = &casts[i + k].hosts[0].path, .shown = {}, .width = 420});
    const std::vector<Tower> row = towers(wanted, {.room = {0, 660}});
    for (const Tower& tower : row) {
      CHECK(tower.font == row[0].font);
      CHECK(tower.size.height() == row[0].size.height());
      REQUIRE(tower.bands.size() == path::lane_count);
      for (std::size_t lane = 0; lane < tower.bands.size(); ++lane) {
        CHECK(tower.bands[lane].area.top() == row[0].bands[lane].area.top());
        CHECK(tower.bands[lane].area.height() == row[0].bands[lane].area.height());
      }
      for (const Chip& chip : tower.chips) CHECK(QRectF({0, 0}, tower.size).contains(chip.area));
    }
  }
}

TEST_CASE("a tower alone is what it was, and one beside others has their heights") {
  const auto casts = all_casts();
  const path::Path& path = casts.front().hosts[0].path;
  const TowerOptions options{.room = {600, 660}};
  const Tower alone = tower(path, {}, options);
  const std::vector<Tower> twice =
      towers({{.path = &path, .width = 600}, {.path = &path, .width = 600}}, options);
  for (const Tower& one : twice)
    for (std::size_t i = 0; i < alone.chips.size(); ++i) CHECK(one.chips[i].area == alone.chips[i].area);
}

TEST_CASE("any two paths fit beside each other") {
  const auto casts = all_casts();
  for (std::size_t a = 0; a < casts.size(); ++a)
    for (std::size_t b = a + 1; b < casts.size(); ++b) look_at({&casts[a], &casts[b]}, false);
}

TEST_CASE("three and four paths fit beside each other") {
  const auto casts = all_casts();
  std::mt19937_64 random{4};
  const auto any = [&] { return &casts[random() % casts.size()]; };
  for (int round = 0; round < 400; ++round) {
    look_at({any(), any(), any()}, false);
    look_at({any(), any(), any(), any()}, false);
  }
}
