// 'cwnd %d, %-8s|%#06x' % (10, 'open', 255)
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "code_fraction.hpp"

namespace ringside::packetdrill {
namespace {

struct Conversion {
  bool left = false, sign = false, blank = false, zero = false, alternate = false;
  std::size_t width = 0;
  std::optional<std::size_t> precision{};
  char type = 0;
};

class Formatter {
 public:
  Formatter(std::string_view format, const Value& values) : rest_{format} {
    if (const auto* items = std::get_if<std::vector<Scalar>>(&values))
      for (const Scalar& item : *items)
        values_.push_back(std::visit([](const auto& held) { return Value{held}; }, item));
    else
      values_.push_back(values);
  }

  std::string run() {
    while (!rest_.empty()) {
      const char c = take();
      if (c == '%')
        append(converted(conversion()));
      else
        append(std::string(1, c));
    }
    if (next_ < values_.size()) refuse("not all values found a place in the format");
    return result_;
  }

 private:
  Conversion conversion() {
    Conversion how;
    for (bool flag = true; flag;) {
      flag = accept('-', how.left) || accept('+', how.sign) || accept(' ', how.blank) ||
             accept('0', how.zero) || accept('#', how.alternate);
    }
    how.width = number();
    bool precise = false;
    if (accept('.', precise)) how.precision = number();
    if (rest_.empty()) refuse("a format that ends behind '%'");
    how.type = take();
    return how;
  }

  std::string converted(const Conversion& how) {
    switch (how.type) {
      case '%': return "%";
      case 'd':
      case 'i':
      case 'u':
      case 'x':
      case 'X':
      case 'o': return padded(digits(how), how);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': return padded(fraction(how), how);
      case 's': return padded(cut(str(value()), how), how);
      case 'r': return padded(cut(repr(value()), how), how);
      default: refuse_unsupported(fmt::format("the format '%{}'", how.type));
    }
  }

  // The number, and in front of it its sign and its prefix.
  std::string digits(const Conversion& how) {
    const std::int64_t signed_value = integer(how);
    const auto bits = static_cast<std::uint64_t>(signed_value);
    const std::uint64_t magnitude = signed_value < 0 ? 0 - bits : bits;
    std::string text = how.type == 'x'   ? fmt::format("{:x}", magnitude)
                       : how.type == 'X' ? fmt::format("{:X}", magnitude)
                       : how.type == 'o' ? fmt::format("{:o}", magnitude)
                                         : fmt::format("{}", magnitude);
    if (how.precision && text.size() < *how.precision) text.insert(0, *how.precision - text.size(), '0');
    std::string front = sign(signed_value < 0, how);
    if (how.alternate && (how.type == 'x' || how.type == 'X' || how.type == 'o')) front += {'0', how.type};
    return filled(front, std::move(text), how);
  }

  // What has a fraction loses it where an integer is wanted in decimal.
  std::int64_t integer(const Conversion& how) {
    const Value& wanted = value();
    if (const auto* truth = std::get_if<bool>(&wanted)) return *truth ? 1 : 0;
    if (const auto* number = std::get_if<std::int64_t>(&wanted)) return *number;
    const auto* number = std::get_if<double>(&wanted);
    const bool decimal = how.type == 'd' || how.type == 'i' || how.type == 'u';
    if (number == nullptr || !decimal) refuse(fmt::format("'%{}' of something that is no number", how.type));
    return truncated(*number);
  }

  // 2.500000, 2.5e+00, 2.5
  std::string fraction(const Conversion& how) {
    const Value& wanted = value();
    double number = 0;
    if (const auto* held = std::get_if<double>(&wanted))
      number = *held;
    else if (const auto* whole = std::get_if<std::int64_t>(&wanted))
      number = static_cast<double>(*whole);
    else if (const auto* truth = std::get_if<bool>(&wanted))
      number = *truth ? 1 : 0;
    else
      refuse(fmt::format("'%{}' of something that is no number", how.type));
    const std::string digits =
        fmt::format("{{:{}.{}{}}}", how.alternate ? "#" : "", how.precision.value_or(6), how.type);
    return filled(sign(std::signbit(number), how), fmt::format(fmt::runtime(digits), std::fabs(number)), how);
  }

  static std::string sign(bool negative, const Conversion& how) {
    return negative ? "-" : how.sign ? "+" : how.blank ? " " : "";
  }

  // Zeros between the sign or prefix and the number.
  static std::string filled(const std::string& front, std::string text, const Conversion& how) {
    const std::size_t length = front.size() + text.size();
    if (how.zero && !how.left && length < how.width) text.insert(0, how.width - length, '0');
    return front + text;
  }

  static std::string cut(const std::string& text, const Conversion& how) {
    return how.precision ? text.substr(0, *how.precision) : text;
  }

  static std::string padded(std::string text, const Conversion& how) {
    if (text.size() >= how.width) return text;
    text.insert(how.left ? text.size() : 0, how.width - text.size(), ' ');
    return text;
  }

  const Value& value() {
    if (next_ == values_.size()) refuse("not enough values for the format");
    return values_[next_++];
  }

  std::size_t number() {
    std::size_t value = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      value = value * 10 + static_cast<std::size_t>(take() - '0');
      if (value > max_string) refuse_unsupported(fmt::format("strings of more than {} bytes", max_string));
    }
    return value;
  }

  bool accept(char c, bool& flag) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return flag = true;
  }
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  void append(const std::string& text) {
    if (result_.size() + text.size() > max_string)
      refuse_unsupported(fmt::format("strings of more than {} bytes", max_string));
    result_ += text;
  }

  std::string_view rest_;
  std::vector<Value> values_{};
  std::size_t next_ = 0;
  std::string result_{};
};

}  // namespace

std::string format(std::string_view format, const Value& values) { return Formatter{format, values}.run(); }

}  // namespace ringside::packetdrill
