#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "lint/pipeline.h"
#include "lint/text/line_map.h"
#include "tests/support/expect.h"
#include "tests/support/pack.h"
#include "tests/support/temporary_folder.h"

// Every folder in fixtures/ is a package that says in its own files what must be found in it. Each
// is linted as a folder, as an sdist, as a zip and from memory, and all must agree.

using namespace trainlint;
namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

static fs::path fixtures_folder() {
  return fs::path(TRAINLINT_SOURCE_DIR) / "fixtures";
}

static std::set<std::string> fixture_names() {
  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(fixtures_folder()))
    if (entry.is_directory()) names.insert(entry.path().filename().string());
  return names;
}

static Files read_fixture(const std::string& name) {
  Files files;
  fs::path folder = fixtures_folder() / name;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    files[entry.path().lexically_relative(folder).generic_string()] =
        std::string(std::istreambuf_iterator<char>(stream), {});
  }
  return files;
}

static Severity severity_of_rule(std::string_view name) {
  for (const RuleEntry& entry : all_rules())
    if (entry.rule->name == name) return entry.rule->severity;
  return Severity::error;
}

static Seen seen_of(const Run& run, const Finding& finding, const std::string& prefix) {
  Seen seen;
  seen.path = fs::path(prefix + finding.place.path).lexically_normal().generic_string();
  seen.rule = finding.rule;
  seen.severity = finding.severity;
  seen.own_severity = finding.severity == severity_of_rule(finding.rule);
  seen.message = finding.message;
  if (!finding.place.span) return seen;
  const Module* module = run.package.module_at(finding.place.path);
  std::string text;
  if (module != nullptr)
    text = module->text();
  else if (auto outside = run.package.outside.find(finding.place.path);
           outside != run.package.outside.end())
    text = *outside->second;
  else if (Result<Bytes> bytes = run.tree->read(finding.place.path))
    text = **bytes;
  LineMap lines(text);
  Position begin = lines.position(finding.place.span->begin);
  Position end = lines.position(finding.place.span->end);
  seen.line = begin.line;
  seen.column = begin.column;
  seen.width = begin.line == end.line ? end.column - begin.column : 0;
  return seen;
}

static std::vector<Seen> findings_of(const SourceTree& tree, TreeKind kind,
                                     const LaunchOptions& options) {
  std::vector<Seen> findings;
  for (const Run& run : lint_tree(tree, kind, "given", options, all_rules())) {
    std::string prefix = run.package.root == "given" ? "" : run.package.root.substr(6) + "/";
    for (const Finding& finding : run.findings) findings.push_back(seen_of(run, finding, prefix));
  }
  return findings;
}

static std::string text_of(const std::vector<Seen>& findings) {
  std::string text;
  for (const Seen& seen : findings)
    text += fmt::format("{}:{}:{}+{}: {} {}: {}\n", seen.path, seen.line, seen.column, seen.width,
                        to_string(seen.severity), seen.rule, seen.message);
  return text;
}

// What is said about the archive itself is no matter of the fixture: the archive is made here.
static std::string text_of_archive(const std::string& name, Bytes bytes,
                                   const LaunchOptions& options) {
  Result<OpenTree> opened = open_archive(name, std::move(bytes));
  if (!opened) return "cannot be opened: " + opened.error();
  std::vector<Seen> findings = findings_of(*opened->tree, opened->kind, options);
  std::erase_if(findings, [](const Seen& seen) {
    return seen.rule == "archive-no-build-file" || seen.path == "PKG-INFO";
  });
  return text_of(findings);
}

static std::string text_of_folder(const Files& files, const LaunchOptions& options) {
  TemporaryFolder folder;
  folder.write(files);
  Result<OpenTree> opened = open_path(folder.text());
  if (!opened) return "cannot be opened: " + opened.error();
  return text_of(findings_of(*opened->tree, opened->kind, options));
}

// As setuptools packs it: everything below one folder, and what it writes itself.
static Bytes sdist_of(Files files) {
  files.emplace("PKG-INFO", "Metadata-Version: 2.1\nName: fixture\nVersion: 1.0\n");
  return pack_files(files, Packing::tar_gz, "fixture-1.0/");
}

TEST_CASE("fixtures") {
  for (const std::string& name : fixture_names()) {
    SUBCASE(name.c_str()) {
      Files files = read_fixture(name);
      Expectations expectations = read_expectations(files);
      files.erase("expect");
      std::unique_ptr<SourceTree> tree = memory_tree(files);
      std::vector<Seen> findings = findings_of(*tree, TreeKind::folder, expectations.options);
      CHECK(mismatches(name, expectations, findings) == "");

      std::string text = text_of(findings);
      CHECK(text_of_folder(files, expectations.options) == text);
      if (expectations.folder_only) continue;
      CHECK(text_of_archive("fixture-1.0.tar.gz", sdist_of(files), expectations.options) == text);
      CHECK(text_of_archive("fixture-1.0.zip", pack_files(files, Packing::zip, "fixture-1.0/"),
                            expectations.options) == text);
    }
  }
}

TEST_CASE("marks are read where they stand") {
  Files files;
  files["trainer/task.py"] =
      "import a  # expect: rule-a \"x, y\", warning rule-b\n"
      "# expect: rule-c\n"
      "\n"
      "import b\n"
      "#      ^ expect: rule-d\n"
      "text = 'no mark: expect: that'\n";
  files["expect"] = "# comment\n--module-name trainer.run\nsetup.py: rule-e\nREADME:3: rule-f\n";
  Expectations expectations = read_expectations(files);
  std::string text;
  for (const Mark& mark : expectations.marks)
    text += fmt::format("{}:{}:{}+{} {} {} '{}'\n", mark.path, mark.line, mark.column, mark.width,
                        mark.severity ? to_string(*mark.severity) : "-", mark.rule, mark.text);
  CHECK(text ==
        "setup.py:0:0+0 - rule-e ''\n"
        "README:3:0+0 - rule-f ''\n"
        "trainer/task.py:1:0+0 - rule-a 'x, y'\n"
        "trainer/task.py:1:0+0 warning rule-b ''\n"
        "trainer/task.py:4:0+0 - rule-c ''\n"
        "trainer/task.py:4:8+1 - rule-d ''\n");
  CHECK(expectations.options.module_name == "trainer.run");
  CHECK(expectations.faults.empty());
}

TEST_CASE("a finding without a mark and a mark without a finding are both told") {
  Expectations expectations = read_expectations({{"a.py", "x = 1  # expect: rule-a\n"}});
  Seen seen{.path = "a.py", .line = 2, .rule = "rule-b", .message = "what is wrong"};
  CHECK(mismatches("some", expectations, {seen}) ==
        "fixtures/some/a.py:2: not claimed, write # expect: rule-b \"what is wrong\"\n"
        "fixtures/some/a.py:1: not met: rule-a at a.py:1 \"\"\n");
}

TEST_CASE("two files that differ only in case") {
  std::unique_ptr<SourceTree> tree = memory_tree({{"trainer/__init__.py", ""},
                                                  {"trainer/Model.py", "A = 1\n"},
                                                  {"trainer/model.py", "B = 1\n"},
                                                  {"trainer/task.py", "print(1)\n"}});
  CHECK(text_of(findings_of(*tree, TreeKind::folder, {})) ==
        "trainer/model.py:0:0+0: warning case-mismatch: differs from 'trainer/Model.py' only in "
        "upper and lower case\n");
}
