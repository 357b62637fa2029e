#include "suite/candidate/manifest.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "suite/contract/message.h"
#include "suite/contract/printable.h"
#include "suite/script/json_text.h"
#include "suite/script/schema.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Mistake {
  std::string place;
  std::string message;
};

// "2027-02-31" is none.
bool is_day(const std::string& text) {
  const auto digits = [&](std::size_t at, std::size_t count) {
    int number = 0;
    for (std::size_t i = at; i < at + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      number = number * 10 + (text[i] - '0');
    }
    return number;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = digits(0, 4), month = digits(5, 2), day = digits(8, 2);
  return year >= 0 && month >= 0 && day >= 0 &&
         std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}

/// A file that is to lie in each case's directory; or what is wrong with it.
std::optional<std::string> add_file(Manifest& manifest, const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return fmt::format("{} is no file", printable_path(file));
  for (const fs::path& other : manifest.files) {
    if (other == file) return std::nullopt;
    if (other.filename() == file.filename())
      return fmt::format("{} and {} cannot lie in one directory", printable_path(other),
                         printable_path(file));
  }
  manifest.files.push_back(file);
  return std::nullopt;
}

/// One document on its way into a manifest.
class Reader {
 public:
  Reader(const json& document, const fs::path& file, const Contract& contract)
      : document_(document), folder_(fs::absolute(file).parent_path()), contract_(contract) {
    manifest_.file = file;
  }

  Manifest read() {
    if (document_.contains("library")) manifest_.library = path(document_.at("library"), "/library");
    if (document_.contains("procedure")) manifest_.procedure.reach = reach(document_.at("procedure"));
    if (document_.contains("adapter"))
      manifest_.procedure.adapter = path(document_.at("adapter"), "/adapter");
    read_opening();
    if (document_.contains("largest")) {
      manifest_.largest = document_.at("largest").get<std::int64_t>();
      if (*manifest_.largest < 1)
        throw Mistake{"/largest", fmt::format("{} bytes hold nothing", *manifest_.largest)};
    }
    if (document_.contains("content"))
      manifest_.content = content_from(document_.at("content").get<std::string>());
    const json capabilities = document_.value("capabilities", json::object());
    for (const auto& [name, value] : capabilities.items())
      manifest_.capabilities[*capability_from(name)] = value.get<bool>();
    const json messages = document_.value("user_messages", json::array());
    for (std::size_t i = 0; i < messages.size(); ++i)
      manifest_.user_messages.insert(user_message(messages[i], fmt::format("/user_messages/{}", i)));
    const json failures = document_.value("known_failures", json::array());
    for (std::size_t i = 0; i < failures.size(); ++i)
      manifest_.known_failures.push_back(known_failure(failures[i], fmt::format("/known_failures/{}", i)));
    check_sense();
    return std::move(manifest_);
  }

 private:
  fs::path path(const std::string& text, const std::string& place) const {
    if (text.empty()) throw Mistake{place, "an empty path names nothing"};
    return (folder_ / text).lexically_normal();
  }

  static Reach reach(const json& text_or_object) {
    if (text_or_object.is_string()) return {Reach::Kind::exported, text_or_object, "", ""};
    Reach reach;
    reach.init = text_or_object.value("init", "");
    reach.exit = text_or_object.value("exit", "");
    int ways = 0;
    const auto take = [&](const char* member, Reach::Kind kind) {
      if (!text_or_object.contains(member)) return;
      ++ways;
      reach.kind = kind;
      reach.name = text_or_object.at(member);
    };
    take("export", Reach::Kind::exported);
    take("returned_by", Reach::Kind::returned_by);
    take("installed", Reach::Kind::installed);
    if (ways != 1) throw Mistake{"/procedure", "one of export, returned_by and installed is wanted"};
    if (reach.kind == Reach::Kind::installed && reach.name.size() != 4)
      throw Mistake{"/procedure/installed",
                    fmt::format("'{}' is no FOURCC: four characters, blanks included", reach.name)};
    return reach;
  }

  void read_opening() {
    if (document_.contains("names")) {
      const json& names = document_.at("names");
      if (names.is_null()) {
        manifest_.names.emplace(std::nullopt);
      } else {
        manifest_.names.emplace(names.get<std::string>());
        if ((*manifest_.names)->find(name_placeholder) == std::string::npos)
          throw Mistake{"/names", "{name}, which stands for the case's name, is missing in it"};
        if ((*manifest_.names)->find_first_of("/\\:") != std::string::npos)
          throw Mistake{"/names", "names hold no folder: each case runs in an empty directory of its own"};
      }
    }
    manifest_.open = document_.value("open", std::vector<std::string>{});
    const json files = document_.value("files", json::array());
    for (std::size_t i = 0; i < files.size(); ++i) {
      const std::string place = fmt::format("/files/{}", i);
      if (auto wrong = add_file(manifest_, path(files[i], place))) throw Mistake{place, *wrong};
    }
    if (!document_.contains("info")) return;
    const json& info = document_.at("info");
    if (info.size() != manifest_.info.size())
      throw Mistake{"/info", "the three elements of adwInfo are wanted"};
    for (std::size_t i = 0; i < info.size(); ++i) {
      const bool fits = info[i].is_number_unsigned() ? info[i].get<std::uint64_t>() <= UINT32_MAX
                                                     : info[i].get<std::int64_t>() >= INT32_MIN;
      if (!fits)
        throw Mistake{fmt::format("/info/{}", i), fmt::format("{} does not fit a DWORD", info[i].dump())};
      manifest_.info[i] = static_cast<std::uint32_t>(info[i].get<std::int64_t>());
    }
  }

  static std::uint32_t user_message(const json& name, const std::string& place) {
    std::optional<std::uint32_t> number;
    if (name.is_string())
      number = message_number(name.get<std::string>());
    else if (name.is_number_unsigned() && name.get<std::uint64_t>() <= UINT32_MAX)
      number = name.get<std::uint32_t>();
    if (!number || *number < message::user)
      throw Mistake{
          place, fmt::format("{} is no message of its own: USER+n, or a number from 32768 on", name.dump())};
    return *number;
  }

  KnownFailure known_failure(const json& entry, const std::string& place) const {
    KnownFailure failure{entry.at("requirement"), entry.value("code", ""), entry.at("reason"),
                         entry.at("expires")};
    if (contract_.find(failure.requirement) == nullptr)
      throw Mistake{place + "/requirement",
                    fmt::format("{} is no requirement; `mmio-cts list requirements` shows them",
                                entry.at("requirement").dump())};
    if (failure.reason.find_first_not_of(' ') == std::string::npos)
      throw Mistake{place + "/reason", "a known failure is accepted for a reason"};
    if (!is_day(failure.expires))
      throw Mistake{place + "/expires", fmt::format("'{}' is no day such as 2027-01-31", failure.expires)};
    return failure;
  }

  void check_sense() const {
    const auto says = [&](Capability capability, bool value) {
      const auto found = manifest_.capabilities.find(capability);
      return found != manifest_.capabilities.end() && found->second == value;
    };
    if (says(Capability::read, false) && says(Capability::write, false))
      throw Mistake{"/capabilities", "a procedure that neither reads nor writes cannot be judged"};
    if (manifest_.names && !*manifest_.names && says(Capability::null_name, false))
      throw Mistake{"/names", "null is sent for a name, but null_name is false"};
    if (manifest_.names && !*manifest_.names && says(Capability::store, true))
      throw Mistake{"/names", "null is sent for a name, so no file of that name can be its store"};
  }

  const json& document_;
  fs::path folder_;
  const Contract& contract_;
  Manifest manifest_;
};

}  // namespace

