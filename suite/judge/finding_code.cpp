#include "suite/judge/finding_code.h"

#include <stdexcept>
#include <string>

namespace mmio_cts {
namespace {

constexpr FindingCode codes[] = {
    {"crash", "the process was ended by a signal or an unhandled exception",
     "the application that uses the procedure dies with it", "run the replay command under a debugger",
     Symptom::ending},
    {"exit", "the procedure ended the process", "an application must outlive its I/O procedures",
     "answer an error instead of leaving the process", Symptom::ending},
    {"hang", "the procedure did not return", "the application's thread stands still for good",
     "look for a loop or a wait that an error does not end", Symptom::ending},
    {"wrong_convention", "the procedure does not clean its arguments off the stack",
     "on 32-bit x86 each call damages the caller's stack",
     "declare it CALLBACK (stdcall) and do not cast it to fit", Symptom::itself},
    {"neg1_zero_extended", "-1 is answered as 0x00000000FFFFFFFF",
     "a manager that compares the LRESULT with -1 takes it for a success",
     "return (LRESULT)-1; keep the result in no DWORD or UINT on its way", Symptom::itself},
    {"buffer_overrun", "bytes outside the caller's buffer were changed", "the caller's heap is damaged",
     "never copy more than lParam2 bytes, and not before the buffer's start", Symptom::itself},
    {"source_changed", "the caller's data was changed", "the application's own data is damaged",
     "only read from lParam1 of WRITE and WRITEFLUSH", Symptom::itself},
    {"bytes_after_count_changed", "bytes of the buffer behind those read were changed",
     "a caller may keep data there", "copy only the bytes that are counted in the result", Symptom::itself},
    {"sign_loss", "an error is answered as 1",
     "1 reads as 'one byte': the caller goes on without an error and the data is lost. The published pages "
     "for READ, "
     "WRITE, WRITEFLUSH and SEEK have lost the minus sign since 2018; every edition before says -1 (X-01)",
     "return -1", Symptom::itself},
    {"edition_error_value", "an error is answered with another value than this edition of the pages asks for",
     "judged against the pages published since 2018 taken at their word, where an error is 1 (X-01)",
     "nothing, unless it must follow that edition: every older one says -1", Symptom::itself},
    {"mmioerr_as_count", "an error is answered as an MMIOERR code",
     "the caller takes the code for a count of bytes or a position",
     "return -1; the codes are for OPEN, CLOSE, RENAME", Symptom::itself},
    {"wrong_error_value", "an error is answered with a negative number other than -1",
     "managers and applications compare with -1", "return -1", Symptom::itself},
    {"result_out_of_range", "the result does not fit a LONG", "mmioRead and its siblings cut it to 32 bits",
     "answer a count or position from 0 to 2147483647, or -1", Symptom::itself},
    {"unexpected_error", "an error is answered although nothing stands in the way",
     "the application cannot do what the contract promises it",
     "make the message work, or declare the capability absent"},
    {"unexpected_success", "success is answered for what cannot be done",
     "the application goes on with something it does not have", "check the conditions and answer an error"},
    {"count_exceeds_request", "more is answered than was asked for",
     "the caller reads or skips bytes it does not have", "never answer more than lParam2", Symptom::itself},
    {"count_exceeds_file", "more bytes are answered than the file has left",
     "the caller takes bytes for data that the file does not hold", "clamp the count at the end of the file",
     Symptom::content},
    {"no_end_of_file", "a READ at the end of the file does not answer 0",
     "a loop that reads until 0 never ends", "answer 0 when no bytes are left", Symptom::content},
    {"nothing_read", "0 is answered although bytes are left", "the caller takes it for the end of the file",
     "answer at least one byte, or -1 on an error", Symptom::content},
    {"nothing_written", "0 is answered: the message is not handled", "the caller's data is lost",
     "write the data and answer its size, or -1"},
    {"wrong_count", "the count answered is not the number of bytes moved",
     "the caller loses its place in the data", "answer the bytes really moved"},
    {"disk_offset_not_updated", "lDiskOffset stays where it was",
     "the next transfer acts on the same bytes again", "add the bytes really moved to lDiskOffset",
     Symptom::position},
    {"disk_offset_by_request", "lDiskOffset moves by the bytes asked for instead of those moved",
     "the next transfer leaves a gap", "add the result, not lParam2", Symptom::position},
    {"disk_offset_wrong", "lDiskOffset is not the position that the answer implies",
     "managers compute the next position from it",
     "keep lDiskOffset equal to the position of the next transfer", Symptom::position},
    {"disk_offset_untrue_after_error", "after an error lDiskOffset does not tell where the file stands",
     "the next transfer acts elsewhere than the manager believes",
     "leave lDiskOffset alone when nothing was moved", Symptom::position},
    {"wrong_position", "the result is not the new position", "the caller believes to be elsewhere",
     "answer the new position, counted from the start of the file"},
    {"wrong_target", "SEEK moves to another position than asked for", "the next transfer acts on wrong bytes",
     "take the offset from the start, the current position or the end as the origin says"},
    {"wrong_data", "the bytes are not those that belong there", "the application gets or stores wrong data",
     "transfer at lDiskOffset, and keep buffered data coherent", Symptom::content},
    {"pointer_kept", "what the caller's memory held after the message was over is taken for the data",
     "applications and managers use their buffers again: the file gets bytes that nobody wrote to it",
     "copy or store what lParam1 points to before returning", Symptom::itself},
    {"data_not_in_store", "data that was confirmed is not in the store",
     "when the process ends now, the data is lost although the procedure said it was written",
     "write out the procedure's own buffers before answering", Symptom::content},
    {"store_changed", "the store holds bytes that nobody wrote, or lost some", "the file is damaged",
     "write only the bytes asked for, and only where they belong", Symptom::content},
    {"not_truncated", "MMIO_CREATE leaves old contents", "the new file ends in another one's data",
     "truncate to zero when MMIO_CREATE is set", Symptom::content},
    {"loss_not_reported", "success is answered although data that was accepted cannot be in the store",
     "the data is lost and nobody is told", "write out the buffer and answer the failure", Symptom::content},
    {"name_state_wrong", "a name is there that should be gone, or gone that should be there",
     "the application finds another set of files than it was promised", "do what the answer says",
     Symptom::content},
    {"undocumented_code", "a failure is answered with a value that is no documented error code",
     "mmioOpen, mmioClose and mmioRename hand it to the application, which cannot tell what it means",
     "answer an MMIOERR or MMSYSERR code", Symptom::itself},
    {"wrong_error_code", "the failure is answered with another code than documented",
     "the application tells its user the wrong reason", "answer the documented code"},
    {"unknown_message_answered", "a message that the procedure does not know is not answered with 0",
     "an application cannot tell whether a message is supported", "answer 0 by default"},
    {"rename_false_success", "RENAME answers 0 and renames nothing",
     "the application loses track of its file", "rename, or answer an error code"},
    {"member_changed", "a member of MMIOINFO that belongs to the manager was changed",
     "the manager's buffer or its handle is damaged", "keep state in adwInfo and nowhere else",
     Symptom::itself},
    {"disk_offset_changed", "lDiskOffset changes although the message moves nothing",
     "the next transfer acts elsewhere", "leave lDiskOffset alone", Symptom::position},
    {"unexpected_result", "the answer is not what this case asks for", "see the requirement",
     "see the requirement", Symptom::content},
};

}  // namespace

std::span<const FindingCode> finding_codes() { return codes; }

const FindingCode& finding_code(std::string_view name) {
  for (const FindingCode& code : codes)
    if (code.name == name) return code;
  throw std::logic_error("unknown finding code " + std::string(name));
}

}  // namespace mmio_cts
