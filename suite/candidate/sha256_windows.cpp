#include <windows.h>
// After <windows.h>, which it needs.
#include <bcrypt.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "suite/candidate/sha256.h"

namespace mmio_cts {
namespace {

bool digest_of(std::span<const std::byte> bytes, unsigned char (&digest)[32]) {
  BCRYPT_ALG_HANDLE algorithm = nullptr;
  BCRYPT_HASH_HANDLE hash = nullptr;
  bool done = BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, nullptr, 0) >= 0 &&
              BCryptCreateHash(algorithm, &hash, nullptr, 0, nullptr, 0, 0) >= 0;
  // BCryptHashData counts in ULONG.
  constexpr std::size_t most = 1u << 30;
  while (done && !bytes.empty()) {
    const auto part = bytes.first(std::min(bytes.size(), most));
    done = BCryptHashData(hash, reinterpret_cast<PUCHAR>(const_cast<std::byte*>(part.data())),
                          static_cast<ULONG>(part.size()), 0) >= 0;
    bytes = bytes.subspan(part.size());
  }
  done = done && BCryptFinishHash(hash, digest, sizeof digest, 0) >= 0;
  if (hash) BCryptDestroyHash(hash);
  if (algorithm) BCryptCloseAlgorithmProvider(algorithm, 0);
  return done;
}

}  // namespace

tl::expected<std::string, Error> sha256(std::span<const std::byte> bytes) {
  unsigned char digest[32];
  if (!digest_of(bytes, digest)) return tl::unexpected(Error{"", "", "BCrypt computes no SHA-256 digest"});
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace mmio_cts
