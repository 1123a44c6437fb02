// Fusion's widgets with an edge around whatever can be pressed or typed into, which can be seen in every
// theme, and with the keyboard's focus around what has it: Fusion darkens the window's colour for that, and
// what is dark already stays as it is.
#pragma once

#include <QProxyStyle>

#include "view/theme.hpp"

namespace ringside::window {

class EdgedStyle : public QProxyStyle {
  Q_OBJECT

 public:
  explicit EdgedStyle(view::Theme);

  void set_theme(view::Theme theme) { theme_ = theme; }

  void drawPrimitive(PrimitiveElement, const QStyleOption*, QPainter*, const QWidget*) const override;
  void drawControl(ControlElement, const QStyleOption*, QPainter*, const QWidget*) const override;
  void drawComplexControl(ComplexControl, const QStyleOptionComplex*, QPainter*,
                          const QWidget*) const override;

 private:
  enum class Shape : std::uint8_t { box, rounded, round };
  void edge(QPainter&, const QRect&, const QStyleOption&, Shape, bool shows_focus = false) const;
  void stroke(QPainter&, const QRectF&, view::Token, double width, Shape) const;
  void focus(QPainter&, const QRect&) const;
  void slider(QPainter&, const QStyleOptionComplex&, const QWidget*) const;
  void chosen(QPainter&, QRect, bool at_the_bottom) const;
  void tab(QPainter&, const QStyleOption&) const;

  view::Theme theme_;
};

}  // namespace ringside::window
