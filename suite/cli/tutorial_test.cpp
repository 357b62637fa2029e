// The tutorial of the README, word for word: each of its lines is typed in the project's folder, and every
// verdict is CONFORMANT.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

const std::string root = MMIO_CTS_SOURCE_FOLDER;

/// The commands of the README that are about the tutorial procedure.
std::vector<std::string> commands(const std::string& about) {
  constexpr std::string_view indent = "    ";
  std::vector<std::string> lines;
  std::ifstream readme(root + "/README.md");
  for (std::string line; std::getline(readme, line);)
    if (line.starts_with(indent) && line.find(about) != std::string::npos && !line.starts_with("    $"))
      lines.push_back(line.substr(indent.size()));
  return lines;
}

ProgramResult type(const std::string& line) {
  const TemporaryFolder folder;
  const std::string out = folder.path() / "out", err = folder.path() / "err";
  const int status =
      std::system(("cd '" + root + "' && " + line + " >'" + out + "' 2>'" + err + "' </dev/null").c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
}

TEST(Tutorial, IsBuiltByOneLineForEachPlatformAndConformant) {
  const std::vector<std::string> compilers = commands("reference_proc/tutorial/tutorial_proc.c"),
                                 runs = commands("tools/run build/tutorial");
  ASSERT_EQ(compilers.size(), 3u);
  ASSERT_EQ(runs.size(), 3u);
  for (std::size_t i = 0; i < built_abis().size(); ++i) {
    const ProgramResult built = type(compilers[i]);
    ASSERT_EQ(built.exit_code, 0) << compilers[i] << "\n" << built.err;
    EXPECT_EQ(built.err, "") << compilers[i];
    const ProgramResult judged = type(runs[i] + " --level should");
    EXPECT_EQ(judged.exit_code, 0) << runs[i] << "\n" << judged.out << judged.err;
    EXPECT_NE(judged.out.find("\nCONFORMANT as a read-write procedure"), std::string::npos) << judged.out;
  }
}

}  // namespace
}  // namespace mmio_cts
