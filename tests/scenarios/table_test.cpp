// Columns, in the widths that a terminal gives to characters.
#include "table.hpp"

#include "catch.hpp"
#include "utf8.hpp"

using namespace ringside::scenarios;

TEST_CASE("wide characters fill two columns, combining ones none") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("网卡") == 4);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("（é）") == 5);
}

TEST_CASE("columns line up in both scripts") {
  Table table{{Table::Align::left, Table::Align::right}};
  table.row({"ring", "1"});
  table.row({"接收环", "256"});
  CHECK(table.text() ==
        "ring      1\n"
        "接收环  256\n");
}

TEST_CASE("figures for people") {
  CHECK(figure(4712.4) == "4712");
  CHECK(figure(0.12345) == "0.1235");
  CHECK(figure(12) == "12");
}

TEST_CASE("the space of a folded line goes where Chinese stands on both sides") {
  CHECK(without_fold_spaces("丢弃； 如果") == "丢弃；如果");
  CHECK(without_fold_spaces("不花 CPU 时间") == "不花 CPU 时间");
}
