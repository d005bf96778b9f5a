#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "lint/launch/example.h"
#include "lint/pipeline.h"
#include "lint/report/report.h"
#include "lint/source/example.h"

using namespace trainlint;

// What a rule alone finds in a package of its own examples.
static std::vector<Run> linted(const OpenTree& example, const RuleEntry& entry,
                               std::string_view text) {
  return lint_tree(*example.tree, example.kind, ".", options_of_example(text), {&entry, 1});
}

static size_t findings_of(const std::vector<Run>& runs) {
  size_t count = 0;
  for (const Run& run : runs) count += run.findings.size();
  return count;
}

static bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \n") == std::string_view::npos;
}

TEST_CASE("every rule finds its bad example and is silent about its good one") {
  for (const RuleEntry& entry : all_rules()) {
    const Rule& rule = *entry.rule;
    CAPTURE(rule.name);
    // That a file cannot be read is nothing a text can show.
    CHECK(is_blank(rule.bad) == (rule.name == "unreadable-file"));
    if (!is_blank(rule.bad)) {
      OpenTree example = open_example(rule.bad);
      std::vector<Run> bad = linted(example, entry, rule.bad);
      CHECK_MESSAGE(findings_of(bad) > 0, "the bad example of ", rule.name, " is not found");
    }
    OpenTree example = open_example(rule.good);
    std::vector<Run> good = linted(example, entry, rule.good);
    CHECK_MESSAGE(!good.empty(), "there is no package in the good example of ", rule.name);
    CHECK_MESSAGE(findings_of(good) == 0, "the good example of ", rule.name, " is found:\n",
                  text_report(good, {}));
  }
}

TEST_CASE("findings of the examples have a place that is there and messages in the house style") {
  for (const RuleEntry& entry : all_rules()) {
    if (is_blank(entry.rule->bad)) continue;
    OpenTree example = open_example(entry.rule->bad);
    for (const Run& run : linted(example, entry, entry.rule->bad)) {
      for (const Finding& finding : run.findings) {
        CAPTURE(finding.message);
        CHECK(finding.rule == entry.rule->name);
        CHECK(finding.group == entry.group);
        CHECK_FALSE(finding.message.empty());
        CHECK(std::isupper(static_cast<unsigned char>(finding.message[0])) == 0);
        CHECK_FALSE(finding.message.ends_with('.'));
        if (finding.place.span) CHECK(run.tree->has_file(finding.place.path));
        for (const Note& note : finding.notes) {
          CAPTURE(note.message);
          CHECK_FALSE(note.message.empty());
          CHECK_FALSE(note.message.ends_with('.'));
          if (note.place && note.place->span) CHECK(run.tree->has_file(note.place->path));
        }
      }
    }
  }
}

TEST_CASE("a rule's name, file and texts follow one form") {
  std::set<std::string_view> names;
  for (const RuleEntry& entry : all_rules()) {
    const Rule& rule = *entry.rule;
    CAPTURE(rule.name);
    CHECK(names.insert(rule.name).second);
    std::string stem(rule.name);
    std::replace(stem.begin(), stem.end(), '-', '_');
    CHECK(stem == entry.stem);
    CHECK(std::all_of(rule.name.begin(), rule.name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }));
    CHECK_FALSE(entry.group.empty());
    CHECK_FALSE(rule.summary.empty());
    CHECK(std::isupper(static_cast<unsigned char>(rule.summary[0])) == 0);
    CHECK_FALSE(rule.summary.ends_with('.'));
    CHECK(rule.summary.find('\n') == std::string_view::npos);
    CHECK_FALSE(is_blank(rule.explanation));
    const bool has_check = rule.check != nullptr;
    CHECK(has_check);
  }
  CHECK(names.size() > 0);
}
