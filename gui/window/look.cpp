#include "window/look.hpp"

#include <QPainter>
#include <QPalette>

#include "view/signs.hpp"
#include "window/edged_style.hpp"

namespace ringside::window {

QIcon icon(view::Sign sign, view::Theme theme) {
  constexpr int side = 40;  // drawn larger than shown, for screens of every density
  QPixmap picture{side, side};
  picture.fill(Qt::transparent);
  QPainter painter{&picture};
  view::draw_sign(painter, sign, QRectF{4, 4, side - 8, side - 8}, view::colour(view::Token::ink, theme));
  return QIcon{picture};
}

void dress(QApplication& application, view::Theme theme) {
  using view::Token;
  const auto of = [theme](Token token) { return view::colour(token, theme); };
  if (auto* style = qobject_cast<EdgedStyle*>(application.style()))
    style->set_theme(theme);
  else
    application.setStyle(new EdgedStyle{theme});
  QPalette palette;
  palette.setColor(QPalette::Window, of(Token::panel));
  palette.setColor(QPalette::WindowText, of(Token::ink));
  palette.setColor(QPalette::Base, of(Token::ground));
  palette.setColor(QPalette::AlternateBase, of(Token::panel));
  palette.setColor(QPalette::Text, of(Token::ink));
  palette.setColor(QPalette::Button, of(Token::panel));
  palette.setColor(QPalette::ButtonText, of(Token::ink));
  palette.setColor(QPalette::ToolTipBase, of(Token::chip));
  palette.setColor(QPalette::ToolTipText, of(Token::ink));
  palette.setColor(QPalette::PlaceholderText, of(Token::pale_ink));
  palette.setColor(QPalette::Highlight, of(Token::focus));
  palette.setColor(QPalette::HighlightedText, of(Token::ground));
  palette.setColor(QPalette::Link, of(Token::protocol));
  palette.setColor(QPalette::Light, of(Token::chip));
  palette.setColor(QPalette::Midlight, of(Token::rule));
  palette.setColor(QPalette::Mid, of(Token::rule));
  palette.setColor(QPalette::Dark, of(Token::faint));
  palette.setColor(QPalette::Shadow, of(Token::rule));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, of(Token::pale_ink));
  application.setPalette(palette);
}

}  // namespace ringside::window
