// A script of segments, calls and times is what a stack meets, in every state: it may be told that it has not
// passed, and nothing else may happen.
#include <cstdint>
#include <string>

#include "ringside/packetdrill/run.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ringside::packetdrill;
  try {
    run(parse_script(std::string{reinterpret_cast<const char*>(data), size}, "fuzz"));
  } catch (const ScriptError&) {
  }
  return 0;
}
