#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "lint/finding/edits.h"
#include "lint/launch/example.h"
#include "lint/pipeline.h"
#include "tests/support/expect.h"
#include "tests/support/golden.h"
#include "tests/support/program.h"

// After a fix the file parses, its finding is gone, there is no new one, and comments are as they
// were; once all fixes are made, nothing is left to change.

using namespace trainlint;
namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

struct Case {
  std::string name;
  Files files;
  LaunchOptions options;
};

static std::vector<Case> cases() {
  std::vector<Case> all;
  for (const RuleEntry& entry : all_rules()) {
    for (const auto& [kind, text] : {std::pair("bad", entry.rule->bad), {"good", entry.rule->good}})
      all.push_back({fmt::format("{} {}", kind, entry.rule->name), parse_txtar(text),
                     options_of_example(text)});
  }
  for (const fs::directory_entry& fixture :
       fs::directory_iterator(fs::path(TRAINLINT_SOURCE_DIR) / "fixtures")) {
    if (!fixture.is_directory()) continue;
    Case each;
    each.name = fixture.path().filename().string();
    for (const fs::directory_entry& file : fs::recursive_directory_iterator(fixture.path()))
      if (file.is_regular_file())
        each.files[file.path().lexically_relative(fixture.path()).generic_string()] =
            file_text(file.path().string());
    each.options = read_expectations(each.files).options;
    each.files.erase("expect");
    all.push_back(std::move(each));
  }
  return all;
}

static std::vector<Run> linted(const Case& given) {
  static std::vector<std::unique_ptr<SourceTree>> trees;
  trees.clear();
  trees.push_back(memory_tree(given.files));
  return lint_tree(*trees.back(), TreeKind::folder, "", given.options, all_rules());
}

static std::string prefix_of(const Run& run) {
  return run.package.root.empty() ? "" : run.package.root.substr(1) + "/";
}

// What is found, without places: they move.
static std::multiset<std::string> findings_of(const std::vector<Run>& runs) {
  std::multiset<std::string> all;
  for (const Run& run : runs)
    for (const Finding& finding : run.findings)
      all.insert(fmt::format("{}{}: {} {}", prefix_of(run), finding.place.path, finding.rule,
                             finding.message));
  return all;
}

// "trainer/task.py: rule", without the message.
static std::string rule_of(const std::string& finding) {
  return finding.substr(0, finding.find(' ', finding.find(": ") + 2));
}

static std::map<std::string, size_t> counted_by_rule(const std::multiset<std::string>& findings) {
  std::map<std::string, size_t> counts;
  for (const std::string& each : findings) ++counts[rule_of(each)];
  return counts;
}

static std::string comments_in(const std::string& text) {
  const Syntax syntax = Syntax::parse(std::make_shared<const std::string>(text));
  std::string comments;
  for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node)
    if (syntax.kind(node) == sym_comment) comments += std::string(syntax.text(node)) + "\n";
  return comments;
}

static bool broken(const std::string& text) {
  return Syntax::parse(std::make_shared<const std::string>(text)).has_error();
}

// Gives what is wrong with what a fix has done to the files.
static std::string faults(const Case& before, const Case& after, bool keeps_comments) {
  std::string all;
  for (const auto& [path, text] : after.files) {
    auto old = before.files.find(path);
    if (old == before.files.end() || old->second == text || !path.ends_with(".py")) continue;
    if (broken(text) && !broken(old->second)) all += path + " does not parse any more\n" + text;
    if (keeps_comments && comments_in(text) != comments_in(old->second))
      all += path + " has other comments\n" + text;
  }
  return all;
}

static Case with_fixes(const Case& given, const Run& run, std::span<const Finding> findings) {
  Case after = given;
  for (const auto& [path, edits] : choose_fixes(findings, true).edits) {
    const std::string whole = prefix_of(run) + path;
    std::string& text = after.files[whole];
    const bool marked = text.starts_with("\xEF\xBB\xBF");
    text = (marked ? "\xEF\xBB\xBF" : "") +
           edited(std::string_view(text).substr(marked ? 3 : 0), edits);
  }
  return after;
}

TEST_CASE("every fix takes its finding away and brings no other") {
  std::map<std::string, size_t> fixes;
  for (const Case& given : cases()) {
    const std::vector<Run> runs = linted(given);
    const std::multiset<std::string> before = findings_of(runs);
    std::map<std::string, size_t> rules_before = counted_by_rule(before);
    // Linting what is fixed makes a new tree: what is needed of this one is copied.
    std::vector<Case> fixed;
    std::vector<const Finding*> of;
    for (const Run& run : runs)
      for (const Finding& finding : run.findings)
        if (finding.fix) {
          fixed.push_back(with_fixes(given, run, {&finding, 1}));
          fixed.back().name = fmt::format("{}{}: {} {}", prefix_of(run), finding.place.path,
                                          finding.rule, finding.message);
          ++fixes[std::string(finding.rule)];
        }
    for (const Case& after : fixed) {
      const std::multiset<std::string> now = findings_of(linted(after));
      const bool gone = now.count(after.name) < before.count(after.name);
      CHECK_MESSAGE(gone, given.name, ": still there after its fix: ", after.name);
      // The message of another finding may name what was corrected.
      for (const auto& [each, count] : counted_by_rule(now))
        CHECK_MESSAGE(count + (each == rule_of(after.name) ? 1 : 0) <= rules_before[each],
                      given.name, ": ", each, " is new after the fix of ", after.name);
      const bool comments = after.name.find("unused-suppression") == std::string::npos;
      CHECK_MESSAGE(faults(given, after, comments) == "", given.name, ": ", after.name);
    }
  }
  std::string counted;
  for (const auto& [rule, count] : fixes) counted += fmt::format("{} {}, ", rule, count);
  MESSAGE(counted);
  CHECK(fixes.size() >= 21);
}

