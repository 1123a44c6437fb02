// ringside packetdrill: scripts that say what a TCP/IP stack does, run against ours.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "command.hpp"
#include "ringside/packetdrill/run.hpp"
#include "ringside/pcap/output_file.hpp"
#include "ringside/pcap/writer.hpp"
#include "ringside/scenarios/document.hpp"

namespace ringside::scenarios {
namespace {

using packetdrill::Report;
using packetdrill::ScriptError;
using packetdrill::Verdict;

struct Done {
  Report report{};
  bool malformed = false;  // it is no script
  bool skipped = false;    // it is of the other version of IP
  bool verbose = false;
};

std::string_view word(const Done& done) {
  if (done.malformed) return "malformed";
  if (done.skipped) return "skipped";
  switch (done.report.verdict) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::unsupported: return "unsupported";
  }
  return "";
}

// --name=value, or --name
void override_options(packetdrill::Options& options, const std::vector<std::string>& wishes) {
  for (const std::string& wish : wishes) {
    const std::size_t begin = wish.find_first_not_of('-'), equals = wish.find('=');
    if (begin == 0 || begin == std::string::npos)
      throw ScriptError{
          packetdrill::Fault::malformed, "the command line", {}, "expected an option, found " + wish};
    const std::string name = wish.substr(begin, equals == std::string::npos ? equals : equals - begin);
    const auto value = equals == std::string::npos
                           ? std::nullopt
                           : std::optional<std::string_view>{std::string_view{wish}.substr(equals + 1)};
    packetdrill::set_option(options, name, value, "the command line", {});
  }
}

// A script whose name ends so is of that version alone.
std::optional<packetdrill::IpFamily> family_in_name(const std::string& file) {
  const std::string stem = std::filesystem::path{file}.stem().string();
  if (stem.ends_with("v4")) return packetdrill::IpFamily::ipv4;
  if (stem.ends_with("v6")) return packetdrill::IpFamily::ipv6;
  return std::nullopt;
}

// False: the script is not to be run. If nobody says what to run it with, its name does.
bool choose_version(packetdrill::Options& options, const std::string& file,
                    const PacketdrillRequest& request) {
  using packetdrill::IpFamily, packetdrill::IpVersion;
  const auto family = family_in_name(file);
  const bool told = std::ranges::any_of(
      request.options, [](const std::string& wish) { return wish.find("ip_version") != std::string::npos; });
  if (!family) return true;
  if (told) return (*family == IpFamily::ipv6) == (options.ip_version == IpVersion::ipv6);
  if (family == IpFamily::ipv6) options.ip_version = IpVersion::ipv6;
  return true;
}

Done run_script(const std::string& file, const PacketdrillRequest& request,
                const packetdrill::WatchWire& watch) {
  Findings findings;
  const auto text = read_text(file, findings);
  if (text && text->size() > max_file_bytes)
    findings.add(file, {}, fmt::format("larger than {} MiB", max_file_bytes >> 20), Fault::unreadable);
  if (!findings.empty())
    return {{.verdict = Verdict::failed, .message = to_string(findings.in_reading_order().front())}, true};
  try {
    packetdrill::Script script = packetdrill::parse_script(*text, file, request.defines);
    override_options(script.options, request.options);
    if (!choose_version(script.options, file, request)) return {.skipped = true};
    if (script.options.dry_run) return {};
    return {.report = packetdrill::run(script, watch), .verbose = script.options.verbose};
  } catch (const ScriptError& error) {
    const bool unsupported = error.fault() == packetdrill::Fault::unsupported;
    return {{.verdict = unsupported ? Verdict::unsupported : Verdict::failed, .message = error.what()},
            !unsupported};
  }
}

// Each script is a world of its own: all cores take the next one.
std::vector<Done> run_all(const PacketdrillRequest& request) {
  std::vector<Done> all(request.scripts.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < all.size(); i = next++)
      all[i] = run_script(request.scripts[i], request, {});
  };
  std::vector<std::jthread> workers;
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  for (std::size_t i = 1; i < std::min(cores, all.size()); ++i) workers.emplace_back(work);
  work();
  workers.clear();
  return all;
}

Done run_with_capture(const PacketdrillRequest& request) {
  pcap::Writer capture{request.pcap};
  Done done =
      run_script(request.scripts.front(), request,
                 [&](Duration since_start, packetdrill::Direction, std::span<const std::uint8_t> frame) {
                   capture.write(start_of_time + since_start, frame);
                 });
  capture.finish();
  return done;
}

void tell(const std::string& script, const Done& done, const PacketdrillRequest& request) {
  for (const std::string& line : done.report.printed) fmt::print("{}\n", line);
  const bool passed = done.report.verdict == Verdict::passed;
  if (!request.quiet && !done.report.note.empty()) fmt::print(stderr, "{}\n", done.report.note);
  if (passed && (request.quiet || request.json == "-")) return;
  if (passed && done.verbose)
    for (const std::string& line : done.report.trace) fmt::print("    {}\n", line);
  if (passed) return print(fmt::format("{}: {}\n", script, word(done)));
  fmt::print(stderr, "{}\n", done.report.message);
  if (done.report.verdict != Verdict::failed || done.malformed) return;
  for (const std::string& line : done.report.trace) fmt::print(stderr, "    {}\n", line);
}

void write_json(const PacketdrillRequest& request, const std::vector<Done>& all) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < all.size(); ++i) {
    nlohmann::ordered_json one{{"script", request.scripts[i]},
                               {"result", word(all[i])},
                               {"virtual_seconds", to_seconds(all[i].report.lasted)}};
    if (!all[i].report.message.empty()) one["message"] = all[i].report.message;
    if (all[i].report.verdict != Verdict::passed || all[i].verbose) one["packets"] = all[i].report.trace;
    list.push_back(std::move(one));
  }
  pcap::OutputFile file{request.json};
  file.write(list.dump(1) + '\n');
  file.finish();
}

std::string summary(const std::vector<Done>& all) {
  std::string text;
  for (const std::string_view result : {"passed", "failed", "unsupported", "malformed", "skipped"}) {
    const auto many = std::ranges::count(all, result, word);
    if (many > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", many, result);
  }
  return text;
}

}  // namespace

Exit execute(const PacketdrillRequest& request) {
  try {
    packetdrill::Options any;
    override_options(any, request.options);
  } catch (const ScriptError& error) {
    return complain(error.message()), Exit::bad_input;
  }
  if (!request.pcap.empty() && request.scripts.size() > 1)
    return complain("--pcap: expected one script, found several"), Exit::bad_input;
  const std::vector<Done> all =
      request.pcap.empty() ? run_all(request) : std::vector<Done>{run_with_capture(request)};
  for (std::size_t i = 0; i < all.size(); ++i) tell(request.scripts[i], all[i], request);
  if (!request.json.empty()) write_json(request, all);
  if (all.size() > 1) note(summary(all));
  const auto any = [&](auto is) { return std::ranges::any_of(all, is); };
  if (any([](const Done& done) { return word(done) == "failed"; })) return Exit::expectation_failed;
  const bool passed = !any([](const Done& done) { return word(done) != "passed" && !done.skipped; });
  return passed ? Exit::done : Exit::bad_input;
}

}  // namespace ringside::scenarios
