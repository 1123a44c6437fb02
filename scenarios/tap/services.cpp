#include "services.hpp"

#include <fmt/format.h>

#include <ctime>

#include "bulk.hpp"
#include "datagram_server.hpp"
#include "daytime.hpp"
#include "http/session.hpp"
#include "small_services.hpp"
#include "tcp_server.hpp"
#include "text_octets.hpp"

namespace ringside::tap {
namespace {

using Octets = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

// The assigned ports; those of source and sink are our own.
constexpr std::uint16_t port_of(Service service) {
  switch (service) {
    case Service::echo: return 7;
    case Service::discard: return 9;
    case Service::daytime: return 13;
    case Service::chargen: return 19;
    case Service::http: return 80;
    case Service::source: return 5001;
    case Service::sink: return 5002;
  }
  return 0;
}

constexpr std::string_view name_of(Service service) {
  switch (service) {
    case Service::echo: return "echo";
    case Service::discard: return "discard";
    case Service::daytime: return "daytime";
    case Service::chargen: return "chargen";
    case Service::http: return "http";
    case Service::source: return "source";
    case Service::sink: return "sink";
  }
  return "";
}

std::time_t time_of_day() { return std::time(nullptr); }

Octets lines_of_chargen() {
  const auto text = Chargen::text();
  return {text.begin(), text.begin() + Chargen::line + 2};
}

// None: the service has connections only.
DatagramServer::Answer answer_of(Service service) {
  switch (service) {
    case Service::echo: return [](View datagram) { return Octets{datagram.begin(), datagram.end()}; };
    case Service::discard: return [](View) -> std::optional<Octets> { return std::nullopt; };
    case Service::chargen: return [](View) { return lines_of_chargen(); };
    case Service::daytime:
      return [](View) {
        const auto line = http_date(time_of_day()) + "\r\n";
        return Octets{line.begin(), line.end()};
      };
    case Service::http:
    case Service::source:
    case Service::sink: return {};
  }
  return {};
}

TcpServer::Open session_of(const Serve& serve, std::uint64_t seed, const Say& say) {
  switch (serve.service) {
    case Service::echo: return [] { return std::make_unique<Echo>(); };
    case Service::discard: return [] { return std::make_unique<Discard>(); };
    case Service::chargen: return [] { return std::make_unique<Chargen>(); };
    case Service::daytime: return [] { return std::make_unique<Daytime>(time_of_day); };
    case Service::http:
      return [files = std::make_shared<const http::Files>(serve.folder), say] {
        return std::make_unique<http::FileSession>(files, time_of_day, say);
      };
    case Service::source:
      return [seed, octets = serve.octets, say] {
        return std::make_unique<BulkSender>("source", std::make_unique<GeneratedOctets>(seed, octets), say);
      };
    case Service::sink: return [say] { return std::make_unique<Sink>(say); };
  }
  return {};
}

}  // namespace

void add_service(Station& station, Time now, const Serve& serve, std::uint64_t seed, const Say& say) {
  const std::uint16_t port = port_of(serve.service);
  station.add(std::make_unique<TcpServer>(station.sockets(), now, port, session_of(serve, seed, say)));
  const auto answer = answer_of(serve.service);
  if (answer) station.add(std::make_unique<DatagramServer>(station.sockets(), port, answer));
  say(fmt::format("serving {} on port {}{}", name_of(serve.service), port,
                  answer ? " (TCP and UDP)" : " (TCP)"));
}

}  // namespace ringside::tap
