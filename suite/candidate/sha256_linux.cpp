#include <fmt/ranges.h>
#include <openssl/evp.h>

#include "suite/candidate/sha256.h"

namespace mmio_cts {

tl::expected<std::string, Error> sha256(std::span<const std::byte> bytes) {
  unsigned char digest[32];
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) != 1 ||
      size != sizeof digest)
    return tl::unexpected(Error{"", "", "OpenSSL computes no SHA-256 digest"});
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace mmio_cts
