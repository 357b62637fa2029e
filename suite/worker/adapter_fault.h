#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "suite/script/step.h"
#include "suite/trace/os_call.h"
#include "suite/worker/loaded_adapter.h"

namespace mmio_cts {

/// The fault of a case where no call of the system can fail for the procedure, because its store is no file:
/// the adapter has the store fail. What counts as a call there is a message that needs one: WRITE and
/// WRITEFLUSH for `write`, READ for `read`, OPEN for `open`.
class AdapterFault {
 public:
  /// `adapter` outlives this object, and can fail.
  explicit AdapterFault(const LoadedAdapter& adapter) : adapter_(adapter) {}

  /// The fault from now on, instead of any before. The text says why it cannot be had; empty if it can.
  std::string set(const std::optional<Fault>& fault);

  /// `send` is about to be sent: has its store fail if it is its turn. What is to be told of that among the
  /// calls of the system; none if it does not fail.
  std::optional<OsCall> before(const Send& send);

 private:
  void disarm();

  const LoadedAdapter& adapter_;
  std::optional<Fault> fault_;
  std::int64_t messages_ = 0;                 // of those that meet it, since it was set
  std::map<std::string, std::string> names_;  // what the case calls an open file, by its key
  std::string armed_;                         // the name of the file that fails; empty if none does
};

}  // namespace mmio_cts
