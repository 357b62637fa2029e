// report_seeds_for_fuzz FOLDER: writes the seeds of report_fuzz. They are made when it is built, so that they
// are always by the schema of today.
#include <filesystem>
#include <fstream>

#include "suite/report/example_run_for_test.h"
#include "suite/report/json_report.h"
#include "suite/run/judge_candidate.h"
#include "suite/run/plan.h"

using namespace mmio_cts;

namespace {

/// Shard `index` of `of` of the cases of `run`, one line of text.
std::string shard_of(const Example& example, const CandidateRun& run, int index, int of) {
  CandidateRun part = run;
  part.shard = Shard{index, of};
  part.cases.clear();
  for (std::size_t i = static_cast<std::size_t>(index - 1); i < run.cases.size();
       i += static_cast<std::size_t>(of))
    part.cases.push_back(run.cases[i]);
  sum_up(part, example.contract);
  const auto report = report_json(part, example.contract, {"0.1.0", std::string(64, 'd'), "mmio-cts"});
  return nlohmann::json::parse(to_text(report)).dump();
}

/// A run of only these cases of the example.
CandidateRun run_of(const Example& example, std::size_t first, std::size_t count) {
  CandidateRun run = example.run;
  run.cases.assign(example.run.cases.begin() + static_cast<std::ptrdiff_t>(first),
                   example.run.cases.begin() + static_cast<std::ptrdiff_t>(first + count));
  std::vector<Case> cases(example.cases.begin() + static_cast<std::ptrdiff_t>(first),
                          example.cases.begin() + static_cast<std::ptrdiff_t>(first + count));
  run.cases_digest = digest_of(cases);
  return run;
}

/// What the example's traces do not hold.
void add_rare_observations(Example& example) {
  CaseRun& flush = example.case_run("writeflush/on-a-full-store");
  auto sent = std::get<MessageObservation>(flush.trace[3]);
  sent.source_changed = true;
  sent.handle = MessageObservation::Handle::open;
  sent.info_overrun = -4;
  flush.trace[3] = sent;
  flush.trace.insert(flush.trace.begin() + 4, NotSentObservation{3});
  flush.trace.insert(flush.trace.begin() + 4, TouchObservation{3, Touched::new_name, true, true, 2});
}

/// A candidate of which everything is said.
void say_everything(CandidateRun& run) {
  run.manifest.file = "/home/somebody/abc.json";
  run.manifest.names.emplace("abc+{name}");
  run.manifest.open = run.manifest.open_options = {"song.abc"};
  run.manifest.files = {"/home/somebody/song.abc"};
  run.manifest.largest = 65536;
  run.manifest.content = Content::opaque;
  run.manifest.user_messages = {0x8001};
  run.manifest.capabilities = {{Capability::read, true}, {Capability::rename, false}};
  run.manifest.procedure.adapter = "/home/somebody/adapter.so";
  run.manifest.known_failures = {{"RD-07", "", "is being mended", "2099-01-31"}};
  run.probed.profile.own.push_back({"song.abc", Bytes(100)});
  run.probed.noticed = {"it has content of its own, 100 bytes"};
  run.probed.ended = {"it crashed when it was asked for a name that is nowhere"};
  run.required = {Capability::read};
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder / name, std::ios::binary) << text;
  };
  Example example = failing_example();
  add_rare_observations(example);
  for (std::size_t i = 0; i < example.cases.size(); ++i)
    write("case-" + std::to_string(i), shard_of(example, run_of(example, i, 1), 1, 1));
  CandidateRun three = run_of(example, 0, 3);
  write("two-shards", shard_of(example, three, 1, 2) + "\n" + shard_of(example, three, 2, 2));
  say_everything(three);
  write("manifest", shard_of(example, three, 1, 1));
  return 0;
}
