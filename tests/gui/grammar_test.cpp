// The grammar of packets: what shape each kind has, and that what is lost is told where nothing else stands.
#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "host_on.hpp"
#include "ringside/scenarios/load.hpp"
#include "view/memory.hpp"
#include "view/overlaps.hpp"
#include "view/packet_token.hpp"
#include "view/stage.hpp"

using namespace ringside;
using namespace ringside::view;
using replay::PacketKind;

namespace {

constexpr double font = 14;

Picture token(const PacketLook& look) {
  Picture picture;
  picture.size = {200, 40};
  draw_token(picture, look, {10, 10}, font);
  return picture;
}

template <class Kind>
std::vector<Kind> all_of(const Picture& picture) {
  std::vector<Kind> found;
  for (const Shape& shape : picture.shapes)
    if (const auto* one = std::get_if<Kind>(&shape)) found.push_back(*one);
  return found;
}

std::size_t outlines(const Picture& picture) {
  const auto boxes = all_of<Box>(picture);
  const auto shapes = all_of<Line>(picture);
  const auto in_ink = [](const auto& colour) { return colour == Token::ink; };
  return static_cast<std::size_t>(
      std::ranges::count_if(boxes, [&](const Box& b) { return in_ink(b.line) || in_ink(b.fill); }) +
      std::ranges::count_if(shapes, [&](const Line& l) { return in_ink(l.colour); }));
}

bool any_broken(const Picture& picture) {
  return std::ranges::any_of(all_of<Box>(picture), [](const Box& b) { return b.dash != Dash::solid; }) ||
         std::ranges::any_of(all_of<Line>(picture), [](const Line& l) { return l.dash != Dash::solid; });
}

std::size_t corners(const Picture& picture) {
  const auto shapes = all_of<Line>(picture);
  return shapes.empty() ? 0 : shapes.back().points.size();
}

// Each queue twice, as on two cores.
replay::HostCast twofold(const path::Path& path) {
  replay::HostCast host = host_on(path);
  host.instances.assign(host.queues.size(), 2);
  return host;
}

// Every queue is full to the brim, and has lost many.
trace::State overrun(const replay::HostCast& host, std::uint64_t lost) {
  trace::State state;
  trace::HostState& its = state.hosts.emplace_back();
  for (std::size_t q = 0; q < host.queues.size(); ++q) {
    its.waiting.push_back(static_cast<std::uint32_t>(host.packets_in(q) + 1));
    its.dropped.push_back(lost);
    for (std::uint64_t packet = 1; packet < 5; ++packet)
      state.packets[q * 10 + packet] = {
          .place = trace::Kind::queue, .index = static_cast<std::uint16_t>(q), .bytes = 1500, .frames = 3};
  }
  return state;
}

Dropped fall_from(trace::Kind place, std::uint16_t index, std::uint64_t packet) {
  return {.packet = {.packet = packet},
          .frames = 13,
          .from = {.place = place, .index = index},
          .key = "ttl exceeded",
          .reason = QStringLiteral("fragments missing for too long")};
}

// What is written, and nothing over it.
void check_clear(const std::string& name, const Picture& picture) {
  for (const Overlap& overlap : overlaps(picture))
    FAIL_CHECK(name << ": '" << overlap.one.toStdString() << "' and '" << overlap.other.toStdString()
                    << "' at " << overlap.area.x() << ", " << overlap.area.y());
}

template <class Visit>
void for_each_path(Visit&& visit) {
  const auto library = scenarios::locate_library();
  REQUIRE(library);
  for (const std::string& name : library->names(scenarios::Kind::path)) {
    scenarios::Findings findings;
    const auto path = scenarios::load_path(name, *library, findings);
    REQUIRE(path);
    visit(name, twofold(*path));
  }
}

}  // namespace

TEST_CASE("each kind of packet has its shape", "[grammar]") {
  CHECK(corners(token({.packet = 17})) == 0);
  CHECK(corners(token({.packet = 17, .kind = PacketKind::ack})) == 3);
  CHECK(corners(token({.packet = 17, .kind = PacketKind::handshake})) == 4);
}

TEST_CASE("what is sent again has two outlines, and what is damaged a broken one", "[grammar]") {
  for (const PacketKind kind : {PacketKind::data, PacketKind::ack, PacketKind::handshake}) {
    const Picture once = token({.packet = 17, .kind = kind});
    const Picture again = token({.packet = 17, .kind = kind, .again = true});
    CHECK(outlines(once) == 1);
    CHECK(outlines(again) == 2);
    CHECK_FALSE(any_broken(once));
    CHECK_FALSE(any_broken(again));
    CHECK(any_broken(token({.packet = 17, .kind = kind, .corrupt = true})));
  }
}

