// What a comparison says: its parts, its verdict, and what makes it unfair.
#pragma once

#include <QString>
#include <QStringList>

#include "view/comparison.hpp"
#include "view/name.hpp"
#include "view/waterfall.hpp"

namespace ringside::view {

// Durations of one picture, in one unit.
struct Figures {
  std::int64_t grain = 1;  // picoseconds of the last digit
  QString unit{};
  static Figures of(Duration longest);

  QString level(Duration) const;                     // "4.103 µs"
  QString change(Duration from, Duration to) const;  // "−2.900"
  QString with_unit(const QString& figure) const;
};

QString letter(int side);
Name part_word(const replay::PartName&, path::Language);
Name rest_word(path::Language);
QString ending_word(Ending, path::Language);  // empty: it was delivered
Name title_of(std::uint64_t packet, path::Language);
QString shortened_word(path::Language);

// One sentence: what differs most between two sides.
QString verdict(const ComparedSide& first, const ComparedSide& second, const Figures&, path::Language);

// Where one side does less than another for its time, or something else.
QStringList unequal_work(const std::vector<ComparedSide>&, path::Language);

// Why a packet was dropped: the last mark of its way says so.
QString reason_word(const replay::Cast&, const trace::Event& drop, path::Language);

enum class Fact : std::uint8_t { profile, scenario, seed };
QString fact_word(Fact, path::Language);

// What differs between runs, by name: "rx_ring 256 / 1024"; besides that the path, and what arrives.
QString what_differs(bool path, bool arrivals, const QStringList& others, path::Language);

enum class Unlike : std::uint8_t { unread, none, times };
QString why_not_compared(int first, int second, Unlike, std::size_t rank, Time one, Time other,
                         path::Language);

}  // namespace ringside::view