tl::expected<Manifest, Error> parse_manifest(const std::string& text, const fs::path& file,
                                             const Contract& contract) {
  const auto mistake = [&](std::string place, std::string message) {
    return tl::unexpected(Error{printable_path(file), std::move(place), std::move(message)});
  };
  try {
    // Compiling the schema costs more than checking a manifest against it.
    thread_local const Schema schema(manifest_schema_text());
    const json document = parse_input(text);
    if (const auto error = schema.check(document))
      return mistake(error->place, error->message);
    return Reader(document, file, contract).read();
  } catch (const Mistake& wrong) {
    return mistake(wrong.place, wrong.message);
  } catch (const std::invalid_argument& wrong) {
    return mistake("", wrong.what());
  } catch (const json::parse_error& error) {
    return mistake(fmt::format("byte {}", error.byte), "not JSON");
  } catch (const json::exception& error) {
    return mistake("", error.what());
  }
}

tl::expected<Manifest, Error> read_manifest(const fs::path& file, const Contract& contract) {
  std::error_code error;
  std::ifstream stream;
  if (fs::is_regular_file(file, error)) stream.open(file, std::ios::binary);
  if (!stream.is_open())
    return tl::unexpected(Error{printable_path(file), "", "there is no manifest that can be read"});
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return parse_manifest(text, file, contract);
}

std::optional<Error> add_open_name(Manifest& manifest, const std::string& name) {
  const auto wrong = [&](const std::string& why) { return Error{"--open " + printable(name), "", why}; };
  if (name.empty()) return wrong("an empty name opens nothing");
  if (!is_printable(name)) return wrong("a name must be UTF-8 without control characters");
  const std::size_t plus = name.rfind('+');
  for (const std::size_t end : {name.size(), plus == name.npos ? name.size() : plus}) {
    std::error_code error;
    if (end == 0 || !fs::is_regular_file(name.substr(0, end), error)) continue;
    const fs::path file = fs::absolute(name.substr(0, end));
    if (auto why = add_file(manifest, file)) return wrong(*why);
    manifest.open.push_back(file.filename().string() + name.substr(end));
    manifest.open_options.push_back(file.string() + name.substr(end));
    return std::nullopt;
  }
  manifest.open.push_back(name);
  manifest.open_options.push_back(name);
  return std::nullopt;
}

}  // namespace mmio_cts
