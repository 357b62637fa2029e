#include "suite/candidate/procedure_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "suite/candidate/nearest_name.h"
#include "suite/contract/printable.h"

namespace mmio_cts {
namespace {

using Kind = CandidateError::Kind;
using Symbols = std::vector<const ExportedSymbol*>;

tl::unexpected<CandidateError> refuse(Kind kind, std::string message) {
  return tl::unexpected(CandidateError{kind, {"", "", std::move(message)}});
}

/// In lower case, without the decoration of stdcall: "_IOProc@16" is "ioproc", and so is "_IOProc".
std::string plain_name(std::string_view name) {
  const std::size_t at = name.rfind('@');
  if (at != std::string_view::npos && at + 1 < name.size() &&
      name.find_first_not_of("0123456789", at + 1) == std::string_view::npos)
    name = name.substr(0, at);
  if (name.starts_with('_')) name.remove_prefix(1);
  std::string plain(name);
  for (char& c : plain)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return plain;
}

/// What a loader, an installer, a compiler's run time or this suite looks for.
bool is_entry_point(const ExportedSymbol& symbol) {
  constexpr std::string_view loader[] = {
      "dllmain",           "dllentrypoint", "dllmaincrtstartup", "_dllmaincrtstartup",
      "libmain",           "dllgetversion", "dllregisterserver", "dllunregisterserver",
      "dllgetclassobject", "wep",           "dllcanunloadnow",   "dllinstall"};
  // Of other kinds of plug-ins: drivers of multimedia devices, control panels, services.
  constexpr std::string_view plug_in[] = {"driverproc", "widmessage", "wodmessage",
                                          "midmessage", "modmessage", "auxmessage",
                                          "mxdmessage", "cplapplet",  "servicemain"};
  constexpr std::string_view run_time[] = {"_init", "_fini", "_start", "___CPPdebugHook",
                                           "__GetExceptDLLinfo"};
  return symbol.name.starts_with("mmio_cts_") ||  // of an adapter
         std::ranges::find(loader, plain_name(symbol.name)) != std::end(loader) ||
         std::ranges::find(plug_in, plain_name(symbol.name)) != std::end(plug_in) ||
         std::ranges::find(run_time, symbol.name) != std::end(run_time);
}

std::string list(const Symbols& symbols) {
  constexpr std::size_t shown = 20;
  std::string text;
  for (std::size_t i = 0; i < symbols.size() && i < shown; ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", export_label(*symbols[i]).substr(0, 200));
  if (symbols.size() > shown) text += fmt::format(", and {} more", symbols.size() - shown);
  return text;
}

template <typename Condition>
Symbols select(const Symbols& symbols, Condition condition) {
  Symbols selected;
  std::ranges::copy_if(symbols, std::back_inserter(selected),
                       [&](const ExportedSymbol* s) { return condition(*s); });
  return selected;
}

/// The symbol that all of `symbols` are, under its shortest name; none if they are several functions.
const ExportedSymbol* the_only(const Symbols& symbols) {
  const ExportedSymbol* shortest = nullptr;
  for (const ExportedSymbol* symbol : symbols) {
    if (symbol->address != symbols.front()->address) return nullptr;
    if (!shortest || symbol->name.size() < shortest->name.size()) shortest = symbol;
  }
  return shortest;
}

tl::expected<std::string, CandidateError> guess(const Symbols& all) {
  const Symbols candidates =
      select(all, [](const ExportedSymbol& s) { return s.code && !is_entry_point(s); });
  if (candidates.empty())
    return refuse(Kind::no_such_export,
                  all.empty() ? "exports nothing" : fmt::format("exports no procedure, only {}", list(all)));
  const Symbols called = select(candidates, [](const ExportedSymbol& s) {
    const std::string name = plain_name(s.name);
    return name == "ioproc" || name == "mmioproc";
  });
  const Symbols containing = select(candidates, [](const ExportedSymbol& s) {
    return plain_name(s.name).find("ioproc") != std::string::npos;
  });
  for (const Symbols& choice : {called, containing, candidates}) {
    if (choice.empty()) continue;
    if (const ExportedSymbol* symbol = the_only(choice)) return export_label(*symbol);
    return refuse(Kind::ambiguous,
                  fmt::format("which of its exports is the procedure must be named: {}", list(choice)));
  }
  return refuse(Kind::no_such_export, "exports nothing");
}

tl::expected<std::string, CandidateError> accept(const ExportedSymbol& symbol) {
  if (symbol.code) return export_label(symbol);
  return refuse(Kind::no_such_export,
                fmt::format("export '{}' is data, not a procedure", export_label(symbol)));
}

/// `arguments` is the size in bytes that a stdcall form of the name tells.
tl::expected<std::string, CandidateError> find(const LibraryImage& image, const Symbols& all,
                                               std::string_view requested, int arguments) {
  const auto refuse_missing = [&](std::string_view more) {
    const std::string_view exports = all.empty() ? "nothing" : "";
    return refuse(Kind::no_such_export, fmt::format("has no export '{}'{}; it exports {}{}",
                                                    printable(requested), more, exports, list(all)));
  };
  for (const std::string& name : {std::string(requested), fmt::format("_{}@{}", requested, arguments),
                                  fmt::format("{}@{}", requested, arguments)})
    for (const ExportedSymbol* symbol : all)
      if (!symbol->name.empty() && symbol->name == name) return accept(*symbol);

  if (requested.starts_with('#')) {
    if (!is_windows(image.abi)) return refuse_missing(" (only Windows libraries have ordinals)");
    std::uint32_t ordinal = 0;
    const char* const end = requested.data() + requested.size();
    const auto [rest, error] = std::from_chars(requested.data() + 1, end, ordinal);
    if (error != std::errc() || rest != end) return refuse_missing("");
    for (const ExportedSymbol* symbol : all)
      if (symbol->ordinal == ordinal) return accept(*symbol);
    return refuse_missing("");
  }

  std::vector<std::string> names;
  for (const ExportedSymbol* symbol : all) names.push_back(symbol->name);
  const auto nearest = nearest_name(requested, names);
  return refuse_missing(nearest ? fmt::format(" (did you mean '{}'?)", *nearest) : "");
}

Symbols symbols_of(const LibraryImage& image) {
  Symbols all;
  for (const ExportedSymbol& symbol : image.exports) all.push_back(&symbol);
  return all;
}

}  // namespace

tl::expected<std::string, CandidateError> choose_procedure(const LibraryImage& image,
                                                           std::optional<std::string_view> requested) {
  constexpr int arguments_of_a_procedure = 16;
  const Symbols all = symbols_of(image);
  return requested ? find(image, all, *requested, arguments_of_a_procedure) : guess(all);
}

tl::expected<std::string, CandidateError> find_function(const LibraryImage& image, std::string_view name) {
  return find(image, symbols_of(image), name, 0);
}

}  // namespace mmio_cts
