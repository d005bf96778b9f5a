#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "lint/finding/finding.h"
#include "lint/rule/package.h"

namespace trainlint {

struct Rule;

// Takes the findings of one rule:
//   report(place, "message {}", x).note("what to do");
class Report {
 public:
  Report(const Rule& rule, std::string_view group, std::vector<Finding>& findings)
      : rule_(rule), group_(group), findings_(findings) {}

  // The finding just reported, to add to; valid until the next report.
  class Added {
   public:
    explicit Added(Finding& finding) : finding_(finding) {}
    Added& note(std::string message, std::optional<Place> place = std::nullopt) {
      finding_.notes.push_back({std::move(message), std::move(place)});
      return *this;
    }
    Added& severity(Severity severity) {
      finding_.severity = severity;
      return *this;
    }
    Added& fix(Fix fix) {
      finding_.fix = std::move(fix);
      return *this;
    }

   private:
    Finding& finding_;
  };

  Added add(Place place, std::string message);

  template <class... Arguments>
  Added operator()(Place place, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    return add(std::move(place), fmt::format(format, std::forward<Arguments>(arguments)...));
  }

 private:
  const Rule& rule_;
  std::string_view group_;
  std::vector<Finding>& findings_;
};

// A rule is this data and one function over plain structs. Its examples are small packages in the
// txtar form; they are its documentation and its first test.
struct Rule {
  std::string_view name;  // kebab-case; reads after "allow ..."; the file's name with dashes
  Severity severity = Severity::error;
  std::string_view summary;      // lower case, no full stop
  std::string_view explanation;  // Markdown: what happens, why, what to do, sources
  std::string_view bad;          // the rule fires
  std::string_view good;         // and is silent
  void (*check)(const Package& package, Report& report) = nullptr;
};

struct RuleEntry {
  const Rule* rule;
  std::string_view stem;   // of its file: "home_path"
  std::string_view group;  // its folder in rules/
};

// Every rule, in order of file names (written by CMake).
std::span<const RuleEntry> all_rules();

std::vector<Finding> run_rules(const Package& package, std::span<const RuleEntry> rules);

}  // namespace trainlint
