// What YAML may say here, and where everything stands.
#include "ringside/scenarios/document.hpp"

#include "catch.hpp"
#include "findings.hpp"

using namespace ringside::scenarios;

namespace {

Lines refused(std::string_view text) {
  Findings findings;
  CHECK_FALSE(parse_document(text, "t.yaml", findings));
  return lines(findings);
}

std::string repeated(std::string_view text, std::size_t n) {
  std::string all;
  for (std::size_t i = 0; i < n; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("every value knows its line and column") {
  Findings findings;
  const auto document = parse_document("a: 1\nb:\n  - {c: \"x\", d: }\n", "t.yaml", findings);
  REQUIRE(document);
  const TextNode& item = document->root.find("b")->items.at(0);
  CHECK(item.origin.line == 3);
  CHECK(item.origin.column == 5);
  CHECK(item.find("c")->text == "x");
  CHECK(item.find("c")->origin.column == 10);  // of the text, behind the quote
  CHECK(item.find("d")->kind == TextNode::Kind::nothing);
  CHECK(item.keys.at(1).origin.column == 14);
  CHECK(document->root.find("e") == nullptr);
}

TEST_CASE("a key that stands twice is reported, and the first counts") {
  Findings findings;
  const auto document = parse_document("a: 1\nb: 2\na: 3\n", "t.yaml", findings);
  CHECK(lines(findings) == Lines{"t.yaml:3:1: error: duplicate key 'a'"});
  CHECK(document->root.find("a")->text == "1");
}

TEST_CASE("what does not belong to the language is refused where it stands") {
  CHECK(refused("a: &x 1\nb: *x\n") ==
        Lines{"t.yaml:2:4: error: anchors and aliases (&, *) are not part of this language"});
  CHECK(refused("a: !!int 1\n") == Lines{"t.yaml:1:4: error: tags (!...) are not part of this language"});
  CHECK(refused("? [a]\n: 1\n") ==
        Lines{"t.yaml:1:3: error: expected a name as the key, found a list or map"});
  CHECK(refused("a: 1\n---\nb: 2\n") == Lines{"t.yaml:3:1: error: expected one document, found a second"});
  CHECK(refused("a: [1, 2\n") == Lines{"t.yaml:2:1: error: end of sequence flow not found"});
  CHECK(refused("").size() == 1);
}

TEST_CASE("other encodings and control characters are refused before they are parsed") {
  CHECK(refused("a: \xFF\n") == Lines{"t.yaml: error: not UTF-8 text (byte 3)"});
  CHECK(refused(std::string_view{"\xFE\xFF\0a", 4}) == Lines{"t.yaml: error: not UTF-8 text (byte 0)"});
  CHECK(refused(std::string_view{"a: \0", 4}) == Lines{"t.yaml: error: not UTF-8 text (byte 3)"});
  CHECK(refused("a: \xED\xA0\x80") == Lines{"t.yaml: error: not UTF-8 text (byte 3)"});  // a surrogate
  CHECK(refused("a: \xC0\xAF") == Lines{"t.yaml: error: not UTF-8 text (byte 3)"});      // an overlong slash
}

TEST_CASE("limits on size, depth and number of values end a text early") {
  CHECK(refused(std::string(max_file_bytes + 1, ' ')) == Lines{"t.yaml: error: larger than 8 MiB"});
  CHECK(refused(repeated("[", 1000) + repeated("]", 1000)) ==
        Lines{"t.yaml:1:33: error: nested deeper than 32 levels"});
  CHECK(refused(repeated("- ", 1'000'000)) == Lines{"t.yaml:1:65: error: nested deeper than 32 levels"});
  CHECK(refused(repeated("a: {", 1000)) == Lines{"t.yaml:1:128: error: nested deeper than 32 levels"});
  CHECK(refused(repeated("[", 200'000)) == Lines{"t.yaml: error: more than 100000 brackets"});
  CHECK(refused(repeated("- 1\n", 20'001)) == Lines{"t.yaml:20001:3: error: more than 20000 values"});
}

TEST_CASE("a file that is not there") {
  Findings findings;
  CHECK_FALSE(read_document("/nowhere/t.yaml", findings));
  CHECK_FALSE(read_document("/", findings));
  CHECK(lines(findings) ==
        Lines{"t.yaml: error: No such file or directory", ": error: is a folder, expected a file"});
}
