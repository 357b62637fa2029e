#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "reference_proc/reference_proc.h"

namespace reference_proc {

/// An MMIOINFO and the messages for it, as a manager sends them.
class FileForTest {
 public:
  explicit FileForTest(LPMMIOPROC procedure) : procedure_(procedure) { std::memset(&info, 0, sizeof info); }

  LRESULT open(const std::string& name, DWORD flags = MMIO_READ) {
    info.dwFlags = flags;
    return send(MMIOM_OPEN, reinterpret_cast<LPARAM>(name.c_str()));
  }
  LRESULT adopt(DWORD handle, DWORD flags) {
    info.dwFlags = flags;
    info.adwInfo[0] = handle;
    return send(MMIOM_OPEN);
  }
  LRESULT close(LPARAM flags = 0) { return send(MMIOM_CLOSE, flags); }
  LRESULT write(const std::string& data) { return send_data(MMIOM_WRITE, data); }
  LRESULT write_flush(const std::string& data) { return send_data(MMIOM_WRITEFLUSH, data); }
  LRESULT seek(LPARAM offset, LPARAM origin = SEEK_SET) { return send(MMIOM_SEEK, offset, origin); }

  /// What a READ brings, or "error <result>".
  std::string read(LPARAM count) {
    std::string data(static_cast<std::size_t>(count) + 1, '~');
    const LRESULT result = send(MMIOM_READ, reinterpret_cast<LPARAM>(data.data()), count);
    if (result < 0 || result > count) return "error " + std::to_string(result);
    data.resize(static_cast<std::size_t>(result));
    return data;
  }

  LRESULT send(UINT message, LPARAM lParam1 = 0, LPARAM lParam2 = 0) {
    return procedure_(reinterpret_cast<LPSTR>(&info), message, lParam1, lParam2);
  }
  LONG position() const { return info.lDiskOffset; }

  MMIOINFO info;

 private:
  LRESULT send_data(UINT message, const std::string& data) {
    return send(message, reinterpret_cast<LPARAM>(data.data()), static_cast<LPARAM>(data.size()));
  }

  LPMMIOPROC procedure_;
};

/// An empty folder for each test.
class FolderForTest {
 public:
  FolderForTest() {
    // Tests of several ABIs may run at once, in one folder for temporary files.
    std::random_device random;
    do path_ = std::filesystem::temp_directory_path() / ("mmio_cts." + std::to_string(random()));
    while (!std::filesystem::create_directory(path_));
  }
  ~FolderForTest() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string name_of(const std::string& file) const { return (path_ / file).string(); }
  bool has(const std::string& file) const { return std::filesystem::exists(path_ / file); }

  void put(const std::string& file, const std::string& content) const {
    std::ofstream(path_ / file, std::ios::binary) << content;
  }
  /// As another program sees it.
  std::string content(const std::string& file) const {
    std::ifstream stream(path_ / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

 private:
  std::filesystem::path path_;
};

/// A suite whose tests run for both procedures.
class BothProcedures : public ::testing::TestWithParam<LPMMIOPROC> {
 protected:
  FileForTest file() const { return FileForTest(GetParam()); }

  FolderForTest folder;
};

inline std::string procedure_name(const ::testing::TestParamInfo<LPMMIOPROC>& info) {
  return info.param == PlainFileProc ? "plain" : "buffered";
}

#define FOR_BOTH_PROCEDURES(suite) \
  INSTANTIATE_TEST_SUITE_P(_, suite, ::testing::Values(PlainFileProc, BufferedFileProc), procedure_name)

}  // namespace reference_proc
