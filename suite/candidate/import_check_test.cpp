#include "suite/candidate/import_check.h"

#include <gtest/gtest.h>

#include "suite/candidate/image_for_test.h"
#include "suite/candidate/scratch_folder_for_test.h"

namespace mmio_cts {
namespace {

using Lines = std::vector<std::string>;

LibraryImage importing(std::vector<ImportedModule> imports, Abi abi = Abi::windows_x86) {
  return *read_image(make_image(abi, {.imports = std::move(imports)}));
}

class ImportCheck : public testing::Test {
 protected:
  ImportCheck() {
    system.add("kernel32.dll", make_pe(Abi::windows_x86, {.exports = {{.name = "CreateFileA"}}}));
    system.add("placeholder.dll", make_pe(Abi::windows_x86, {}));
  }
  Lines missing(const LibraryImage& image) const {
    return missing_imports(image, find_module_in(own.path, {system.path, "no/such/folder"}));
  }
  const ScratchFolder own{"own"};
  const ScratchFolder system{"system"};
};

TEST_F(ImportCheck, FindsNothingMissingWhereAllIsThere) {
  own.add("Helper.DLL", make_pe(Abi::windows_x86, {.exports = {{.name = "Help"}, {.name = ""}}}));
  EXPECT_EQ(missing(importing({{"KERNEL32.dll", {"CreateFileA"}},
                               {"helper", {"Help", "#1", "#2"}},
                               {"placeholder.dll", {"Anything"}},
                               {"api-ms-win-core-file-l1-1-0.dll", {"CreateFileW"}}})),
            Lines{});
}

TEST_F(ImportCheck, NamesTheMissingModule) {
  EXPECT_EQ(missing(importing({{"helper.dll", {"Help"}}})),
            Lines{"imports `helper.dll`, which is neither beside it nor a system library"});
}

TEST_F(ImportCheck, NamesTheMissingSymbol) {
  own.add("helper.dll", make_pe(Abi::windows_x86, {.exports = {{.name = "Help"}}}));
  EXPECT_EQ(missing(importing({{"helper.dll", {"Foo", "#9"}}, {"kernel32.dll", {"CreateFile9"}}})),
            (Lines{"imports `Foo` from `helper.dll`, which does not export it",
                   "imports `#9` from `helper.dll`, which does not export it",
                   "imports `CreateFile9` from `kernel32.dll`, which does not export it"}));
}

TEST_F(ImportCheck, LooksThroughNeighboursOnceEvenInACircle) {
  own.add("a.dll", make_pe(Abi::windows_x86, {.imports = {{"b.dll", {}}, {"deep.dll", {}}}}));
  own.add("b.dll", make_pe(Abi::windows_x86, {.imports = {{"a.dll", {}}}}));
  EXPECT_EQ(
      missing(importing({{"a.dll", {}}, {"b.dll", {}}})),
      Lines{"its neighbour `a.dll` imports `deep.dll`, which is neither beside it nor a system library"});
}

TEST_F(ImportCheck, NamesANeighbourThatCannotBeLoaded) {
  own.add("wide.dll", make_pe(Abi::windows_x64, {}));
  own.add("text.dll", bytes_of("text"));
  const Lines lines = missing(importing({{"wide.dll", {}}, {"text.dll", {}}}));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0], "imports `wide.dll`, which is made for windows-x64, not windows-x86");
  EXPECT_TRUE(lines[1].starts_with("imports `text.dll`, which cannot be loaded: a text file")) << lines[1];
}

TEST_F(ImportCheck, LeavesElfToTheLoader) {
  EXPECT_EQ(missing(importing({{"libmissing.so", {}}}, Abi::linux_x64)), Lines{});
}

}  // namespace
}  // namespace mmio_cts
