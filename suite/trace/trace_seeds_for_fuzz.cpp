// trace_seeds_for_fuzz FOLDER: writes the seeds of trace_file_fuzz. They are made when it is built, so that
// they are always of the version of today.
#include <filesystem>
#include <fstream>

#include "suite/trace/observations_for_test.h"
#include "suite/trace/trace_file.h"

using namespace mmio_cts;

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  std::vector<std::byte> memory(4096);
  TraceWriter writer(memory);
  const auto keep = [&](const std::string& name) {
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(memory.data()),
               static_cast<std::streamsize>(trace_header_size + writer.used()));
  };
  writer.reset();
  keep("empty");
  const Trace all = one_of_each();
  for (std::size_t i = 0; i < all.size(); ++i) {
    writer.reset();
    writer.append(all[i]);
    keep("kind-" + std::to_string(i));
  }
  writer.reset();
  for (const Observation& one : all) writer.append(one);
  keep("each-kind");
  writer.begin(3);
  keep("pending");
  writer.begin_others();
  keep("others");
  return 0;
}
