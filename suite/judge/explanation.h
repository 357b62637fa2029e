#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace mmio_cts {

/// Something that went wrong, and what may be the cause.
struct Symptoms {
  std::string noticed;             ///< the row of the check that noticed it; one of `suspects`
  std::vector<std::string> named;  ///< the rows that the case is about
  std::string foremost;            ///< the one that it is about first of all; empty if about many alike
  std::set<std::string> suspects;
  std::set<std::string> met;  ///< those of `suspects` whose message met a fault of the system
  double weight =
      1;  ///< 1 divided by the instances of its case file: many numbers tried say no more than one
};

/// In how many case files a row was used and nothing went wrong, each instance weighed as Symptoms are.
struct Innocence {
  std::map<std::string, double> used;      ///< by any case
  std::map<std::string, double> foremost;  ///< by cases that are first of all about it
};

/// The smallest set of rows that explains all: each of `symptoms` has one of its suspects in it. Of several
/// smallest sets it is the least surprising. A cause surprises where it was at work and nothing went wrong:
/// by as many bits as it takes to say in which of its cases it showed. It surprises more if all cases that
/// are foremost about it went well, and less if it was noticed itself or named by the cases that failed,
/// or where it was its message that the system failed.
std::vector<std::string> smallest_explanation(const std::vector<Symptoms>& symptoms,
                                              const Innocence& innocence);

}  // namespace mmio_cts
