#pragma once

#include "suite/run/namespaces_linux.h"
#include "suite/run/sandbox.h"
#include "suite/run/sandbox_entry_linux.h"
#include "suite/run/wine_session_linux.h"

namespace mmio_cts {

class LinuxSandbox : public Sandbox {
 public:
  /// `with_namespaces` and `landlock_version` say what the system offers, at most.
  LinuxSandbox(const Wanted& wanted, bool with_namespaces, int landlock_version);
  ~LinuxSandbox() override;

  const std::filesystem::path& folder() const override { return folder_; }
  const Containment& containment() const override { return containment_; }

  /// For a worker.
  SandboxEntry entry() const;

  /// What is required and cannot be had; empty if nothing.
  std::string lacking() const;

 private:
  bool has_folders() const { return namespaces_ && namespaces_->has_folders(); }
  bool has_network() const { return namespaces_ && namespaces_->has_network(); }
  SandboxEntry shared_entry() const;
  bool can_be_entered() const;
  std::string start_own_wine();
  void describe();

  Wanted wanted_;
  bool reserves_too_much_ = false;
  int landlock_ = 0;  ///< its version, if it is used
  std::filesystem::path folder_;
  std::vector<std::string> temporary_folders_;
  std::unique_ptr<Namespaces> namespaces_;
  std::string why_no_namespaces_;
  std::unique_ptr<WineSession> wine_;
  std::string why_no_wine_;
  Containment containment_;
};

}  // namespace mmio_cts
