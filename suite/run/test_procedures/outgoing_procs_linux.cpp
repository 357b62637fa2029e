// Procedures that reach out of their process; OPEN answers 0 if it could.
#include <arpa/inet.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "suite/contract/mmsystem.h"

namespace {

LRESULT answer(bool could) { return could ? 0 : MMIOERR_CANNOTOPEN; }

sockaddr_in port_of_this_host(const char* number) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(number)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

#define PROC(name) extern "C" LRESULT CALLBACK name(LPSTR, UINT uMsg, LPARAM lParam1, LPARAM)
#define NAME reinterpret_cast<const char*>(lParam1)

/// To a TCP port.
PROC(ConnectingProc) {
  if (uMsg != MMIOM_OPEN) return 0;
  const sockaddr_in address = port_of_this_host(NAME);
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  return answer(connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

/// To a UDP port.
PROC(SendingProc) {
  if (uMsg != MMIOM_OPEN) return 0;
  const sockaddr_in address = port_of_this_host(NAME);
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  return answer(sendto(socket, "x", 1, 0, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 1);
}

/// To an abstract socket.
PROC(AbstractProc) {
  if (uMsg != MMIOM_OPEN) return 0;
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path + 1, NAME, sizeof address.sun_path - 2);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + std::strlen(NAME));
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  return answer(connect(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0);
}

/// By a program.
PROC(StartingProc) { return uMsg == MMIOM_OPEN ? answer(std::system(NAME) == 0) : 0; }

/// To a process, with a signal that does nothing.
PROC(SignallingProc) { return uMsg == MMIOM_OPEN ? answer(kill(std::atoi(NAME), 0) == 0) : 0; }

/// By as many processes as the name says, which wait for its end.
PROC(MultiplyingProc) {
  if (uMsg != MMIOM_OPEN) return 0;
  for (int left = std::atoi(NAME); left > 0; --left) {
    const pid_t pid = fork();
    if (pid < 0) return answer(false);
    if (pid == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      pause();
    }
  }
  return 0;
}
