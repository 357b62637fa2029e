#include "suite/script/case_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>

#include "suite/contract/message.h"
#include "suite/script/json_text.h"
#include "suite/script/parameters.h"
#include "suite/script/schema.h"
#include "suite/script/step_reader.h"
#include "suite/script/sweep.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

constexpr std::int64_t most_repeats = 100'000;
constexpr std::int64_t most_steps = 300'000;
constexpr std::int64_t most_data_bytes = 64 * 1024 * 1024;

// Compiling a schema costs more than checking a step against it.
const Schema& schema_for(const std::string& definition) {
  thread_local std::map<std::string, Schema> schemas;
  const auto found = schemas.find(definition);
  if (found != schemas.end()) return found->second;
  return schemas.emplace(definition, Schema(case_schema_text(), definition)).first->second;
}

// Collects what is wrong with one file as an exception of this file's own, turned into a value at its border.
struct Mistake {
  std::string place;
  std::string message;
};

void check_bounds(const json& node, const std::string& place) {
  if (node.is_array()) {
    for (std::size_t i = 0; i < node.size(); ++i) check_bounds(node[i], fmt::format("{}/{}", place, i));
  } else if (node.is_object()) {
    if (node.contains("pattern")) {
      const bool is_text = node.at("pattern") == "text";
      if (is_text != node.contains("text")) throw Mistake{place, "pattern text, and only it, takes a text"};
      if (is_text == node.contains("size"))
        throw Mistake{place, "patterns ramp and fill, and only they, take a size"};
      if ((node.at("pattern") == "fill") != node.contains("value"))
        throw Mistake{place, "pattern fill, and only it, takes a value"};
      for (const char* member : {"size", "from"})
        if (const auto n = node.value(member, std::int64_t{0}); n < 0 || n > most_data_bytes)
          throw Mistake{fmt::format("{}/{}", place, member),
                        fmt::format("{} is not between 0 and 64 MiB", n)};
      if (const auto n = node.value("value", std::int64_t{0}); n < 0 || n > 255)
        throw Mistake{place + "/value", fmt::format("{} is no byte", n)};
    }
    for (const auto& [name, child] : node.items()) check_bounds(child, place + "/" + name);
  }
}

// A case must not reach outside its scratch directory.
void check_name(const json& step, const char* member, const std::string& place) {
  if (!step.contains(member) || !step.at(member).is_string()) return;
  const std::filesystem::path name(step.at(member).get<std::string>());
  if (name.is_absolute() ||
      std::any_of(name.begin(), name.end(), [](const auto& part) { return part == ".."; }))
    throw Mistake{fmt::format("{}/{}", place, member),
                  "a name must stay inside the case's scratch directory"};
}

class Reader {
 public:
  Reader(const Contract& contract, Case& into) : contract_(contract), case_(into) {}

  void read(const json& document) {
    case_.title = document.at("title");
    for (const json& id : document.at("requirements")) {
      check_requirement(id, "/requirements");
      case_.requirements.push_back(id);
    }
    if (case_.requirements.empty())
      throw Mistake{"/requirements", "a case is about at least one requirement"};
    const json needs = document.value("needs", json::array());
    for (const json& name : needs) case_.needs.push_back(*capability_from(name.get<std::string>()));
    const json abis = document.value("abis", json::array());
    for (const json& name : abis) case_.abis.push_back(*abi_from(name.get<std::string>()));
    if (case_.abis.empty()) case_.abis.assign(all_abis.begin(), all_abis.end());
    if (case_.applies_everywhere() == document.contains("why_not_everywhere"))
      throw Mistake{"", "abis and why_not_everywhere go together: a check that some ABIs skip says why"};
    case_.why_not_everywhere = document.value("why_not_everywhere", "");
    case_.guard = guard_from(document);
    read_steps(document.at("steps"), "/steps");
    if (case_.steps.empty()) throw Mistake{"/steps", "a case has at least one step"};
    check_stock();
    check_kills();
    case_.observes_os_calls = case_.injects_faults();
    for (std::size_t i = 0; i < case_.steps.size(); ++i)
      if (is_sent_meanwhile(case_.steps[i])) check_pair(i);
  }

 private:
  static Guard guard_from(const json& document) {
    if (!document.contains("guard")) return Guard::none;
    if (document.at("guard") == "behind") return Guard::behind;
    if (document.at("guard") == "before") return Guard::before;
    throw Mistake{"/guard",
                  fmt::format("{} is neither \"behind\" nor \"before\"", document.at("guard").dump())};
  }

