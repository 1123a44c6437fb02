#include "run/runner.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ringside/packetdrill/text.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

namespace {

constexpr Duration patience = std::chrono::seconds{2};  // for a packet that is late
constexpr Duration patience_with_calls = std::chrono::seconds{1};

std::string clock(Time time) { return fmt::format("{:.6f}", to_seconds(time - Testbed::started)); }

bool has_range(const Event& event) {
  return std::holds_alternative<Range>(event.when) || std::holds_alternative<RangeAfter>(event.when);
}

std::string note_of(const std::vector<std::string>& unknown_settings) {
  const bool one = unknown_settings.size() == 1;
  return fmt::format("note: {} {} not known here: {} no effect", fmt::join(unknown_settings, ", "),
                     one ? "is" : "are", one ? "it has" : "they have");
}

template <class Configure>
void configured(Configure configure) try {
  configure();
} catch (const std::invalid_argument& error) {  // a parameter out of range: net::Stack
  fail(std::string{"the stack refuses the settings: "} + error.what());
}

}  // namespace

Report Runner::run() {
  Position at{};
  try {
    if (script_.init) at = script_.init->at, command(*script_.init);
    for (const Event& event : script_.events) at = event.at, act_or_report(event);
    if (sleeping_) at = sleeping_->event->at, wait_for_sleeper();
    run_blocks();
    if (script_.cleanup) at = script_.cleanup->at, command(*script_.cleanup);
  } catch (const Failure& failure) {
    const ScriptError error{failure.fault, script_.file, failure.at.value_or(at), failure.message};
    report_.verdict = failure.fault == Fault::unsupported ? Verdict::unsupported : Verdict::failed;
    report_.message = error.what();
  } catch (const ScriptError& error) {
    report_.verdict = error.fault() == Fault::unsupported ? Verdict::unsupported : Verdict::failed;
    report_.message = error.what();
  }
  if (!unknown_settings_.empty())
    report_.note = ScriptError{Fault::failed, script_.file, unknown_at_, note_of(unknown_settings_)}.what();
  if (stage_) report_.trace = stage_->outbox.trace(), report_.lasted = stage_->bed.now() - Testbed::started;
  return std::move(report_);
}

// The stack begins with the settings that there are when something first happens to it.
Runner::Stage& Runner::stage() {
  if (!stage_)
    configured([this] {
      Options options = script_.options;
      if (freebsd_) give_its_mtu(options);
      stage_ = std::make_unique<Stage>(*this, network_of(options));
    });
  return *stage_;
}

// --non_fatal: what is wrong is said, and the script goes on.
void Runner::act_or_report(const Event& event) try { act(event); } catch (const Failure& failure) {
  const Options& options = script_.options;
  const bool packet = std::holds_alternative<Packet>(event.action);
  const bool tolerated = packet ? options.non_fatal_packets
                                : std::holds_alternative<SystemCall>(event.action) && options.non_fatal_calls;
  if (!tolerated || failure.fault != Fault::failed || !stage_) throw;
  const ScriptError error{failure.fault, script_.file, failure.at.value_or(event.at), failure.message};
  report_.printed.emplace_back(error.what());
  stage_->outbox.as_expected();  // or nearly so
  schedule_.happened(event, schedule_.slot_of(event).from, stage_->bed.now());
}

void Runner::act(const Event& event) {
  const Slot slot = schedule_.slot_of(event);
  if (const auto* packet = std::get_if<Packet>(&event.action)) {
    if (packet->direction == Direction::outbound) return expect(event, *packet, slot);
    begin_at(slot);
    inject(*packet);
  } else if (const auto* system_call = std::get_if<SystemCall>(&event.action)) {
    return call(event, *system_call, slot);
  } else if (const auto* its_command = std::get_if<Command>(&event.action)) {
    if (stage_) begin_at(slot);
    command(*its_command);
    if (!stage_) return;
  } else {
    begin_at(slot);
    take_snapshot(std::get<Code>(event.action));
  }
  schedule_.happened(event, slot.from, stage().bed.now());
}

