#include "suite/cli/case_selection.h"

#include <fnmatch.h>

#include <algorithm>
#include <charconv>

#include "suite/contract/message.h"
#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

bool matches(const std::string& text, const std::string& glob) {
  return fnmatch(glob.c_str(), text.c_str(), 0) == 0;
}

bool is_about(const Case& one, const std::string& glob) {
  return std::any_of(one.requirements.begin(), one.requirements.end(),
                     [&](const std::string& row) { return matches(row, glob); }) ||
         std::any_of(one.steps.begin(), one.steps.end(), [&](const Step& step) {
           const auto* send = std::get_if<Send>(&step.action);
           return send != nullptr && matches(message_name(send->message), glob);
         });
}

bool is_selected(const Case& one, const std::string& glob, const Contract& contract) {
  if (matches(one.id, glob) || is_about(one, glob)) return true;
  const bool is_a_name = contract.find(glob) != nullptr || message_number(glob).has_value();
  return !is_a_name && glob.find_first_of("@/*?[") == std::string::npos &&
         one.id.find(glob) != std::string::npos;
}

}  // namespace

tl::expected<std::vector<Case>, Error> select_cases(const std::filesystem::path& folder,
                                                    const std::vector<std::string>& globs,
                                                    const Contract& contract, Sweeps sweeps) {
  auto cases = read_case_folder(folder, contract);
  if (!cases) return cases;
  if (sweeps == Sweeps::left_out) std::erase_if(*cases, [](const Case& one) { return one.only_in_sweep; });
  if (!globs.empty())
    std::erase_if(*cases, [&](const Case& one) {
      return std::none_of(globs.begin(), globs.end(),
                          [&](const std::string& glob) { return is_selected(one, glob, contract); });
    });
  std::sort(cases->begin(), cases->end(), [](const Case& a, const Case& b) { return a.id < b.id; });
  return cases;
}

Error no_case_selected() {
  return {"", "",
          "no case is selected; `mmio-cts list cases` shows their ids, and those of sweep/ want --sweep"};
}

tl::expected<Shard, Error> parse_shard(const std::string& text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, shard.index);
  const bool has_slash = index.ec == std::errc() && index.ptr != end && *index.ptr == '/';
  const auto of = has_slash ? std::from_chars(index.ptr + 1, end, shard.of) : index;
  if (!has_slash || of.ec != std::errc() || of.ptr != end || shard.index < 1 || shard.index > shard.of)
    return tl::unexpected(Error{"--shard " + text, "",
                                "I/N is wanted, with an I from 1 to N: of three shards 1/3, 2/3 and 3/3"});
  return shard;
}

}  // namespace mmio_cts
