#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/contract/error.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// Reads one case file's text: all its instances. `id` is the case's path without ending, `file` its name in
/// errors. An error names the file and the JSON pointer.
tl::expected<std::vector<Case>, Error> read_cases(const std::string& text, const std::string& id,
                                                  const std::string& file, const Contract& contract);

/// The same instance with another size in place of "$content" than the one that its `prepare content` step
/// asks for. `one` mentions "$content". An error if it makes no sense with that size.
tl::expected<Case, Error> bind_content(const Case& one, std::int64_t size, const Contract& contract);

/// Reads every *.json below `folder`, in the order of their ids. Instance ids are unique.
tl::expected<std::vector<Case>, Error> read_case_folder(const std::filesystem::path& folder,
                                                        const Contract& contract);

}  // namespace mmio_cts
