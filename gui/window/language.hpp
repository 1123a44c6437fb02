// The language of all texts that Qt translates: the window's own, and those of its standard buttons.
#pragma once

#include "ringside/path/describe.hpp"

namespace ringside::window {

// From now on, without a restart. Both: English, the pictures add the Chinese.
void speak(path::Language);

}  // namespace ringside::window
