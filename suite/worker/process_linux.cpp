#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "suite/worker/process.h"

namespace mmio_cts {
namespace {

// Far from the numbers that a candidate which closes a handle twice would hit.
constexpr int lowest_private_descriptor = 700;

class PipePair : public Channel {
 public:
  PipePair(int in, int out) : in_(in), out_(out) {}

  bool read(std::span<std::uint8_t> bytes) override {
    return transfer(bytes, [this](auto* data, std::size_t size) { return ::read(in_, data, size); });
  }
  bool write(std::span<const std::uint8_t> bytes) override {
    return transfer(bytes, [this](auto* data, std::size_t size) { return ::write(out_, data, size); });
  }
  bool is_abandoned() const override {
    pollfd polled = {in_, 0, 0};
    return poll(&polled, 1, 0) == 1;
  }

 private:
  template <typename Bytes, typename Call>
  static bool transfer(Bytes bytes, Call call) {
    while (!bytes.empty()) {
      const ssize_t count = call(bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
  }

  int in_;
  int out_;
};

bool redirect(int descriptor, const char* path, int flags) {
  const int opened = open(path, flags | O_CLOEXEC, 0600);
  const bool done = opened >= 0 && dup2(opened, descriptor) >= 0;
  if (opened > STDERR_FILENO) close(opened);
  return done;
}

}  // namespace

void end_process_at_once(int code) { _exit(code); }

std::unique_ptr<Channel> take_standard_handles(const std::string& capture) {
  const int in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, lowest_private_descriptor);
  const int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, lowest_private_descriptor);
  if (in < 0 || out < 0 || !redirect(STDIN_FILENO, "/dev/null", O_RDONLY)) return nullptr;
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO})
    if (!redirect(descriptor, capture.c_str(), O_WRONLY | O_CREAT | O_APPEND)) return nullptr;
  // The candidate shares this stream: what it printed last is wanted most when it crashed.
  setvbuf(stdout, nullptr, _IONBF, 0);
  return std::make_unique<PipePair>(in, out);
}

std::span<std::byte> map_shared_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0 || status.st_size <= 0) return {};
  const auto size = static_cast<std::size_t>(status.st_size);
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (memory == MAP_FAILED) return {};
  return {static_cast<std::byte*>(memory), size};
}

bool enter_directory(const std::string& path) { return chdir(path.c_str()) == 0; }

void leave_directory() { static_cast<void>(!chdir("/")); }

}  // namespace mmio_cts
