#include "suite/candidate/candidate.h"

#include "suite/candidate/file_bytes.h"
#include "suite/candidate/library_image.h"
#include "suite/candidate/printable.h"
#include "suite/candidate/procedure_choice.h"
#include "suite/candidate/sha256.h"

namespace mmio_cts {

tl::expected<Candidate, CandidateError> examine(const std::filesystem::path& library,
                                                const std::optional<std::string>& procedure_name) {
  using Kind = CandidateError::Kind;
  const auto in_file = [&](CandidateError error) {
    error.error.file = printable_path(library);
    return tl::unexpected(std::move(error));
  };
  std::error_code no_working_directory;
  const std::filesystem::path absolute = std::filesystem::absolute(library, no_working_directory);
  if (no_working_directory)
    return in_file({Kind::cannot_read, {"", "", "the working directory: " + no_working_directory.message()}});

  const auto bytes = read_library_file(absolute);
  if (!bytes) return in_file(bytes.error());
  auto image = read_image(*bytes);
  if (!image) return in_file(std::move(image.error()));
  auto procedure = choose_procedure(*image, procedure_name);
  if (!procedure) return in_file(std::move(procedure.error()));
  auto digest = sha256(*bytes);
  if (!digest) return in_file({Kind::cannot_read, std::move(digest.error())});

  Candidate candidate;
  candidate.library = absolute.lexically_normal();
  candidate.procedure = std::move(*procedure);
  candidate.requested = procedure_name.value_or("");
  candidate.abi = image->abi;
  candidate.format = std::move(image->format);
  candidate.machine = std::move(image->machine);
  candidate.sha256 = std::move(*digest);
  for (const ExportedSymbol& symbol : image->exports) candidate.exports.push_back(export_label(symbol));
  return candidate;
}

}  // namespace mmio_cts
