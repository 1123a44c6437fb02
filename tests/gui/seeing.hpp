// How colours look, to most people and to those who see two kinds of light instead of three.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include <QColor>

namespace ringside::seeing {

using Linear = std::array<double, 3>;  // red, green, blue, as amounts of light

inline Linear linear(const QColor& colour) {
  const auto channel = [](double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);  // IEC 61966-2-1
  };
  return {channel(static_cast<double>(colour.redF())), channel(static_cast<double>(colour.greenF())),
          channel(static_cast<double>(colour.blueF()))};
}

// WCAG 2.1: relative luminance and contrast ratio.
inline double luminance(const QColor& colour) {
  const Linear c = linear(colour);
  return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}
inline double contrast(const QColor& a, const QColor& b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

enum class Vision { normal, protanope, deuteranope, tritanope };
inline constexpr std::array visions{Vision::normal, Vision::protanope, Vision::deuteranope,
                                    Vision::tritanope};

// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
// IEEE TVCG 15 (2009), the matrices of severity 1.0, for linear RGB.
inline Linear seen(const QColor& colour, Vision vision) {
  using Matrix = std::array<std::array<double, 3>, 3>;
  static constexpr std::array<Matrix, 4> matrices{
      {{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
       {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
       {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
       {{{1.255528, -0.076749, -0.178779},
         {-0.078411, 0.930809, 0.147602},
         {0.004733, 0.691367, 0.303900}}}}};
  const Linear c = linear(colour);
  Linear out{};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& row = matrices[static_cast<std::size_t>(vision)][i];
    out[i] = std::clamp(row[0] * c[0] + row[1] * c[1] + row[2] * c[2], 0.0, 1.0);
  }
  return out;
}

// CIE 1976: the distance in L*a*b*, under D65.
inline double distance(const QColor& one, const QColor& other, Vision vision) {
  const auto lab = [vision](const QColor& colour) -> std::array<double, 3> {
    const Linear c = seen(colour, vision);
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
    const double y = f(0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
    const double z = f((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  };
  const auto a = lab(one), b = lab(other);
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

}  // namespace ringside::seeing
