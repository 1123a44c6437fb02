#include "view/bytes.hpp"

#include <algorithm>
#include <vector>

#include "ringside/replay/fields.hpp"
#include "view/journey.hpp"
#include "view/name.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

using replay::Field;

constexpr double small = 0.88;
constexpr double margin = 10;

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Bytes)
};

// Headers in turn, so that one is told from the next; the list names them.
constexpr float tone_of(std::size_t header) { return header % 2 == 0 ? 0.16F : 0.05F; }

class BytesPainter {
 public:
  BytesPainter(const BytesScene& scene, double width)
      : scene_{scene},
        width_{width},
        font_{type_for(width)},
        headers_{replay::fields_of(scene.octets)},
        changes_{replay::changes(replay::fields_of(scene.first), headers_)} {}

  Picture run() {
    heading();
    grid();
    for (const Field& header : headers_) list(header);
    out_.size = {width_, y_ + margin};
    return std::move(out_);
  }

 private:
  const replay::FieldChange* change_of(const Field& field) const {
    const auto found = std::ranges::find(changes_, field.id, &replay::FieldChange::id);
    return found == changes_.end() ? nullptr : &*found;
  }

  void heading() {
    y_ = margin;
    const double size = font_ * 1.15;
    const Name title = said("panel.octets", scene_.language);
    const double titled = width_of(title, size, true) + 8;
    put(out_, {margin, y_, titled, size * 1.4}, title, size, Token::ink, true);
    QString about = Texts::tr("%1 of %2").arg(scene_.octets.size()).arg(scene_.length);
    if (scene_.octets.size() == scene_.length) about = QString::number(scene_.length);
    if (!scene_.where.isEmpty())
      about += QStringLiteral("  ·  ") + Texts::tr("as seen at %1").arg(scene_.where);
    out_.text({margin + titled, y_, width_ - 2 * margin - titled, size * 1.4}, about,
              static_cast<float>(font_ * small), Token::pale_ink);
    y_ += size * 1.5;
    if (changes_.empty()) return;
    const QString changed = Texts::tr("%1 changed since it was first seen").arg(changes_.size());
    out_.add(Box{.area = {margin, y_ + font_ * 0.25, font_, font_},
                 .fill = Token::marker,
                 .tone = 0.25F,
                 .line = Token::marker,
                 .width = 2});
    out_.text({margin + font_ * 1.5, y_, width_ - 2 * margin - font_ * 1.5, font_ * 1.5}, changed,
              static_cast<float>(font_ * small), Token::marker);
    y_ += font_ * 1.8;
  }

  // What an octet belongs to: the smallest field around it.
  struct Owner {
    const Field* field = nullptr;
    std::size_t header = 0;
    bool changed = false;
  };
  Owner owner_of(std::size_t octet) const {
    Owner owner;
    for (std::size_t i = 0; i < headers_.size(); ++i) {
      const Field& header = headers_[i];
      if (octet < header.offset || octet >= header.offset + header.length) continue;
      owner = {&header, i, false};
      for (const Field& part : header.parts) {
        if (octet < part.offset || octet >= part.offset + part.length) continue;
        if (owner.field == &header || part.length < owner.field->length) owner.field = &part;
        owner.changed = owner.changed || change_of(part) != nullptr;
      }
    }
    return owner;
  }

  bool pointed(std::size_t octet) const {
    const Field* field = scene_.pointed.empty() ? nullptr : replay::find(headers_, scene_.pointed);
    return field && octet >= field->offset && octet < field->offset + field->length;
  }

  void grid() {
    const double size = font_ * small;
    const double digit = width_of(QStringLiteral("0"), size) * 1.08;
    const double offset = digit * 3 + font_ * 0.4;
    const double wide = width_ - 2 * margin - offset;
    const std::size_t in_row = 16 * (digit * 2 + 2) + 6 <= wide ? 16 : 8;
    const double cell = std::min((wide - 6) / static_cast<double>(in_row), digit * 2 + 8);
    const double line = font_ * 1.5;
    for (std::size_t octet = 0; octet < scene_.octets.size(); ++octet) {
      const std::size_t column = octet % in_row;
      if (column == 0 && octet > 0) y_ += line;
      if (column == 0) fixed({margin, y_, digit * 3, line}, hex(octet, 3), Token::pale_ink, Align::right);
      const double gap = column >= in_row / 2 ? 6 : 0;
      draw(octet, {margin + offset + cell * static_cast<double>(column) + gap, y_, cell, line});
    }
    y_ += line + font_ * 0.6;
  }

  static QString hex(std::size_t n, int digits) {
    return QStringLiteral("%1").arg(n, digits, 16, QLatin1Char{'0'});
  }

  void fixed(const QRectF& area, const QString& text, Token colour, Align align, bool bold = false) {
    out_.add(Words{.area = area,
                   .text = text,
                   .size = static_cast<float>(font_ * small),
                   .colour = colour,
                   .align = align,
                   .bold = bold,
                   .fixed = true});
  }

