// One connection of the HTTP server: requests one after the other, files in answer.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "daytime.hpp"
#include "http/files.hpp"
#include "http/message.hpp"
#include "outflow.hpp"
#include "ringside/tap/say.hpp"
#include "session.hpp"

namespace ringside::tap::http {

class FileSession : public Session {
 public:
  static constexpr std::size_t longest_head = 16384;

  FileSession(std::shared_ptr<const Files> files, Calendar calendar, Say say)
      : files_{std::move(files)}, calendar_{std::move(calendar)}, say_{std::move(say)} {}
  bool run(Time now, Stream& stream) override;

 private:
  void read(Time now, Stream& stream);
  bool take_request();                      // false: its head is not there yet
  bool answered(Time now, Stream& stream);  // the answer has gone
  void answer(const Request& request);
  void answer_file(const std::filesystem::path& file, bool with_body);
  void refuse(Status status, bool with_body = true);
  void begin_head(Status status, std::uint64_t length, std::string_view type);

  std::shared_ptr<const Files> files_;  // all sessions serve the same
  Calendar calendar_;
  Say say_;
  std::string received_;  // and not yet understood
  std::string head_;      // of the answer, and the text behind it: what is left to write
  std::optional<Outflow> body_{};
  std::string path_;                       // of the request that is being answered
  std::uint64_t length_ = 0;               // of the file, as the answer's head says
  bool answering_ = false, last_ = false;  // no request is read behind the last
};

}  // namespace ringside::tap::http