TEST_CASE("several frames in one are a stack, and it is told how many", "[grammar]") {
  const Picture train = token({.packet = 17, .frames = 44});
  CHECK(all_of<Box>(train).size() == 3);
  const auto words = all_of<Words>(train);
  REQUIRE(words.size() == 2);
  CHECK(words[0].text == QStringLiteral("17"));
  CHECK(words[1].text == QStringLiteral("×44"));
  CHECK(frames_text({.frames = 255}) == QStringLiteral("×255+"));
  CHECK(frames_text({.frames = 1}).isEmpty());
  CHECK(overlaps(train).empty());
}

TEST_CASE("a token is as wide as what is written in it", "[grammar]") {
  for (const PacketKind kind : {PacketKind::data, PacketKind::ack, PacketKind::handshake})
    for (const int frames : {1, 7, 255}) {
      const Picture picture = token({.packet = 123456, .kind = kind, .frames = frames});
      for (const Words& words : all_of<Words>(picture))
        CHECK(width_of(words.text, static_cast<double>(words.size), words.bold) <= words.area.width() + 0.01);
    }
}

TEST_CASE("what queues have lost stands beside their names", "[grammar]") {
  constexpr std::uint64_t lost = 1'234'567;
  for_each_path([](const std::string& name, const replay::HostCast& host) {
    Wanted wanted{.path = &host.path, .width = 1280};
    for (const std::string& queue : host.queues) wanted.queues[queue] = {.instances = 2, .lost = lost};
    const Tower drawn = towers({wanted}, {.room = {0, 720}}).front();
    trace::State state = overrun(host, lost);
    const Picture picture = stage(drawn, {.host = &host, .state = &state});
    check_clear(name, picture);
    // No queue holds more than it can: what is taken out has left its slot.
    for (std::size_t q = 0; q < host.queues.size(); ++q) {
      const auto over = QStringLiteral("%1/").arg(host.packets_in(q) + 1);
      for (const Words& words : all_of<Words>(picture)) CHECK_FALSE(words.text.startsWith(over));
    }
  });
}

TEST_CASE("why a packet was dropped is written where nothing stands", "[grammar]") {
  std::size_t marks = 0, wanted = 0;
  for_each_path([&](const std::string& name, const replay::HostCast& host) {
    const Tower drawn = towers({{.path = &host.path, .width = 1280}}, {.room = {0, 720}}).front();
    trace::State state = overrun(host, 0);
    for (path::StageId stage_id = 0; stage_id < host.path.stages.size(); stage_id += 3) {
      StageScene scene{.host = &host, .state = &state};
      scene.falls.push_back(fall_from(trace::Kind::stage, stage_id, 1000));
      if (!host.queues.empty()) scene.falls.push_back(fall_from(trace::Kind::queue, 0, 2000));
      const Picture picture = stage(drawn, scene);
      check_clear(name, picture);
      for (const Dropped& fall : scene.falls)
        wanted += fall.from.place == trace::Kind::stage ? drawn.chip(stage_id) != nullptr
                                                        : drawn.strip(host.queues[0]) != nullptr;
      for (const Words& words : all_of<Words>(picture))
        marks += words.text == QStringLiteral("1000 +12: fragments missing for too long") ||
                 words.text == QStringLiteral("2000 +12: fragments missing for too long");
    }
  });
  // Where a tower is crowded the × stands alone.
  CHECK(marks > wanted * 9 / 10);
}

TEST_CASE("drops of one place and for one reason have one mark", "[grammar]") {
  for_each_path([](const std::string& name, const replay::HostCast& host) {
    if (host.queues.empty()) return;
    const Tower drawn = towers({{.path = &host.path, .width = 1280}}, {.room = {0, 720}}).front();
    trace::State state = overrun(host, 0);
    StageScene scene{.host = &host, .state = &state};
    for (std::uint64_t packet = 1000; packet < 1010; ++packet)
      scene.falls.push_back(fall_from(trace::Kind::queue, 0, packet));
    const auto glyphs = all_of<Glyph>(stage(drawn, scene));
    INFO(name);
    CHECK(std::ranges::count(glyphs, Sign::cross, &Glyph::sign) == 1);
  });
}

TEST_CASE("a dashed line joins two that hold the same octets, and stands in no text's way", "[grammar]") {
  MemoryScene scene{.regions = {Region::kernel}, .font = 12};
  for (std::uint64_t packet = 1; packet <= 9; ++packet)
    scene.buffers.push_back(
        {.packet = {.packet = packet}, .region = Region::kernel, .owner = replay::Owner::kernel});
  const auto dashed = [&] {
    auto lines = all_of<Line>(memory(scene, {180, 400}));
    std::erase_if(lines, [](const Line& line) { return line.dash != Dash::dashed; });
    return lines;
  };
  CHECK(dashed().empty());
  scene.buffers[8].refers_to = 1;
  scene.buffers[5].refers_to = 4;
  CHECK(dashed().size() == 2);
  const Picture picture = memory(scene, {180, 400});
  CHECK(overlaps(picture).empty());
  for (const Line& line : dashed())
    for (const Words& words : all_of<Words>(picture))
      for (const QPointF& point : line.points) CHECK_FALSE(taken_by(words).contains(point));
}
