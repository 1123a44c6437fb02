// The services by their names: what each has on which port.
#pragma once

#include "ringside/tap/run.hpp"
#include "station.hpp"

namespace ringside::tap {

void add_service(Station& station, Time now, const Serve& serve, std::uint64_t seed, const Say& say);

}  // namespace ringside::tap
