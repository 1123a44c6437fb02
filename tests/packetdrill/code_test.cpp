// The Python of code blocks: what it computes, and what is refused.
#include "ringside/packetdrill/code.hpp"

#include "catch.hpp"
#include "message_of.hpp"

namespace ringside::packetdrill::test {
namespace {

// What the lines print. The block stands in line 10 of its script, column 7.
std::string output(std::string_view text) {
  std::string printed;
  Interpreter interpreter{[&](std::string_view line) {
    printed += printed.empty() ? "" : "\n";
    printed += line;
  }};
  interpreter.set("tcpi_snd_cwnd", std::int64_t{10});
  interpreter.set("tcpi_snd_ssthresh", std::int64_t{0x7fffffff});
  interpreter.run(CodeBlock{Code{.text = std::string{text}, .at = {10, 7}}, "a.pkt"});
  return printed;
}

std::string value(std::string_view expression) { return output("print(" + std::string{expression} + ")"); }

std::string error(std::string_view text) {
  const std::string message = message_of([&] { output(text); });
  return message.starts_with("a.pkt:10:") ? message.substr(9) : message;
}

Fault fault(std::string_view text) {
  try {
    output(text);
  } catch (const ScriptError& error) {
    return error.fault();
  }
  FAIL("no error");
  return Fault::failed;
}

}  // namespace

TEST_CASE("arithmetic is Python's") {
  CHECK(value("1 + 2 * 3 - 4") == "3");
  CHECK(value("(1 + 2) * 3") == "9");
  CHECK(value("7 // 2, -7 // 2, 7 // -2, -7 // -2") == "3 -4 -4 3");
  CHECK(value("7 % 3, -7 % 3, 7 % -3, -7 % -3") == "1 2 -2 -1");
  CHECK(value("10 / 2, 7 / 2, -7 / 2, True / 2") == "5.0 3.5 -3.5 0.5");
  CHECK(value("1 << 4 | 3, 6 & 3, 6 ^ 3, ~5, -1 >> 70, 0 << 99") == "19 2 5 -6 -1 0");
  CHECK(value("1 | 2 ^ 3 & 4 << 1 + 1") == "3");  // + before << before & before ^ before |
  CHECK(value("-2 * -3, - - 4, +5, -~5") == "6 4 5 6");
  CHECK(value("abs(-4), abs(4), min(3, 1, 2), max(3, 1, 2)") == "4 4 1 3");
  CHECK(value("True + 1, True == 1") == "2 True");
}

TEST_CASE("numbers with a fraction are Python's") {
  CHECK(value("1.5, .5, 2., 1e3, 1.5e-3, 1E+2, 1e22, 0.1 + 0.2") ==
        "1.5 0.5 2.0 1000.0 0.0015 100.0 1e+22 0.30000000000000004");
  CHECK(value("tcpi_snd_cwnd * 3 / 4, tcpi_snd_cwnd * 3 // 4, 1 - .5, 2 * 1.5, -1.5, +1.5") ==
        "7.5 7 0.5 3.0 -1.5 1.5");
  CHECK(value("7.5 // 2, -7.5 // 2, 7.5 // -2, 7.5 % 2, -7.5 % 2, 7.5 % -2, 1 // .1") ==
        "3.0 -4.0 -4.0 1.5 0.5 -0.5 9.0");
  CHECK(output("assert 7/2 > 3 and tcpi_snd_cwnd*3/4 >= 7 and 7/2 == 3.5 and 3.5 < 4 and 4.0 in (3, 4)") ==
        "");
  CHECK(value("9007199254740993 == 9007199254740992.0, 9007199254740993 > 9007199254740992.0, 1e300 > 1") ==
        "False True True");
  CHECK(value("0.0 or 7, not 0.5, 1.5 if .5 else 2") == "7 False 1.5");
  CHECK(value("int(3.9), int(-3.9), int(True), float(2), abs(-2.5), min(2, 1.5), max((1, 2.5, 2))") ==
        "3 -3 1 2.0 2.5 1.5 2.5");
  CHECK(
      value("round(2.5), round(3.5), round(-2.6), round(7), round(2.675, 2), round(1.25, 1), round(7, 1)") ==
      "2 4 -3 7 2.67 1.2 7");
  CHECK(value("'%f %.1f %e %g %08.3f %+.0f %d' % (1, 2.25, 1500.0, .5, -2.5, 2.5, 3.9)") ==
        "1.000000 2.2 1.500000e+03 0.5 -002.500 +2 3");
  CHECK(value("f'{tcpi_snd_cwnd / 4:.2f} {1 / 4}', '%s' % 2.0") == "2.50 0.25 2.0");
}

TEST_CASE("numbers with a fraction have limits") {
  CHECK(error("1 / 0") == "9: division by zero");
  CHECK(error("1.5 % 0.0") == "11: division by zero");
  CHECK(error("1.5 | 1") == "11: the bits of a number with a fraction");
  CHECK(error("~1.5") == "7: the sign of a number with a fraction");
  CHECK(error("'%x' % 1.5") == "12: '%x' of something that is no number");
  CHECK(error("int(1e300)") == "7: unsupported: integers of more than 64 bits");
  CHECK(error("int(1e300 * 1e300)") == "7: the integer of inf");
  CHECK(error("min(1)") == "7: the least or greatest of an integer");
  CHECK(error("a = 1.2.3") == "11: expected a number, found '1.2.3'");
  CHECK(error("a = 1e") == "11: expected a number, found '1e'");
}

TEST_CASE("comparisons are chained, and, or and not stop where it is decided") {
  CHECK(value("1 < 2 < 3, 1 < 3 < 2, 3 < 1 < nothing") == "True False False");
  CHECK(value("1 == 1 != 2 >= 2 <= 2 > 1") == "True");
  CHECK(value("1 and 0 or 7") == "7");
  CHECK(value("0 and nothing, 1 or nothing") == "0 1");
  CHECK(value("not 0 and not not 1, not 1 == 2") == "True True");
  CHECK(value("0 or 0 or 'x' or nothing") == "x");
  CHECK(value("'a' < 'b', 'a' == 1, 'a' != 1, (1, 'b') == (1, 'b'), (1,) == (2,)") ==
        "True False True True False");
}

TEST_CASE("strings, and what % makes of them") {
  CHECK(value(R"('a' "b" + 'c\'\n')") == "abc'\n");
  CHECK(value("'cwnd %d of %s' % (tcpi_snd_cwnd, 'many')") == "cwnd 10 of many");
  CHECK(value("'%x %X %o %i %u %%' % (255, 255, 8, -1, 2)") == "ff FF 10 -1 2 %");
  CHECK(value("'%5d|%-5d|%05d|%+d|% d|%#x' % (42, 42, -42, 42, 42, 42)") == "   42|42   |-0042|+42| 42|0x2a");
  CHECK(value("'%.3d %4s %-4s|%.2s %r' % (7, 'ab', 'ab', 'abc', 'x')") == "007   ab ab  |ab 'x'");
  CHECK(value("'%s' % 5, '%d' % True, '%s' % True") == "5 1 True");
  CHECK(value("(1, 'a', True), (1,), ()") == "(1, 'a', True) (1,) ()");
  CHECK(error("'%d' % 'a'") == "12: '%d' of something that is no number");
  CHECK(error("'%d %d' % 1") == "15: not enough values for the format");
  CHECK(error("'%d' % (1, 2)") == "12: not all values found a place in the format");
  CHECK(error("'%' % 1") == "11: a format that ends behind '%'");
  CHECK(error("'%c' % 1") == "12: unsupported: the format '%c'");
}

TEST_CASE("statements, and the ends of their lines") {
  CHECK(output("a = 2; a += 3\nb = a\n\n   print(a, b)  # that is all") == "5 5");
  CHECK(output("a = 8; a -= 1; a *= 2; a //= 3; a <<= 2; a >>= 1; a |= 1; a &= 13; a ^= 2; a %= 8") == "");
  CHECK(output("a = 1 + \\\n  2\nprint(a,\n  # within parentheses\n  4)") == "3 4");
  CHECK(output("'a string alone'; 7;; print()") == "");
  CHECK(output("# nothing") == "");
}

TEST_CASE("f-strings") {
  CHECK(value("f'cwnd {tcpi_snd_cwnd} of {1 + 2}'") == "cwnd 10 of 3");
  CHECK(value("f'{tcpi_snd_cwnd=} {1 != 2} {1 == 2!r} {\"a\"!r} {\"a}\"}'") ==
        "tcpi_snd_cwnd=10 True False 'a' a}");
  CHECK(value("f'{255:x} {255:#x} {7:3d}|{7:<3d}|{7:03d} {\"ab\":>4}|{\"ab\":<4}|{\"ab\":4s}|'") ==
        "ff 0xff   7|7  |007   ab|ab  |ab  |");
  CHECK(value("'100% ' f'{{{1}}} 5%' \" 'x'\"") == "100% {1} 5% 'x'");
  CHECK(value("F'{1 if tcpi_snd_cwnd in (9, 10) else 2}'") == "1");
  CHECK(error("a = f'{nothing}'") == "14: expected a variable, found 'nothing', which has no value");
  CHECK(error("a = f'{1'") == "11: a '{' in a string that nothing closes");
  CHECK(error("a = f'1}'") == "11: a '}' in a string that nothing has opened");
  CHECK(error("a = f'{1 2}'") == "16: expected ',' or ')', found '2'");
}

TEST_CASE("if, elif and else, on one line or further in") {
  const std::string steps = R"(
  if n < 3: print('few'); print(n)
  elif n == 3:
      print('three')

      # a remark that is nowhere
      if n == 4:
        print('never')
      else:
        pass
      print('still')
  else:
      print('many')
  print('end'))";
  CHECK(output("n = 2" + steps) == "few\n2\nend");
  CHECK(output("n = 3" + steps) == "three\nstill\nend");
  CHECK(output("n = 5" + steps) == "many\nend");
  CHECK(output("if tcpi_snd_cwnd > 5:\n assert tcpi_snd_cwnd == 10\n print('checked')") == "checked");
  CHECK(error("if 1 print(1)") == "12: expected ':', found 'print'");
  CHECK(error("if 1:\nprint(1)") == "a.pkt:11:1: expected a line that is further in, found 'print'");
  CHECK(error("if 1:\n  print(1)\n   print(2)") ==
        "a.pkt:12:4: expected a line as far in as the one before, found 'print'");
  CHECK(error("else: print(1)") == "7: expected a value, found 'else'");
}

