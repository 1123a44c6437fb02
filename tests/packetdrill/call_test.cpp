// The system calls of the language: how they are written, and what they are read as.
#include "catch.hpp"
#include "one_event.hpp"

namespace ringside::packetdrill::test {
namespace {

SystemCall call(std::string_view action) { return std::get<SystemCall>(event(action).action); }

}  // namespace

TEST_CASE("arguments are a tree") {
  const SystemCall poll = call("poll([{fd=4, events=POLLIN|POLLOUT}], 1, -1) = 0x1");
  CHECK(poll.name == "poll");
  REQUIRE(poll.arguments.size() == 3);
  const auto& list = std::get<List>(poll.arguments[0].value);
  const auto& entry = std::get<Structure>(list.items.at(0).value);
  CHECK(entry.fields.at(0).name == "fd");
  CHECK(std::get<Integer>(entry.fields.at(0).value.value).value == 4);
  const auto& events = std::get<BitwiseOr>(entry.fields.at(1).value.value);
  CHECK(std::get<Word>(events.parts.at(1).value).name == "POLLOUT");
  CHECK(events.parts.at(1).at == Position{1, 30});
  CHECK(std::get<Integer>(poll.arguments[2].value).value == -1);
  CHECK(std::get<Integer>(poll.result.value).value == 1);
  CHECK(std::get<Integer>(poll.result.value).hexadecimal);
}

TEST_CASE("what stands before a = may have something in parentheses") {
  const SystemCall send = call("sendmsg(4, {msg_iov(1)=[{..., 300}]}, 0) = 300");
  const Field& vector = std::get<Structure>(send.arguments.at(1).value).fields.at(0);
  CHECK(vector.name == "msg_iov");
  CHECK(std::get<Integer>(vector.of.at(0).value).value == 1);
  CHECK(std::holds_alternative<List>(vector.value.value));
}

TEST_CASE("system calls, as they are written") {
  for (const std::string_view text :
       {"socket(..., SOCK_STREAM, IPPROTO_TCP) = 3",
        "connect(3, AF_UNSPEC, ...) = 0",
        "write(4, ..., 1200) = 1200",
        "read(4, NULL, 0x10) = 0",
        "send(4, ..., 10, MSG_MORE|MSG_DONTWAIT) = 10",
        "writev(4, [{..., 100}, {..., 20}], 2) = 120",
        "sendmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 300}], msg_flags=0, "
        "msg_control=[{cmsg_level=SOL_SOCKET, cmsg_type=SCM_TIMESTAMPING, cmsg_data=1}]}, 0) = 300",
        "fcntl(3, F_GETFL) = 0x2",
        "ioctl(4, SIOCINQ, [250]) = 0",
        "setsockopt(4, SOL_TCP, TCP_CONGESTION, \"reno\", 4) = 0",
        "setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0",
        "getsockopt(4, SOL_SOCKET, SO_ERROR, [ECONNRESET], [4]) = 0",
        "epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLET, fd=4}) = 0",
        "epoll_wait(5, {events=0, ptr=0}, 1, 0) = 0",
        "pipe([7, 8]) = 0",
        "close(4) = 0",
        "accept() = 4",
        "bind(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr(\"192.0.2.1\")}, ...) = 0",
        "read(4, ..., 10) = -1 EAGAIN",
        "read(4, ..., 10) = 1...10",
        "read(4, ..., 10) = ...",
        "f({}, []) = 0"})
    CHECK(misread(text) == "");
}

TEST_CASE("the words behind a result are for people") {
  CHECK(read("read(4, ..., 10) = -1 EAGAIN (Resource (it is said) temporarily unavailable)") ==
        "read(4, ..., 10) = -1 EAGAIN");
  CHECK(read("fcntl(3, F_GETFL) = 0x802 (flags O_RDWR|O_NONBLOCK)") == "fcntl(3, F_GETFL) = 0x802");
}

TEST_CASE("adjacent strings are one, and backslashes protect") {
  const SystemCall set = call(R"(f("a\"" "\\b") = 0)");
  CHECK(std::get<String>(set.arguments.at(0).value).text == R"(a"\b)");
  CHECK(read(R"(f("a\"" "\\b") = 0)") == R"(f("a\"\\b") = 0)");
}

TEST_CASE("calls that are none") {
  CHECK(refused("close 4") == "9: expected '(' behind 'close', found '4'");
  CHECK(refused("close(4") == "10: expected ',' or ')', found the end of the script");
  CHECK(refused("close(4,) = 0") == "11: expected an argument, found ')'");
  CHECK(refused("close(4)") == "11: expected '=', found the end of the script");
  CHECK(refused("close(4) = EBADF") == "14: expected a result, found 'EBADF'");
  CHECK(refused("close(4) = 5...4") == "18: expected an end that is not before the beginning, found '4'");
  CHECK(refused("close(4) = 0 (ok") == "19: expected ')', found the end of the script");
  CHECK(refused("f([1 2]) = 0") == "8: expected ',' or ']', found '2'");
  CHECK(refused("f({1=2}) = 0") == "7: expected ',' or '}', found '='");
  CHECK(refused("f(1.5) = 0") == "5: expected an argument, found '1.5'");
  CHECK(refused("f(9223372036854775808) = 0") ==
        "5: expected an integer of 64 bits, found '9223372036854775808'");
}

TEST_CASE("brackets nest so deep, and no deeper") {
  const auto nested = [](std::size_t levels) {
    return "f(" + std::string(levels, '[') + std::string(levels, ']') + ") = 0";
  };
  CHECK(misread(nested(63)) == "");  // and the parentheses of the call
  CHECK(refused(nested(64)) == "68: unsupported: nesting deeper than 64 levels");
  CHECK(refused(nested(1'000'000)) == "68: unsupported: nesting deeper than 64 levels");
}

}  // namespace ringside::packetdrill::test