void Runner::begin_at(const Slot& slot) {
  if (stage().bed.now() > slot.to + slot.tolerance)
    fail(fmt::format("expected to be here at {}, but it is {} already", clock(slot.from),
                     clock(stage().bed.now())));
  advance(slot.from);
}

void Runner::advance(Time to) {
  Testbed& bed = stage().bed;
  const auto look = [this] {
    if (sleeping_ && sleeping_->call.try_again()) awake();
    return false;
  };
  if (sleeping_ && sleeping_->call.at_the_latest() <= to) {
    bed.advance(std::max(bed.now(), sleeping_->call.at_the_latest()), look);
    look();
  }
  bed.advance(to, look);
  look();
}

void Runner::expect(const Event& event, const Packet& packet, const Slot& slot) {
  Testbed& bed = stage().bed;
  const Time limit = slot.any ? bed.now() + patience : std::max(bed.now(), slot.to) + patience;
  const Time came = stage().outbox.expect(packet, limit);
  const bool in_time = slot.any || (came >= slot.from - slot.tolerance && came <= slot.to + slot.tolerance);
  if (!in_time)
    fail(fmt::format("expected {} at {}, got it at {}", text_of(packet),
                     slot.from == slot.to ? clock(slot.from) : clock(slot.from) + '~' + clock(slot.to),
                     clock(came)));
  stage().outbox.as_expected();
  if (sleeping_ && sleeping_->call.try_again()) awake();
  schedule_.happened(event, slot.any ? came : slot.from, came);
}

void Runner::inject(const Packet& packet) {
  Stage& its = stage();
  const Addresses addresses{its.bed.network().remote, its.bed.network().local};
  its.outbox.note(line_of(its.bed.now(), packet));
  if (const auto* tcp = std::get_if<TcpPacket>(&packet.content)) {
    its.bed.inject(encode(its.under_test.to_wire(*tcp), packet.ip, addresses));
  } else if (const auto* udp = std::get_if<UdpPacket>(&packet.content)) {
    UdpPacket on_the_wire = *udp;
    on_the_wire.ports = its.under_test.from_outside(udp->ports);
    its.bed.inject(encode(on_the_wire, packet.ip, addresses));
  } else {
    inject_error(packet, std::get<IcmpPacket>(packet.content));
  }
  if (sleeping_ && sleeping_->call.try_again()) awake();
}

// An error quotes what the stack has sent.
void Runner::inject_error(const Packet& packet, const IcmpPacket& icmp) {
  Stage& its = stage();
  if (!icmp_numbers(icmp.type, icmp.code, its.bed.network().family()))
    unsupported("'" + icmp.type + ' ' + icmp.code + "' of this version of ICMP");
  const Addresses inward{its.bed.network().remote, its.bed.network().local};
  const Addresses outward{inward.destination, inward.source};
  const Ports in = its.under_test.from_outside({});
  const Ports out{in.destination, in.source};
  std::vector<std::uint8_t> quoted;
  if (!icmp.echoed) {
    quoted = quoted_tcp(out, its.under_test.naming().own_to_wire(0), outward, 0);
  } else if (const auto* text = std::get_if<Octets>(&*icmp.echoed)) {
    quoted = quoted_tcp(out, its.under_test.naming().own_to_wire(text->seq), outward, text->length);
  } else if (const auto* udp = std::get_if<EchoedUdp>(&*icmp.echoed)) {
    quoted = quoted_udp(out, outward, udp->length);
  } else {
    quoted = quoted_raw(outward, std::get<EchoedRaw>(*icmp.echoed).length);
  }
  its.bed.inject(encode(icmp, packet.ip, inward, quoted));
}

