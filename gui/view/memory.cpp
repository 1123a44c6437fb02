#include "view/memory.hpp"

#include <algorithm>

#include "ringside/path/spoken.hpp"

namespace ringside::view {

namespace {

constexpr double small = 0.82;  // of the type of names

QString in_words(std::string_view english, path::Language language) {
  const std::string_view words = path::spoken(english, language);
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

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
              in_words("memory", scene_.language), static_cast<float>(font_), Token::ink, Align::left, true);
  }

  void shelf(Region region, const QRectF& area) {
    out_.add(Box{.area = area, .fill = Token::panel, .line = Token::rule, .radius = 3});
    out_.text({area.left() + font_ * 0.5, area.top() + 2, area.width() - font_, font_ * 1.4},
              in_words(path::to_string(region), scene_.language), static_cast<float>(font_ * small),
              Token::pale_ink);
    std::vector<Buffer> here;
    std::ranges::copy_if(scene_.buffers, std::back_inserter(here),
                         [region](const Buffer& b) { return b.region == region; });
    if (const auto chosen = std::ranges::find(here, scene_.selected, &Buffer::packet); chosen != here.end())
      std::rotate(here.begin(), chosen, chosen + 1);
    boxes(here, area.adjusted(font_ * 0.5, font_ * 1.7, -font_ * 0.5, -font_ * 0.4));
  }

  void boxes(const std::vector<Buffer>& buffers, const QRectF& room) {
    if (buffers.empty()) return;
    double widest = 0;
    for (const Buffer& b : buffers)
      widest = std::max(widest, width_of(QString::number(b.packet), font_ * small, true));
    const QSizeF box{widest + font_ * 2.0, font_ * 1.6};
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
    if (shown < buffers.size())
      out_.text(at(shown), QStringLiteral("+%1").arg(buffers.size() - shown),
                static_cast<float>(font_ * small), Token::ink, Align::centre, true);
  }

  void draw(const Buffer& buffer, const QRectF& area) {
    const bool selected = buffer.packet == scene_.selected;
    out_.add(Box{.area = area,
                 .fill = Token::chip,
                 .line = selected ? Token::focus : token_of(buffer.owner),
                 .width = selected ? 2.4F : 1.3F,
                 .radius = 2,
                 .hatch = buffer.copying ? Hatch::diagonal : Hatch::none,
                 .hatch_in = Token::copy});
    const double side = font_ * 0.95;
    out_.add(Glyph{{area.left() + font_ * 0.3, area.center().y() - side / 2, side, side},
                   Sign::key,
                   token_of(buffer.owner)});
    out_.text({area.left() + font_ * 1.4, area.top(), area.width() - font_ * 1.6, area.height()},
              QString::number(buffer.packet), static_cast<float>(font_ * small), Token::ink, Align::right,
              true);
    out_.targets.push_back({area, "packet " + std::to_string(buffer.packet), {}});
  }

  // Whose the keys are.
  void legend(const QRectF& room) {
    double x = room.left() - font_ * 0.2;
    for (const auto owner : {replay::Owner::nic, replay::Owner::kernel, replay::Owner::program}) {
      const QString word = in_words(word_of(owner), scene_.language);
      const double width = width_of(word, font_ * small * 0.9);
      out_.add(
          Glyph{{x, room.center().y() - font_ * 0.45, font_ * 0.9, font_ * 0.9}, Sign::key, token_of(owner)});
      out_.text({x + font_, room.top(), width, room.height()}, word, static_cast<float>(font_ * small * 0.9),
                Token::pale_ink);
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
