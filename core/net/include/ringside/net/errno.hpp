// Why a socket call failed: the numbers that Linux gives on x86-64 (include/uapi/asm-generic/errno.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ringside::net {

enum class Errno : std::int32_t {
  none = 0,
  eperm = 1,
  enoent = 2,
  eintr = 4,
  eio = 5,
  ebadf = 9,
  eagain = 11,
  enomem = 12,
  eacces = 13,
  efault = 14,
  eexist = 17,
  enodev = 19,
  einval = 22,
  enfile = 23,
  emfile = 24,
  enotty = 25,
  enospc = 28,
  espipe = 29,
  epipe = 32,
  edom = 33,
  erange = 34,
  enosys = 38,
  eloop = 40,
  enomsg = 42,
  enodata = 61,
  enonet = 64,
  eproto = 71,
  eoverflow = 75,
  enotsock = 88,
  edestaddrreq = 89,
  emsgsize = 90,
  eprototype = 91,
  enoprotoopt = 92,
  eprotonosupport = 93,
  esocktnosupport = 94,
  eopnotsupp = 95,
  epfnosupport = 96,
  eafnosupport = 97,
  eaddrinuse = 98,
  eaddrnotavail = 99,
  enetdown = 100,
  enetunreach = 101,
  econnaborted = 103,
  econnreset = 104,
  enobufs = 105,
  eisconn = 106,
  enotconn = 107,
  etimedout = 110,
  econnrefused = 111,
  ehostdown = 112,
  ehostunreach = 113,
  ealready = 114,
  einprogress = 115,
};
std::string_view name_of(Errno);  // "EAGAIN"
std::optional<Errno> errno_named(std::string_view name);

}  // namespace ringside::net
