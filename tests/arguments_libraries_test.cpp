// The models of click, typer, absl, fire, docopt and sys.argv against the libraries themselves
// (tests/arguments/libraries.py).
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "lint/arguments/arguments.h"
#include "tests/support/oracle.h"

using namespace trainlint;
using Json = nlohmann::json;

namespace {

struct Tally {
  int lines = 0, unknown = 0, faults = 0, values = 0;
  std::map<std::string, int> outcomes;
  std::string wrong;

  void report(const Json& package, const Json& one, const std::string& ours) {
    if (++faults > 5) return;
    wrong += "\n--- package " + package["number"].dump() + " with " + one["words"].dump() +
             "\nlibrary: " + one.dump() + "\nmodel: " + ours + "\n" +
             package["files"]["trainer/task.py"].get<std::string>();
  }
};

std::string kind_of(const Judgement& judgement) {
  constexpr std::string_view kinds[] = {"none", "unknown", "missing", "other"};
  return std::string(kinds[static_cast<size_t>(judgement.refusal)]);
}

// Every value that the model gives is the library's.
std::string wrong_value(const Judgement& judgement, const Json& one, Tally& tally) {
  for (const Json& value : one["received"]) {
    // A command may have an option of the same name as its group: it comes last.
    const Received* found = nullptr;
    for (const Received& received : judgement.received)
      if (received.dest == value[0] ||
          received.dest == "sys.argv[" + value[0].get<std::string>() + "]")
        found = &received;
    if (found == nullptr) continue;
    std::optional<std::string> repr = python_repr(found->value);
    if (repr && *repr != value[1]) return found->dest + " = " + *repr;
    tally.values += repr.has_value();
  }
  return judgement.extras == one["extras"] ? "" : "other words are left over";
}

void compare_line(const Arguments& arguments, const Json& package, const Json& one, Tally& tally) {
  tally.lines++;
  tally.outcomes[one["outcome"]]++;
  Judgement ours =
      judge(arguments, arguments.parses[0], one["words"].get<std::vector<std::string>>());
  if (ours.outcome == Outcome::not_known) {
    tally.unknown++;
    return;
  }
  if (to_string(ours.outcome) != one["outcome"])
    return tally.report(package, one, dump_judgement(ours));
  if (ours.outcome == Outcome::refused && one["kind"] != "usage" && kind_of(ours) != one["kind"])
    return tally.report(package, one, kind_of(ours) + " " + dump_judgement(ours));
  if (ours.outcome != Outcome::accepted) return;
  std::string wrong = wrong_value(ours, one, tally);
  if (!wrong.empty()) tally.report(package, one, wrong + " " + dump_judgement(ours));
}

void compare_package(const Json& package, Tally& tally) {
  std::map<std::string, std::string> files = package["files"];
  std::unique_ptr<SourceTree> tree = memory_tree(files);
  std::vector<Module> modules;
  for (const auto& [path, text] : files)
    modules.push_back(load_module(path, std::make_shared<const std::string>(text), {3, 11}));
  Launch launch;
  launch.package_folder = "trainer";
  Arguments arguments = collect_arguments(*tree, modules, modules[1], launch);
  if (arguments.parses.size() != 1)
    return tally.report(package, package["cases"][0], "no parser is found");
  for (const Json& one : package["cases"]) compare_line(arguments, package, one, tally);
}

void compare_library(const std::string& library, int share_known) {
  const char* count = std::getenv("TRAINLINT_ORACLE_PARSERS");
  const char* seed = std::getenv("TRAINLINT_ORACLE_SEED");
  const bool debian = std::filesystem::exists("/usr/bin/python3");
  std::istringstream lines(
      output_of(std::string(debian ? "/usr/bin/python3" : "python3") +
                " -W ignore '" TRAINLINT_SOURCE_DIR "/tests/arguments/libraries.py' " + library +
                " " + (count ? count : "150") + " " + (seed ? seed : "1")));
  Tally tally;
  for (std::string line; std::getline(lines, line);) compare_package(Json::parse(line), tally);
  MESSAGE(library << ": " << tally.lines << " command lines, " << tally.outcomes["accepted"]
                  << " accepted, " << tally.outcomes["refused"] << " refused; not known "
                  << tally.unknown << "; " << tally.values << " values compared");
  CHECK(tally.lines >= 1500);
  CHECK(tally.wrong == "");
  CHECK(tally.faults == 0);
  CHECK((tally.lines - tally.unknown) * 100 >= tally.lines * share_known);
}

}  // namespace

// TRAINLINT_ORACLE_PARSERS=5000 is the whole run, TRAINLINT_ORACLE_SEED another one.
TEST_CASE("command lines are judged as absl judges them") {
  compare_library("absl", 80);
}

TEST_CASE("command lines are judged as click judges them") {
  compare_library("click", 80);
}

TEST_CASE("command lines are judged as typer judges them") {
  compare_library("typer", 80);
}

TEST_CASE("command lines are judged as fire judges them") {
  compare_library("fire", 80);
}

TEST_CASE("elements of sys.argv are there or are not") {
  compare_library("argv", 80);
}

TEST_CASE("options that the text of docopt does not name are refused") {
  compare_library("docopt", 5);
}
