// What a program does in its calls: it reads, writes and prepares requests, and says what it wants next.
#include <algorithm>
#include <utility>

#include "walk.hpp"

namespace ringside::host {

using path::Verdict;
using path::Work;

hw::Packet* Host::Walk::next_datagram() {
  const path::QueueId socket = host_.socket_with_datagram(*thread_);
  if (socket == path::nowhere) return nullptr;
  hw::Packet* packet = host_.take(socket, thread_->instance);
  if (host_.simulation_.log) show_to_log(activation_.marks.back(), *packet);  // this stage's, made a line ago
  return packet;
}

Host::Walk::Outcome Host::Walk::read(const Row& row, hw::Packet*& packet) {
  if (!thread_ && !host_.ring_program_) return {};  // nobody has opened a socket
  Application& program = thread_ ? *thread_->application : *host_.ring_program_;
  if (row.whole_pages && program.reads_datagrams()) return {.verdict = Verdict::rest};
  if (thread_ && program.reads_datagrams()) packet = next_datagram();
  host_.stack_used_ = true;
  where_ = packet ? packet->where : host_.received_in_;
  const std::optional<net::SocketId> stream = host_.path_.page > 0 ? program.stream() : std::nullopt;
  const auto page = static_cast<std::size_t>(host_.path_.page);
  std::size_t most = Application::all;
  if (stream) {
    const std::size_t pages = host_.stack_.readable_pages(*stream),
                      rest = host_.stack_.readable_rest(*stream);
    // a buffer smaller than a page has to have a copy of it
    most = row.whole_pages ? pages : rest > 0 ? rest : pages;
  }
  const auto bytes =
      static_cast<std::int64_t>(program.read(host_.sockets_, now_, most, row.whole_pages ? page : 1));
  read_bytes_ += bytes;
  host_.counts_.delivered_bytes += static_cast<std::uint64_t>(bytes);
  const bool rest = stream && (host_.stack_.readable_rest(*stream) > 0 ||
                               (bytes == 0 && host_.stack_.readable(*stream) > 0));
  return {.verdict = !row.whole_pages ? Verdict::always
                     : rest           ? Verdict::rest
                                      : Verdict::whole,
          .bytes = bytes,
          .sends = true};
}

Host::Walk::Outcome Host::Walk::prepare(path::StageId stage) {
  const bool another = thread_->application->prepare(now_);
  const bool full = ++thread_->prepared == host_.path_.requests[stage];
  return {.verdict = another && !full ? Verdict::always : Verdict::submit};
}

// A system call that has done one thing: true if it goes on with another one before it returns. A write goes
// on if the stack has taken a part only, or if more requests were submitted with it; a read while there is
// more for it, up to as many completions as one call brings.
bool Host::Walk::continue_call(path::StageId stage, const Row& row, hw::Packet*& packet) {
  Application& program = *thread_->application;
  if (row.work == Work::write) {
    if (program.mid_write()) return true;
    if (thread_->prepared > 0) --thread_->prepared;
    return thread_->prepared > 0 && !program.finished();
  }
  const std::uint16_t requests = host_.path_.requests[stage];
  if (requests == 1) return false;
  thread_->completed.push_back(
      {.packet = std::exchange(packet, nullptr), .bytes = std::exchange(read_bytes_, 0), .where = where_});
  return thread_->completed.size() < requests && !program.finished() && host_.ready(*thread_, stage);
}

void Host::Walk::take_completion(hw::Packet*& packet) {
  auto& completed = thread_->completed;
  const Completion& next = completed[thread_->handled++];
  packet = next.packet;
  read_bytes_ = next.bytes;
  where_ = next.where;
  if (thread_->handled < completed.size()) return;
  completed.clear();  // and keeps its room
  thread_->handled = 0;
}

std::int64_t Host::Walk::write() {
  host_.stack_used_ = true;
  where_ = thread_->writes_from;
  const auto bytes = thread_->application->write(host_.sockets_, now_);
  host_.counts_.written_bytes += bytes;
  return static_cast<std::int64_t>(bytes);
}

std::int64_t Host::Walk::fetch() {
  ++host_.counts_.chunks;
  where_ = Region::page_cache;
  return static_cast<std::int64_t>(thread_->application->fetch());
}

// What its queues bring is all that a program wants that they drive.
Host::Walk::Outcome Host::Walk::application(hw::Packet*& packet) {
  if (!thread_) {
    if (!packet) return {};
    host_.counts_.ledger.read_by_program(packet->where, static_cast<std::uint64_t>(packet->total()));
    return {.bytes = packet->total()};
  }
  if (!thread_->completed.empty()) take_completion(packet);
  passed_application_ = true;
  thread_->writes_from = Region::user;
  Outcome outcome{.bytes = std::exchange(read_bytes_, 0)};
  if (outcome.bytes > 0)
    host_.counts_.ledger.read_by_program(where_, static_cast<std::uint64_t>(outcome.bytes));
  if (!thread_->completed.empty()) return outcome;  // its next turn is the next of them
  switch (thread_->application->wish(host_.sockets_, now_)) {
    case Application::Wish::read: outcome.verdict = Verdict::read; break;
    case Application::Wish::write: outcome.verdict = Verdict::write; break;
    case Application::Wish::reap: outcome.verdict = Verdict::reap; break;
    case Application::Wish::pause:
      thread_->paused = true;
      thread_->alarm->schedule(thread_->application->wakes_at());
      break;
    case Application::Wish::done: break;
  }
  return outcome;
}

}  // namespace ringside::host
