// The rules that a path must keep, by subject. Each adds what it finds; none stops at the first.
#pragma once

#include <string>
#include <vector>

#include "ringside/path/check.hpp"

namespace ringside::path {

using Findings = std::vector<Finding>;

void check_texts(const Path&, Findings&);   // what a reader needs: names, reasons, both languages, the year
void check_stages(const Path&, Findings&);  // each kind of work in a context that can do it
void check_hops(const Path&, Findings&);    // calls and traps cross only the borders they can; no hop twice
void check_verdicts(const Path&,
                    Findings&);             // a hop follows a verdict its stage can reach; none leads nowhere
void check_queues(const Path&, Findings&);  // sound, of one opinion, and somebody takes the packets out
void check_notifications(const Path&, Findings&);  // sound, of one opinion, and told to whom they can be told
void check_files(const Path&, Findings&);          // the disk is asked, and who waits for it is woken
void check_segments(const Path&, Findings&);       // what is put together is cut again before it leaves
void check_parameters(const Path&, Findings&);     // each sets a number that exists
void check_shape(const Path&, Findings&);          // one way in, a way out, all reachable, no endless call
void check_memory(const Path&, Findings&);         // who reads may read; zero copy means no copy

// Whether a stage with this work has a size that it keeps to (at most).
bool limits_size(Work);
// Whether it is done so many times in one call (requests).
bool takes_requests(Work);

// " (rx_usecs)": the parameter by which a scenario sets that; empty: there is none.
std::string set_by(const Path&, std::string_view target, Member);

// Names as they stand in messages: 'ip input', and with its domain 'ip input' (softirq).
std::string in_quotes(std::string_view name);
std::string with_domain(const Stage&);

}  // namespace ringside::path
