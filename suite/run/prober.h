#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "suite/run/candidate_run.h"
#include "suite/run/probe_script.h"

namespace mmio_cts {

/// One probe on its way: what each sequence shows decides which come next. Its parts lie in files of their
/// own.
class Prober {
 public:
  Prober(CaseRunner& runner, const Contract& contract, const Manifest& manifest,
         const AdapterFunctions& adapter);

  Probed find_out();

 private:
  ProbeOutcome send(const std::string& title, const std::string& steps, const Profile& profile);
  ProbeOutcome send(const std::string& title, const std::string& steps) {
    return send(title, steps, profile_);
  }
  bool can(Capability capability) const { return profile_.can.has(capability); }
  bool is_declared(Capability capability) const { return manifest_.capabilities.contains(capability); }
  /// What is declared stands.
  void set(Capability capability, bool value);
  void absent(Capability capability, std::string why);

  // Names: which are taken, what is read under them, and what else OPEN looks at. In probe_names.cpp.
  /// What becomes of a name until something can be opened: as it is, as an element, NULL.
  bool find_names();
  void note_names();
  void open_own();
  /// Reads all that there is under a name, twice: what changes from one OPEN to the next, or has no end, is
  /// no content that could be compared.
  void read_own(const std::optional<std::string>& name);
  void find_kinds_of_names();
  /// What it does with numbers that it does not expect is its own affair: it is only noted.
  void find_use_of_info();
  /// Whether OPEN takes a handle in adwInfo[0] in place of a name, and reads the file behind it.
  void find_adoption();

  // The store: whether files are plain files, what is in them, how long they last and how large they get. In
  // probe_store.cpp.
  /// Whether names are plain files in the working directory, and what is in them. A file that was made just
  /// as it was written speaks for that, whatever else is odd: then that is to be judged.
  void find_store_and_content();
  /// Neither a file that is there nor one of its own making can be read.
  bool refuses_reading() const;
  /// Where names are plain files, what is missing at the next OPEN was lost by a fault.
  void find_keeping();
  void find_growing();
  /// A store that does not grow may be of one size.
  void find_largest();

  // Messages: which are answered, in which modes, and how many opens there may be. In probe_messages.cpp.
  void find_reading_and_writing();
  void find_several_opens();
  static std::string two_opens(const std::string& before, const std::string& first, const std::string& second,
                               const std::string& flags);
  /// The OPENs that made files come first.
  void judge_second_open(const ProbeOutcome& two);
  void find_renaming_and_deleting();
  std::string created(const std::string& name) const;
  /// A file, made from outside where that is possible.
  std::string there_is(const std::string& name) const;
  bool can_make_files() const;

  const ProbeOutcome& reading() const { return tries_[0]; }
  const ProbeOutcome& creating() const { return tries_[1].opened() ? tries_[1] : tries_[2]; }
  const ProbeOutcome& writing() const { return tries_[3].opened() ? tries_[3] : tries_[4]; }
  /// A mode in which what was created can be opened again.
  const char* plain_mode() const { return can(Capability::read) ? "READ" : "WRITE"; }
  const char* creating_mode() const { return can(Capability::read) ? "READWRITE" : "WRITE"; }
  bool ended(std::initializer_list<int> tries) const;

  CaseRunner& runner_;
  const Contract& contract_;
  const Manifest& manifest_;
  Probed found_;
  Profile& profile_ = found_.profile;
  std::vector<ProbeOutcome> tries_;  // of the sequences of probe_sequences.h: reads to writes_only
  bool seekable_ = false;            // its own content is
  bool survives_null_ = true;        // as a name
};

}  // namespace mmio_cts
