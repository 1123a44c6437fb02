// Sizes that the parts of a drawing share.
#pragma once

namespace ringside::path {

inline constexpr double name_font = 13;
inline constexpr double small_font = 10.5;
inline constexpr int slots_width = 38;  // the little slots of a queue
inline constexpr int bolt_width = 11;   // before the name of a notification

}  // namespace ringside::path
