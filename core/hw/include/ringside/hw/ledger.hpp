// The ledger of bytes: every move between memory domains is written down where it happens, and copy counts
// are read from here and nowhere else.
#pragma once

#include <array>
#include <cstdint>

#include "ringside/units/region.hpp"

namespace ringside::hw {

class Ledger {
 public:
  struct Account {
    std::uint64_t times = 0;
    std::uint64_t bytes = 0;
  };

  void copy(std::uint64_t bytes) { add(copies_, bytes); }  // by a core
  void dma(std::uint64_t bytes, Region from) {             // by a card or a disk, out of `from`
    add(dmas_, bytes);
    add(dmas_from_[static_cast<std::size_t>(from)], bytes);
  }
  void map(std::uint64_t bytes) { add(maps_, bytes); }              // the same pages, another owner
  void reference(std::uint64_t bytes) { add(references_, bytes); }  // a pointer passed on

  // A program touches bytes that lie in `where`; counted as a violation when it has no right to.
  void read_by_program(Region where, std::uint64_t bytes) {
    if (!readable_by_program(where)) add(violations_[static_cast<std::size_t>(where)], bytes);
  }

  const Account& copies() const { return copies_; }
  const Account& dmas() const { return dmas_; }
  const Account& dmas_from(Region from) const { return dmas_from_[static_cast<std::size_t>(from)]; }
  const Account& maps() const { return maps_; }
  const Account& references() const { return references_; }
  const Account& violations(Region where) const { return violations_[static_cast<std::size_t>(where)]; }

 private:
  static void add(Account& account, std::uint64_t bytes) { ++account.times, account.bytes += bytes; }

  Account copies_{}, dmas_{}, maps_{}, references_{};
  std::array<Account, 5> dmas_from_{};
  std::array<Account, 5> violations_{};
};

}  // namespace ringside::hw
