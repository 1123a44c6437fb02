// The command line of `ringside`: its options, its help, and how failures become exit codes.
#include <CLI/CLI.hpp>
#include <charconv>
#include <csignal>
#include <new>

#include "command.hpp"
#include "command_line.hpp"
#include "ringside/pcap/error.hpp"
#include "ringside/scenarios/run.hpp"

namespace ringside::scenarios {
namespace {

void add_list(CLI::App& app, ListRequest& request) {
  CLI::App* list = app.add_subcommand("list", "What ships: scenarios, paths and profiles, one line each");
  list->add_option("what", request.what, "scenarios, paths or profiles; all when left out")
      ->check(CLI::IsMember({"scenarios", "paths", "profiles"}));
  list->add_flag("--json", request.json, "as JSON");
}

void add_language(CLI::App& command, path::Language& language) {
  command.add_option("--lang", language, "en, zh_CN or both")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, path::Language>{{"en", path::Language::en},
                                                                        {"zh_CN", path::Language::zh_CN},
                                                                        {"both", path::Language::both}})
              .description("LANGUAGE"));
}

void add_show(CLI::App& app, ShowRequest& request) {
  CLI::App* show = app.add_subcommand("show", "A path, profile or scenario, explained");
  show->add_option("name", request.name, "a name in the library, or a file (with a slash)")->required();
  show->add_option("--format", request.format, "text, json; for a path also dot, graphml, svg")
      ->check(CLI::IsMember({"text", "json", "dot", "graphml", "svg"}));
  add_language(*show, request.language);
}

void add_check(CLI::App& app, CheckRequest& request) {
  CLI::App* check =
      app.add_subcommand("check", "Checks texts: all findings at once, exit code 2 if there are any");
  check->add_option("file", request.files, "route maps, profiles or scenarios")->required();
}

// CLI11 would wrap a negative number around, take a large one for the largest, and read 010 as 8.
void read_number(const char* option, const std::string& text, std::uint64_t least, std::uint64_t& number) {
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc{} && rest == end && !text.empty() && number >= least) return;
  throw CLI::ValidationError(option, "expected a whole number from " + std::to_string(least) +
                                         " to 18446744073709551615, found '" + text + "'");
}

void add_shared(CLI::App& command, RunRequest& request) {
  command.add_option("scenario", request.scenario, "a name in the library, or a file (with a slash)")
      ->required();
  command
      .add_option("--set", request.settings,
                  "key=value: a key of the scenario or a parameter of the path; repeatable")
      ->allow_extra_args(false);
  command.add_option("--vary", request.vary,
                     "key=values, such as rx_ring=64..512/64 or arrivals=even,poisson, instead of what the "
                     "scenario varies");
  command
      .add_option_function<std::string>(
          "--seed", [&request](const std::string& text) { read_number("--seed", text, 0, request.seed); },
          "of all randomness; 1 unless given")
      ->type_name("NUMBER");
  command.add_option("--duration", request.duration, "simulated time that is measured, such as 100ms");
  command.add_option("--json", request.outputs.json, "write the result file here; - is the standard output");
  command.add_option("--csv", request.outputs.csv, "write a line for each run here");
  command.add_option("--junit", request.outputs.junit, "write the expectations as test cases here");
  command.add_option("--pcap", request.outputs.pcap, "write the packets of the run here");
  command.add_option("--pcap-at", request.outputs.pcap_at, "HOST:STAGE whose packets are written")
      ->needs("--pcap");
  command.add_option("--trace-file", request.outputs.recording,
                     "write a recording of the run here, for ringside replay and ringside-gui");
  command.add_flag("--quiet", request.quiet, "no progress");
}

void add_run(CLI::App& app, RunRequest& request) {
  CLI::App* run = app.add_subcommand("run", "Runs a scenario at every value of what it varies");
  add_shared(*run, request);
  run->add_option(
         "--path", request.paths,
         "the path of the host under study: a name, a file, or A+B, what B changes of its base, done to A")
      ->expected(1);
  run->add_option("--profile", request.profiles, "the machine of the host under study")->expected(1);
}

