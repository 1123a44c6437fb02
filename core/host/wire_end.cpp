#include "ringside/host/wire_end.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "ringside/net/wire/ethernet.hpp"
#include "ringside/net/wire/udp.hpp"

namespace ringside::host {

void WireEnd::send(std::span<const std::uint8_t> frame, Time now) {
  hw::Packet* packet = simulation_.pool.take();
  assert(frame.size() <= simulation_.pool.capacity());  // a frame that is cut would not be what was asked for
  packet->size = static_cast<std::uint32_t>(frame.size());
  std::memcpy(packet->bytes, frame.data(), packet->size);
  if (out_.offer(packet, now)) {
    ++sent_;
  } else {
    ++refused_;
    simulation_.pool.give_back(packet);
  }
}

void WireEnd::on_frame(void* self, hw::Packet* packet, Time now) {
  const WireEnd& end = *static_cast<WireEnd*>(self);
  if (end.simulation_.log)
    end.simulation_.log->add(
        {.at = now, .packet = packet->id, .host = end.number_, .kind = trace::Kind::gone});
  end.simulation_.pool.give_back(packet);
}

namespace {

std::vector<std::uint8_t> datagram_frame(const DatagramLoadConfig& config, int flow) {
  namespace wire = net::wire;
  std::vector<std::uint8_t> frame(static_cast<std::size_t>(config.frame_bytes));
  const auto packet = std::span{frame}.subspan(wire::EthernetHeader::size);
  const auto datagram = packet.subspan(wire::Ipv4Header::size);
  wire::write(std::span{frame},
              {.destination = config.to_mac, .source = config.from_mac, .type = wire::EtherType::ipv4});
  wire::write(packet,
              wire::Ipv4Header{.dont_fragment = true,  // so the identification may be 0: RFC 6864
                               .ttl = 64,
                               .protocol = wire::IpProtocol::udp,
                               .source = config.from,
                               .destination = config.to},
              datagram.size());
  wire::write(datagram,
              {.source_port = static_cast<std::uint16_t>(10000 + flow), .destination_port = config.to_port},
              config.from, config.to);
  return frame;
}

}  // namespace

DatagramLoad::DatagramLoad(Simulation& simulation, WireEnd& end, const DatagramLoadConfig& config)
    : end_{end},
      gap_{from_seconds(config.burst / config.packets_per_second)},
      burst_{config.burst},
      tick_{config.tick},
      poisson_{config.poisson},
      arrivals_{simulation.seed, config.name},
      next_{sim::Timer::bind<&DatagramLoad::send>(simulation.events, this)} {
  assert(gap_ > Duration{0});  // or the clock would stand still
  for (int flow = 0; flow < config.flows; ++flow) frames_.push_back(datagram_frame(config, flow));
}

void DatagramLoad::send(Time now) {
  for (int i = 0; i < burst_; ++i) {
    end_.send(frames_[turn_], now);
    turn_ = turn_ + 1 == frames_.size() ? 0 : turn_ + 1;
  }
  due_ += poisson_ ? arrivals_.exponential(gap_) : gap_;
  if (tick_ == Duration{0}) return next_.schedule(due_);
  const auto ticks = (due_ - started_ + tick_ - Duration{1}) / tick_;
  next_.schedule(started_ + ticks * tick_);
}

RecordedLoad::RecordedLoad(Simulation& simulation, WireEnd& end, BitRate line, Source source, double pace)
    : end_{end},
      line_{line},
      source_{std::move(source)},
      pace_{pace},
      next_{sim::Timer::bind<&RecordedLoad::send>(simulation.events, this)} {}

void RecordedLoad::start(Time at) {
  started_ = at;
  prepare(at);
}

void RecordedLoad::send(Time now) {
  const Bytes size{static_cast<std::int64_t>(frame_->bytes.size())};
  end_.send(frame_->bytes, now);
  prepare(now +
          (pace_ > 0 ? Duration{0} : (std::max(size, hw::Link::shortest_frame) + hw::Link::framing) / line_));
}

void RecordedLoad::prepare(Time earliest) {
  frame_ = source_();
  if (!frame_) {
    finished_ = true;
    return;
  }
  constexpr double farthest = 90.0 * 24 * 3600;  // seconds: beyond the end of any run, within those of a Time
  const double paced = pace_ > 0 ? std::min(to_seconds(frame_->at) / pace_, farthest) : 0;
  const Time at = pace_ > 0 ? started_ + from_seconds(std::max(paced, 0.0)) : earliest;
  next_.schedule(std::max(at, earliest));
}

}  // namespace ringside::host
