// A program on a host: what it wants next, and what it does with the sockets it opened.
//
// The engine runs it as a thread: it asks for the next wish, walks the path's stages for it (and charges
// them), and puts the thread to sleep while its socket has nothing to read or no room to write.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>

#include "ringside/net/sockets.hpp"
#include "ringside/units/time.hpp"

namespace ringside::host {

class Application {
 public:
  enum class Wish {
    read,   // from its socket; sleeps until something is there, or until wakes_at()
    write,  // to its socket; sleeps until there is room
    reap,   // notices that memory lent to the kernel is its own again; sleeps until there is one
    pause,  // until wakes_at()
    done,
  };

  virtual ~Application() = default;

  virtual void start(net::Sockets&, Time now) = 0;  // opens its sockets
  virtual Wish wish(net::Sockets&, Time now) = 0;
  virtual Time wakes_at() const { return end_of_time; }

  // Whole datagrams (and echo replies) wait for it one by one; otherwise it reads a stream.
  virtual bool reads_datagrams() const = 0;
  virtual bool can_read(net::Sockets&) { return false; }
  virtual bool can_write(net::Sockets&) { return false; }
  static constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  // The stream that it reads, once there is one.
  virtual std::optional<net::SocketId> stream() const { return std::nullopt; }
  // The bytes moved between the stack and the program, of a stream no more than `most` and whole units; 0 is
  // the end of a stream, or nothing.
  virtual std::size_t read(net::Sockets&, Time, std::size_t /*most*/, std::size_t /*unit*/) { return 0; }
  virtual std::size_t write(net::Sockets&, Time) { return 0; }
  // It writes down its next write, to be made when it submits what it has prepared. Whether it has another
  // one.
  virtual bool prepare(Time) { return false; }
  // A program that sends a file, on a path with a stage that fetches it.
  virtual bool can_fetch() const { return false; }  // the next bytes are in the page cache
  virtual std::size_t fetch() { return 0; }         // takes them
  virtual std::size_t ask_disk() { return 0; }      // bytes that have to be read now; 0: no more
  virtual void disk_has_read() {}                   // the oldest of what was asked for
  // One that lends its memory to the kernel.
  virtual bool can_reap(const net::Sockets&) const { return false; }
  virtual std::size_t reap(net::Sockets&, Time) { return 0; }  // bytes that are its own again
  // A blocking write of which the stack has taken a part only: it stays in its system call.
  virtual bool mid_write() const { return false; }
  virtual void read_timed_out(Time) {}
  // It is gone, and the kernel closes its sockets.
  virtual void crash(net::Sockets&, Time) {}

  virtual bool finished() const { return false; }  // for a workload that comes to an end
};

}  // namespace ringside::host
