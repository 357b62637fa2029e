#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "suite/cli/console.h"

namespace mmio_cts {
namespace {

constexpr const char* clear_line = "\r\x1b[K";

void write_to(FILE* stream, std::string_view text) { std::fwrite(text.data(), 1, text.size(), stream); }

}  // namespace

void print(std::string_view text) { write_to(stdout, text); }

void print_error(std::string_view message) {
  std::fflush(stdout);
  write_to(stderr, "mmio-cts: ");
  write_to(stderr, message);
  write_to(stderr, "\n");
}

bool wants_colour() {
  const char* no_colour = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0');
}

std::string invocation_name() { return program_invocation_name; }

ProgressLine::ProgressLine() : on_terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (on_terminal_) write_to(stderr, clear_line);
}

void ProgressLine::show(std::string_view text) {
  if (!on_terminal_) return;
  write_to(stderr, clear_line);
  write_to(stderr, text);
  std::fflush(stderr);
}

}  // namespace mmio_cts
