// A script under way: its events in their order, the call that sleeps, and what code blocks have seen.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "ringside/packetdrill/code.hpp"
#include "ringside/packetdrill/run.hpp"
#include "run/calls.hpp"
#include "run/counts.hpp"
#include "run/freebsd.hpp"
#include "run/outbox.hpp"
#include "run/schedule.hpp"
#include "run/settings.hpp"
#include "run/snapshot.hpp"

namespace ringside::packetdrill {

class Runner {
 public:
  Runner(const Script& script, const WatchWire& watch) : script_{script}, watch_{watch} {}

  Report run();

 private:
  // What there is once the settings are known.
  struct Stage {
    Stage(Runner& runner, const Network& network)
        : bed{runner.stack_config(), network, runner.watch_},
          under_test{bed, runner.script_.options},
          outbox{bed, under_test, runner.script_.options},
          calls{bed, under_test, runner.script_.options, runner.files_, runner.freebsd_} {}
    Testbed bed;
    UnderTest under_test;
    Outbox outbox;
    Calls calls;
  };
  struct Sleeping {
    CallUnderWay call;
    const Event* event = nullptr;
    Slot slot{};
  };
  struct Block {
    CodeBlock code;
    Snapshot snapshot{};
  };

  void act(const Event& event);
  void act_or_report(const Event& event);
  void expect(const Event& event, const Packet& packet, const Slot& slot);
  void inject(const Packet& packet);
  void inject_error(const Packet& packet, const IcmpPacket& icmp);
  void call(const Event& event, const SystemCall& call, const Slot& slot);
  void command(const Command& command);
  net::StackConfig stack_config() const;
  void note_what_means_nothing(const Command& command, const std::vector<SettingOperation>& operations);
  void take_snapshot(const Code& code);
  void begin_at(const Slot& slot);  // fails if it is too late
  void advance(Time to);            // and whoever sleeps in a call looks whether it may return
  void wait_for_sleeper();
  void awake();  // the call has returned: when, and what
  void run_blocks();
  Stage& stage();

  const Script& script_;
  const WatchWire& watch_;
  bool freebsd_ = is_for_freebsd(script_);
  Settings settings_{freebsd_};
  Files files_{};
  Counts counts_{};
  Schedule schedule_{script_.options};
  std::unique_ptr<Stage> stage_{};
  std::optional<Sleeping> sleeping_{};
  std::vector<Block> blocks_{};
  std::vector<std::string> unknown_settings_{};
  Position unknown_at_{};  // of the first
  Report report_{};
};

}  // namespace ringside::packetdrill
