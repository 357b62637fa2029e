#include "suite/candidate/candidate.h"

#include <fmt/format.h>

#include "suite/candidate/file_bytes.h"
#include "suite/candidate/library_image.h"
#include "suite/candidate/procedure_choice.h"
#include "suite/candidate/sha256.h"
#include "suite/contract/printable.h"

namespace mmio_cts {

namespace {

using Kind = CandidateError::Kind;

CandidateError in_file(const std::filesystem::path& file, CandidateError error) {
  error.error.file = printable_path(file);
  return error;
}

std::vector<std::string> labels_of(const LibraryImage& image) {
  std::vector<std::string> labels;
  for (const ExportedSymbol& symbol : image.exports) labels.push_back(export_label(symbol));
  return labels;
}

std::string without_trailing_blanks(const std::string& text) {
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// The same with the exports as found.
tl::expected<Reach, CandidateError> resolve(Reach reach, const LibraryImage& image) {
  if (reach.kind == Reach::Kind::installed && !is_windows(image.abi))
    return tl::unexpected(CandidateError{
        Kind::no_such_export,
        {"", "",
         "a procedure is installed under a FOURCC on Windows only; name an export or who returns it"}});
  for (std::string* name : {&reach.init, &reach.exit}) {
    if (name->empty()) continue;
    auto found = find_function(image, *name);
    if (!found) return tl::unexpected(found.error());
    *name = std::move(*found);
  }
  if (reach.kind == Reach::Kind::installed) return reach;
  auto found = reach.kind == Reach::Kind::returned_by ? find_function(image, reach.name)
               : reach.name.empty()                   ? choose_procedure(image, std::nullopt)
                                                      : choose_procedure(image, reach.name);
  if (!found) return tl::unexpected(std::move(found.error()));
  reach.name = std::move(*found);
  return reach;
}

tl::expected<void, CandidateError> add_adapter(const std::filesystem::path& file, Candidate& candidate) {
  const auto bytes = read_library_file(file);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto image = read_image(*bytes);
  if (!image) return tl::unexpected(image.error());
  if (image->abi != candidate.abi)
    return tl::unexpected(CandidateError{Kind::wrong_machine,
                                         {"", "",
                                          fmt::format("an adapter for {} cannot serve a library for {}",
                                                      abi_name(image->abi), abi_name(candidate.abi))}});
  candidate.adapter = std::filesystem::absolute(file).lexically_normal();
  candidate.adapter_functions = adapter_functions_in(labels_of(*image));
  if (candidate.adapter_functions.any()) return {};
  return tl::unexpected(
      CandidateError{Kind::no_such_export, {"", "", "an adapter, but it exports no function of adapter.h"}});
}

}  // namespace

tl::expected<Candidate, CandidateError> examine(const std::filesystem::path& library,
                                                const ProcedureRequest& request) {
  const auto refuse = [&](CandidateError error) {
    return tl::unexpected(in_file(library, std::move(error)));
  };
  std::error_code no_working_directory;
  const std::filesystem::path absolute = std::filesystem::absolute(library, no_working_directory);
  if (no_working_directory)
    return refuse({Kind::cannot_read, {"", "", "the working directory: " + no_working_directory.message()}});

  const auto bytes = read_library_file(absolute);
  if (!bytes) return refuse(bytes.error());
  auto image = read_image(*bytes);
  if (!image) return refuse(std::move(image.error()));
  auto reach = resolve(request.reach, *image);
  if (!reach) return refuse(std::move(reach.error()));
  auto digest = sha256(*bytes);
  if (!digest) return refuse({Kind::cannot_read, std::move(digest.error())});

  Candidate candidate;
  candidate.library = absolute.lexically_normal();
  candidate.procedure = without_trailing_blanks(reach->name);
  candidate.reach = std::move(*reach);
  candidate.requested = request.reach.name;
  candidate.abi = image->abi;
  candidate.format = std::move(image->format);
  candidate.machine = std::move(image->machine);
  candidate.sha256 = std::move(*digest);
  candidate.exports = labels_of(*image);
  if (!request.adapter.empty()) {
    if (auto added = add_adapter(request.adapter, candidate); !added)
      return tl::unexpected(in_file(request.adapter, std::move(added.error())));
  } else if (const AdapterFunctions own = adapter_functions_in(candidate.exports); own.any()) {
    candidate.adapter = candidate.library;
    candidate.adapter_functions = own;
  }
  return candidate;
}

tl::expected<Candidate, CandidateError> examine(const std::filesystem::path& library,
                                                const std::optional<std::string>& procedure_name) {
  return examine(library, ProcedureRequest{{Reach::Kind::exported, procedure_name.value_or(""), "", ""}, {}});
}

}  // namespace mmio_cts
