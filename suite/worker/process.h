#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "suite/worker/case_trace.h"
#include "suite/worker/frame.h"

namespace mmio_cts {

// What a worker needs of its own process. Paths are UTF-8.

/// The exit code of a worker that could not be set up; what is wrong is in the captured output.
inline constexpr int setup_failed = 70;

/// Ends the process without a word to anybody: no destructor, no atexit function, no flush.
[[noreturn]] void end_process_at_once(int code);

/// Takes the ends of the command and answer pipes away from standard input and output, so that the candidate
/// neither finds nor inherits them. Standard input is then empty, output and error go to the file `capture`,
/// unbuffered, each write at its end. None if that failed.
std::unique_ptr<Channel> take_standard_handles(const std::string& capture);

/// Maps a file of any size, shared with whoever else maps it, for as long as the process lives. Empty if that
/// failed.
std::span<std::byte> map_shared_file(const std::string& path);

/// False if there is no such directory.
bool enter_directory(const std::string& path);

/// Out of the directory of a case, which will be removed.
void leave_directory();

/// From now on a signal or exception that would end the process is first recorded in `trace` as its crash,
/// with its name and address. Replaces an earlier trace.
void record_crashes_in(CaseTrace& trace);

/// What record_crashes_in and record_exits need of the system, done before them: processes made by fork have
/// it, too. Nothing is recorded yet. Windows needs nothing.
void prepare_to_record();

/// From now on an end of the process that nobody can prevent, by exit or what is like it, is first recorded
/// in the trace of record_crashes_in. What it is called by is known where the system calls somebody for it.
void record_exits();

/// The suite is about to end the process, as the case wants: that is no crash. From a signal handler, too.
void record_kill();

/// The process will leave by itself.
void forget_exits();

/// Ends the process, without a word, if the candidate made it by fork: a message that returns in two
/// processes must not have the steps that follow performed twice. Of such a process nothing is recorded.
/// Windows has no fork.
void end_if_forked();

}  // namespace mmio_cts