// A range says when the call is made, and when it returns; meanwhile the script goes on. Without one the
// script waits until it has returned.
void Runner::call(const Event& event, const SystemCall& system_call, const Slot& slot) {
  if (sleeping_) wait_for_sleeper();
  Slot start = slot;
  start.to = slot.from;
  begin_at(start);
  const Time made = stage().bed.now();
  if (script_.options.verbose) stage().outbox.note(clock(made) + ' ' + text_of(system_call));
  sleeping_.emplace(Sleeping{stage().calls.make(system_call), &event, slot});
  sleeping_->slot.tolerance = schedule_.tolerance(slot.to - slot.from);
  const bool returned = sleeping_->call.try_again();
  schedule_.happened(event, slot.from, made);
  if (returned) {
    awake();
  } else if (!has_range(event)) {
    wait_for_sleeper();
    schedule_.happened(event, slot.from, stage().bed.now());
  }
}

void Runner::wait_for_sleeper() {
  Testbed& bed = stage().bed;
  // Without a range the script itself waits in the call, as long as that takes; but not for ever.
  const bool waits_itself = !has_range(*sleeping_->event) && sleeping_->call.at_the_latest() < end_of_time;
  const Time patient = std::max(bed.now(), sleeping_->slot.to) + patience_with_calls;
  const Time latest = sleeping_->call.at_the_latest();
  const Time limit = std::max(bed.now(), waits_itself ? latest : std::min(patient, latest));
  const bool woke = bed.advance(limit, [this] { return sleeping_->call.try_again(); });
  if (!woke && !sleeping_->call.try_again())
    fail(fmt::format("expected {}, but it has not returned at {}", text_of(sleeping_->call.call()),
                     clock(bed.now())));
  awake();
}

void Runner::awake() {
  const Sleeping done = *std::move(sleeping_);
  sleeping_.reset();
  const Time now = stage().bed.now();
  try {
    done.call.check();
  } catch (Failure& failure) {
    failure.at = done.event->at;
    throw;
  }
  if (has_range(*done.event) &&
      (now < done.slot.to - done.slot.tolerance || now > done.slot.to + done.slot.tolerance))
    throw Failure{.message = fmt::format("expected {} to return at {}, it returned at {}",
                                         text_of(done.call.call()), clock(done.slot.to), clock(now)),
                  .at = done.event->at};
}

void Runner::command(const Command& command) {
  const std::vector<SettingOperation> operations = settings_of(command, script_.file);
  for (const SettingOperation& operation : operations) {
    settings_.apply(operation);
    if (stage_ && std::holds_alternative<ForgetMetrics>(operation)) stage_->bed.stack().forget_metrics();
  }
  for (const FileOperation& operation : files_of(command, script_.file)) files_.apply(operation);
  for (const CountOperation& operation : counts_of(command, script_.file))
    counts_.apply(operation, stage_ ? stage_->bed.stack().counters() : net::Counters{});
  const net::StackConfig config = stack_config();
  note_what_means_nothing(command, operations);
  if (stage_) configured([&] { stage_->bed.reconfigure(config); });
}

void Runner::note_what_means_nothing(const Command& command,
                                     const std::vector<SettingOperation>& operations) {
  for (const SettingOperation& operation : operations) {
    const auto* set = std::get_if<SetSetting>(&operation);
    if (!set || !settings_.means_nothing(set->name)) continue;
    if (unknown_settings_.empty()) unknown_at_ = command.at;
    if (std::ranges::find(unknown_settings_, set->name) == unknown_settings_.end())
      unknown_settings_.push_back(set->name);
  }
}

net::StackConfig Runner::stack_config() const {
  net::StackConfig config = settings_.stack_config();
  config.tcp.merged_segment = script_.options.mss;
  return config;
}

void Runner::take_snapshot(const Code& code) {
  Block block{CodeBlock{code, script_.file}};
  if (const auto fd = stage().under_test.descriptor())
    block.snapshot = snapshot_of(stage().bed.now(), stage().bed.sockets(), *fd);
  blocks_.push_back(std::move(block));
}

void Runner::run_blocks() {
  Interpreter interpreter{[this](std::string_view line) { report_.printed.emplace_back(line); }};
  for (const Block& block : blocks_) {
    for (const auto& [name, value] : block.snapshot) interpreter.set(name, value);
    interpreter.run(block.code);
  }
}

Report run(const Script& script, const WatchWire& watch) { return Runner{script, watch}.run(); }

}  // namespace ringside::packetdrill
