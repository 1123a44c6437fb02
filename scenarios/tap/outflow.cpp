#include "outflow.hpp"

namespace ringside::tap {

bool Outflow::run(Time now, Stream& stream) {
  for (;;) {
    if (begin_ == end_) {
      begin_ = 0;
      end_ = supply_->read(octets_);
      if (end_ == 0) return true;
      digest_.add(std::span{octets_}.first(end_));
    }
    const std::size_t written = stream.write(now, std::span{octets_}.subspan(begin_, end_ - begin_));
    if (written == 0) return false;
    begin_ += written;
    taken_ += written;
  }
}

}  // namespace ringside::tap
