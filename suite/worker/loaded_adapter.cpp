#include "suite/worker/loaded_adapter.h"

#include <algorithm>
#include <cstring>

#include "suite/candidate/adapter.h"
#include "suite/contract/message.h"

namespace mmio_cts {
namespace {

constexpr int longest_sent_name = 1024;
constexpr int for_good = -1;
constexpr int largest_view = 64 << 20;  // as of files, see run/store.h
// More than a small READ takes, so that one which fails has something to fail at.
constexpr std::int64_t size_of_unreadable_store = 8192;

}  // namespace

tl::expected<LoadedAdapter, std::string> LoadedAdapter::load(const std::string& path) {
  auto library = Library::load(path);
  if (!library) return tl::unexpected(library.error());
  LoadedAdapter adapter;
  const auto find = [&](const char* name, auto& function) {
    function = library->find<std::remove_reference_t<decltype(function)>>(name);
  };
  find("mmio_cts_prepare_open", adapter.prepare_open_);
  find("mmio_cts_put", adapter.put_);
  find("mmio_cts_view", adapter.view_);
  find("mmio_cts_fail_next", adapter.fail_next_);
  find("mmio_cts_clean_up", adapter.clean_up_);
  adapter.library_ = std::move(*library);
  return adapter;
}

std::optional<LoadedAdapter::SentName> LoadedAdapter::prepare_open(const std::string& name, SentName sent,
                                                                   MMIOINFO& info) const {
  if (prepare_open_ == nullptr) return sent;
  std::string room(longest_sent_name, '\0');
  std::copy_n(sent.name.c_str(), std::min<std::size_t>(sent.name.size(), longest_sent_name - 1),
              room.begin());
  switch (prepare_open_(name.c_str(), reinterpret_cast<char*>(&info), room.data(), longest_sent_name)) {
    case MMIO_CTS_SEND_NAME:
      sent.name = room.c_str();
      sent.null = sent.null && sent.name.empty();
      return sent;
    case MMIO_CTS_SEND_NULL:
      return SentName{true, ""};
    default:
      return std::nullopt;
  }
}

std::string LoadedAdapter::prepare(const Prepare& prepare) const {
  const auto put = [&](const Bytes* content) -> std::string {
    if (put_ == nullptr) return "the adapter cannot give the store contents";
    // NULL says that there is to be no file, so an empty one needs another address.
    const void* data = content == nullptr ? nullptr
                       : content->empty() ? ""
                                          : static_cast<const void*>(content->data());
    const int size = content == nullptr ? 0 : static_cast<int>(content->size());
    return put_(prepare.name.c_str(), data, size) == 0
               ? ""
               : "the adapter could not give the store these contents";
  };
  const auto fail = [&](std::uint32_t message) -> std::string {
    if (!can_fail()) return "the adapter cannot make operations fail";
    return fail_next(prepare.name, message, for_good) ? "" : "the adapter cannot make this operation fail";
  };
  const Bytes nothing, something = ramp(size_of_unreadable_store);
  std::string why;
  switch (prepare.kind) {
    case Prepare::Kind::content:
    case Prepare::Kind::file:
      return put(&prepare.content);
    case Prepare::Kind::missing:
      return put(nullptr);
    case Prepare::Kind::full_store:
      why = put(&nothing);
      return why.empty() ? fail(message::write) : why;
    case Prepare::Kind::unreadable_store:
      why = put(&something);
      return why.empty() ? fail(message::read) : why;
    default:
      return "the adapter has no such state of its store";
  }
}

std::optional<FileState> LoadedAdapter::inspect(const std::string& name) const {
  if (view_ == nullptr) return std::nullopt;
  const int size = view_(name.c_str(), nullptr, 0);
  if (size == MMIO_CTS_NO_SUCH_FILE) return FileState{name, false, true, {}};
  if (size < 0 || size > largest_view) return std::nullopt;
  FileState state{name, true, true, Bytes(static_cast<std::size_t>(size))};
  if (size > 0 && view_(name.c_str(), state.content.data(), size) != size) return std::nullopt;
  return state;
}

void LoadedAdapter::clean_up() const {
  if (clean_up_ != nullptr) clean_up_();
}

bool LoadedAdapter::unload() {
  const bool stays = library_ && library_->unload();
  *this = LoadedAdapter();
  return stays;
}

}  // namespace mmio_cts
