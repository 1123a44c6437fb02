#include "window/edged_style.hpp"

#include <QAbstractButton>
#include <QComboBox>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>

namespace ringside::window {

namespace {

constexpr double focus_width = 2;

bool is_on_the_bottom(const QStyleOptionTab& tab) {
  return tab.shape == QTabBar::RoundedSouth || tab.shape == QTabBar::TriangularSouth;
}

// A tool button without a frame has one while it is pressed or switched on.
bool is_raised(const QStyleOption& option) {
  return !option.state.testFlag(QStyle::State_AutoRaise) ||
         (option.state & (QStyle::State_Raised | QStyle::State_Sunken | QStyle::State_On)) !=
             QStyle::State_None;
}

// Their edge has the colour of the focus.
bool shows_focus_itself(const QWidget* widget) {
  return qobject_cast<const QPushButton*>(widget) || qobject_cast<const QComboBox*>(widget);
}

}  // namespace

EdgedStyle::EdgedStyle(view::Theme theme)
    : QProxyStyle{QStyleFactory::create(QStringLiteral("Fusion"))}, theme_{theme} {}

void EdgedStyle::stroke(QPainter& painter, const QRectF& area, view::Token token, double width,
                        Shape shape) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen{view::colour(token, theme_), width});
  const QRectF inside = area.adjusted(width / 2, width / 2, -width / 2, -width / 2);
  if (shape == Shape::round)
    painter.drawEllipse(inside);
  else
    painter.drawRoundedRect(inside, shape == Shape::rounded ? 2.5 : 0, shape == Shape::rounded ? 2.5 : 0);
  painter.restore();
}

void EdgedStyle::focus(QPainter& painter, const QRect& area) const {
  stroke(painter, area, view::Token::focus, focus_width, Shape::rounded);
}

// What is switched off keeps a weaker one.
void EdgedStyle::edge(QPainter& painter, const QRect& area, const QStyleOption& option, Shape shape,
                      bool shows_focus) const {
  const bool focused = shows_focus && option.state.testFlag(State_HasFocus);
  const view::Token token = focused                                ? view::Token::focus
                            : option.state.testFlag(State_Enabled) ? view::Token::edge
                                                                   : view::Token::rule;
  stroke(painter, area, token, focused ? focus_width : 1, shape);
}

void EdgedStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
  if (element == PE_FrameFocusRect) {
    if (option->state.testFlag(State_KeyboardFocusChange) && !shows_focus_itself(widget))
      focus(*painter, option->rect);
    return;
  }
  QProxyStyle::drawPrimitive(element, option, painter, widget);
  switch (element) {
    case PE_PanelButtonCommand:
    case PE_FrameLineEdit: return edge(*painter, option->rect, *option, Shape::rounded, true);
    case PE_PanelButtonTool:
      if (is_raised(*option)) edge(*painter, option->rect, *option, Shape::rounded);
      if (option->state.testFlag(State_On)) chosen(*painter, option->rect, true);
      return;
    case PE_IndicatorRadioButton: return edge(*painter, option->rect, *option, Shape::round);
    case PE_IndicatorCheckBox:
    case PE_Frame:
    case PE_FrameMenu:
    case PE_PanelTipLabel: return edge(*painter, option->rect, *option, Shape::box);
    default: return;
  }
}

void EdgedStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const {
  QProxyStyle::drawControl(element, option, painter, widget);
  if (element == CE_TabBarTabShape) tab(*painter, *option);
  if (element == CE_DockWidgetTitle)
    painter->fillRect(option->rect.adjusted(0, option->rect.height() - 1, 0, 0),
                      view::colour(view::Token::rule, theme_));
}

// Of several, this one: a bar.
void EdgedStyle::chosen(QPainter& painter, QRect at, bool at_the_bottom) const {
  constexpr int bar = 3;
  at_the_bottom ? at.setTop(at.bottom() - bar + 1) : at.setHeight(bar);
  painter.fillRect(at, view::colour(view::Token::focus, theme_));
}

// The one that is in front has the bar at its outer side.
void EdgedStyle::tab(QPainter& painter, const QStyleOption& option) const {
  const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(&option);
  if (!tab) return;
  edge(painter, option.rect, option, Shape::box);
  if (option.state.testFlag(State_Selected)) chosen(painter, option.rect, is_on_the_bottom(*tab));
}

void EdgedStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                    QPainter* painter, const QWidget* widget) const {
  QProxyStyle::drawComplexControl(control, option, painter, widget);
  switch (control) {
    case CC_ComboBox:
    case CC_SpinBox: return edge(*painter, option->rect, *option, Shape::rounded, true);
    case CC_Slider: return slider(*painter, *option, widget);
    case CC_ScrollBar:
      return edge(*painter, proxy()->subControlRect(control, option, SC_ScrollBarSlider, widget), *option,
                  Shape::box);
    default: return;
  }
}

void EdgedStyle::slider(QPainter& painter, const QStyleOptionComplex& option, const QWidget* widget) const {
  const QRect groove = proxy()->subControlRect(CC_Slider, &option, SC_SliderGroove, widget);
  const QRect handle = proxy()->subControlRect(CC_Slider, &option, SC_SliderHandle, widget);
  painter.save();
  painter.setClipRegion(QRegion{option.rect} - handle);  // the handle is before the groove
  edge(painter, groove, option, Shape::rounded);
  painter.restore();
  edge(painter, handle, option, Shape::rounded, true);
}

}  // namespace ringside::window
