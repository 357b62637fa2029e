#include "suite/candidate/image_for_test.h"

#include <cstring>

namespace mmio_cts {
namespace {

/// Bytes that grow where they are written.
class Bytes {
 public:
  std::size_t size() const { return bytes_.size(); }
  void resize(std::size_t size) { bytes_.resize(size); }
  void put(std::size_t offset, std::uint64_t value, std::size_t width) {
    if (bytes_.size() < offset + width) bytes_.resize(offset + width);
    for (std::size_t i = 0; i < width; ++i) bytes_[offset + i] = static_cast<std::byte>(value >> (8 * i));
  }
  void u16(std::size_t offset, std::uint64_t value) { put(offset, value, 2); }
  void u32(std::size_t offset, std::uint64_t value) { put(offset, value, 4); }
  void u64(std::size_t offset, std::uint64_t value) { put(offset, value, 8); }
  void text(std::size_t offset, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) put(offset + i, static_cast<unsigned char>(text[i]), 1);
  }
  /// Appends a string and its zero; where it lies.
  std::size_t string(std::string_view text) {
    const std::size_t offset = size();
    this->text(offset, text);
    resize(offset + text.size() + 1);
    return offset;
  }
  /// Appends zeros; where they lie.
  std::size_t room(std::size_t count) {
    const std::size_t offset = (size() + 7) / 8 * 8;
    resize(offset + count);
    return offset;
  }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

/// The file is mapped as a whole: code from 0x400 on, data from 0x800 on, and the rest behind it.
constexpr std::size_t code = 0x400;
constexpr std::size_t data = 0x800;

std::size_t address_of(const TestImage& image, std::size_t index) {
  const int alias = image.exports[index].same_address_as;
  if (alias >= 0) index = static_cast<std::size_t>(alias);
  return (image.exports[index].data ? data : code) + index % (data - code);
}

void put_pe_exports(Bytes& file, std::size_t directory, const TestImage& image) {
  const std::size_t count = image.exports.size();
  const std::size_t begin = file.room(40);
  const std::size_t addresses = file.room(4 * count);
  const std::size_t names = file.room(4 * count);
  const std::size_t ordinals = file.room(2 * count);
  std::size_t named = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const TestExport& symbol = image.exports[i];
    const bool forwarded = !symbol.forwarder.empty();
    file.u32(addresses + 4 * i, forwarded ? file.string(symbol.forwarder) : address_of(image, i));
    if (symbol.name.empty()) continue;
    file.u32(names + 4 * named, file.string(symbol.name));
    file.u16(ordinals + 2 * named, i);
    ++named;
  }
  file.u32(begin + 16, image.first_ordinal);
  file.u32(begin + 20, count);
  file.u32(begin + 24, named);
  file.u32(begin + 28, addresses);
  file.u32(begin + 32, names);
  file.u32(begin + 36, ordinals);
  file.u32(directory, begin);
  file.u32(directory + 4, file.size() - begin);
}

void put_pe_imports(Bytes& file, std::size_t directory, const TestImage& image, bool wide) {
  const std::size_t width = wide ? 8 : 4;
  const std::size_t begin = file.room(20 * (image.imports.size() + 1));
  for (std::size_t i = 0; i < image.imports.size(); ++i) {
    const ImportedModule& module = image.imports[i];
    const std::size_t thunks = file.room(width * (module.symbols.size() + 1));
    for (std::size_t j = 0; j < module.symbols.size(); ++j) {
      const std::string& symbol = module.symbols[j];
      const bool by_ordinal = symbol.starts_with('#');
      const std::uint64_t flag = wide ? 0x8000000000000000u : 0x80000000u;
      std::uint64_t value = by_ordinal ? flag | std::stoul(symbol.substr(1)) : file.room(2);
      if (!by_ordinal) file.string(symbol);
      file.put(thunks + width * j, value, width);
    }
    // The first module has no lookup table, as Borland's linker makes it.
    file.u32(begin + 20 * i, i == 0 ? 0 : thunks);
    file.u32(begin + 20 * i + 12, file.string(module.name));
    file.u32(begin + 20 * i + 16, thunks);
  }
  file.u32(directory, begin);
  file.u32(directory + 4, 20 * (image.imports.size() + 1));
}

}  // namespace

