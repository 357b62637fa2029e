#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "suite/script/case.h"

namespace mmio_cts {

/// The rows that a case puts to use beyond those that it is about, by what its steps do, and the index of the
/// step that first does: a SEEK while a WRITE waits for its flush brings SK-19 into play, a second OPEN of a
/// name OP-26. What goes wrong later may be their fault; where all goes right they are in order.
///
/// Rows that every case uses (OP-05, RD-04, WR-04 ...) are left out: they tell nothing apart.
std::map<std::string, std::uint32_t> rows_in_play(const Case& one);

}  // namespace mmio_cts
