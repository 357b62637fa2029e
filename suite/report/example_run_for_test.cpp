#include "suite/report/example_run_for_test.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <stdexcept>

#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

// A few rows of every kind: a report of all would drown the approved files.
Contract small_contract() {
  const std::set<std::string> kept = {"OP-05",  "CL-04",  "SK-09",  "RD-04", "RD-07", "RD-08",
                                      "WR-04",  "WF-04",  "WF-05",  "WF-09", "FI-03", "FI-08",
                                      "ABI-05", "ABI-09", "ABI-17", "RN-02", "OP-01"};
  json document = json::parse(embedded_contract_text());
  json& rows = document.at("requirements");
  std::erase_if(rows.get_ref<json::array_t&>(),
                [&](const json& row) { return !kept.contains(row.at("id")); });
  return Contract::parse(document.dump());
}

struct CaseText {
  const char* id;
  const char* text;
};

// In the order of their ids, as a run has them.
constexpr CaseText case_texts[] = {
    {"general/keeps-members", R"({"title": "Messages leave the manager's members alone",
      "requirements": ["FI-03", "FI-08"], "steps": [
      {"send": "OPEN", "name": "data.dat", "flags": ["READ"]},
      {"send": "CLOSE"}]})"},
    {"general/layout-of-64-bit-processes", R"({"title": "MMIOINFO is laid out as 64-bit processes have it",
      "requirements": ["ABI-09"], "abis": ["linux-x64", "windows-x64"],
      "why_not_everywhere": "the layout differs with the width of a pointer", "steps": [
      {"send": "OPEN", "name": "new.dat", "flags": ["CREATE", "READWRITE"]},
      {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 2}}]})"},
    {"read/crashes", R"({"title": "READ of nothing comes back",
      "requirements": ["RD-04"], "steps": [
      {"send": "OPEN", "name": "data.dat", "flags": ["READ"]},
      {"send": "READ", "size": 0}]})"},
    {"read/hangs", R"({"title": "READ at the end comes back",
      "requirements": ["RD-04"], "steps": [
      {"send": "OPEN", "name": "data.dat", "flags": ["READ"]},
      {"send": "READ", "size": 10, "until": "end"},
      {"send": "CLOSE"}]})"},
    {"read/moves-the-position", R"({"title": "READ moves lDiskOffset by what it returns",
      "requirements": ["RD-07", "RD-04"], "steps": [
      {"prepare": "file", "name": "data.dat", "content": {"pattern": "ramp", "size": 100}},
      {"send": "OPEN", "name": "data.dat", "flags": ["READ"]},
      {"send": "READ", "size": 40},
      {"send": "CLOSE"}]})"},
    {"read/short-at-the-end", R"({"title": "READ at the end moves lDiskOffset by what it returns",
      "requirements": ["RD-08"], "steps": [
      {"send": "OPEN", "name": "data.dat", "flags": ["READ"]},
      {"repeat": 1, "steps": [{"send": "READ", "size": 50}]}]})"},
    {"rename/gives-a-new-name", R"({"title": "RENAME gives a file its new name",
      "requirements": ["RN-02"], "needs": ["rename"], "steps": [
      {"send": "RENAME", "name": "old.dat", "to": "new.dat"}]})"},
    {"rename/keeps-the-contents", R"({"title": "RENAME keeps the contents",
      "requirements": ["RN-02"], "needs": ["rename"], "steps": [
      {"send": "RENAME", "name": "old.dat", "to": "new.dat"}]})"},
    {"seek/many", R"({"title": "SEEK answers the new position again and again",
      "requirements": ["SK-09"], "steps": [
      {"send": "OPEN", "name": "data.dat", "flags": ["READ"]},
      {"repeat": 120, "steps": [{"send": "SEEK", "offset": 1, "origin": "CUR"}]},
      {"send": "CLOSE"}]})"},
    {"write/error-in-the-suite", R"({"title": "WRITE on a store that cannot be made",
      "requirements": ["WR-04"], "steps": [
      {"send": "OPEN", "name": "new.dat", "flags": ["CREATE", "WRITE"]}]})"},
    {"write/returns-the-bytes-written", R"({"title": "WRITE answers the bytes written",
      "requirements": ["WR-04"], "steps": [
      {"send": "OPEN", "name": "new.dat", "flags": ["CREATE", "WRITE"]},
      {"send": "WRITE", "data": {"pattern": "ramp", "size": 10}}]})"},
    {"writeflush/on-a-full-store", R"({"title": "WRITEFLUSH on a full store answers -1",
      "requirements": ["WF-05", "WF-09"], "steps": [
      {"prepare": "full_store", "name": "full.dat"},
      {"send": "OPEN", "name": "full.dat", "flags": ["WRITE"]},
      {"send": "WRITE", "data": {"pattern": "ramp", "size": 28}},
      {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 28}},
      {"inspect": "full.dat"},
      {"restart": true}]})"},
    {"writeflush/on-an-unusual-store", R"({"title": "WRITEFLUSH on a store that does not exist here",
      "requirements": ["WF-05"], "steps": [
      {"prepare": "full_store", "name": "full.dat"}]})"},
};

