// The system calls of a script, made on the stack's sockets as a program would make them, which blocks where
// its descriptor does.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "run/arguments.hpp"
#include "run/buffers.hpp"
#include "run/capabilities.hpp"
#include "run/files.hpp"
#include "run/under_test.hpp"

namespace ringside::packetdrill {

// A call that was made and may not have returned yet.
class CallUnderWay {
 public:
  // nullopt: it still sleeps. Asked again whenever something has happened.
  using Attempt = std::function<std::optional<net::Returned>()>;
  // What the call has written, besides its value; throws Failure if the script expects something else.
  using Check = std::function<void(const net::Returned&)>;

  struct Made {
    Attempt attempt{};
    Check check{};
    Time at_the_latest = end_of_time;  // then it returns, whatever has happened
  };
  CallUnderWay(const SystemCall& call, Made made) : call_{&call}, made_{std::move(made)} {}

  bool try_again();  // true: it has returned
  bool returned() const { return returned_.has_value(); }
  void check() const;  // what it has returned; throws Failure
  const SystemCall& call() const { return *call_; }
  Time at_the_latest() const { return made_.at_the_latest; }

 private:
  const SystemCall* call_;
  Made made_;
  std::optional<net::Returned> returned_{};
};

class Calls {
 public:
  // `of_freebsd`: an accepted descriptor does not block if the listener's does not (kern_accept4(); Linux has
  // it blocking), and O_NONBLOCK is another bit.
  Calls(Testbed& bed, UnderTest& under_test, const Options& options, Files& files, bool of_freebsd)
      : bed_{bed}, under_test_{under_test}, options_{options}, files_{files}, of_freebsd_{of_freebsd} {}

  CallUnderWay make(const SystemCall& call);

 private:
  struct Descriptor {
    net::Fd fd{};
    bool blocks = true;
    std::shared_ptr<OpenFile> file{};  // then it is no socket
  };
  using Attempt = CallUnderWay::Attempt;
  using Made = CallUnderWay::Made;
  using Maker = Made (Calls::*)(const SystemCall&);
  static Maker maker_of(const std::string& name);

  Made socket(const SystemCall&);
  Made bind(const SystemCall&);
  Made listen(const SystemCall&);
  Made accept(const SystemCall&);
  Made connect(const SystemCall&);
  Made read(const SystemCall&);
  Made write(const SystemCall&);
  Made send(const SystemCall&);
  Made recv(const SystemCall&);
  Made send_to(const SystemCall&);
  Made recv_from(const SystemCall&);
  Made vector_read(const SystemCall&);
  Made vector_write(const SystemCall&);
  Made send_message(const SystemCall&);
  Made recv_message(const SystemCall&);
  Made shutdown(const SystemCall&);
  Made close(const SystemCall&);
  Made fcntl(const SystemCall&);
  Made ioctl(const SystemCall&);
  Made setsockopt(const SystemCall&);
  Made getsockopt(const SystemCall&);
  Made poll(const SystemCall&);
  Made epoll_create(const SystemCall&);
  Made epoll_control(const SystemCall&);
  Made epoll_wait(const SystemCall&);
  Made open(const SystemCall&);
  Made pipe(const SystemCall&);
  Made send_file(const SystemCall&);
  Made splice(const SystemCall&);
  Made set_capability(const SystemCall&);

  Made with_time_out(const SystemCall& call, Made made);
  std::optional<Duration> time_out_of(const Descriptor& its, bool reads);
  Descriptor* known(std::int64_t number);
  // The same call until it does not say EAGAIN, or does so of a descriptor that does not block.
  Attempt until_done(std::int64_t number, bool never_blocks,
                     const std::function<net::Returned(const Descriptor&)>& once);
  Attempt sends(std::int64_t number, const Buffers& buffers, net::MessageFlags flags,
                const net::SentControl& control = {});
  Attempt receives(std::int64_t number, const Buffers& buffers, net::MessageFlags flags,
                   const std::shared_ptr<net::ReceivedMessage>& message = {});
  // To and from whatever the descriptor is of.
  net::Returned put(const Descriptor& out, std::span<const std::uint8_t> octets, net::MessageFlags flags);
  net::Returned fill(const Descriptor& in, const Descriptor& pipe, std::int64_t count);
  Attempt fast_opens(std::int64_t number, const Buffers& buffers, net::MessageFlags flags);
  // The script's number of a descriptor that a call returns is the one that it expects.
  net::Returned numbered(const SystemCall& call, const net::Returned& returned, bool blocks);

  Testbed& bed_;
  UnderTest& under_test_;
  const Options& options_;
  Files& files_;
  bool of_freebsd_;
  Capabilities capabilities_{};
  std::map<std::int64_t, Descriptor> descriptors_{};
};

}  // namespace ringside::packetdrill
