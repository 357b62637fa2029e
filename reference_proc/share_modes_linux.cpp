#include "reference_proc/share_modes_linux.h"

#include <cstdlib>
#include <new>

namespace reference_proc {
namespace {

struct Share {
  int descriptor;
  dev_t device;
  ino_t inode;
  OpenMode mode;
  Share* next;

  bool is_of(const struct stat& status) const { return device == status.st_dev && inode == status.st_ino; }
};

Share* first = nullptr;

bool denies(const OpenMode& owner, const OpenMode& other) {
  return (owner.deny_read && other.read) || (owner.deny_write && other.write);
}

}  // namespace

UINT claim_share(int descriptor, const struct stat& status, const OpenMode& mode) {
  const OsLock lock;
  for (const Share* share = first; share != nullptr; share = share->next) {
    if (share->is_of(status) && (denies(share->mode, mode) || denies(mode, share->mode)))
      return MMIOERR_SHARINGVIOLATION;
  }
  void* memory = std::malloc(sizeof(Share));
  if (memory == nullptr) return MMIOERR_OUTOFMEMORY;
  first = new (memory) Share{descriptor, status.st_dev, status.st_ino, mode, first};
  return 0;
}

void release_share(int descriptor) {
  const OsLock lock;
  for (Share** link = &first; *link != nullptr; link = &(*link)->next) {
    if ((*link)->descriptor != descriptor) continue;
    Share* share = *link;
    *link = share->next;
    std::free(share);
    return;
  }
}

bool has_share(LPCSTR name) {
  struct stat status;
  if (stat(name, &status) != 0) return false;
  const OsLock lock;
  for (const Share* share = first; share != nullptr; share = share->next)
    if (share->is_of(status)) return true;
  return false;
}

}  // namespace reference_proc
