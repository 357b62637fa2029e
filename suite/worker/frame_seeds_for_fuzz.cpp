// frame_seeds_for_fuzz FOLDER: writes those seeds of frame_fuzz whose frames have members that come and go.
// They are made when it is built, so that they are always as a worker of today is told.
#include <filesystem>
#include <fstream>

#include "suite/worker/begin_frame.h"
#include "suite/worker/frame.h"

using namespace mmio_cts;
using nlohmann::json;

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  BeginFrame begin{"/lib/a.so", {Reach::Kind::returned_by, "GetProc", "Init", "Exit"}, "/lib/b.so", "/tmp/x"};
  begin.guard = Guard::behind;
  begin.step = 3;
  const json open = {{"send", "OPEN"}, {"name", "a.dat"}, {"flags", {"CREATE", "READWRITE"}}};
  const json seek = {{"send", "SEEK"}, {"offset", -5}, {"origin", "END"}};
  const json frames = {{{"begin", to_json(begin)}},
                       {{"perform", {json::array({0, open.dump()}), json::array({1, seek.dump()})}}},
                       {{"end", true}}};
  std::ofstream file(folder / "case", std::ios::binary);
  for (const json& frame : frames) {
    const Bytes bytes = encode_frame(frame);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  return 0;
}