  /// What the suite itself holds must not grow from one stock-taking to the next.
  void check_stock() const {
    bool is_taken = false;
    int opens = 0;
    for (const Step& step : case_.steps) {
      if (std::holds_alternative<TakeStock>(step.action)) {
        if (case_.guard != Guard::none)
          throw Mistake{step.pointer, "a case with guard takes no stock: its pages are never given back"};
        is_taken = true;
        opens = 0;
      }
      const auto* send = std::get_if<Send>(&step.action);
      const bool opens_one =
          send != nullptr && (send->message == message::open || send->message == message::rename);
      if (opens_one && is_taken && ++opens > most_opens_with_stock)
        throw Mistake{step.pointer, fmt::format("more than {} OPENs and RENAMEs between two stock-takings",
                                                most_opens_with_stock)};
    }
  }

  /// The steps after a kill are made up for by a restart.
  void check_kills() const {
    bool is_restarted = false;
    for (auto step = case_.steps.rbegin(); step != case_.steps.rend(); ++step) {
      is_restarted = is_restarted || std::holds_alternative<Restart>(step->action);
      if (const auto* set = std::get_if<SetFault>(&step->action);
          !is_restarted && set != nullptr && set->fault && set->fault->kind == FaultKind::killed)
        throw Mistake{step->pointer, "whoever kills the process restarts it later"};
    }
  }

  /// The step at `second` is sent while the one before is.
  void check_pair(std::size_t second) const {
    const Step& step = case_.steps[second];
    const Send* both[] = {second == 0 ? nullptr : std::get_if<Send>(&case_.steps[second - 1].action),
                          std::get_if<Send>(&step.action)};
    if (both[0] == nullptr || both[0]->thread != SentFrom::same || both[0]->file == both[1]->file)
      throw Mistake{step.pointer,
                    "what is sent meanwhile follows a message to another file, sent from the same thread"};
    for (const Send* send : both)
      if (send->message == message::open || send->message == message::close ||
          send->message == message::rename || send->until_end || send->in_managers_buffer)
        throw Mistake{step.pointer,
                      "OPEN, CLOSE and RENAME are not sent at once with another message, nor is what goes on "
                      "until the end or uses pchBuffer"};
    if (case_.guard != Guard::none)
      throw Mistake{step.pointer, "a case with guard sends nothing at once: a fault must tell its message"};
  }

  void check_requirement(const json& id, const std::string& place) {
    if (contract_.find(id.get<std::string>()) == nullptr)
      throw Mistake{place,
                    fmt::format("{} is no requirement; `mmio-cts list requirements` shows them", id.dump())};
  }

  void read_steps(const json& steps, const std::string& place) {
    for (std::size_t i = 0; i < steps.size(); ++i) read_one(steps[i], fmt::format("{}/{}", place, i));
  }

  // A repeat counts each time as well: it may hold nothing but another one.
  void count(const std::string& place) {
    if (++count_ > most_steps)
      throw Mistake{place, fmt::format("with all repeats there are more than {} steps", most_steps)};
  }

  void read_one(const json& document, const std::string& place) {
    const std::string definition = step_definition(document);
    if (definition.empty())
      throw Mistake{place,
                    "a step is one of send, prepare, inspect, reload_info, take_stock, restart, repeat"};
    if (const auto error = schema_for(definition).check(document))
      throw Mistake{place + error->place, error->message};
    check_bounds(document, place);
    for (const char* member : {"size", "least"})
      if (document.contains("prepare") && document.contains(member))
        if (const auto n = document.at(member).get<std::int64_t>(); n < 0 || n > most_data_bytes)
          throw Mistake{fmt::format("{}/{}", place, member),
                        fmt::format("{} is not between 0 and 64 MiB", n)};
    for (const char* member : {"name", "to", "inspect"}) check_name(document, member, place);
    if (document.contains("requirement"))
      check_requirement(document.at("requirement"), place + "/requirement");
    if (definition == "repeat") {
      const auto times = document.at("repeat").get<std::int64_t>();
      if (times < 1 || times > most_repeats)
        throw Mistake{place + "/repeat", fmt::format("{} is not between 1 and {}", times, most_repeats)};
      for (std::int64_t i = 0; i < times; ++i) {
        count(place);
        read_steps(document.at("steps"), place + "/steps");
      }
      return;
    }
    count(place);
    try {
      Step step = read_step(document);
      step.pointer = place;
      if (step.requirement.empty()) step.requirement = case_.requirements.front();
      case_.steps.push_back(std::move(step));
      case_.step_documents.push_back(document.dump());
    } catch (const std::invalid_argument& mistake) {
      throw Mistake{place, mistake.what()};
    }
  }

