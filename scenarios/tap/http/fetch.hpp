// The HTTP client: one GET, and its content into a file.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "http/chunks.hpp"
#include "http/message.hpp"
#include "ringside/pcap/output_file.hpp"
#include "ringside/tap/run.hpp"
#include "ringside/tap/say.hpp"
#include "session.hpp"
#include "sha256.hpp"

namespace ringside::tap::http {

class Fetch : public Session {
 public:
  // Throws OutputError, as does run(), if the file cannot be written. It has its name once all is there.
  Fetch(const Url& url, std::string out, Say say);
  bool run(Time now, Stream& stream) override;
  std::optional<std::string> failure() const override { return failure_; }

 private:
  bool take(std::string_view octets);  // true: no more is expected
  bool take_head();
  bool take_content(std::string_view octets);
  bool end_of_stream();
  bool complete();
  bool fail(std::string why);

  std::string url_;
  std::string request_;   // what is left to send
  std::string received_;  // of the head
  std::optional<Response> response_{};
  std::optional<std::uint64_t> length_{};  // none: until the end of the stream, or in chunks
  std::optional<Chunks> chunks_{};
  pcap::OutputFile file_;
  std::uint64_t octets_ = 0;
  scenarios::Sha256 digest_;
  std::optional<std::string> failure_{};
  Say say_;
};

}  // namespace ringside::tap::http