TEST_CASE("of the two values of a condition one is computed") {
  CHECK(value("1 if tcpi_snd_cwnd == 10 else nothing, nothing if 0 else 2") == "1 2");
  CHECK(value("1 if 0 else 2 if 0 else 3, (0 or 4) if (1 and 2 < 3) else 5") == "3 4");
  CHECK(error("a = 1 if 2") == "17: expected 'else', found the end of the block");
}

TEST_CASE("in, and not in") {
  CHECK(value("1 in (1, 2), 3 in [1, 2], 3 not in [1,\n 2], True in (1,), 'b' in 'abc'") ==
        "True False True True True");
  CHECK(value("not 1 in (1, 2), 1 < 2 in (2, 3)") == "False True");
  CHECK(error("a = 1 in 2") == "13: an integer in an integer");
}

TEST_CASE("an assertion that fails says what it found") {
  CHECK(output("assert tcpi_snd_cwnd == 10, 'never said'") == "");
  CHECK(error("assert tcpi_snd_cwnd == 12") == "7: expected tcpi_snd_cwnd == 12, found tcpi_snd_cwnd = 10");
  CHECK(error("a = 1; assert a  ==  2 and \\\n a < tcpi_snd_cwnd  # why") ==
        "14: expected a == 2 and a < tcpi_snd_cwnd, found a = 1, tcpi_snd_cwnd = 10");
  CHECK(error("assert 1 > 2, tcpi_snd_cwnd") == "7: expected 1 > 2: 10");
  CHECK(error("assert 0, 'cwnd %d' % tcpi_snd_cwnd") == "7: expected 0: cwnd 10");
  CHECK(error("\n\n  assert ''") == "a.pkt:12:3: expected ''");
  CHECK(fault("assert 0") == Fault::failed);
}

