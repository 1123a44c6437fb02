// Writes a recording while a run goes on, in bounded memory.
//
// What a core did becomes known when its piece of work ends, with the times at which it was done: events come
// a little out of order. They are kept until nothing earlier can come, and put in order then.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/trace/log.hpp"
#include "ringside/trace/state.hpp"

namespace ringside::trace {

struct Block;

class Recorder : public Log {
 public:
  using Write = std::function<void(std::string_view)>;
  using Settled = std::function<Time()>;  // no event before this is to come

  // `meta`: JSON (docs/recording.md).
  Recorder(Write write, std::string_view meta, Settled settled);
  ~Recorder() override;

  void add(const Event& event) override;
  // Writes what is left, and the index. Once, and last.
  void finish();

  // Events that came after later ones had been written, and have the time of those instead. Only where a
  // piece of work is interrupted for so long that more has happened meanwhile than is kept.
  std::uint64_t late() const { return late_; }

 private:
  void settle(Time until);
  void write_block();
  void write(std::string_view bytes);

  Write write_;
  Settled settled_;
  std::vector<Event> kept_{};  // in the order in which they came
  std::vector<Event> block_{};
  State folded_{};  // all that was put in order
  std::string keyframe_{};
  std::vector<Block> index_;
  std::uint64_t written_ = 0;  // octets
  std::uint64_t late_ = 0;
};

}  // namespace ringside::trace
