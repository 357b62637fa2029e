#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "suite/script/step.h"
#include "suite/trace/observation.h"
#include "suite/worker/library.h"

namespace mmio_cts {

/// The functions of adapter.h that came with a candidate, in terms of steps. A function that is missing
/// cannot do anything, and says so.
class LoadedAdapter {
 public:
  /// An adapter without functions.
  LoadedAdapter() = default;

  /// The functions that the library at `path` exports; it is loaded once more. The error is one sentence.
  static tl::expected<LoadedAdapter, std::string> load(const std::string& path);

  /// What OPEN is to be sent for a name.
  struct SentName {
    bool null = false;
    std::string name;
  };
  /// Lets the adapter fill `info`, which OPEN will get, and choose what is sent instead of `sent` for what
  /// the case calls `name`. None if this cannot be opened.
  std::optional<SentName> prepare_open(const std::string& name, SentName sent, MMIOINFO& info) const;

  /// Makes the state that is asked for. The text says why it cannot be had; empty if it is there.
  std::string prepare(const Prepare& prepare) const;

  /// Whether it can make operations of its store fail.
  bool can_fail() const { return fail_next_ != nullptr; }

  /// The next `times` operations on the store of `name` that `message` needs fail; -1: all. False if they
  /// cannot. It can fail.
  bool fail_next(const std::string& name, std::uint32_t message, int times) const {
    return fail_next_(name.c_str(), message, times) == 0;
  }

  /// Looks at a file; none if it cannot be told.
  std::optional<FileState> inspect(const std::string& name) const;

  void clean_up() const;

  /// Gives the library back. True if it is still there.
  bool unload();

 private:
  std::optional<Library> library_;
  int (*prepare_open_)(const char*, char*, char*, int) = nullptr;
  int (*put_)(const char*, const void*, int) = nullptr;
  int (*view_)(const char*, void*, int) = nullptr;
  int (*fail_next_)(const char*, unsigned, int) = nullptr;
  void (*clean_up_)() = nullptr;
};

}  // namespace mmio_cts
