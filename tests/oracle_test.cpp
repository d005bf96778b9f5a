#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "lint/pipeline.h"
#include "lint/text/line_map.h"
#include "tests/support/golden.h"
#include "tests/support/temporary_folder.h"

// trainlint against CPython: the scripts in tests/oracle/ make small packages and ask python3 how
// far their imports get; the import graph must say the same, and name the same line.

using namespace trainlint;
using nlohmann::json;

namespace {

// "trainer/task.py:3", or "" when the imports succeed.
struct Answer {
  std::string place;
  std::string words;
  bool unknown = false;     // trainlint says that it cannot know what will be installed
  bool name_fault = false;  // trainlint misses a name that nothing binds
};

std::vector<json> json_lines(const std::string& path) {
  std::vector<json> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line));
  return lines;
}

void run(const std::string& command) {
  INFO(command);
  REQUIRE(std::system(command.c_str()) == 0);
}

std::string text_of(const std::map<std::string, std::string>& files) {
  std::string text;
  for (const auto& [path, content] : files)
    text.append("-- ").append(path).append(" --\n").append(content);
  return text;
}

// The library of another Python than the one that is asked says nothing about this one's.
bool certain_at_import(const Failure& failure) {
  return failure.certain && failure.when == When::import_time &&
         failure.kind != FailureKind::not_in_library;
}

// What trainlint's import graph says: the first failure that is sure to be met.
Answer graph_answer(const Package& package) {
  const bool unknown = !package.distribution.complete || package.distribution.generated_modules;
  if (!package.graph.entry_found)
    return unknown ? Answer{"", "", true} : Answer{"entry", "the entry module is not found"};
  const std::vector<Failure>& failures = package.graph.failures;
  auto first = std::find_if(failures.begin(), failures.end(), certain_at_import);
  if (first == failures.end()) return {"", "", unknown};
  // Where an import that is silent for good reasons fails, the name it would have bound is missing.
  const bool name = first->kind == FailureKind::undefined_name;
  const Module& module = package.modules[first->module];
  LineMap lines(module.text());
  return {module.path + ":" + std::to_string(lines.line_of(first->span.begin)), first->name, false,
          name};
}

// What CPython says, in the same form.
Answer oracle_answer(const json& answer) {
  if (answer["verdict"] == "ok") return {};
  std::string words = answer.value("error", "") + ": " + answer.value("message", "");
  if (answer["file"].is_null()) return {"entry", words};
  return {answer["file"].get<std::string>() + ":" + std::to_string(answer["line"].get<int>()),
          words};
}

// Whether two answers to a variant disagree. A linter may be silent about what only running the
// code can show (`hidden`). A name that is bound nowhere is no fault of an import; what comes after
// it CPython does not say.
bool disagree(const json& variant, const json& answer, const Answer& theirs, const Answer& ours) {
  if (answer.value("error", "") == "NameError") return false;
  if ((variant["hidden"].get<bool>() || ours.unknown) && ours.place.empty()) return false;
  if (ours.name_fault && !theirs.place.empty()) return false;
  return ours.place != theirs.place;
}

Answer ask_trainlint(const json& variant, const std::map<std::string, std::string>& files) {
  PackageRoot root;
  root.package_folder = variant.value("package", "trainer");
  root.module = variant["entry"];
  root.module_given = true;
  Run run = lint_package(memory_tree(files), TreeKind::folder, root, {}, {});
  return graph_answer(run.package);
}

// Runs one group of variants; the first `shown` disagreements are printed with their files.
void compare_group(const std::string& group, const std::string& folders = "") {
  TemporaryFolder scratch;
  std::string scripts = std::string(TRAINLINT_SOURCE_DIR) + "/tests/oracle/";
  std::string variants_path = scratch.text() + "/variants";
  std::string answers_path = scratch.text() + "/answers";
  run("python3 " + scripts + "mutate.py " + group + " " + folders + " > " + variants_path);
  run("python3 " + scripts + "import_oracle.py --batch < " + variants_path + " > " + answers_path);
  std::vector<json> variants = json_lines(variants_path), answers = json_lines(answers_path);
  REQUIRE(!variants.empty());
  REQUIRE(variants.size() == answers.size());
  int wrong = 0, compared = 0;
  constexpr int shown = 20;
  for (size_t i = 0; i < variants.size(); ++i) {
    const json& answer = answers[i];
    REQUIRE_MESSAGE(answer["verdict"] != "oracle error", answer.dump());
    // Not about imports: the package cannot be built, or module-level code fails otherwise.
    if (answer["verdict"] == "refused" || !answer.value("counts", true)) continue;
    ++compared;
    auto files = variants[i]["files"].get<std::map<std::string, std::string>>();
    Answer theirs = oracle_answer(answer), ours = ask_trainlint(variants[i], files);
    if (!disagree(variants[i], answer, theirs, ours)) continue;
    FAIL_CHECK(variants[i]["id"].get<std::string>(), "\n  CPython:   ", theirs.place, " ",
               theirs.words, "\n  trainlint: ", ours.place, " ", ours.words, "\n",
               ++wrong <= shown ? text_of(files) : "");
  }
  CHECK_MESSAGE(wrong == 0, wrong, " of ", compared, " ", group, " variants judged differently");
}

}  // namespace

TEST_CASE("CPython agrees: ways to bind a name and to need it") {
  compare_group("name");
}

TEST_CASE("CPython agrees: forms of imports in all places") {
  compare_group("import");
}

TEST_CASE("CPython agrees: modules that import each other") {
  compare_group("cycle");
}

TEST_CASE("CPython agrees: what the metadata installs") {
  compare_group("package");
}

TEST_CASE("CPython agrees: fixtures and their broken variants") {
  compare_group("fixture", std::string(TRAINLINT_SOURCE_DIR) + "/fixtures/*");
}
