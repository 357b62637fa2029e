#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "suite/contract/error_code.h"
#include "suite/contract/open_flags.h"
#include "suite/judge/rules.h"

namespace mmio_cts {
namespace {

constexpr std::uint32_t share_mask = 0x70;

// What the name stands for when OPEN arrives.
struct Circumstances {
  bool exists;
  bool obstructed;    ///< a directory is there, or the folder of the name is missing
  bool open_already;  ///< another open has it: sharing rules may refuse
};

Circumstances circumstances_of(Answer& answer, const std::string& name) {
  const StoredFile& file = answer.model.file(name);
  const std::string folder = std::filesystem::path(name).parent_path().generic_string();
  bool folder_is_missing = !folder.empty();
  for (const auto& [other, stored] : answer.model.files())
    if (stored.exists && other.starts_with(folder + "/")) folder_is_missing = false;
  return {file.exists, file.kind == StoredFile::Kind::directory || (folder_is_missing && !file.exists),
          answer.model.open_elsewhere(name, answer.open.id) || answer.model.has_lost_an_open()};
}

// Codes of a situation that has nothing to do with a missing file.
bool speaks_of_something_else(std::int64_t code) {
  return code == error_code::access_denied || code == error_code::sharing_violation ||
         code == error_code::network_error || code == error_code::too_many_open_files;
}

bool says_that_it_is_missing(std::int64_t code) {
  return code == error_code::file_not_found || code == error_code::path_not_found;
}

// Why the system refuses may not be known in all detail: a C library may know of sharing only that access is
// denied, and of a network only that the file cannot be reached. General codes are always right.
bool tells_another_reason(FaultKind why, std::int64_t code) {
  if (why == FaultKind::network_error) return false;
  if (why == FaultKind::too_many_open_files && speaks_of_something_else(code))
    return code != error_code::too_many_open_files;
  return says_that_it_is_missing(code);
}

// The file is there, and nothing but the fault has kept the procedure from it.
void judge_reason(Answer& answer, const Circumstances& at) {
  const auto& calls = answer.seen.os_calls;
  if (!at.exists || at.obstructed || !answer.met_a_fault() ||
      !std::all_of(calls.begin(), calls.end(),
                   [](const OsCall& call) { return call.status == 0 || call.injected; }))
    return;
  answer.notes.decide("OP-27");
  if (tells_another_reason(answer.fault->kind, answer.value))
    answer.notes.violate("OP-27", "wrong_error_code", "a code of what the system answered: the file is there",
                         describe_error_code(answer.value));
}

void judge_delete(Answer& answer, const Circumstances& at, const CapabilitySet& capabilities) {
  StoredFile& file = answer.model.file(*answer.send.name);
  if (answer.value == 0) {
    answer.notes.decide("FL-06");
    const std::int64_t capacity = file.capacity;
    file = StoredFile{};
    file.capacity = capacity;
    file.name_row = "FL-06";
    return;
  }
  if (at.exists && !answer.met_a_fault() && !at.obstructed && !at.open_already &&
      capabilities.has(Capability::remove))
    answer.notes.violate("FL-06", "unexpected_error", "0, and the file is gone",
                         describe_error_code(answer.value));
  judge_error_code(answer, "OP-06b");
  judge_reason(answer, at);
}

// Whether CLOSE failed for something that it should ignore.
std::string close_row(const Answer& answer) {
  if (answer.send.param2 != 0) return "CL-03";
  return (answer.send.flags & ~close_flag::handle_open) != 0 ? "CL-09" : "CL-04";
}

void judge_failure(Answer& answer, const Circumstances& at) {
  answer.notes.decide("OP-06");
  if (answer.value >= 0) answer.notes.decide("EC-01");
  judge_error_code(answer, "OP-06b");
  const bool creates = (answer.send.flags & open_flag::create) != 0;
  if (answer.met_a_fault()) {
    // It may have come as far as to make the file, or to empty it.
    if (creates) {
      StoredFile& file = answer.model.file(*answer.send.name);
      file.kind = StoredFile::Kind::unknown;
      file.name_row.clear();
    } else {
      judge_reason(answer, at);
    }
    return;
  }
  if (!at.exists && !creates) {
    answer.notes.decide("OP-24");
    answer.model.file(*answer.send.name).name_row = "OP-24";
  }
  const bool is_missing = !at.exists && (!creates || (at.obstructed && !at.open_already));
  if (is_missing && answer.model.file(*answer.send.name).kind == StoredFile::Kind::regular) {
    answer.notes.decide("OP-27");
    if (speaks_of_something_else(answer.value))
      answer.notes.violate("OP-27", "wrong_error_code", "257 (MMIOERR_FILENOTFOUND): there is no such file",
                           describe_error_code(answer.value));
  }
  if (answer.model.file(*answer.send.name).may_be_missing) return;
  // An encoder has nothing to go on with in a file that is there.
  const bool cannot_go_on = !answer.model.file(*answer.send.name).compares && !creates;
  const bool is_legal = cannot_go_on || at.obstructed || at.open_already || (!at.exists && !creates) ||
                        answer.model.file(*answer.send.name).read_only ||
                        answer.model.file(*answer.send.name).kind != StoredFile::Kind::regular;
  if (!is_legal)
    answer.notes.violate(answer.send.param2 != 0 ? "OP-04" : "OP-05", "unexpected_error",
                         creates ? "0: the file can be created" : "0: the file is there",
                         describe_error_code(answer.value));
}

void judge_success(Answer& answer, const Circumstances& at, const CapabilitySet& capabilities) {
  StoredFile& file = answer.model.file(*answer.send.name);
  const bool creates = (answer.send.flags & open_flag::create) != 0;
  answer.notes.decide("OP-05");
  answer.notes.decide("EC-01");
  answer.notes.decide("OP-02");
  answer.notes.decide("OP-08");
  if ((answer.send.flags & share_mask) != 0) answer.notes.decide("FL-02");
  if ((answer.send.flags & ~std::uint32_t{0xFFFF}) != 0) answer.notes.decide("FL-15");
  if (file.kind == StoredFile::Kind::directory)
    answer.notes.violate("OP-06", "unexpected_success", "an error: a directory has this name", "0");
  else if (!at.exists && !creates && file.kind != StoredFile::Kind::unknown &&
           !capabilities.has(Capability::serves_any_name))
    answer.notes.violate("OP-24", "unexpected_success", "an error: no such file, and no MMIO_CREATE", "0");

  answer.open.is_open = true;
  answer.open.name = *answer.send.name;
  answer.open.flags = answer.send.flags;
  // What a procedure that serves any name has under this one cannot be told.
  answer.open.known =
      !at.obstructed && (at.exists || creates || !capabilities.has(Capability::serves_any_name));
  if (creates && file.kind == StoredFile::Kind::regular) {
    // Somebody else's unconfirmed writes and a truncation: what comes out is nobody's promise.
    if (at.open_already) file.kind = StoredFile::Kind::unknown;
    file.truncate();
    answer.notes.decide("FL-04");
  }
  // A created file need not be seen by others before something is confirmed (ruling R-07).
  if (!at.exists) file.name_row.clear();
  file.exists = true;
  file.may_be_missing = false;

  // A procedure may choose where it starts (OP-10); without that it is the start of the file (OP-26).
  answer.notes.decide("OP-10");
  if (answer.after() < 0)
    answer.notes.violate("OP-10", "disk_offset_wrong", "lDiskOffset of at least 0",
                         fmt::format("{}", answer.after()));
  set_positions(answer.open, {answer.after()});
  if (answer.after() > 0) answer.notes.trait("start_offset", "its own");
}

// With MMIO_FHOPEN a handle that was adopted stays the application's, without it the procedure closes it.
void judge_handle(Answer& answer) {
  using Handle = MessageObservation::Handle;
  if (answer.seen.handle == Handle::none) return;
  answer.notes.decide("CL-08");
  const bool must_be_open = (answer.send.flags & close_flag::handle_open) != 0;
  if (must_be_open && answer.seen.handle == Handle::closed)
    answer.notes.violate("CL-08", "handle_closed", "the adopted handle still open: MMIO_FHOPEN was set",
                         "closed");
  if (!must_be_open && answer.seen.handle == Handle::open)
    answer.notes.violate("CL-08", "handle_left_open", "the adopted handle closed", "still open");
}

}  // namespace

void judge_error_code(Answer& answer, const std::string& row) {
  answer.notes.decide(row);
  if (!is_documented_error_code(answer.value))
    answer.notes.violate(row, "undocumented_code", "an MMIOERR or MMSYSERR code",
                         fmt::format("{}", answer.value));
}

void judge_open(Answer& answer, const CapabilitySet& capabilities) {
  // OPEN without a name, and the flags that managers keep to themselves: any answer is legal (ruling R-06),
  // and what is open after a success cannot be told.
  constexpr std::uint32_t beyond_model = open_flag::parse | open_flag::exist | open_flag::get_temp;
  const bool mode_is_undefined = (answer.send.flags & open_flag::mode_mask) == open_flag::mode_mask;
  if (!answer.send.name || (answer.send.flags & beyond_model) != 0 || mode_is_undefined) {
    answer.open.is_open = answer.value == 0;
    answer.open.known = false;
    return;
  }
  const Circumstances at = circumstances_of(answer, *answer.send.name);
  if ((answer.send.flags & open_flag::remove) != 0)
    judge_delete(answer, at, capabilities);
  else if (answer.value != 0)
    judge_failure(answer, at);
  else
    judge_success(answer, at, capabilities);
}

void judge_close(Answer& answer) {
  StoredFile& file = answer.file();
  const bool owes = file.owes_more_than_capacity(answer.open.id);
  answer.open.is_open = false;
  answer.notes.decide("CL-02");
  if (answer.value == 0) {
    answer.notes.decide("CL-04");
    answer.notes.decide("EC-01");
    answer.notes.decide("CL-11");
    if (owes && !answer.open.failed_before)
      answer.notes.violate("CL-11", "loss_not_reported", "an error: the store cannot hold what was written",
                           "0");
    if (!answer.open.failed_before && answer.ignores_a_failed_sync())
      answer.notes.violate("CL-11", "loss_not_reported",
                           "an error: the system could not sync what was written", "0");
    file.confirm(answer.open.id, "CL-11", "CL-11");
    if ((answer.open.flags & open_flag::create) != 0 && file.name_row.empty()) {
      file.exists = true;
      file.name_row = "FL-04";
    }
  } else {
    answer.notes.decide("CL-05");
    judge_error_code(answer, "CL-05b");
    if (!owes && !answer.met_a_fault() && !answer.open.failed_before &&
        file.kind == StoredFile::Kind::regular)
      answer.notes.violate(close_row(answer), "unexpected_error", "0", describe_error_code(answer.value));
    file.give_up(answer.open.id);
  }
  judge_handle(answer);
  answer.notes.decide("CL-13");
  if (answer.after() != answer.before())
    answer.notes.violate("CL-13", "disk_offset_changed", fmt::format("lDiskOffset {}", answer.before()),
                         fmt::format("{}", answer.after()));
}

}  // namespace mmio_cts
