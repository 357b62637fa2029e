#include "suite/run/known_failures.h"

#include <gtest/gtest.h>

namespace mmio_cts {
namespace {

Finding must_finding(const std::string& requirement, const std::string& code) {
  Finding finding;
  finding.requirement = requirement;
  finding.code = code;
  return finding;
}

/// A run of 2026-11-25 in which WF-05 was violated by a lost sign, and RD-04 passed.
class KnownFailures : public testing::Test {
 protected:
  KnownFailures() : contract_(Contract::embedded()) {
    run_.started_at = "2026-11-25T10:00:00Z";
    run_.common.findings.push_back(must_finding("WF-05", "sign_loss"));
    for (const Requirement& row : contract_.requirements()) {
      const bool exercised = row.id == "WF-05" || row.id == "RD-04" || row.id == "OP-05" ||
                             row.id == "CL-04" || row.id == "SK-09";
      run_.common.requirements.push_back({&row, Verdict::pass, exercised ? 1 : 0, ""});
    }
    for (Summary* summary : {&run_.common, &run_.per_abi})
      for (int i = 0; i <= static_cast<int>(Verdict::error); ++i)
        summary->totals[static_cast<Verdict>(i)] = 0;
  }

  KnownState state_of(const std::string& requirement, const std::string& code, const std::string& expires) {
    run_.manifest.known_failures = {{requirement, code, "reason", expires}};
    return known_outcomes(run_).front().state;
  }

  Contract contract_;
  CandidateRun run_;
};

TEST_F(KnownFailures, AreSeenWhileTheyFail) {
  EXPECT_EQ(state_of("WF-05", "", "2026-11-25"), KnownState::seen);
  EXPECT_EQ(state_of("WF-05", "sign_loss", "2027-01-01"), KnownState::seen);
  EXPECT_TRUE(is_conformant(run_));
  EXPECT_TRUE(has_known_violation(run_));
}

TEST_F(KnownFailures, AreStaleOnceTheRowPasses) {
  EXPECT_EQ(state_of("RD-04", "", "2027-01-01"), KnownState::stale);
  EXPECT_EQ(state_of("WF-05", "wrong_data", "2027-01-01"), KnownState::stale);
  EXPECT_FALSE(is_conformant(run_)) << "another way to violate the row is no known one";
}

TEST_F(KnownFailures, ExpireAfterTheirLastDay) {
  EXPECT_EQ(state_of("WF-05", "", "2026-11-24"), KnownState::expired);
  EXPECT_FALSE(is_conformant(run_));
  EXPECT_TRUE(only_expired_failures(run_)) << "that is told by an exit code of its own";
}

TEST_F(KnownFailures, SayNothingOfWhatWasNotTried) {
  EXPECT_EQ(state_of("RN-02", "", "2027-01-01"), KnownState::not_tried);
  run_.selected = true;
  EXPECT_EQ(state_of("RD-04", "", "2027-01-01"), KnownState::not_tried);
  run_.selected = false;
  run_.interrupted = true;
  EXPECT_EQ(state_of("RD-04", "", "2027-01-01"), KnownState::not_tried);
}

TEST_F(KnownFailures, OfAShardAreNeitherStaleNorExpired) {
  run_.shard = Shard{1, 2};
  EXPECT_EQ(state_of("RD-04", "", "2027-01-01"), KnownState::not_tried);
  EXPECT_EQ(state_of("WF-05", "", "2026-11-24"), KnownState::seen);
  EXPECT_FALSE(has_violation(run_));
  EXPECT_FALSE(is_conformant(run_)) << "a shard alone never is";
}

TEST_F(KnownFailures, ExcuseNoOtherRow) {
  run_.manifest.known_failures = {{"RD-04", "", "reason", "2027-01-01"}};
  EXPECT_TRUE(has_violation(run_));
}

TEST_F(KnownFailures, ExcuseACrashOnlyIfTheCrashIsKnown) {
  run_.common.findings = {must_finding("ABI-17", "crash")};
  run_.common.totals[Verdict::crash] = 2;
  EXPECT_TRUE(has_violation(run_));
  run_.manifest.known_failures = {{"ABI-17", "crash", "reason", "2027-01-01"}};
  EXPECT_FALSE(has_violation(run_));
  run_.common.totals[Verdict::hang] = 1;
  run_.common.findings.push_back(must_finding("ABI-17", "hang"));
  EXPECT_TRUE(has_violation(run_));
}

TEST(Required, CapabilitiesThatLackAreAViolation) {
  CandidateRun run;
  for (Summary* summary : {&run.common, &run.per_abi})
    for (int i = 0; i <= static_cast<int>(Verdict::error); ++i) summary->totals[static_cast<Verdict>(i)] = 0;
  run.required = {Capability::multi_open, Capability::rename};
  run.selected = true;
  EXPECT_FALSE(has_violation(run));
  run.selected = false;
  EXPECT_EQ(lacking(run), (std::vector<Capability>{Capability::rename})) << "no case put RN-02 to the test";
  run.shard = Shard{1, 2};
  EXPECT_TRUE(lacking(run).empty()) << "another shard may have put it to the test";
  run.shard.reset();
  run.probed.profile.can.set(Capability::rename, false);
  EXPECT_TRUE(has_violation(run));
  EXPECT_EQ(lacking(run), (std::vector<Capability>{Capability::rename}));
}

}  // namespace
}  // namespace mmio_cts
