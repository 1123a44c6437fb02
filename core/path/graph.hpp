// A path as a Boost graph: vertices are stages (the descriptor is the StageId), edges are hops.
//
// The only header that includes Boost.Graph; it stays inside this folder.
#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <cstddef>
#include <vector>

#include "ringside/path/path.hpp"

namespace ringside::path {

struct EdgeHop {
  std::size_t hop = 0;  // index into Path::hops
};
using StageGraph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property, EdgeHop>;

// The stages of the path, connected by the hops that `wanted` accepts.
template <class Wanted>
StageGraph graph_of(const Path& path, Wanted wanted) {
  StageGraph graph(path.stages.size());
  for (std::size_t h = 0; h < path.hops.size(); ++h)
    if (wanted(path.hops[h])) boost::add_edge(path.hops[h].from, path.hops[h].to, EdgeHop{h}, graph);
  return graph;
}

// Which stages can be reached from these, themselves included; by StageId.
std::vector<bool> reachable(const StageGraph&, const std::vector<StageId>& roots);

// Strongly connected components with a cycle in them, each as one cycle in the order of its calls, from the
// lowest id.
std::vector<std::vector<StageId>> cycles(const StageGraph&);

bool is_call(const Hop&);     // of packets, or each batch
bool carries_on(const Hop&);  // a call by which the packet itself goes on, in the same context
bool each_batch(const Hop&);
bool is_clone(const Hop&);
bool drained_by_caller(const Path&, StageId);  // it takes from a queue that who enqueues also empties
bool carries_packet(const Hop&);               // call, trap or queue: what a packet itself can follow

// Which stages run in one go with this one, connected over calls and traps in either direction; by StageId.
std::vector<bool> context_of(const Path&, StageId);
// In the thread of a program that says what it wants next, and sleeps in that call.
bool in_thread_of_sockets(const Path&, StageId);
bool asks(const Path&, StageId application);              // it says what it wants next: read, write, reap
bool called_by_a_loop(const Path&, StageId application);  // each batch: it has its turn, and never sleeps
bool sleeps_in_calls(const Path&, StageId);               // as a thread of sockets does that no loop calls
bool takes_from_a_queue(const Path&, StageId);
bool cuts_in_hardware(const Stage&);          // TSO, and it is on
bool gathers_in_hardware(const Stage&);       // LRO, on or off
bool packets_of_several_frames(const Path&);  // someone makes them

// The hops in the direction in which packets travel, without what closes a loop: requests of the program for
// the next packet, the way back from a system call, descriptors given back, calls for a batch, notifications.
StageGraph packet_order(const Path&);

// All stages, each after what packets pass before it; what packets do not pass (an interrupt handler) stands
// where its notifications put it. As declared where the order leaves a choice.
std::vector<StageId> reading_order(const Path&);

// The vertices of an acyclic graph, each after those with an edge to it; the lowest id first where there is a
// choice.
std::vector<StageId> topological(const StageGraph& acyclic);

}  // namespace ringside::path
