#include "suite/run/case_runner.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

#include "suite/run/store.h"
#include "suite/run/worker_client.h"
#include "suite/worker/begin_frame.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// A static mingw DLL leaks a slot of thread-local storage per load: near 1,050 of them the process aborts.
constexpr int most_loads = 200;

/// As far as that is possible also folders from which somebody has taken all rights.
void remove_whatever_it_takes(const fs::path& path) {
  std::error_code error;
  if (fs::remove_all(path, error) != static_cast<std::uintmax_t>(-1) && !error) return;
  const auto open_up = [&](const fs::path& one) {
    if (fs::is_directory(fs::symlink_status(one, error)))
      fs::permissions(one, fs::perms::owner_all, fs::perm_options::add, error);
  };
  open_up(path);
  constexpr auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator entry(path, options, error), end; !error && entry != end;
       entry.increment(error))
    open_up(entry->path());
  fs::remove_all(path, error);
}

/// A new folder in `root`, whoever else makes some there.
fs::path make_folder(const fs::path& root) {
  for (int number = 1;; ++number) {
    fs::path folder = fs::absolute(root) / fmt::format("runner-{}", number);
    if (fs::create_directory(folder)) return folder;
  }
}

}  // namespace

struct CaseRunner::State {
  explicit State(RunnerSettings given)
      : settings(std::move(given)),
        folder(make_folder(settings.scratch_root)),
        worker(std::make_unique<WorkerClient>(settings, folder)) {
    settings.library = fs::absolute(settings.library);
  }
  ~State() {
    worker->discard();
    remove_whatever_it_takes(folder);
  }

  /// A candidate may have removed it, or what is in it.
  void mend_folder() {
    if (worker->has_its_trace()) return;
    worker.reset();
    remove_whatever_it_takes(folder);
    fs::create_directories(folder);
    worker = std::make_unique<WorkerClient>(settings, folder);
  }

  RunnerSettings settings;
  fs::path folder;
  std::unique_ptr<WorkerClient> worker;
  std::uint64_t cases = 0;
  bool used = false;
  bool module_stays = false;
};

/// One case on its way through the worker.
class CaseRunner::Run {
 public:
  Run(State& state, const Case& instance, fs::path scratch)
      : state_(state), worker_(*state.worker), instance_(instance), scratch_(std::move(scratch)) {}

  Trace perform() {
    while (!over_ && at_ < instance_.steps.size()) {
      const auto& action = instance_.steps[at_].action;
      if (is_for_worker(action)) {
        perform_in_worker();
        continue;
      }
      if (const auto* prepare = std::get_if<Prepare>(&action)) perform_prepare(*prepare);
      if (const auto* inspect = std::get_if<Inspect>(&action)) perform_inspect(*inspect);
      if (std::holds_alternative<Restart>(action)) perform_restart();
      ++at_;
    }
    if (begun_) accept(worker_.ask({{{"end", true}}}, "ended"));
    note_replaced_stores();
    // The process of a Windows worker lives on.
    if (size_limit_ && worker_.is_running() && is_windows(state_.settings.abi))
      limit_file_size(worker_.case_pid(), -1);
    return std::move(trace_);
  }

 private:
  /// The one at hand, or the last one if all are through.
  std::uint32_t step() const {
    const std::size_t count = instance_.steps.size();
    return static_cast<std::uint32_t>(at_ < count || count == 0 ? at_ : count - 1);
  }

  json begin_frame() const {
    const auto& settings = state_.settings;
    const auto path = [&](const fs::path& file) {
      return file.empty() ? std::string() : path_for_worker(settings.abi, file);
    };
    return {{"begin", to_json(BeginFrame{path(settings.library), settings.reach, path(settings.adapter),
                                         path(scratch_), instance_.guard, instance_.observes_os_calls, step(),
                                         worker_.number()})}};
  }