void add_compare(CLI::App& app, RunRequest& request) {
  request.compare = true;
  CLI::App* compare =
      app.add_subcommand("compare", "Runs a scenario on several paths or machines, side by side");
  add_shared(*compare, request);
  compare->add_option("--paths", request.paths, "a,b,c; all: all of the library, oldest first")
      ->required()
      ->delimiter(',')
      ->allow_extra_args(false);
  compare->add_option("--profiles", request.profiles, "m,n; all")->delimiter(',')->allow_extra_args(false);
}

void add_replay(CLI::App& app, ReplayRequest& request) {
  CLI::App* replay = app.add_subcommand(
      "replay", "What is in a recording (run --trace-file), and what happened, in sentences");
  replay->add_option("file", request.file, "a recording, FILE.rstrace")->required();
  replay->add_flag("--narrate", request.narrate, "a sentence for each event");
  replay->add_flag("--why", request.why, "with the reason that the path gives for each stage")
      ->needs("--narrate");
  replay->add_option("--from", request.from,
                     "simulated time of the first event that is told, such as 12.4us");
  replay->add_option("--to", request.to, "of the last");
  replay
      ->add_option_function<std::string>(
          "--packet",
          [&request](const std::string& text) { read_number("--packet", text, 1, request.packet); },
          "the journey of the packet with this number")
      ->type_name("NUMBER");
  add_language(*replay, request.language);
  replay->add_option("--json", request.json, "write it as JSON here; - is the standard output");
  replay->add_option("--pcap", request.pcap,
                     "write what passed the wire of the host under study here, each packet's first octets");
}

void add_packetdrill(CLI::App& app, PacketdrillRequest& request) {
  CLI::App* drill =
      app.add_subcommand("packetdrill", "Runs packetdrill scripts against the TCP/IP stack, in virtual time");
  drill->add_option("script", request.scripts, "FILE.pkt")->required();
  drill->add_option("--define,-D", request.defines, "NAME=value: what a word of the scripts stands for")
      ->allow_extra_args(false);
  drill->add_option("--json", request.json, "write a result for each script here; - is the standard output");
  drill->add_option("--pcap", request.pcap, "write what passed the wire here; of one script");
  drill->add_flag("--quiet", request.quiet, "only what has not passed");
  drill->footer("Options of scripts, such as --ip_version=ipv4 or --tolerance_usecs=10000, override theirs.");
  drill->prefix_command(false)->allow_extras();
}

void add_link(CLI::App& tap, TapRequest& request) {
  tap.add_option("--loss", request.loss, "probability, each way, that a frame is lost");
  tap.add_option("--delay", request.delay, "of every frame, each way, such as 10ms");
  tap.add_option("--reorder", request.reorder, "probability that a frame is late by --reorder-delay");
  tap.add_option("--reorder-delay", request.reorder_delay, "2ms unless given");
  tap.add_option("--duplicate", request.duplicate, "probability that a frame comes twice");
  tap.add_option("--corrupt", request.corrupt, "probability that a bit of a frame is flipped");
  tap.add_option("--rate", request.rate, "of the link, each way, such as 100Mbps");
}

void add_stack(CLI::App& tap, TapRequest& request) {
  tap.add_flag("--no-sack", request.no_sack, "no selective acknowledgements (RFC 2018)");
  tap.add_flag("--no-timestamps", request.no_timestamps, "no timestamps (RFC 7323)");
  tap.add_flag("--no-window-scaling", request.no_window_scaling, "no window above 64 KiB (RFC 7323)");
  tap.add_flag("--ecn", request.ecn, "asks for explicit congestion notification (RFC 3168)");
  tap.add_flag("--fast-open", request.fast_open, "takes text with a SYN, and sends it so (RFC 7413)");
  tap.add_option("--pace", request.pace, "of each connection at most, such as 10Mbps");
  tap.add_option("--congestion", request.congestion, "cubic, reno, dctcp or bbr")
      ->check(CLI::IsMember({"cubic", "reno", "dctcp", "bbr"}));
  tap.add_option("--receive-buffer", request.receive_buffer, "of each connection, such as 4KiB");
}

