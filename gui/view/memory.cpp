#include "view/memory.hpp"

#include <algorithm>

#include "ringside/path/spoken.hpp"
#include "view/name.hpp"
#include "view/type.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

Token token_of(replay::Owner owner) {
  switch (owner) {
    case replay::Owner::nic: return Token::nic;
    case replay::Owner::kernel: return Token::protocol;
    case replay::Owner::program: return Token::user;
  }
  return Token::ink;
}

std::string_view word_of(replay::Owner owner) {
  switch (owner) {
    case replay::Owner::nic: return "card";
    case replay::Owner::kernel: return "kernel";
    case replay::Owner::program: return "program";
  }
  return {};
}

class Shelves {
 public:
  Shelves(const MemoryScene& scene, QSizeF size) : scene_{scene}, font_{scene.font} { out_.size = size; }

  Picture run() {
    title();
    const double top = font_ * 2.2;
    const double foot = font_ * 2.0;
    const auto shelves = static_cast<double>(std::max<std::size_t>(1, scene_.regions.size()));
    const double height = (out_.size.height() - top - foot) / shelves;
    double y = top;
    for (const Region region : scene_.regions) {
      shelf(region, {font_ * 0.4, y, out_.size.width() - font_ * 0.8, height - font_ * 0.5});
      y += height;
    }
    legend({font_ * 0.4, out_.size.height() - foot, out_.size.width() - font_ * 0.8, foot});
    return std::move(out_);
  }

 private:
  void title() {
    out_.text({font_ * 0.4, font_ * 0.4, out_.size.width() - font_ * 0.8, font_ * 1.5},
              in_words("memory", scene_.language).joined(), static_cast<float>(font_), Token::ink,
              Align::left, true);
  }

  void shelf(Region region, const QRectF& area) {
    out_.add(Box{.area = area, .fill = Token::panel, .line = Token::rule, .radius = 3});
    out_.text({area.left() + font_ * 0.5, area.top() + 2, area.width() - font_, font_ * 1.4},
              in_words(path::to_string(region), scene_.language).joined(),
              static_cast<float>(lesser_type(font_)), Token::pale_ink);
    std::vector<Buffer> here;
    std::ranges::copy_if(scene_.buffers, std::back_inserter(here),
                         [region](const Buffer& b) { return b.region == region; });
    const auto is_selected = [this](const Buffer& b) { return b.packet.packet == scene_.selected; };
    if (const auto chosen = std::ranges::find_if(here, is_selected); chosen != here.end())
      std::rotate(here.begin(), chosen, chosen + 1);
    put_together(here);
    boxes(here, area.adjusted(font_ * 0.5, font_ * 1.7, -font_ * 0.5, -font_ * 0.4));
  }

  // Each behind the one whose octets it has, too.
  static void put_together(std::vector<Buffer>& buffers) {
    if (std::ranges::all_of(buffers, [](const Buffer& b) { return b.refers_to == 0; }))
      return;  // of thousands
    for (std::size_t i = 0; i < buffers.size(); ++i) {
      const auto own = [number = buffers[i].packet.packet](const Buffer& b) { return b.refers_to == number; };
      const auto next = buffers.begin() + static_cast<std::ptrdiff_t>(i) + 1;
      if (const auto found = std::find_if(next, buffers.end(), own); found != buffers.end())
        std::rotate(next, found, found + 1);
    }
  }

  void boxes(const std::vector<Buffer>& buffers, const QRectF& room) {
    if (buffers.empty()) return;
    double widest = 0;
    for (const Buffer& b : buffers) widest = std::max(widest, width_of(label(b), lesser_type(font_), true));
    const bool any_shape = std::ranges::any_of(buffers, has_shape);
    const QSizeF box{widest + font_ * (any_shape ? 3.2 : 2.2), font_ * 1.6};
    const double gap = font_ * 0.35;
    const int columns = std::max(1, static_cast<int>((room.width() + gap) / (box.width() + gap)));
    const int rows = std::max(0, static_cast<int>((room.height() + gap) / (box.height() + gap)));
    const auto places = static_cast<std::size_t>(columns * rows);
    const std::size_t shown =
        buffers.size() <= places ? buffers.size() : std::max<std::size_t>(1, places) - 1;
    const auto at = [&](std::size_t i) {
      const int place = static_cast<int>(i);
      const int column = place % columns, row = place / columns;
      return QRectF{{room.left() + column * (box.width() + gap), room.top() + row * (box.height() + gap)},
                    box};
    };
    for (std::size_t i = 0; i < shown; ++i) draw(buffers[i], at(i));
    for (std::size_t i = 0; i < shown; ++i)
      for (std::size_t other = 0; other < shown; ++other)
        if (buffers[i].refers_to != 0 && buffers[i].refers_to == buffers[other].packet.packet)
          refer(at(i), at(other));
    if (shown < buffers.size())
      out_.text(at(shown), QStringLiteral("+%1").arg(buffers.size() - shown),
                static_cast<float>(lesser_type(font_)), Token::ink, Align::centre, true);
  }

