// One sentence for each event of a recording.
#pragma once

#include <cstdint>
#include <string>

#include "ringside/path/describe.hpp"
#include "ringside/replay/cast.hpp"
#include "ringside/trace/state.hpp"

namespace ringside::replay {

enum class Why : bool { left_out, added };  // what the path says of the stage

// `before`: what was the case before the event; it knows how many wait, and where a packet was. In both
// languages: a line each.
std::string narrate(const Cast&, const trace::Event&, const trace::State& before, path::Language,
                    Why = Why::left_out);

// A sentence with the name of the host where it happens, for whoever has no column of hosts.
std::string on_host(const Cast&, const trace::Event&, std::string sentence, path::Language);

// Names of what an event or a mark is about; one that the cast does not have has its number. Of both
// languages they have the English one.
std::string host_name(const Cast&, const trace::Event&);
std::string stage_name(const Cast&, const trace::Event&, path::Language);
std::string queue_name(const Cast&, const trace::Event&, path::Language);
std::string notification_name(const Cast&, const trace::Event&, path::Language);
// Why a congestion window has changed, as trace::Event has it.
std::string window_reason(std::uint8_t level, path::Language);
// Why a packet was dropped, by the key under `drops` of a result: a reason of the stack, or the queue.
std::string loss_key(const Cast&, const trace::Event& drop);
// Where a mark says that the packet is: the stage, the queue, or the word for what became of it.
std::string place_name(const Cast&, const trace::Event&, path::Language);

}  // namespace ringside::replay