TEST_CASE("variables live on in the next block, and the constants are known") {
  std::string printed;
  Interpreter interpreter{[&](std::string_view line) { printed += line; }};
  const auto run = [&](std::string text) {
    interpreter.run(CodeBlock{Code{.text = std::move(text)}, "a.pkt"});
  };
  interpreter.set("tcpi_unacked", std::int64_t{3});
  run("before = tcpi_unacked");
  interpreter.set("tcpi_unacked", std::int64_t{5});
  run("print(before, tcpi_unacked, TCP_CLOSING, TCP_CA_Loss, TCPI_OPT_SYN_DATA)");
  CHECK(printed == "3 5 11 4 32");
  REQUIRE(interpreter.find("before") != nullptr);
  CHECK((*interpreter.find("before") == Value{std::int64_t{3}}));
  CHECK(interpreter.find("after") == nullptr);
}

TEST_CASE("a block is parsed once, and runs as often as one likes") {
  int lines = 0;
  Interpreter interpreter{[&](std::string_view) { ++lines; }};
  const CodeBlock block{Code{.text = "n += 1; print(n)"}, "a.pkt"};
  interpreter.set("n", std::int64_t{0});
  interpreter.run(block);
  interpreter.run(block);
  CHECK(lines == 2);
  CHECK((*interpreter.find("n") == Value{std::int64_t{2}}));
}

TEST_CASE("what Python refuses, too") {
  CHECK(error("a = nothing") == "11: expected a variable, found 'nothing', which has no value");
  CHECK(error("1 // 0") == "9: division by zero");
  CHECK(error("1 % 0") == "9: division by zero");
  CHECK(error("1 << -1") == "9: a negative shift count");
  CHECK(error("1 + 'a'") == "9: '+' of an integer and a string");
  CHECK(error("1 < 'a'") == "9: the order of an integer and a string");
  CHECK(error("-'a'") == "7: the sign of a string");
  CHECK(fault("1 // 0") == Fault::failed);
}

