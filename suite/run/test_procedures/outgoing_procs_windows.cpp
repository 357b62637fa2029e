// Procedures that reach out of their process; OPEN answers 0 if it could.
#include <winsock2.h>

#include <cstdlib>

#include "suite/contract/mmsystem.h"

namespace {

LRESULT answer(bool could) { return could ? 0 : MMIOERR_CANNOTOPEN; }

struct Port {
  explicit Port(const char* number, int type) {
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<u_short>(std::atoi(number)));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socket = ::socket(AF_INET, type, 0);
  }
  const sockaddr* where() const { return reinterpret_cast<const sockaddr*>(&address); }

  sockaddr_in address = {};
  SOCKET socket;
};

}  // namespace

#define PROC(name) extern "C" LRESULT CALLBACK name(LPSTR, UINT uMsg, LPARAM lParam1, LPARAM)
#define NAME reinterpret_cast<const char*>(lParam1)

/// To a TCP port.
PROC(ConnectingProc) {
  if (uMsg != MMIOM_OPEN) return 0;
  const Port port(NAME, SOCK_STREAM);
  return answer(connect(port.socket, port.where(), sizeof port.address) == 0);
}

/// To a UDP port.
PROC(SendingProc) {
  if (uMsg != MMIOM_OPEN) return 0;
  const Port port(NAME, SOCK_DGRAM);
  return answer(sendto(port.socket, "x", 1, 0, port.where(), sizeof port.address) == 1);
}

/// By a program, to which it gives a moment.
PROC(StartingProc) {
  if (uMsg != MMIOM_OPEN) return 0;
  STARTUPINFOA startup = {};
  startup.cb = sizeof startup;
  PROCESS_INFORMATION process;
  char command[260];
  lstrcpynA(command, NAME, sizeof command);
  if (!CreateProcessA(nullptr, command, nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup, &process))
    return answer(false);
  Sleep(200);
  return 0;
}
