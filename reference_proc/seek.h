#pragma once

#include "suite/contract/mmsystem.h"

namespace reference_proc {

/// MMIOM_SEEK: only lDiskOffset moves, for READ and WRITE take their position from it. The new position, or
/// -1 with nothing changed.
LRESULT seek_file(MMIOINFO* info, LPARAM lParam1, LPARAM origin);

}  // namespace reference_proc