void add_tap(CLI::App& app, TapRequest& request) {
  CLI::App* tap =
      app.add_subcommand("tap", "Puts the TCP/IP stack behind a TAP device, in real time, with services");
  tap->add_option("--device", request.device,
                  "a TAP device: one that is there, or with --namespace one to make");
  tap->add_option(
      "--namespace", request.network_namespace,
      "the network namespace to be in, made if it is not there; or a file such as /proc/PID/ns/net");
  tap->add_option("--address", request.address, "of the stack, A/P; 10.77.0.2/24 unless given");
  tap->add_option("--peer", request.peer, "the kernel's address");
  tap->add_option("--address6", request.address6, "the same of IPv6; fd77::2/64 unless given");
  tap->add_option("--peer6", request.peer6, "the kernel's IPv6 address");
  tap->add_option("--mtu", request.mtu, "of the device, 68 to 65521; below 1280 there is no IPv6");
  tap->add_option("--serve", request.serve, "echo,discard,chargen,daytime,http=DIR,source=N,sink")
      ->delimiter(',');
  CLI::Option* out =
      tap->add_option("--out", request.out, "write what was fetched here; - is the standard output");
  CLI::Option* fetch = tap->add_option("--fetch", request.fetch, "http://A[:P]/PATH")->needs(out);
  out->needs(fetch);
  CLI::Option* to = tap->add_option("--to", request.to, "A:P, who is sent to");
  CLI::Option* send = tap->add_option("--send", request.send, "a file, or so many octets")->needs(to);
  to->needs(send);
  add_link(*tap, request);
  tap->add_option_function<std::string>(
         "--seed", [&request](const std::string& text) { read_number("--seed", text, 0, request.seed); },
         "of all randomness; 1 unless given")
      ->type_name("NUMBER");
  add_stack(*tap, request);
  tap->add_option("--pcap", request.pcap, "write what passes the device here");
  tap->add_option("--for", request.duration, "ends after this time, such as 10s");
}

// Runs `command` and says what went wrong, if anything did.
template <class Command>
Exit guarded(Command command) {
  try {
    return command();
  } catch (const Stop& stop) {
    return stop.exit;
  } catch (const InputError& error) {
    return complain(error.what()), Exit::bad_input;
  } catch (const pcap::CaptureError& error) {
    return complain(error.what()), Exit::bad_input;
  } catch (const pcap::FilterError& error) {
    return complain(error.what()), Exit::bad_input;
  } catch (const pcap::OutputError& error) {
    return complain(error.what()), Exit::output_not_written;
  } catch (const std::bad_alloc&) {
    return complain("not enough memory: try a shorter --duration or fewer flows"), Exit::machine_lacks;
  } catch (const std::exception& error) {
    return complain(std::string{"broken invariant of the model: "} + error.what()), Exit::broken_invariant;
  }
}

constexpr const char* version = "ringside " RINGSIDE_VERSION;

struct Requests {
  ListRequest list{};
  ShowRequest show{};
  CheckRequest check{};
  RunRequest run{};
  RunRequest compare{};
  ReplayRequest replay{};
  PacketdrillRequest packetdrill{};
  TapRequest tap{};
};

Exit execute(const CLI::App& app, const Requests& requests) {
  if (app.got_subcommand("list")) return execute(requests.list);
  if (app.got_subcommand("show")) return execute(requests.show);
  if (app.got_subcommand("check")) return execute(requests.check);
  if (app.got_subcommand("run")) return execute(requests.run);
  if (app.got_subcommand("replay")) return execute(requests.replay);
  if (app.got_subcommand("tap")) return execute(requests.tap);
  if (app.got_subcommand("packetdrill")) {
    PacketdrillRequest request = requests.packetdrill;
    request.options = app.get_subcommand("packetdrill")->remaining();
    return execute(request);
  }
  return execute(requests.compare);
}

}  // namespace

int command_line(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has gone away is an output that could not be written
  CLI::App app{"Ringside: a network-stack simulator and teaching testbed", "ringside"};
  app.require_subcommand(1);
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return std::string{"ringside: error: "} + error.what() + "\nTry ringside --help.\n";
  });
  Requests requests;
  add_list(app, requests.list);
  add_show(app, requests.show);
  add_check(app, requests.check);
  add_run(app, requests.run);
  add_compare(app, requests.compare);
  add_replay(app, requests.replay);
  add_packetdrill(app, requests.packetdrill);
  add_tap(app, requests.tap);
  app.set_version_flag("--version", version);
  for (CLI::App* command : app.get_subcommands({})) command->set_version_flag("--version", version);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return static_cast<int>(app.exit(error) == 0 ? Exit::done : Exit::bad_input);
  }
  return static_cast<int>(guarded([&] { return execute(app, requests); }));
}

}  // namespace ringside::scenarios
