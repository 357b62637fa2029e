#pragma once

#include "suite/contract/mmsystem.h"

/// Two I/O procedures for plain files, written to be read and copied. They keep the same contract and take
/// the same choices where it leaves some:
///
/// - SEEK_END: the new position is size - offset, as with Windows' own procedures (SK-08). Seeking past the
/// end
///   succeeds (SK-15); READ answers 0 there, WRITE extends the file.
/// - lDiskOffset is the position, also on entry: the file pointer of the operating system is never used
/// (RD-11).
/// - A WRITE that would end beyond LONG_MAX is refused whole (SK-20).
/// - The sharing flags are enforced (FL-03): on Windows by the system, elsewhere among the files of this
/// process.
///   MMIO_COMPAT shares everything, as MMIO_DENYNONE does. An open file can be neither renamed nor deleted.
/// - RENAME refuses to replace an existing file.
/// - A file name is taken whole: a '+' in it has no meaning.
/// - OPEN without a name adopts the descriptor or handle in adwInfo[0], and starts where its file pointer is;
///   CLOSE with MMIO_FHOPEN gives it back open (CL-08). 0 means that none was passed (OP-17).
/// - adwInfo[0] and adwInfo[1] belong to the procedure while the file is open.
extern "C" {

/// Keeps nothing back: what WRITE confirms is in the file, and so WRITEFLUSH is WRITE (WF-08).
LRESULT CALLBACK PlainFileProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2);

/// Collects small WRITEs in a buffer of its own. WRITEFLUSH confirms only what is in the file, together with
/// all that was written before (WF-01, WF-09); it does not ask the system to reach the medium. Data that
/// could not be written is kept and tried again; CLOSE reports MMIOERR_CANNOTWRITE if it has to give up
/// (CL-11).
LRESULT CALLBACK BufferedFileProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2);
}
