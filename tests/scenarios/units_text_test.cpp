// Numbers with units: exact, or refused.
#include "ringside/scenarios/units_text.hpp"

#include "catch.hpp"

using namespace ringside;
using namespace ringside::scenarios;
using namespace std::chrono_literals;

TEST_CASE("times are exact to the picosecond") {
  CHECK(parse_duration("10us") == Duration{10us});
  CHECK(parse_duration("1.5 ns") == Duration{1500});
  CHECK(parse_duration("0") == Duration{0});
  CHECK(parse_duration("0.000000000001s") == Duration{1});
  CHECK(parse_duration("1e-3s") == Duration{1ms});
  CHECK(parse_duration("9000000s") == Duration{9'000'000s});
  for (const char* wrong :
       {"10", "0.5ps", "-1us", "us", "10 parsec", "10us ", "1..5us", "9300000s", "", "1e99s"})
    CHECK(parse_duration(wrong) == std::nullopt);
}

TEST_CASE("rates, sizes and frequencies know their units and no others") {
  CHECK(parse_bit_rate("10Mbps") == BitRate{10'000'000});
  CHECK(parse_bit_rate("2.5Gbps") == BitRate{2'500'000'000});
  CHECK(parse_bit_rate("10MBps") == std::nullopt);
  CHECK(parse_bit_rate("0.5bps") == std::nullopt);
  CHECK(parse_bytes("212992B") == 212992_B);
  CHECK(parse_bytes("0.5KiB") == 512_B);
  CHECK(parse_bytes("64kB") == std::nullopt);
  CHECK(parse_bytes("64") == std::nullopt);
  CHECK(parse_frequency("3.6GHz") == 3600_MHz);
  CHECK(parse_frequency("3600") == std::nullopt);
}

TEST_CASE("counts may be thousands or millions, but stay whole") {
  CHECK(parse_count("4000") == 4000);
  CHECK(parse_count("20k") == 20'000);
  CHECK(parse_count("1.5M") == 1'500'000);
  CHECK(parse_count("1e6") == 1'000'000);
  CHECK(parse_count("1e18") == 1'000'000'000'000'000'000);
  for (const char* wrong : {"1.5", "1e19", "0.0005k", "9999999999999999999", "4K", "1e-99999999999"})
    CHECK(parse_count(wrong) == std::nullopt);
}

TEST_CASE("numbers and probabilities") {
  CHECK(parse_number("0.0695") == 0.0695);
  CHECK(parse_number("1e3") == 1000.0);
  for (const char* wrong : {"", "-1", "inf", "nan", "0x10", "1e999", "1 "})
    CHECK(parse_number(wrong) == std::nullopt);
  CHECK(parse_probability("1") == 1.0);
  CHECK(parse_probability("1.01") == std::nullopt);
}

TEST_CASE("a quantity of any kind counts in the unit of the result file") {
  CHECK(parse_any("10us") == 10'000.0);
  CHECK(parse_any("10Mbps") == 10e6);
  CHECK(parse_any("1KiB") == 1024.0);
  CHECK(parse_any("2k") == 2000.0);
  CHECK(parse_any("poisson") == std::nullopt);
}
