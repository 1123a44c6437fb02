// Linux's numbers by their names.
#include "ringside/net/errno.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sockets/returned.hpp"

namespace ringside::net {
namespace {

constexpr auto names = std::to_array<std::pair<Errno, std::string_view>>({
    {Errno::none, "0"},
    {Errno::eperm, "EPERM"},
    {Errno::enoent, "ENOENT"},
    {Errno::eintr, "EINTR"},
    {Errno::eio, "EIO"},
    {Errno::ebadf, "EBADF"},
    {Errno::eagain, "EAGAIN"},
    {Errno::enomem, "ENOMEM"},
    {Errno::eacces, "EACCES"},
    {Errno::efault, "EFAULT"},
    {Errno::eexist, "EEXIST"},
    {Errno::enodev, "ENODEV"},
    {Errno::einval, "EINVAL"},
    {Errno::enfile, "ENFILE"},
    {Errno::emfile, "EMFILE"},
    {Errno::enotty, "ENOTTY"},
    {Errno::enospc, "ENOSPC"},
    {Errno::espipe, "ESPIPE"},
    {Errno::epipe, "EPIPE"},
    {Errno::edom, "EDOM"},
    {Errno::erange, "ERANGE"},
    {Errno::enosys, "ENOSYS"},
    {Errno::eloop, "ELOOP"},
    {Errno::enomsg, "ENOMSG"},
    {Errno::enodata, "ENODATA"},
    {Errno::enonet, "ENONET"},
    {Errno::eproto, "EPROTO"},
    {Errno::eoverflow, "EOVERFLOW"},
    {Errno::enotsock, "ENOTSOCK"},
    {Errno::edestaddrreq, "EDESTADDRREQ"},
    {Errno::emsgsize, "EMSGSIZE"},
    {Errno::eprototype, "EPROTOTYPE"},
    {Errno::enoprotoopt, "ENOPROTOOPT"},
    {Errno::eprotonosupport, "EPROTONOSUPPORT"},
    {Errno::esocktnosupport, "ESOCKTNOSUPPORT"},
    {Errno::eopnotsupp, "EOPNOTSUPP"},
    {Errno::epfnosupport, "EPFNOSUPPORT"},
    {Errno::eafnosupport, "EAFNOSUPPORT"},
    {Errno::eaddrinuse, "EADDRINUSE"},
    {Errno::eaddrnotavail, "EADDRNOTAVAIL"},
    {Errno::enetdown, "ENETDOWN"},
    {Errno::enetunreach, "ENETUNREACH"},
    {Errno::econnaborted, "ECONNABORTED"},
    {Errno::econnreset, "ECONNRESET"},
    {Errno::enobufs, "ENOBUFS"},
    {Errno::eisconn, "EISCONN"},
    {Errno::enotconn, "ENOTCONN"},
    {Errno::etimedout, "ETIMEDOUT"},
    {Errno::econnrefused, "ECONNREFUSED"},
    {Errno::ehostdown, "EHOSTDOWN"},
    {Errno::ehostunreach, "EHOSTUNREACH"},
    {Errno::ealready, "EALREADY"},
    {Errno::einprogress, "EINPROGRESS"},
});

}  // namespace

std::string_view name_of(Errno error) {
  const auto named =
      std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == error; });
  return named == names.end() ? std::string_view{"?"} : named->second;
}

std::optional<Errno> errno_named(std::string_view name) {
  const auto named =
      std::find_if(names.begin() + 1, names.end(), [&](const auto& n) { return n.second == name; });
  return named == names.end() ? std::nullopt : std::optional{named->first};
}

Errno errno_of(Error error) {
  switch (error) {
    case Error::none: return Errno::none;
    case Error::bad_socket: return Errno::ebadf;
    case Error::invalid_argument: return Errno::einval;
    case Error::address_in_use: return Errno::eaddrinuse;
    case Error::no_ephemeral_port: return Errno::eaddrnotavail;  // __inet_hash_connect()
    case Error::no_route: return Errno::enetunreach;
    case Error::would_block: return Errno::eagain;
    case Error::message_too_long: return Errno::emsgsize;
    case Error::connection_refused: return Errno::econnrefused;
    case Error::connection_reset: return Errno::econnreset;
    case Error::timed_out: return Errno::etimedout;
    case Error::network_unreachable: return Errno::enetunreach;
    case Error::host_unreachable: return Errno::ehostunreach;
    case Error::prohibited: return Errno::eacces;
    case Error::protocol_error: return Errno::eproto;
    case Error::protocol_unavailable: return Errno::enoprotoopt;
    case Error::source_route_failed: return Errno::eopnotsupp;
    case Error::host_unknown: return Errno::ehostdown;
    case Error::host_isolated: return Errno::enonet;
    case Error::too_many_sockets: return Errno::enobufs;
  }
  return Errno::einval;
}

}  // namespace ringside::net
