#include "suite/cli/subject.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>

#include "suite/judge/finding_code.h"

namespace mmio_cts {
namespace {

ExitCode exit_code_of(CandidateError::Kind kind) {
  switch (kind) {
    case CandidateError::Kind::no_such_export:
    case CandidateError::Kind::ambiguous:
      return ExitCode::usage;
    default:
      return ExitCode::cannot_load;
  }
}

tl::unexpected<Refusal> wrong_usage(std::string file, std::string place, std::string message) {
  return tl::unexpected(Refusal{ExitCode::usage, {std::move(file), std::move(place), std::move(message)}});
}

// The codes are the judge's, which reads no manifests.
std::optional<Error> unknown_code(const Manifest& manifest) {
  const auto codes = finding_codes();
  for (std::size_t i = 0; i < manifest.known_failures.size(); ++i) {
    const std::string& code = manifest.known_failures[i].code;
    const bool known =
        std::any_of(codes.begin(), codes.end(), [&](const FindingCode& each) { return each.name == code; });
    if (!code.empty() && !known)
      return Error{manifest.file.string(), fmt::format("/known_failures/{}/code", i),
                   fmt::format("'{}' is no code of a finding; reports show them", code)};
  }
  return std::nullopt;
}

tl::expected<Manifest, Refusal> manifest_for(const std::string& candidate, const SubjectOptions& options,
                                             const Contract& contract) {
  Manifest manifest;
  std::string extension = std::filesystem::path(candidate).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  const bool is_manifest = extension == ".json";
  if (is_manifest && !options.manifest.empty())
    return wrong_usage(candidate, "", "is a manifest itself; --manifest names another one");
  if (const auto file = is_manifest ? std::filesystem::path(candidate) : options.manifest; !file.empty()) {
    auto read = read_manifest(file, contract);
    if (!read) return tl::unexpected(Refusal{ExitCode::usage, read.error()});
    manifest = std::move(*read);
    if (auto error = unknown_code(manifest))
      return tl::unexpected(Refusal{ExitCode::usage, std::move(*error)});
  }
  if (!candidate.empty() && !is_manifest) manifest.library = candidate;
  if (manifest.library.empty())
    return manifest.file.empty()
               ? wrong_usage("", "", "a CANDIDATE is wanted: a library, or a manifest that names one")
               : wrong_usage(manifest.file.string(), "/library",
                             "the manifest names no library; name one as CANDIDATE");
  for (const std::string& name : options.open)
    if (auto error = add_open_name(manifest, name))
      return tl::unexpected(Refusal{ExitCode::usage, std::move(*error)});
  return manifest;
}

}  // namespace

void SubjectOptions::add_to(CLI::App& command) {
  command
      .add_option("--manifest", manifest, "What is declared of the candidate; see `mmio-cts schema manifest`")
      ->type_name("FILE");
  command
      .add_option(
          "--open", open,
          "A name under which it has content of its own; a file of that name is put in its place; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

tl::expected<Subject, Refusal> find_subject(const std::string& candidate,
                                            const std::optional<std::string>& procedure,
                                            const SubjectOptions& options, const Contract& contract) {
  auto manifest = manifest_for(candidate, options, contract);
  if (!manifest) return tl::unexpected(manifest.error());
  ProcedureRequest request = manifest->procedure;
  if (procedure) {  // what is to be called before and after it stays
    request.reach.kind = Reach::Kind::exported;
    request.reach.name = *procedure;
  }
  auto found = examine(manifest->library, request);
  if (!found) {
    Error error = found.error().error;
    if (found.error().kind == CandidateError::Kind::ambiguous) error.message += "; say which with --proc";
    return tl::unexpected(Refusal{exit_code_of(found.error().kind), error});
  }
  return Subject{std::move(*found), std::move(*manifest)};
}

}  // namespace mmio_cts