  /// Messages, and what an adapter does in the procedure's own process.
  bool is_for_worker(const decltype(Step::action)& action) const {
    const AdapterFunctions& adapter = state_.settings.adapter_functions;
    if (std::holds_alternative<Inspect>(action)) return adapter.view;
    if (const auto* prepare = std::get_if<Prepare>(&action))
      return adapter.put && prepare->kind != Prepare::Kind::content &&
             prepare->kind != Prepare::Kind::size_limit;
    return std::holds_alternative<Send>(action) || std::holds_alternative<ReloadInfo>(action) ||
           std::holds_alternative<TakeStock>(action) || std::holds_alternative<SetFault>(action);
  }

  /// The end of a case of which the worker and the host tell. The code of an exit only the host knows.
  static EndObservation end_from(EndObservation told, std::optional<EndObservation> seen) {
    const bool is_without_code =
        told.kind == EndObservation::Kind::exit && (told.what.empty() || told.what.starts_with(' '));
    if (!is_without_code) return told;
    if (!seen) return {told.step, told.kind, "exit" + told.what, told.where};
    seen->step = told.step;
    if (seen->kind == EndObservation::Kind::exit) seen->where = told.where;
    return std::move(*seen);
  }

  /// Takes over what the worker saw, and the end of the case if there was one. What the worker itself wrote
  /// down about that comes first.
  void accept(std::optional<EndObservation> end) {
    StoredTrace seen = worker_.take_records(step());
    for (Observation& observation : seen.records) {
      if (auto* told = std::get_if<EndObservation>(&observation)) {
        end = end_from(std::move(*told), std::move(end));
        seen.pending = end->step;
        break;
      }
      trace_.push_back(std::move(observation));
    }
    if (!end) return;
    if (seen.others_at_work && end->kind != EndObservation::Kind::load_failed) {
      end->kind = EndObservation::Kind::suite_error;
      end->what = "the adapter: " + end->what;
    }
    end->step = seen.pending.value_or(step());
    if (const auto restart = restart_after(*end)) {
      worker_.discard();
      trace_.push_back(std::move(*end));
      at_ = *restart;
      is_killed_ = true;
      begun_ = false;
      return;
    }
    // What is left of a case that broke off is fit for nothing; a library that was not loaded left nothing.
    if (end->kind != EndObservation::Kind::load_failed) worker_.discard();
    trace_.push_back(std::move(*end));
    over_ = true;
    begun_ = false;
  }

  /// What was seen of a store that was to fail, and was replaced by one that does not, shows nothing.
  void note_replaced_stores() {
    for (std::uint32_t i = 0; i < instance_.steps.size() && i < at_; ++i) {
      const auto* prepare = std::get_if<Prepare>(&instance_.steps[i].action);
      const bool was_to_fail =
          prepare != nullptr && !is_for_worker(instance_.steps[i].action) &&
          (prepare->kind == Prepare::Kind::full_store || prepare->kind == Prepare::Kind::unreadable_store);
      if (was_to_fail && !still_fails(scratch_, *prepare))
        trace_.push_back(PrepareObservation{i, "the procedure replaces the file, so that it fails no more"});
    }
  }

  /// Where to go on if the process was killed because the case says so.
  std::optional<std::size_t> restart_after(const EndObservation& end) const {
    if (end.kind != EndObservation::Kind::killed) return std::nullopt;
    for (std::size_t i = end.step; i < instance_.steps.size(); ++i)
      if (std::holds_alternative<Restart>(instance_.steps[i].action)) return i;
    return std::nullopt;
  }

  /// Has the library loaded, and knows the process.
  void begin() {
    if (begun_) return;
    begun_ = true;
    accept(worker_.ask({begin_frame()}, "ready"));
    if (!over_ && size_limit_) limit_file_size(worker_.case_pid(), *size_limit_);
  }

  /// All steps up to the next one that is the host's, or to the end of the case: one journey for all.
  void perform_in_worker() {
    json steps = json::array();
    std::size_t next = at_;
    for (; next < instance_.steps.size() && is_for_worker(instance_.steps[next].action); ++next)
      steps.push_back({next, instance_.step_documents[next]});
    // A size limit must hold before the first message of a new process.
    if (size_limit_) begin();
    if (over_) return;
    std::vector<json> frames;
    if (!std::exchange(begun_, true)) frames.push_back(begin_frame());
    frames.push_back({{"perform", std::move(steps)}});
    const bool last = next == instance_.steps.size();
    if (last) frames.push_back({{"end", true}});
    at_ = next - 1;
    accept(worker_.ask(frames, last ? "ended" : "done"));
    if (std::exchange(is_killed_, false)) return;
    if (last) begun_ = false;
    at_ = next;
    // An adapter could not give what the case needs.
    for (const Observation& seen : trace_)
      if (const auto* prepared = std::get_if<PrepareObservation>(&seen);
          prepared && !prepared->unavailable.empty())
        over_ = true;
  }

