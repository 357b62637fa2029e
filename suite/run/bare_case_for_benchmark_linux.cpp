#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "suite/run/bare_case_for_benchmark.h"

namespace mmio_cts {

BareCase::BareCase(const std::string& program) {
  int to_program[2], from_program[2];
  // Nobody else may hold them: the program goes on until its requests end.
  if (pipe2(to_program, O_CLOEXEC) != 0 || pipe2(from_program, O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category());
  pid_ = fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category());
  if (pid_ == 0) {
    dup2(to_program[0], STDIN_FILENO);
    dup2(from_program[1], STDOUT_FILENO);
    execl(program.c_str(), program.c_str(), nullptr);
    _exit(127);
  }
  close(to_program[0]);
  close(from_program[1]);
  requests_ = to_program[1];
  answers_ = from_program[0];
}

BareCase::~BareCase() {
  close(requests_);
  close(answers_);
  waitpid(pid_, nullptr, 0);
}

std::chrono::nanoseconds BareCase::measure(const std::string& library, const std::string& folder) {
  std::array<char, PATH_MAX> request = {};
  std::int64_t took = -1;
  const std::string paths = library + '\0' + folder;
  paths.copy(request.data(), request.size() - 1);
  if (write(requests_, request.data(), request.size()) != static_cast<ssize_t>(request.size()) ||
      read(answers_, &took, sizeof took) != sizeof took || took < 0)
    throw std::runtime_error(library + " cannot be loaded in a bare process, or " + folder + " not be made");
  return std::chrono::nanoseconds(took);
}

std::int64_t BareCase::resident_bytes() const {
  std::int64_t whole = 0, resident = 0;
  std::ifstream("/proc/" + std::to_string(pid_) + "/statm") >> whole >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

}  // namespace mmio_cts
