#pragma once

namespace mmio_cts::probe_sequences {

// Every file is written with the ramp: 40 bytes, then 20; one that is prepared has 100.
inline constexpr const char* reads = R"(
  {"prepare": "file", "name": "probe_it.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["READ"]},
  {"send": "READ", "size": 50},
  {"send": "SEEK", "offset": 20, "origin": "SET"},
  {"send": "CLOSE"})";
inline constexpr const char* creates = R"(
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["CREATE", "READWRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20, "from": 40}},
  {"send": "SEEK", "offset": 0, "origin": "SET"},
  {"send": "READ", "size": 50},
  {"send": "CLOSE"},
  {"inspect": "probe_it.dat"})";
inline constexpr const char* creates_for_writing = R"(
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["CREATE", "WRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20, "from": 40}},
  {"send": "SEEK", "offset": 30, "origin": "SET"},
  {"send": "CLOSE"},
  {"inspect": "probe_it.dat"})";
inline constexpr const char* writes = R"(
  {"prepare": "file", "name": "probe_it.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["READWRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20, "from": 40}},
  {"send": "CLOSE"})";
inline constexpr const char* writes_only = R"(
  {"prepare": "file", "name": "probe_it.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["WRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20, "from": 40}},
  {"send": "CLOSE"})";
inline constexpr const char* opens_anything = R"(
  {"send": "OPEN", "name": "probe_no.dat", "flags": ["READ"]},
  {"send": "READ", "size": 50},
  {"send": "CLOSE"},
  {"inspect": "probe_no.dat"})";
inline constexpr const char* reads_all = R"(
  {"send": "OPEN", "name": "content", "flags": ["READ"]},
  {"send": "READ", "size": 4096, "until": "end"},
  {"send": "SEEK", "offset": 2, "origin": "SET"},
  {"send": "CLOSE"})";
inline constexpr const char* opens_null = R"(
  {"send": "OPEN", "name": null, "flags": ["READ"]},
  {"send": "CLOSE"})";
inline constexpr const char* creates_null = R"(
  {"send": "OPEN", "name": null, "flags": ["CREATE", "READWRITE"]},
  {"send": "CLOSE"})";
inline constexpr const char* adopts = R"(
  {"prepare": "file", "name": "probe_it.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe_it.dat", "adopt": true, "flags": ["READ"]},
  {"send": "READ", "size": 50},
  {"send": "CLOSE"})";
inline constexpr const char* grows = R"(
  {"prepare": "file", "name": "probe_it.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["READWRITE"]},
  {"send": "SEEK", "offset": 0, "origin": "END"},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 20}},
  {"send": "CLOSE"})";

}  // namespace mmio_cts::probe_sequences