  void draw(std::size_t octet, const QRectF& area) {
    const Owner owner = owner_of(octet);
    const QRectF ground = area.adjusted(0, 1, 0, -1);
    const bool header = owner.field && owner.field->id != "payload" && owner.field->id != "padding";
    if (header) out_.add(Box{.area = ground, .fill = Token::protocol, .tone = tone_of(owner.header)});
    if (pointed(octet)) out_.add(Box{.area = ground, .fill = Token::focus, .tone = 0.35F});
    if (owner.changed)
      out_.add(Line{.points = {ground.bottomLeft() + QPointF{1, -1}, ground.bottomRight() + QPointF{-1, -1}},
                    .colour = Token::marker,
                    .width = 2});
    fixed(area, hex(scene_.octets[octet], 2),
          owner.changed ? Token::marker
          : header      ? Token::ink
                        : Token::pale_ink,
          Align::centre, owner.changed || pointed(octet));
    if (owner.field) out_.targets.push_back({area, target(*owner.field), tip(*owner.field)});
  }

  static std::string target(const Field& field) { return "field " + std::string{field.id}; }

  QString tip(const Field& field) const {
    QString text = words(field.name, scene_.language);
    if (!field.value.empty()) text += QStringLiteral(": ") + QString::fromStdString(field.value);
    return text;
  }

  void list(const Field& header) {
    const double line = font_ * 1.6;
    const QRectF area{margin, y_, width_ - 2 * margin, line};
    const Name name = named(header.name, scene_.language);
    const double beside = width_of(name, font_, true) + font_ * 0.8;
    if (header.id == scene_.pointed) out_.add(Box{.area = area, .fill = Token::focus, .tone = 0.18F});
    put(out_, {margin + 3, y_, beside, line}, name, font_, Token::ink, true);
    QString about = QString::fromStdString(header.value);
    if (about.isEmpty())
      about = header.length == 1 ? Texts::tr("1 octet") : Texts::tr("%1 octets").arg(header.length);
    if (!header.wrong.en.empty()) about = words(header.wrong, scene_.language);
    out_.text({margin + beside, y_, area.width() - beside, line}, about, static_cast<float>(font_ * small),
              header.wrong.en.empty() ? Token::pale_ink : Token::loss);
    out_.targets.push_back({area, target(header), {}});
    y_ += line;
    for (const Field& part : header.parts) row(part);
    y_ += font_ * 0.3;
  }

  void row(const Field& field) {
    const double line = font_ * 1.45;
    const QRectF area{margin, y_, width_ - 2 * margin, line};
    const replay::FieldChange* change = change_of(field);
    if (field.id == scene_.pointed) out_.add(Box{.area = area, .fill = Token::focus, .tone = 0.18F});
    if (change) out_.add(Box{.area = {margin, y_ + 1, 3, line - 2}, .fill = Token::marker});
    const double most = scene_.language == path::Language::both ? 290.0 : 170.0;
    const double value = margin + std::clamp(area.width() * 0.4, 90.0, most);
    put(out_, {margin + font_, y_, value - margin - font_ - 4, line}, named(field.name, scene_.language),
        font_ * small, Token::pale_ink);
    const QString now = QString::fromStdString(field.value);
    const QString both =
        change ? QStringLiteral("%1 → %2").arg(QString::fromStdString(change->before), now) : now;
    const bool fits = width_of(both, font_ * small, change != nullptr) <= area.right() - value;
    const QString text = fits ? both : now;
    out_.add(Words{.area = {value, y_, area.right() - value, line},
                   .text = text,
                   .size = static_cast<float>(font_ * small),
                   .colour = change ? Token::marker : Token::ink,
                   .bold = change != nullptr});
    if (!field.wrong.en.empty()) wrong(field, text, value, area);
    out_.targets.push_back({area, target(field), {}});
    y_ += line;
    if (!change || fits) return;
    out_.add(Box{.area = {margin, y_ - 1, 3, font_ * 1.2}, .fill = Token::marker});
    out_.text({value, y_ - font_ * 0.2, area.right() - value, font_ * 1.2},
              Texts::tr("was %1").arg(QString::fromStdString(change->before)),
              static_cast<float>(font_ * 0.8), Token::pale_ink);
    y_ += font_ * 1.15;
  }

  void wrong(const Field& field, const QString& value, double x, const QRectF& area) {
    const QString what = words(field.wrong, scene_.language);
    const double from = x + width_of(value, font_ * small, change_of(field) != nullptr) + font_ * 0.6;
    if (from > area.right()) return;
    out_.add(
        Glyph{{from, area.top() + area.height() * 0.25, font_ * 0.8, font_ * 0.8}, Sign::cross, Token::loss});
    out_.text({from + font_ * 1.1, area.top(), area.right() - from - font_ * 1.1, area.height()}, what,
              static_cast<float>(font_ * small), Token::loss);
  }

  const BytesScene& scene_;
  double width_;
  double font_;
  std::vector<Field> headers_;
  std::vector<replay::FieldChange> changes_;
  double y_ = 0;
  Picture out_{};
};

}  // namespace

Picture bytes(const BytesScene& scene, double width) {
  if (scene.octets.empty()) return invitation(scene.invitation, width);
  return BytesPainter{scene, std::min(width, widest)}.run();
}

}  // namespace ringside::view