TEST_CASE("what is no Python") {
  CHECK(error("assert") == "13: expected a value, found the end of the block");
  CHECK(error("a = = 1") == "11: expected a value, found '='");
  CHECK(error("a b") == "9: expected the end of the statement, found 'b'");
  CHECK(error("(1, 2") == "12: expected ',' or ')', found the end of the block");
  CHECK(error("a = 1)") == "12: expected the end of the statement, found ')'");
  CHECK(error("a = 'x\n'") == "11: expected ' behind the string, found the end of the line");
  CHECK(error("a = 12ab") == "11: expected a decimal or hexadecimal integer, found '12ab'");
  CHECK(error("a = 007") == "11: expected a decimal or hexadecimal integer, found '007'");
  CHECK(error("print 1") == "13: expected '(' behind 'print', found '1'");
  CHECK(error("\n  a = ?") == "a.pkt:11:7: expected a value, found '?'");
  CHECK(fault("a b") == Fault::malformed);
}

TEST_CASE("what Python has, and this has not") {
  for (const auto& [text, message] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"import os", "7: unsupported: 'import'"},
           {"a = [1]", "11: unsupported: '['"},
           {"a = 1 is 1", "13: unsupported: 'is'"},
           {"a = tcpi_snd_cwnd.real", "24: unsupported: '.'"},
           {"a = None", "11: unsupported: 'None'"},
           {"a = 2 ** 3", "13: unsupported: '**'"},
           {"a = float('1.5')", "11: unsupported: numbers in strings"},
           {"a = round(15.5, -1)", "11: unsupported: round() to tens"},
           {"a = len('x')", "11: unsupported: the function len()"},
           {"a = r'x'", "11: unsupported: r-strings"},
           {"a = f'{1:5}'", "11: unsupported: the format ':5'"},
           {"a = f'{1:^5d}'", "11: unsupported: the format ':^5'"},
           {"a = '''x'''", "11: unsupported: strings in three quotes"},
           {"a = '\\x41'", "11: unsupported: the escape '\\x'"},
           {"print('a', end='')", "21: unsupported: arguments with a name"},
           {"a = (1, (2, 3))", "11: unsupported: tuples within tuples"},
           {"a = (1, 2) < (1, 3)", "18: unsupported: the order of tuples"},
           {"assert tcpi_no_such_figure", "14: unsupported: the variable tcpi_no_such_figure"}}) {
    CHECK(error(text) == message);
    CHECK(fault(text) == Fault::unsupported);
  }
}

TEST_CASE("integers have 64 bits, and say so") {
  constexpr std::string_view more = "unsupported: integers of more than 64 bits";
  CHECK(value("9223372036854775807, -9223372036854775807 - 1") == "9223372036854775807 -9223372036854775808");
  CHECK(value("-1 << 63, (-9223372036854775807 - 1) % -1") == "-9223372036854775808 0");
  for (const std::string_view expression :
       {"9223372036854775807 + 1", "-9223372036854775807 - 2", "4294967296 * 4294967296", "1 << 63",
        "1 << 64", "-(-9223372036854775807 - 1)", "abs(-9223372036854775807 - 1)",
        "(-9223372036854775807 - 1) // -1", "9223372036854775808"})
    CHECK(error("a = " + std::string{expression}).ends_with(more));
}

TEST_CASE("nothing grows without bound") {
  CHECK(error(std::string(100, '(') + std::string(100, ')')) ==
        "71: unsupported: nesting deeper than 64 levels");
  CHECK(error("a = " + std::string(1'000'000, '-') + "1") ==
        "75: unsupported: nesting deeper than 64 levels");
  CHECK(output("a = 1" + [] {
          std::string terms;
          for (int i = 0; i < 200'000; ++i) terms += "+1";
          return terms;
        }()) == "");  // a long sum is no deep one
  std::string doubling = "s = '0123456789abcdef'\n";
  for (int i = 0; i < 10; ++i) doubling += "s += s\n";
  CHECK(error(doubling) == "a.pkt:19:3: unsupported: strings of more than 4096 bytes");
  CHECK(error("'%5000d' % 1") == "16: unsupported: strings of more than 4096 bytes");
  CHECK(error("'%99999999999999999999d' % 1").ends_with("unsupported: strings of more than 4096 bytes"));
  std::string many = "a = (";
  for (int i = 0; i < 65; ++i) many += "1,";
  CHECK(error(many + ")") == "141: unsupported: tuples of more than 64 values");
}

}  // namespace ringside::packetdrill::test
