#pragma once

#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "lint/pipeline.h"
#include "lint/report/location.h"

namespace trainlint {

// Findings that a project has accepted. They are known by file, rule and symbol (see
// fingerprint.h), never by line, so that moved code keeps them; equal ones are counted.
struct Baseline {
  struct Key {
    std::string path;  // from the folder that holds the baseline
    std::string rule;
    std::string symbol;
    friend bool operator<(const Key& left, const Key& right) {
      return std::tie(left.path, left.rule, left.symbol) <
             std::tie(right.path, right.rule, right.symbol);
    }
  };
  std::map<Key, size_t> counts;
};

Result<Baseline> parse_baseline(std::string_view text);
std::string baseline_text(const Baseline& baseline);

// Takes from the runs what the baseline accepts, and gives back the accepted findings that are not
// there any more: of the packages that were linted, since of others nothing is known. `folder` is
// the baseline's own.
Baseline apply_baseline(const Baseline& baseline, std::span<Run> runs, const std::string& folder,
                        const Surroundings& around);

// What to write so that all that is found now is accepted: entries of packages that were not linted
// stay as they are in `old`.
Baseline new_baseline(const Baseline& old, std::span<Run> runs, const std::string& folder,
                      const Surroundings& around);

}  // namespace trainlint