  const Contract& contract_;
  Case& case_;
  std::int64_t count_ = 0;
};

/// What `read` makes, or its mistake as a value.
template <typename Read>
auto at_the_border(const std::string& file, Read read) -> tl::expected<decltype(read()), Error> {
  try {
    return read();
  } catch (const Mistake& mistake) {
    return tl::unexpected(Error{file, mistake.place, mistake.message});
  } catch (const std::invalid_argument& mistake) {
    return tl::unexpected(Error{file, "", mistake.what()});
  } catch (const json::parse_error& error) {
    return tl::unexpected(Error{file, fmt::format("byte {}", error.byte), "not JSON"});
  } catch (const json::exception& error) {
    return tl::unexpected(Error{file, "", error.what()});
  }
}

/// The size that stands for "$content" as long as no procedure has content of its own: what the one
/// `prepare content` step asks for.
std::int64_t default_content_size(const json& document) {
  std::optional<std::int64_t> size;
  for (const json& step : document.at("steps")) {
    if (!step.is_object() || step.value("prepare", "") != "content") continue;
    if (size || !step.contains("size") || !step.at("size").is_number_integer())
      throw Mistake{"/steps", "$content needs one `prepare content` step with a size"};
    size = step.at("size").get<std::int64_t>();
  }
  if (!size) throw Mistake{"/steps", "$content needs a `prepare content` step"};
  return *size;
}

Case read_instance(json document, std::int64_t content_size, Case one, const Contract& contract) {
  if (mentions_content(document)) {
    one.unbound = document.dump();
    bind_content(document, content_size);
  }
  Reader(contract, one).read(document);
  return one;
}

}  // namespace

tl::expected<std::vector<Case>, Error> read_cases(const std::string& text, const std::string& id,
                                                  const std::string& file, const Contract& contract) {
  return at_the_border(file, [&] {
    const json document = parse_input(text);
    if (const auto error = schema_for("").check(document)) throw Mistake{error->place, error->message};
    std::vector<Case> cases;
    std::set<std::string> suffixes;
    std::vector<Instance> instances;
    for (Instance& one : expand(document))
      for (Instance& instance : expand_sweep(std::move(one))) instances.push_back(std::move(instance));
    for (const Instance& instance : instances) {
      if (!suffixes.insert(instance.suffix).second)
        throw Mistake{"/for", fmt::format("two instances would be called '{}'", instance.suffix)};
      Case one;
      one.id = id + instance.suffix;
      one.file = file;
      one.only_in_sweep = document.contains("sweep");
      const std::int64_t size =
          mentions_content(instance.document) ? default_content_size(instance.document) : 0;
      cases.push_back(read_instance(instance.document, size, std::move(one), contract));
    }
    return cases;
  });
}

tl::expected<Case, Error> bind_content(const Case& one, std::int64_t size, const Contract& contract) {
  return at_the_border(one.file, [&] {
    Case bound;
    bound.id = one.id;
    bound.file = one.file;
    bound.only_in_sweep = one.only_in_sweep;
    return read_instance(json::parse(one.unbound), size, std::move(bound), contract);
  });
}

tl::expected<std::vector<Case>, Error> read_case_folder(const std::filesystem::path& folder,
                                                        const Contract& contract) {
  namespace fs = std::filesystem;
  std::error_code code;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator it(folder, code), end; !code && it != end; it.increment(code))
    if (it->path().extension() == ".json") files.push_back(it->path());
  if (code)
    return tl::unexpected(Error{folder.string(), "", "cannot read the folder of cases: " + code.message()});
  std::sort(files.begin(), files.end());
  std::vector<Case> all;
  for (const fs::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) return tl::unexpected(Error{file.string(), "", "cannot be read"});
    const std::string id = fs::relative(file, folder).replace_extension().generic_string();
    auto cases = read_cases(text, id, file.string(), contract);
    if (!cases) return tl::unexpected(cases.error());
    std::move(cases->begin(), cases->end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace mmio_cts