TEST_CASE("when all fixes are made there are none left") {
  for (const Case& given : cases()) {
    Case now = given;
    bool changed = true;
    for (int round = 0; round < 10 && changed; ++round) {
      changed = false;
      for (const Run& run : linted(now)) {
        if (choose_fixes(run.findings, true).count == 0) continue;
        now = with_fixes(now, run, run.findings);
        changed = true;
        break;
      }
    }
    CHECK_MESSAGE(!changed, given.name, " is never done");
  }
}

static const char* const broken_package = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="x", version="1", packages=find_packages())
-- trainer/__init__.py --
-- trainer/model.py --
def build_model():
    return []
-- trainer/utils/text.py --
def clean(value):
    return value
-- trainer/task.py --
import os, model  # both
import os.path  # trainlint: ignore[unresolved-local-import]
from trainer.utils import text
from trainer.model import build_mode

print(os.sep, model, text.clean(build_mode()), os.path)
)";

TEST_CASE("--diff shows a patch that git takes, and changes nothing") {
  Workplace place(broken_package);
  const std::string before = place.file("trainer/task.py");
  Outcome safe = place.run("--diff");
  CHECK(safe.status == 1);
  CHECK(safe.out ==
        "diff --git a/trainer/task.py b/trainer/task.py\n"
        "--- a/trainer/task.py\n"
        "+++ b/trainer/task.py\n"
        "@@ -1,5 +1,5 @@\n"
        " import os, model  # both\n"
        "-import os.path  # trainlint: ignore[unresolved-local-import]\n"
        "+import os.path\n"
        " from trainer.utils import text\n"
        " from trainer.model import build_mode\n"
        " \n"
        "diff --git a/trainer/utils/__init__.py b/trainer/utils/__init__.py\n"
        "new file mode 100644\n");
  CHECK(place.file("trainer/task.py") == before);
  Outcome patched = place.shell("git init -q . && '" TRAINLINT_PROGRAM
                                "' --diff --unsafe-fixes | git apply && cat trainer/task.py");
  CHECK(patched.err == "");
  CHECK(patched.out ==
        "from trainer import model\n"
        "import os  # both\n"
        "import os.path\n"
        "from trainer.utils import text\n"
        "from trainer.model import build_model\n"
        "\n"
        "print(os.sep, model, text.clean(build_model()), os.path)\n");
  CHECK(place.run("--diff --unsafe-fixes").out == "");
  CHECK(place.run("").status == 0);
}

TEST_CASE("--fix makes the safe changes, --unsafe-fixes all, and a second time there are none") {
  Workplace place(broken_package);
  Outcome safe = place.run("--fix --format concise");
  CHECK(safe.status == 1);
  CHECK(safe.err == "trainlint: fixes made: 2, files changed: 2\n");
  CHECK(has(place.file("trainer/task.py"), "import os.path\n"));
  CHECK(has(place.file("trainer/task.py"), "import os, model  # both\n"));
  Outcome all = place.run("--fix --unsafe-fixes --format concise");
  CHECK(all.status == 0);
  CHECK(all.err == "trainlint: fixes made: 2, files changed: 1\n");
  CHECK(place.run("--fix --unsafe-fixes").err == "");
  CHECK(place.run("--unsafe-fixes").status == 2);
  CHECK(place.run("--fix --stdin-filename trainer/task.py -").status == 2);
}

TEST_CASE("fixes keep line ends, byte order marks and what is accepted") {
  Workplace place(R"(
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
)");
  place.write("trainer/task.py", "\xEF\xBB\xBF# first\r\nimport os, model\r\nprint(os, model)\r\n");
  CHECK(place.run("--fix --unsafe-fixes --write-baseline --baseline accepted.json").status == 0);
  CHECK(has(place.file("trainer/task.py"), "from trainer import model\r\nimport os\r\n"));
  place.write("trainer/task.py", "import model\n");
  CHECK(place.run("--write-baseline --baseline accepted.json").status == 0);
  CHECK(place.run("--fix --unsafe-fixes --baseline accepted.json").status == 0);
  CHECK(place.file("trainer/task.py") == "import model\n");
}

TEST_CASE("diffs of texts without a last line end, of several places, of insertions") {
  const std::string text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12";
  CHECK(unified_diff("a", text, std::vector<Edit>{}, false) == "");
  CHECK(unified_diff("a", text, std::vector<Edit>{{"a", {0, 0}, "0\n"}, {"a", {24, 26}, "x"}},
                     false) ==
        "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n"
        "@@ -9,4 +10,4 @@\n 9\n 10\n 11\n-12\n\\ No newline at end of file\n+x\n"
        "\\ No newline at end of file\n");
  CHECK(unified_diff("b", "", std::vector<Edit>{{"b", {0, 0}, "x = 1\n"}}, true) ==
        "diff --git a/b b/b\nnew file mode 100644\n--- /dev/null\n+++ b/b\n@@ -0,0 +1,1 @@\n+x = "
        "1\n");
}