Candidate example_candidate() {
  Candidate candidate;
  candidate.library = "/home/somebody/my procs/abc.so";
  candidate.procedure = candidate.reach.name = "AbcProc";
  candidate.abi = Abi::linux_x64;
  candidate.format = "ELF64";
  candidate.machine = "x86-64";
  candidate.sha256 = std::string(64, 'a');
  candidate.exports = {"AbcProc", "OtherProc"};
  return candidate;
}

MessageObservation answered(std::uint32_t step, std::int64_t result, std::int32_t before = 0,
                            std::int32_t after = 0) {
  MessageObservation seen;
  seen.step = step;
  seen.result = result;
  seen.disk_offset_before = before;
  seen.disk_offset_after = after;
  return seen;
}

// Every message succeeds; what is seen is no matter.
Trace good_trace(const Case& script) {
  Trace trace;
  for (std::uint32_t i = 0; i < script.steps.size(); ++i) {
    if (std::holds_alternative<Send>(script.steps[i].action))
      trace.emplace_back(answered(i, 0));
    else if (std::holds_alternative<Prepare>(script.steps[i].action))
      trace.emplace_back(PrepareObservation{i, ""});
    else if (std::holds_alternative<Inspect>(script.steps[i].action))
      trace.emplace_back(InspectObservation{i, {"full.dat", true, true, {}}});
    else
      trace.emplace_back(RestartObservation{i, {}});
  }
  return trace;
}

CaseResult ended(CaseEnd end, std::string reason) {
  CaseResult result;
  result.end = end;
  result.reason = std::move(reason);
  return result;
}

Example passing_example() {
  Example example;
  example.contract = small_contract();
  const Contract whole = Contract::embedded();
  for (const CaseText& text : case_texts) {
    auto read = read_cases(text.text, text.id, text.id, whole);
    if (!read) throw std::logic_error(to_string(read.error()));
    example.cases.push_back(std::move(read->front()));
  }
  CandidateRun& run = example.run;
  run.candidate = example_candidate();
  run.probed.profile.can.set(Capability::rename, false);
  run.probed.absent.emplace_back(Capability::rename, "RENAME answered -1, and the new name is not there");
  run.cases_digest = std::string(64, 'c');
  run.started_at = "2024-05-06T07:08:09Z";
  run.duration_us = 1234567;
  run.jobs = 4;
  run.runtime = "Linux 6.1";
  run.containment = {SandboxMode::automatic,
                     "read-only mounts, Landlock",
                     "network namespace",
                     {std::chrono::seconds(600), 4096, 1024, std::nullopt},
                     {"a limit to the number of processes: there is none for root"}};
  for (const Case& script : example.cases) {
    CaseRun one;
    one.judged.script = &script;
    one.trace = good_trace(script);
    one.duration_us = 1000 + static_cast<std::int64_t>(run.cases.size());
    one.judged.result.decided = {"OP-05", "CL-04", "SK-09", "RD-04", "ABI-05", "ABI-17"};
    one.judged.result.decided.insert(script.requirements.begin(), script.requirements.end());
    run.cases.push_back(std::move(one));
  }
  for (const char* id : {"rename/gives-a-new-name", "rename/keeps-the-contents"}) {
    example.case_run(id).judged.result = ended(CaseEnd::skipped, "the procedure lacks 'rename'");
    example.case_run(id).trace.clear();
  }
  example.case_run("seek/many").judged.result.traits["a_choice"] = {"in one way"};
  return example;
}

void fill_trace_of_writeflush(CaseRun& one) {
  one.trace = {PrepareObservation{0, ""},
               answered(1, 0),
               answered(2, 28, 0, 28),
               answered(3, 1, 28, 28),
               InspectObservation{4, {"full.dat", true, false, {}}},
               RestartObservation{5, {{"full.dat", true, true, {1, 2, 3}}, {"gone.dat", false, true, {}}}}};
}

}  // namespace

CaseRun& Example::case_run(const std::string& id) {
  for (CaseRun& one : run.cases)
    if (one.judged.script->id == id) return one;
  throw std::logic_error("no case " + id);
}

