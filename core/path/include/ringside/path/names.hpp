// The names of stages, queues and notifications in the languages that are shown. The English one is that of
// the route map: by it they are known, in files, results and recordings.
#pragma once

#include <span>
#include <string_view>

#include "ringside/path/describe.hpp"

namespace ringside::path {

struct Named {
  std::string_view en{};
  std::string_view zh_CN{};
};

std::span<const Named> stage_names();
std::span<const Named> queue_names();
std::span<const Named> notification_names();

// As it is where the language has no other, as for the names of a path that somebody wrote; Language::both:
// the English one.
std::string_view name_in(std::string_view english, Language);

}  // namespace ringside::path