std::vector<std::byte> make_pe(Abi abi, const TestImage& image) {
  const bool wide = abi == Abi::windows_x64;
  constexpr std::size_t header = test_pe_header;
  constexpr std::size_t optional = header + 24;
  const std::size_t directories = optional + (wide ? 112 : 96);
  const std::size_t sections = directories + 16 * 8;
  Bytes file;
  file.text(0, "MZ");
  file.u16(0x18, 0x40);
  file.u32(0x3C, header);
  file.text(header, "PE");
  file.u16(header + 4, wide ? 0x8664 : 0x14C);
  file.u16(header + 6, 2);
  file.u16(header + 20, sections - optional);
  file.u16(header + 22, image.library ? 0x2002 : 0x0002);
  file.u16(optional, wide ? 0x20B : 0x10B);
  file.u32(optional + 32, 16);  // section alignment: smaller than a page, so mapped as it lies in the file
  file.u32(optional + 60, code);
  file.u32(directories - 4, 16);
  if (image.clr) file.u32(directories + 8 * 14, data);
  file.resize(data + (data - code));
  if (!image.exports.empty()) put_pe_exports(file, directories, image);
  if (!image.imports.empty()) put_pe_imports(file, directories + 8, image, wide);
  const auto section = [&](std::size_t entry, std::size_t begin, std::size_t end, std::uint32_t flags) {
    file.u32(entry + 8, end - begin);
    file.u32(entry + 12, begin);
    file.u32(entry + 16, end - begin);
    file.u32(entry + 20, begin);
    file.u32(entry + 36, flags);
  };
  section(sections, code, data, 0x60000020);
  section(sections + 40, data, file.size(), 0x40000040);
  return file.take();
}

std::vector<std::byte> make_elf(const TestImage& image) {
  constexpr std::size_t programs = 64;
  constexpr std::size_t program_size = 56;
  Bytes file;
  file.text(0,
            "\x7F"
            "ELF\2\1\1");
  file.u16(16, image.library ? 3 : 2);
  file.u16(18, 62);
  file.u64(32, programs);
  file.u16(54, program_size);
  file.u16(56, 3);
  file.resize(data + (data - code));
  const std::size_t symbols = file.room(24 * (image.exports.size() + 1));
  const std::size_t hash = file.room(8);
  file.u32(hash + 4, image.exports.size() + 1);
  const std::size_t dynamic = file.room(16 * (image.imports.size() + 4));
  const std::size_t strings = file.string("");
  for (std::size_t i = 0; i < image.exports.size(); ++i) {
    const std::size_t entry = symbols + 24 * (i + 1);
    file.u32(entry, file.string(image.exports[i].name) - strings);
    file.put(entry + 4, 0x10 | (image.exports[i].data ? 1 : 2), 1);
    file.u16(entry + 6, 1);
    file.u64(entry + 8, address_of(image, i));
  }
  std::size_t place = dynamic;
  const auto tag = [&](std::uint64_t name, std::uint64_t value) {
    file.u64(place, name);
    file.u64(place + 8, value);
    place += 16;
  };
  for (const ImportedModule& module : image.imports) tag(1, file.string(module.name) - strings);
  tag(4, hash);
  tag(5, strings);
  tag(6, symbols);
  const auto program = [&](std::size_t index, std::uint32_t type, std::uint32_t flags, std::size_t begin,
                           std::size_t end) {
    const std::size_t entry = programs + program_size * index;
    file.u32(entry, type);
    file.u32(entry + 4, flags);
    file.u64(entry + 8, begin);
    file.u64(entry + 16, begin);
    file.u64(entry + 32, end - begin);
    file.u64(entry + 40, end - begin);
  };
  program(0, 1, 5, 0, data);
  program(1, 1, 6, data, file.size());
  program(2, 2, 6, dynamic, place + 16);
  return file.take();
}

std::vector<std::byte> make_image(Abi abi, const TestImage& image) {
  return is_windows(abi) ? make_pe(abi, image) : make_elf(image);
}

std::vector<std::byte> with_u16(std::vector<std::byte> bytes, std::size_t offset, std::uint16_t value) {
  bytes.at(offset) = static_cast<std::byte>(value);
  bytes.at(offset + 1) = static_cast<std::byte>(value >> 8);
  return bytes;
}

std::vector<std::byte> bytes_of(std::string_view text) {
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

}  // namespace mmio_cts
