// The arguments of system calls: a tree, in which every node knows its place.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "ringside/packetdrill/error.hpp"

namespace ringside::packetdrill {

// Of types that are not complete yet clang 14 takes vectors, but no initialisers.
struct Expression;

struct Ellipsis {};  // `...`: the tool fills this in
struct Integer {
  std::int64_t value = 0;
  bool hexadecimal = false;  // as it was written
};
struct Word {  // SOL_SOCKET, NULL
  std::string name{};
};
struct String {  // adjacent strings are one; what backslashes protected, without them
  std::string text{};
};
struct BitwiseOr {  // POLLIN|POLLOUT: two or more
  std::vector<Expression> parts;
};
struct List {  // [1460], [{..., 100}, {..., 20}]
  std::vector<Expression> items;
};
struct Call {  // htons(8080), and what stands before a `=`: msg_iov(1)
  std::string name{};
  std::vector<Expression> arguments;
};
struct Field;
struct Structure {  // {onoff=1, linger=0}, {..., 100}
  std::vector<Field> fields;
};

struct Expression {
  std::variant<Ellipsis, Integer, Word, String, BitwiseOr, List, Call, Structure> value;
  Position at{};
};

// One member of a structure: `linger=0`; `msg_iov(1)=[...]`, where `of` holds what is in the parentheses; or
// a value alone, which has no name.
struct Field {
  std::string name{};
  std::vector<Expression> of{};
  Expression value{};
};

}  // namespace ringside::packetdrill
