// The tokens of a script: the longest match wins.
#include "lexer.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "message_of.hpp"

namespace ringside::packetdrill::test {
namespace {

// The tokens as text: "integer 12 | symbol + | ...".
std::string tokens(std::string_view text, const std::vector<std::string>& defines = {}) {
  constexpr std::string_view kinds[]{"integer", "decimal", "word",   "string", "command",
                                     "code",    "option",  "symbol", "end"};
  Lexer lexer{text, "a.pkt", defines};
  std::string result;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    result += result.empty() ? "" : " | ";
    result += std::string{kinds[static_cast<std::size_t>(token.kind)]} + ' ' + std::string{token.text};
    if (token.value) result += " = " + std::string{*token.value};
  }
  return result;
}

std::vector<Position> positions(std::string_view text) {
  Lexer lexer{text, "a.pkt"};
  std::vector<Position> result;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next())
    result.push_back(token.at);
  return result;
}

}  // namespace

TEST_CASE("numbers and dots: the longest match wins") {
  CHECK(tokens("+.1...0.35") == "symbol + | decimal .1 | symbol ... | decimal 0.35");
  CHECK(tokens("0...2") == "integer 0 | symbol ... | integer 2");
  CHECK(tokens("1.25....5") == "decimal 1.25 | symbol ... | decimal .5");
  CHECK(tokens("1..2") == "integer 1 | symbol . | decimal .2");
  CHECK(tokens("-1 -.5 - 1") == "integer -1 | decimal -.5 | symbol - | integer 1");
  CHECK(tokens("0x1F 0xZ 5P 12") == "integer 0x1F | word 0xZ | word 5P | integer 12");
  CHECK(tokens(".25~+.3") == "decimal .25 | symbol ~ | symbol + | decimal .3");
}

TEST_CASE("a packet's tokens") {
  CHECK(tokens("S. 0:0(0)") ==
        "word S | symbol . | integer 0 | symbol : | integer 0 | symbol ( | integer 0 | symbol )");
}

TEST_CASE("blanks and comments of both kinds only separate") {
  CHECK(tokens("a // b\nc /* d\n* / e */f//") == "word a | word c | word f");
  CHECK(tokens("a # b") == "word a | symbol # | word b");  // no comment in the script proper
  CHECK(tokens("") == "");
  CHECK(tokens("/**/") == "");
}

TEST_CASE("tokens that touch are joined: flags are read from such") {
  Lexer lexer{"P. ./**/.", "a.pkt"};
  CHECK(!lexer.next().joined);
  CHECK(lexer.next().joined);
  CHECK(!lexer.next().joined);
  CHECK(!lexer.next().joined);  // a comment separates
}

TEST_CASE("strings, commands and code") {
  CHECK(tokens(R"("a \" b" "c")") == R"(string a \" b | string c)");
  CHECK(unescaped(R"(a \" \\ \n)") == R"(a " \ n)");
  CHECK(tokens("`sysctl a=1\n# not the script's\n`") == "command sysctl a=1\n# not the script's\n");
  CHECK(tokens("%{  assert 7 % 4 == 3\n }%") == "code assert 7 % 4 == 3");
  CHECK(tokens("%{}%") == "code ");
}

TEST_CASE("options, with values of any kind") {
  CHECK(tokens("--verbose\n--mtu=1500") == "option verbose | option mtu = 1500");
  CHECK(tokens("--ip_version = ipv4-mapped-ipv6 --x") == "option ip_version = ipv4-mapped-ipv6 | option x");
  CHECK(tokens("--a=\"b c\"d\n`e`") == "option a = \"b c\"d | command e");
}

TEST_CASE("defines replace words, by what their value is written as") {
  CHECK(tokens("N --define=N=12 N") == "word N | option define = N=12 | integer 12");  // only later ones
  CHECK(tokens("--define=N=\"a b\" N") == "option define = N=\"a b\" | string a b");
  CHECK(tokens("--define=N=`a b` N") == "option define = N=`a b` | command a b");
  CHECK(tokens("--define=N=M NN N") == "option define = N=M | word NN | word M");
  CHECK(tokens("N", {"N=.5"}) == "decimal .5");
  CHECK(tokens("--define=N=1 --define=N=2 N", {}) == "option define = N=1 | option define = N=2 | integer 2");
  CHECK(tokens("--define=N=1 N", {"N=2"}) == "option define = N=1 | integer 2");  // the command line wins
}

TEST_CASE("every token knows its line and column, in characters") {
  CHECK(positions("a\n  b /* \n */ c") == std::vector<Position>{{1, 1}, {2, 3}, {3, 5}});
  CHECK(positions("\"ä中\" x") == std::vector<Position>{{1, 1}, {1, 6}});
  CHECK(positions("%{\n  x }%") == std::vector<Position>{{2, 3}});  // where the text begins
}

TEST_CASE("what does not end, and defines that are none") {
  const auto error = [](std::string_view text) { return message_of([&] { tokens(text); }); };
  CHECK(error("a \"b\\\"") == "a.pkt:1:3: expected \" behind the string, found the end of the script");
  CHECK(error("\n`b") == "a.pkt:2:1: expected ` behind the command, found the end of the script");
  CHECK(error("%{ }") == "a.pkt:1:1: expected }% behind the code block, found the end of the script");
  CHECK(error("/* /") == "a.pkt:1:1: expected */ behind the comment, found the end of the script");
  CHECK(error("\"\\") == "a.pkt:1:1: expected \" behind the string, found the end of the script");
  CHECK(error("--define=N") == "a.pkt:1:10: expected NAME=value, found 'N'");
  CHECK(error("--define=N=a|b") == "a.pkt:1:10: expected NAME=value, found 'N=a|b'");
  CHECK(error("--define=-=1") == "a.pkt:1:10: expected NAME=value, found '-=1'");
}

TEST_CASE("a define cannot make a small script a large one") {
  std::string text = "--define=N=\"" + std::string(100'000, 'x') + "\"";
  for (int i = 0; i < 100; ++i) text += " N";
  CHECK(message_of([&] { tokens(text); }) ==
        "a.pkt:1:100097: unsupported: defines that insert more than 4194304 bytes");
}

}  // namespace ringside::packetdrill::test
