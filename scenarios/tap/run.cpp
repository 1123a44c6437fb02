#include "ringside/tap/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "bulk.hpp"
#include "http/fetch.hpp"
#include "interface_settings.hpp"
#include "network_namespace.hpp"
#include "real_time.hpp"
#include "ringside/pcap/writer.hpp"
#include "ringside/tap/missing.hpp"
#include "services.hpp"
#include "tcp_client.hpp"

namespace ringside::tap {
namespace {

constexpr const char* usual_device = "tap0";
constexpr net::MacAddress mac{{2, 0, 0, 0, 0, 2}};  // locally administered

// The device and where it is. What is there is used as it is; what is made has the kernel's address and the
// MTU.
class Place {
 public:
  explicit Place(const Options& options) : name_{options.device.value_or(usual_device)} {
    if (options.network_namespace || !options.device)
      namespace_.emplace(options.network_namespace.value_or(""));
    const bool there = interface_exists(name_);
    if (!there && !namespace_)
      throw Missing{fmt::format("no device {} here; with --namespace it would be made", name_)};
    device_.emplace(name_);
    if (!there || (namespace_ && namespace_->made())) set_up(options);
    mtu_ = mtu_of(name_);
  }

  const std::string& name() const { return name_; }
  TapDevice& device() { return *device_; }
  int mtu() const { return mtu_; }
  bool has_made_a_namespace() const { return namespace_ && namespace_->made(); }

 private:
  void set_up(const Options& options) const {
    if (namespace_->made()) bring_up("lo");
    set_address(name_, options.peer, options.prefix_length);
    set_mtu(name_, options.mtu.value_or(1500));
    bring_up(name_);
    if (options.ipv6) set_address(name_, options.ipv6->peer, options.ipv6->prefix_length);
  }

  std::string name_;
  std::optional<NetworkNamespace> namespace_;
  std::optional<TapDevice> device_;  // goes before its namespace
  int mtu_ = 0;
};

// A device that is there may be too narrow for IPv6.
std::optional<Ipv6Ends> ipv6_of(const Options& options, int mtu) {
  return mtu < 1280 ? std::nullopt : options.ipv6;
}

StationConfig station_config(const Options& options, int mtu) {
  return {.stack = options.stack,
          .interface = {.mac = mac,
                        .address = options.address,
                        .prefix_length = options.prefix_length,
                        .mtu = options.mtu.value_or(mtu)},
          .gateway = options.peer,
          .ipv6 = ipv6_of(options, mtu),
          .link = options.link,
          .seed = options.seed};
}

// The tasks of a station: programs that end.
struct Tasks {
  std::vector<const TcpClient*> all{};

  bool over() const {
    return !all.empty() && std::ranges::all_of(all, [](const TcpClient* task) { return task->over(); });
  }
  Ending ending(const Say& say) const {
    Ending ending = Ending::done;
    for (const TcpClient* task : all)
      if (task->failure()) ending = Ending::failed, say(*task->failure());
    return ending;
  }
};

std::unique_ptr<Supply> supply_of(const SendTask& task, std::uint64_t seed) {
  if (task.file.empty()) return std::make_unique<GeneratedOctets>(seed, task.octets);
  return std::make_unique<FileOctets>(task.file, task.octets);
}

Tasks start(Station& station, Time now, const Options& options, const Say& say) {
  Tasks tasks;
  // Without text a SYN would have none to wait for.
  const auto connect = [&](net::Endpoint to, std::unique_ptr<Session> session, bool has_text = true) {
    auto client = std::make_unique<TcpClient>(station.sockets(), now, to, std::move(session),
                                              options.fast_open && has_text);
    tasks.all.push_back(client.get());
    station.add(std::move(client));
  };
  if (const auto& fetch = options.fetch)
    connect(fetch->url.server, std::make_unique<http::Fetch>(fetch->url, fetch->out, say));
  if (const auto& send = options.send)
    connect(send->to, std::make_unique<BulkSender>("sent", supply_of(*send, options.seed), say),
            send->octets > 0);
  return tasks;
}

}  // namespace

Ending run(const Options& options, const Say& say) {
  RealTime clock;
  Place place{options};
  std::optional<pcap::Writer> capture;
  if (!options.pcap.empty()) capture.emplace(options.pcap);
  const auto saw = [&](Time now, std::span<const std::uint8_t> frame) {
    if (capture) capture->write(now, frame);
  };
  Station station{station_config(options, place.mtu()), [&](Time now, std::span<const std::uint8_t> frame) {
                    saw(now, frame);
                    place.device().write(frame);
                  }};
  const auto ipv6 = ipv6_of(options, place.mtu());
  const auto both = [&](net::Ipv4Address ipv4, auto of_ipv6) {
    return net::to_string(ipv4) + (ipv6 ? " and " + net::to_string((*ipv6).*of_ipv6) : std::string{});
  };
  say(fmt::format("the stack is {} behind {} (MTU {}); the kernel is {}{}",
                  both(options.address, &Ipv6Ends::address), place.name(), place.mtu(),
                  both(options.peer, &Ipv6Ends::peer),
                  place.has_made_a_namespace()
                      ? fmt::format(" in a network namespace of its own: nsenter -n -t {}", ::getpid())
                      : ""));
  for (const Serve& serve : options.services) add_service(station, clock.now(), serve, options.seed, say);
  const Tasks tasks = start(station, clock.now(), options, say);
  const auto end = options.duration ? std::optional{start_of_time + *options.duration} : std::nullopt;
  const Waiting waited = clock.run(station, place.device(), saw, end, [&] { return tasks.over(); });
  if (capture) capture->finish();
  switch (waited) {
    case Waiting::finished: return tasks.ending(say);
    case Waiting::time_over: return tasks.all.empty() ? Ending::done : Ending::time_over;
    case Waiting::interrupted: return Ending::interrupted;
  }
  return Ending::done;
}

}  // namespace ringside::tap
