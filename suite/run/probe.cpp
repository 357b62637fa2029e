#include "suite/run/probe.h"

#include <algorithm>

#include "suite/run/prober.h"

namespace mmio_cts {

Prober::Prober(CaseRunner& runner, const Contract& contract, const Manifest& manifest,
               const AdapterFunctions& adapter)
    : runner_(runner), contract_(contract), manifest_(manifest) {
  profile_.adapter = adapter;
  profile_.info = manifest.info;
  profile_.largest = manifest.largest;
  profile_.user_messages = manifest.user_messages;
  for (const auto& file : manifest.files) profile_.file_names.insert(file.filename().string());
  for (const auto& [capability, value] : manifest.capabilities) profile_.can.set(capability, value);
}

Probed Prober::find_out() {
  if (!find_names()) return std::move(found_);
  find_store_and_content();
  find_reading_and_writing();
  find_keeping();
  find_several_opens();
  find_renaming_and_deleting();
  find_kinds_of_names();
  find_use_of_info();
  find_adoption();
  if (manifest_.content) profile_.content = *manifest_.content;
  return std::move(found_);
}

ProbeOutcome Prober::send(const std::string& title, const std::string& steps, const Profile& profile) {
  ProbeOutcome outcome(runner_, contract_, profile, title, steps);
  if (const std::string ended = outcome.ended();
      !ended.empty() && std::find(found_.ended.begin(), found_.ended.end(), ended) == found_.ended.end())
    found_.ended.push_back(ended);
  return outcome;
}

void Prober::set(Capability capability, bool value) {
  if (!is_declared(capability)) profile_.can.set(capability, value);
}

void Prober::absent(Capability capability, std::string why) {
  if (is_declared(capability)) return;
  profile_.can.set(capability, false);
  found_.absent.emplace_back(capability, std::move(why));
}

bool Prober::ended(std::initializer_list<int> tries) const {
  return std::any_of(tries.begin(), tries.end(),
                     [&](int i) { return !tries_[static_cast<std::size_t>(i)].ended().empty(); });
}

Probed probe(CaseRunner& runner, const Contract& contract, const Manifest& manifest,
             const AdapterFunctions& adapter) {
  return Prober(runner, contract, manifest, adapter).find_out();
}

}  // namespace mmio_cts
