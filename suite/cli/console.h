#pragma once

#include <string>
#include <string_view>

namespace mmio_cts {

/// Data, to stdout.
void print(std::string_view text);

/// "mmio-cts: MESSAGE" and a newline, to stderr.
void print_error(std::string_view message);

/// Whether stdout is a terminal and colours are welcome (the environment has no NO_COLOR).
bool wants_colour();

/// How this program was started, for commands that a person is told to type.
std::string invocation_name();

/// Progress on stderr, if that is a terminal: one line that is written over and over.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(std::string_view text);

 private:
  bool on_terminal_;
};

}  // namespace mmio_cts
