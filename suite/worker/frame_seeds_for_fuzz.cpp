// frame_seeds_for_fuzz FOLDER: writes those seeds of frame_fuzz whose frames have members that come and go,
// or steps. They are made when it is built, so that they are always as a worker of today is told.
#include <filesystem>
#include <fstream>

#include "suite/worker/begin_frame.h"
#include "suite/worker/frame.h"

using namespace mmio_cts;
using nlohmann::json;

namespace {

/// What no case file may say, but a worker must understand as a mistake.
constexpr const char* mistaken_steps[] = {
    R"({"send": "OPEN", "flags": ["X"]})",
    R"({"send": "OPEN", "info": [1, 2]})",
    R"({"send": "OPEN", "adopt": true})",
    R"({"send": "X"})",
    R"({"send": "READ", "size": 4, "thread": "third"})",
    R"({"send": "READ", "size": 9000, "in": "pchBuffer"})",
    R"({"send": "READ", "size": 4, "expect": {"returns": "X"}})",
    R"({"send": "SEEK", "offset": 1, "origin": "TOP"})",
    R"({"send": "USER+1", "param1": "m"})",
    R"({"send": "WRITE", "data": {"pattern": "ramp", "size": -1}})",
    R"({"prepare": "file", "name": "a", "size": 4})",
    R"({"prepare": "content", "name": "a", "size": 4, "content": {"pattern": "ramp", "size": 4}})",
    R"({"prepare": "file", "name": "a", "least": 4})",
    R"({"prepare": "size_limit", "name": "a", "size": 4})",
    R"({"prepare": "file"})",
    R"({"take_stock": 0})",
    R"({"fault": "sync", "error": "disk_full"})",
    R"({"fault": "map", "error": "disk_full"})",
    R"({"fault": "write", "error": "full"})",
    R"({"fault": "write", "error": "short"})",
    R"({"fault": "write"})",
    R"({"fault": "none", "error": "io_error"})",
    R"({"fault": "close", "short": 3})",
    R"({"fault": "close", "delay": 86400000})",
    R"({"fault": "close", "error": "io_error", "nth": 0})",
};

/// The same where nothing is wrong, but seldom said.
constexpr const char* rare_steps[] = {
    R"({"send": "READ", "size": 4, "thread": "other", "expect": {"returns": {"min": 0, "max": 4}}})",
    R"({"send": "READ", "size": 4, "thread": "meanwhile", "expect": {"returns": [0, "MMIOERR_CANNOTREAD"]}})",
    R"({"send": "USER+1", "param1": "memory", "expect": {"returns": "nonzero", "disk_offset": 3}})",
    R"({"send": "SEEK", "offset": 1, "origin": 7, "thread": "same", "expect": {"returns": "error"}})",
    R"({"inspect": "a", "expect": {"exists": true, "content": [{"pattern": "text", "text": "a"}]}})",
    R"({"reload_info": "file"})",
    R"({"take_stock": 4})",
    R"({"fault": "write", "error": "disk_full", "nth": 2, "lasting": true})",
    R"({"fault": "read", "short": 3})",
    R"({"fault": "flush", "delay": 20})",
    R"({"fault": "none"})",
    R"({"restart": true})",
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  BeginFrame begin{"/lib/a.so", {Reach::Kind::returned_by, "GetProc", "Init", "Exit"}, "/lib/b.so", "/tmp/x"};
  begin.guard = Guard::behind;
  begin.step = 3;
  const json open = {{"send", "OPEN"}, {"name", "a.dat"}, {"flags", {"CREATE", "READWRITE"}}};
  const json seek = {{"send", "SEEK"}, {"offset", -5}, {"origin", "END"}};
  json steps = json::array();
  for (const char* text : mistaken_steps) steps.push_back(json::array({steps.size(), text}));
  for (const char* text : rare_steps) steps.push_back(json::array({steps.size(), text}));
  const json frames = {{{"begin", to_json(begin)}},
                       {{"perform", {json::array({0, open.dump()}), json::array({1, seek.dump()})}}},
                       {{"perform", steps}},
                       {{"end", true}}};
  std::ofstream file(folder / "case", std::ios::binary);
  for (const json& frame : frames) {
    const Bytes bytes = encode_frame(frame);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  return 0;
}
