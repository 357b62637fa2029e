#include "suite/candidate/import_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "suite/candidate/file_bytes.h"
#include "suite/contract/printable.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// The loader takes a name without extension for that of a .dll.
std::string module_key(std::string_view name) {
  std::string key = lower(std::string(name));
  if (key.find('.') == std::string::npos) key += ".dll";
  return key;
}

using Folder = std::map<std::string, fs::path>;

Folder files_in(const fs::path& directory) {
  Folder files;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error))
    files.emplace(lower(printable_path(entry->path().filename())), entry->path());
  return files;
}

tl::expected<LibraryImage, CandidateError> image_of(const fs::path& path) {
  return read_library_file(path).and_then([](const auto& bytes) { return read_image(bytes); });
}

std::set<std::string> exported_labels(const LibraryImage& image) {
  std::set<std::string> labels;
  for (const ExportedSymbol& symbol : image.exports) {
    if (!symbol.name.empty()) labels.insert(symbol.name);
    if (symbol.ordinal) labels.insert(fmt::format("#{}", *symbol.ordinal));
  }
  return labels;
}

class Check {
 public:
  explicit Check(const FindModule& find_module) : find_module_(find_module) {}

  std::vector<std::string> run(LibraryImage library) {
    pending_.push_back({"", std::move(library)});
    while (!pending_.empty()) {
      const auto [subject, image] = std::move(pending_.back());
      pending_.pop_back();
      for (const ImportedModule& module : image.imports) check(subject, image.abi, module);
    }
    return std::move(lines_);
  }

 private:
  struct Pending {
    std::string subject;  ///< "its neighbour `helper.dll` " or nothing for the library itself
    LibraryImage image;
  };

  void check(const std::string& subject, Abi abi, const ImportedModule& module) {
    const auto found = find_module_(module_key(module.name));
    if (!found) {
      lines_.push_back(fmt::format("{}imports `{}`, which is neither beside it nor a system library", subject,
                                   module.name));
      return;
    }
    if (!found->image) return;
    if (!*found->image) {
      lines_.push_back(fmt::format("{}imports `{}`, which cannot be loaded: {}", subject, module.name,
                                   to_string(found->image->error().error)));
      return;
    }
    const LibraryImage& target = **found->image;
    if (target.abi != abi) {
      lines_.push_back(fmt::format("{}imports `{}`, which is made for {}, not {}", subject, module.name,
                                   abi_name(target.abi), abi_name(abi)));
      return;
    }
    const std::set<std::string> labels = exported_labels(target);
    for (const std::string& symbol : module.symbols)
      if (!labels.contains(symbol))
        lines_.push_back(
            fmt::format("{}imports `{}` from `{}`, which does not export it", subject, symbol, module.name));
    if (found->beside && visited_.insert(module_key(module.name)).second)
      pending_.push_back({fmt::format("its neighbour `{}` ", module.name), target});
  }

  const FindModule& find_module_;
  std::vector<Pending> pending_;
  std::set<std::string> visited_;
  std::vector<std::string> lines_;
};

}  // namespace

FindModule find_module_in(fs::path directory, std::vector<fs::path> system_directories) {
  auto neighbours = std::make_shared<const Folder>(files_in(directory));
  auto system = std::make_shared<Folder>();
  for (const fs::path& folder : system_directories) system->merge(files_in(folder));
  return [neighbours, system](std::string_view name) -> std::optional<FoundModule> {
    if (name.starts_with("api-ms-win-") || name.starts_with("ext-ms-win-")) return FoundModule{};
    const std::string key(name);
    if (const auto file = neighbours->find(key); file != neighbours->end())
      return FoundModule{true, image_of(file->second)};
    const auto file = system->find(key);
    if (file == system->end()) return std::nullopt;
    auto image = image_of(file->second);
    // Wine's placeholders are libraries without exports, and some system libraries are not ours to judge.
    if (!image || image->exports.empty()) return FoundModule{};
    return FoundModule{false, std::move(image)};
  };
}

std::vector<std::string> missing_imports(const LibraryImage& image, const FindModule& find_module) {
  if (!is_windows(image.abi)) return {};
  return Check(find_module).run(image);
}

}  // namespace mmio_cts