  static QString label(const Buffer& buffer) {
    const QString frames = frames_text(buffer.packet);
    return QString::number(buffer.packet.packet) + (frames.isEmpty() ? frames : QChar{0x2009} + frames);
  }
  static bool has_shape(const Buffer& buffer) { return buffer.packet.kind != replay::PacketKind::data; }

  void draw(const Buffer& buffer, const QRectF& area) {
    const PacketLook& look = buffer.packet;
    const bool selected = look.packet == scene_.selected;
    const Token line = selected ? Token::focus : token_of(buffer.owner);
    out_.add(Box{.area = area,
                 .fill = Token::chip,
                 .line = line,
                 .width = selected ? 2.4F : 1.3F,
                 .radius = 2,
                 .hatch = buffer.copying ? Hatch::diagonal : Hatch::none,
                 .hatch_in = Token::copy,
                 .dash = look.corrupt ? Dash::dashed : Dash::solid});
    if (look.again && !has_shape(buffer))
      out_.add(Box{.area = area.adjusted(2, 2, -2, -2), .line = line, .width = 1.0F, .radius = 1});
    const double side = font_ * 0.95;
    const QRectF key{area.left() + font_ * 0.3, area.center().y() - side / 2, side, side};
    out_.add(Glyph{key, Sign::key, token_of(buffer.owner)});
    draw_shape(out_, look, key.translated(font_ * 1.1, 0), Token::ink);
    out_.text({area.left() + font_ * 1.4, area.top(), area.width() - font_ * 1.8, area.height()},
              label(buffer), static_cast<float>(lesser_type(font_)), Token::ink, Align::right, true);
    out_.targets.push_back({area, "packet " + std::to_string(look.packet), {}});
  }

  // Two hold the same octets: a dashed line between their boxes, below the upper one, where no words are.
  void refer(const QRectF& one, const QRectF& other) {
    const QRectF& upper = one.top() <= other.top() ? one : other;
    const QRectF& lower = one.top() <= other.top() ? other : one;
    const double y = upper.bottom() + font_ * 0.2;
    const double end = upper.top() == lower.top() ? lower.bottom() : lower.top();
    out_.add(Line{.points = {{upper.center().x(), upper.bottom()},
                             {upper.center().x(), y},
                             {lower.center().x(), y},
                             {lower.center().x(), end}},
                  .colour = Token::ink,
                  .width = 1.4F,
                  .dash = Dash::dashed});
  }

  // Whose the keys are. There is room for one language.
  void legend(const QRectF& room) {
    double x = room.left() - font_ * 0.2;
    for (const auto owner : {replay::Owner::nic, replay::Owner::kernel, replay::Owner::program}) {
      const QString word = words(path::spoken(word_of(owner), scene_.language));
      const double width = width_of(word, lesser_type(font_, smallest_type));
      out_.add(
          Glyph{{x, room.center().y() - font_ * 0.45, font_ * 0.9, font_ * 0.9}, Sign::key, token_of(owner)});
      out_.text({x + font_, room.top(), width, room.height()}, word,
                static_cast<float>(lesser_type(font_, smallest_type)), Token::pale_ink);
      x += width + font_ * 1.35;
    }
  }

  const MemoryScene& scene_;
  double font_;
  Picture out_{};
};

}  // namespace

Picture memory(const MemoryScene& scene, QSizeF size) { return Shelves{scene, size}.run(); }

}  // namespace ringside::view
