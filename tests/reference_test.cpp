#include <doctest/doctest.h>

#include <string>

#include "lint/report/report.h"
#include "tests/support/golden.h"

using namespace trainlint;

TEST_CASE("rules/README.md is what the rules say") {
  check_current("rules/README.md", rule_reference());
}

TEST_CASE("every rule can be explained and listed") {
  std::string list = list_rules(false);
  std::string json = list_rules(true);
  for (const RuleEntry& entry : all_rules()) {
    std::string name(entry.rule->name);
    CAPTURE(name);
    CHECK(list.find(name + " ") != std::string::npos);
    CHECK(json.find("\"" + name + "\"") != std::string::npos);
    std::string text = explain_rule(entry, false);
    CHECK(text.find(name) == 0);
    CHECK(text.find('\033') == std::string::npos);
    CHECK(text.find(std::string(entry.rule->summary)) != std::string::npos);
    // The report under the bad example is the real one.
    if (entry.rule->name != "unreadable-file")
      CHECK(text.find("[" + name + "]") != std::string::npos);
  }
}
