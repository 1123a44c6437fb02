#include "real_time.hpp"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace ringside::tap {
namespace {

constexpr int frames_at_once = 64;            // then the programs have their turn, too
constexpr std::size_t longest_frame = 65550;  // the largest MTU and an Ethernet header

sigset_t ending_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

// A timer that is set to zero is off.
itimerspec once_at(std::chrono::nanoseconds since_boot) {
  itimerspec spec{};
  spec.it_value.tv_sec = since_boot.count() / 1'000'000'000;
  spec.it_value.tv_nsec = since_boot.count() % 1'000'000'000;
  return spec;
}

}  // namespace

RealTime::RealTime() : start_{std::chrono::steady_clock::now()} {
  const sigset_t set = ending_signals();
  sigprocmask(SIG_BLOCK, &set, nullptr);
  signals_ = FileDescriptor{checked(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC), "signalfd()")};
  timer_ = FileDescriptor{
      checked(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), "timerfd_create()")};
  events_ = FileDescriptor{checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1()")};
  watch(signals_.number());
  watch(timer_.number());
}

RealTime::~RealTime() {
  const sigset_t set = ending_signals();
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

void RealTime::watch(int descriptor) {
  epoll_event event{};
  event.events = EPOLLIN;
  checked(::epoll_ctl(events_.number(), EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl()");
}

Time RealTime::now() const { return start_of_time + (std::chrono::steady_clock::now() - start_); }

bool RealTime::interrupted() {
  signalfd_siginfo signal;
  return ::read(signals_.number(), &signal, sizeof signal) > 0;
}

// A timer of the kernel ends epoll_wait() to the microsecond; its own timeout counts in milliseconds.
void RealTime::wait(std::optional<Time> until) {
  if (until && *until <= now()) return;
  const auto due = until ? start_.time_since_epoch() +
                               std::chrono::ceil<std::chrono::nanoseconds>(until->time_since_epoch())
                         : std::chrono::nanoseconds{0};
  const itimerspec spec = once_at(due);
  checked(::timerfd_settime(timer_.number(), TFD_TIMER_ABSTIME, &spec, nullptr), "timerfd_settime()");
  epoll_event event;
  ::epoll_wait(events_.number(), &event, 1, -1);
  std::uint64_t expirations = 0;
  [[maybe_unused]] const auto rung = ::read(timer_.number(), &expirations, sizeof expirations);
}

Waiting RealTime::run(Station& station, TapDevice& device, const Saw& from_device, std::optional<Time> end,
                      const std::function<bool()>& finished) {
  watch(device.descriptor());
  std::vector<std::uint8_t> frame(longest_frame);
  for (;;) {
    int frames = 0;
    for (; frames < frames_at_once; ++frames) {
      const auto octets = device.read(frame);
      if (!octets) break;
      from_device(now(), std::span{frame}.first(*octets));
      station.receive(now(), std::span{frame}.first(*octets));
    }
    station.run(now());
    if (finished()) return Waiting::finished;
    if (interrupted()) return Waiting::interrupted;
    if (end && *end <= now()) return Waiting::time_over;
    if (frames == frames_at_once) continue;
    const auto deadline = station.deadline();
    wait(deadline && end ? std::min(*deadline, *end) : deadline ? deadline : end);
  }
}

}  // namespace ringside::tap
