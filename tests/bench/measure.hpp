// What every benchmark reports: processor time of this process and its largest resident size.
#pragma once

#include <sys/resource.h>

#include <cstdint>

namespace ringside::bench {

inline rusage own_usage() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage;
}

// Seconds on the processor, in the process and in the kernel for it. Not wall time: other programs do not
// count.
inline double cpu_seconds() {
  const rusage usage = own_usage();
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

inline std::int64_t peak_rss_bytes() {
  return std::int64_t{own_usage().ru_maxrss} * 1024;
}  // Linux counts KiB

}  // namespace ringside::bench