  void perform_prepare(const Prepare& prepare) {
    PrepareObservation seen{step(), ""};
    if (prepare.kind == Prepare::Kind::content) {
      // It is the procedure's own, and there.
    } else if (prepare.kind == Prepare::Kind::size_limit) {
      begin();
      if (over_) return;
      size_limit_ = prepare.size;
      seen.unavailable = limit_file_size(worker_.case_pid(), prepare.size);
    } else if (!is_inside_scratch(prepare.name)) {
      return refuse_name(prepare.name);
    } else {
      if (prepare.kind == Prepare::Kind::read_only) {
        if (auto failed = worker_.start()) return accept(std::move(failed));
        seen.unavailable = worker_.why_permissions_do_not_hold();
      }
      if (seen.unavailable.empty()) seen.unavailable = prepare_store(scratch_, prepare);
    }
    over_ = !seen.unavailable.empty();
    trace_.push_back(std::move(seen));
  }

  void perform_inspect(const Inspect& inspect) {
    if (!is_inside_scratch(inspect.name)) return refuse_name(inspect.name);
    trace_.push_back(InspectObservation{step(), inspect_file(scratch_, inspect.name)});
  }

  void perform_restart() {
    if (std::exchange(begun_, false)) accept(worker_.abandon_case());
    if (!over_) trace_.push_back(RestartObservation{step(), inspect_all(scratch_)});
  }

  void refuse_name(const std::string& name) {
    accept(EndObservation{step(), EndObservation::Kind::suite_error,
                          fmt::format("the name '{}' leads out of the scratch directory", name), ""});
  }

  State& state_;
  WorkerClient& worker_;
  const Case& instance_;
  fs::path scratch_;
  Trace trace_;
  std::size_t at_ = 0;
  bool begun_ = false;      ///< a library is loaded, or about to be
  bool over_ = false;       ///< no further step will be performed
  bool is_killed_ = false;  ///< the last steps came to an end by a kill: `at_` is where to go on
  std::optional<std::int64_t> size_limit_;
};

CaseRunner::CaseRunner(RunnerSettings settings) : state_(std::make_unique<State>(std::move(settings))) {}
CaseRunner::~CaseRunner() = default;

Trace CaseRunner::run(const Case& instance) {
  state_->mend_folder();
  WorkerClient& worker = *state_->worker;
  const bool has_had_enough =
      worker.loads() >= (state_->settings.isolation == Isolation::each_case ? 1 : most_loads);
  if (worker.module_stays() || has_had_enough) worker.discard();
  worker.discard_if_gone();
  const bool is_used = worker.is_running() && worker.loads() > 0;
  worker.begin_case();
  worker.forget_output();
  const fs::path scratch = state_->folder / fmt::format("case-{}", ++state_->cases);
  // A candidate may have put something there.
  remove_whatever_it_takes(scratch);
  fs::create_directory(scratch);
  for (const fs::path& file : state_->settings.files) fs::copy_file(file, scratch / file.filename());
  Trace trace = Run(*state_, instance, scratch).perform();
  state_->module_stays |= worker.module_stays();
  state_->used = is_used && (is_windows(state_->settings.abi) || worker.has_failed());
  // A process that the candidate left behind may still be at work there; ~State tries again.
  remove_whatever_it_takes(scratch);
  return trace;
}

bool CaseRunner::used() const { return state_->used; }
void CaseRunner::replace_worker() { state_->worker->discard(); }
bool CaseRunner::module_stays() const { return state_->module_stays; }
std::string CaseRunner::captured_output() const { return state_->worker->output(); }

}  // namespace mmio_cts
