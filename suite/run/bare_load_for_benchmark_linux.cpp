#include <dlfcn.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <stdexcept>
#include <system_error>

#include "suite/run/bare_load_for_benchmark.h"

namespace mmio_cts {
namespace {

using Path = std::array<char, PATH_MAX>;
constexpr std::int64_t failed = -1;

std::int64_t load_once(const Path& library) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t pid = fork();
  if (pid == 0) _exit(dlopen(library.data(), RTLD_NOW) == nullptr);
  int status = 0;
  if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) return failed;
  return std::chrono::nanoseconds(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

BareLoad::BareLoad() {
  int to_server[2], from_server[2];
  // Nobody else may hold them: the server goes on until its requests end.
  if (pipe2(to_server, O_CLOEXEC) != 0 || pipe2(from_server, O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category());
  server_ = fork();
  if (server_ < 0) throw std::system_error(errno, std::generic_category());
  if (server_ == 0) {
    close(to_server[1]);
    serve(to_server[0], from_server[1]);
  }
  close(to_server[0]);
  close(from_server[1]);
  requests_ = to_server[1];
  answers_ = from_server[0];
}

BareLoad::~BareLoad() {
  close(requests_);
  close(answers_);
  waitpid(server_, nullptr, 0);
}

void BareLoad::serve(int requests, int answers) {
  Path library;
  while (read(requests, library.data(), library.size()) == static_cast<ssize_t>(library.size())) {
    const std::int64_t took = load_once(library);
    if (write(answers, &took, sizeof took) != sizeof took) break;
  }
  _exit(0);
}

std::chrono::nanoseconds BareLoad::measure(const std::string& library) {
  Path path = {};
  std::int64_t took = failed;
  library.copy(path.data(), path.size() - 1);
  if (write(requests_, path.data(), path.size()) != static_cast<ssize_t>(path.size()) ||
      read(answers_, &took, sizeof took) != sizeof took || took == failed)
    throw std::runtime_error(library + " cannot be loaded in a bare process");
  return std::chrono::nanoseconds(took);
}

}  // namespace mmio_cts
