#include "view/queue_loss.hpp"

#include "view/figures.hpp"

namespace ringside::view {

namespace {
constexpr double sign = 1.1;  // of the size of type: × and what is behind it
}

double loss_width(std::uint64_t frames, double size) {
  return width_of(grouped(frames), size, true) + size * sign;
}

void draw_loss_count(Picture& out, const QRectF& area, std::uint64_t frames, double size) {
  const double left = area.right() - loss_width(frames, size);
  out.add(Glyph{{left, area.center().y() - size * 0.45, size * 0.9, size * 0.9}, Sign::cross, Token::loss});
  out.text({left + size * sign, area.top(), area.right() - left - size * sign, area.height()},
           grouped(frames), static_cast<float>(size), Token::loss, Align::left, true);
}

}  // namespace ringside::view