void Example::summarize_again() { sum_up(run, contract); }

Example conformant_example() {
  Example example = passing_example();
  example.summarize_again();
  return example;
}

Example failing_example() {
  Example example = passing_example();
  const std::string minus_one = "-1, or a success that moves lDiskOffset";

  CaseRun& members = example.case_run("general/keeps-members");
  auto open = answered(0, 0);
  open.changes = {{Member::procedure, 0x7FFE12345678, 0}};
  members.trace = {open, answered(1, 0)};
  members.judged.result.violations = {
      {"FI-03", "member_changed", "pIOProc unchanged", "pIOProc changed", "FI-03", 0}};

  CaseRun& layout = example.case_run("general/layout-of-64-bit-processes");
  layout.trace = {answered(0, 0), answered(1, 1)};
  layout.judged.result.violations = {
      {"WF-05", "sign_loss", minus_one, "1 with lDiskOffset unchanged at 0", "WF-05", 1}};

  CaseRun& crash = example.case_run("read/crashes");
  crash.trace = {answered(0, 0),
                 EndObservation{1, EndObservation::Kind::crash, "SIGSEGV", "at address 0x7F0012345678"}};
  crash.judged.result = ended(CaseEnd::crash, "SIGSEGV");
  crash.judged.result.violations = {{"ABI-17", "crash", "the procedure returns", "SIGSEGV", "RD-04", 1}};
  crash.output = "abc: \x1b[31mdying\x1b[0m \xFF\n";

  CaseRun& hang = example.case_run("read/hangs");
  auto read = answered(1, 10, 0, 10);
  read.data = {'R', 'I', 'F', 'F', 0x24, 0, 0, 0, 'W', 'A'};
  hang.trace = {answered(0, 0), read,
                EndObservation{1, EndObservation::Kind::hang, "no answer within 5 s", ""}};
  hang.judged.result = ended(CaseEnd::hang, "no answer within 5 s");
  hang.judged.result.violations = {
      {"ABI-17", "hang", "the procedure returns", "no answer within 5 s", "RD-04", 1}};

  CaseRun& position = example.case_run("read/moves-the-position");
  auto stays = answered(2, 40, 0, 0);
  stays.data = ramp(40);
  stays.tail_changed = 40;
  stays.overrun = -2;
  auto close = answered(3, 0xFFFFFFFF);
  position.trace = {PrepareObservation{0, ""}, answered(1, 0), stays, close};
  position.judged.result.violations = {
      {"RD-07", "disk_offset_not_updated", "lDiskOffset 40", "lDiskOffset 0", "RD-07", 2}};

  // Follows from RD-07.
  CaseRun& at_end = example.case_run("read/short-at-the-end");
  at_end.trace = {answered(0, 0), answered(1, 20, 0, 50)};
  at_end.judged.result.violations = {
      {"RD-08", "disk_offset_by_request", "lDiskOffset 20", "lDiskOffset 50", "RD-08", 1}};

  CaseRun& many = example.case_run("seek/many");
  many.judged.result.violations = {{"SK-09", "wrong_position", "1", "0", "SK-09", 1},
                                   {"SK-09", "wrong_position", "2", "0", "SK-09", 2},
                                   {"SK-09", "wrong_position", "3", "0", "SK-09", 3}};

  CaseRun& error = example.case_run("write/error-in-the-suite");
  error.trace = {EndObservation{0, EndObservation::Kind::suite_error, "the trace is full", ""}};
  error.judged.result = ended(CaseEnd::error, "the trace is full");

  CaseRun& flush = example.case_run("writeflush/on-a-full-store");
  fill_trace_of_writeflush(flush);
  flush.judged.result.violations = {
      {"WF-05", "sign_loss", minus_one, "1 with lDiskOffset unchanged at 28", "WF-05", 3}};

  CaseRun& unusual = example.case_run("writeflush/on-an-unusual-store");
  unusual.trace = {PrepareObservation{0, "there is no device that is always full"}};
  unusual.judged.result = ended(CaseEnd::skipped, "there is no device that is always full");

  example.summarize_again();
  return example;
}

void expect_approved(const std::string& text, const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(MMIO_CTS_APPROVED_FOLDER) / name;
  const char* approve = std::getenv("MMIO_CTS_APPROVE");
  if (approve != nullptr && std::string(approve) == "1") {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ostringstream approved;
  approved << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_EQ(approved.str(), text) << "if " << name
                                  << " is right as it is now, run this test with MMIO_CTS_APPROVE=1";
}

}  // namespace mmio_cts
