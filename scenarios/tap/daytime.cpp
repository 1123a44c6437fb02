#include "daytime.hpp"

#include <fmt/format.h>

#include <array>

#include "text_octets.hpp"

namespace ringside::tap {

// strftime() would speak the user's language.
std::string http_date(std::time_t at) {
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&at, &utc);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(utc.tm_wday)],
                     utc.tm_mday, months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                     utc.tm_hour, utc.tm_min, utc.tm_sec);
}

bool Daytime::run(Time now, Stream& stream) {
  line_.erase(0, stream.write(now, octets_of(line_)));
  return line_.empty();
}

}  // namespace ringside::tap
