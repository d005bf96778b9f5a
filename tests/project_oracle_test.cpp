// The evaluation of metadata against Python and setuptools themselves.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "lint/project/dump.h"
#include "lint/project/project.h"

using namespace trainlint;
using Json = nlohmann::json;

namespace {

// Calls visit(line) for every line that the command prints.
template <class Visit>
void each_line(const std::string& command, Visit visit) {
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe);
  std::string line;
  for (int c; (c = std::fgetc(pipe)) != EOF;) {
    if (c != '\n')
      line.push_back(static_cast<char>(c));
    else
      visit(std::exchange(line, {}));
  }
  CHECK(pclose(pipe) == 0);
}

struct Tally {
  int projects = 0, evaluated = 0;
  std::string wrong, unknown;
};

// Lists whose order is the file system's or a set's.
Json ordered(const std::string& field, Json value) {
  bool any_order = field == "packages" || field == "py_modules" || field == "data_files";
  if (any_order && value.is_array()) std::sort(value.begin(), value.end());
  if (field == "data_files")
    for (Json& pair : value) std::sort(pair[1].begin(), pair[1].end());
  if (field == "package_data")
    for (Json& patterns : value) std::sort(patterns.begin(), patterns.end());
  return value;
}

bool contains(const Json& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// Compares what is known with what Python says; `full` when discovery and files were carried out.
void compare(const std::string& name, const Json& mine, const Json& expected, bool full,
             Tally& tally) {
  tally.projects++;
  if (!expected["failure"].is_null()) {
    // The run ended before it could tell: no field can be compared.
    tally.evaluated += !mine["failure"].is_null() || !mine["faults"].empty();
    return;
  }
  const Json &theirs = expected["fields"], &ours = mine["fields"];
  bool discovered = !full && !theirs.contains("packages") && !theirs.contains("py_modules");
  for (const auto& [field, value] : ours.items()) {
    bool made = discovered && (field == "packages" || field == "py_modules" ||
                               field == "package_dir" || field == "name");
    if (made || contains(expected["odd"], field)) continue;
    Json other = theirs.contains(field) ? theirs[field] : Json();
    bool empty = value.is_structured() && value.empty();
    if (full && empty && other.is_null()) continue;
    if (!full && field == "name" && other.is_null()) continue;  // taken from the package
    if (ordered(field, value) != ordered(field, other))
      tally.wrong.append(name)
          .append(": ")
          .append(field)
          .append(" is ")
          .append(other.dump())
          .append(", not ")
          .append(value.dump())
          .append("\n");
  }
  for (const auto& [field, value] : theirs.items())
    if (!ours.contains(field) && !mine["unknown"].contains(field))
      tally.wrong.append(name)
          .append(": ")
          .append(field)
          .append(" is ")
          .append(value.dump())
          .append(", not absent\n");
  bool refused =
      mine["failure"].is_string() && !contains(expected["odd"], "install_requires") && !discovered;
  if (refused) tally.wrong += name + ": does not fail with " + mine["failure"].dump() + "\n";
  if (mine["unknown"].empty())
    tally.evaluated++;
  else
    tally.unknown += name + ": " + mine["unknown"].dump() + "\n";
}

}  // namespace

TEST_CASE("hundreds of projects say what Python and setuptools say") {
  Tally tally;
  std::string missed;
  each_line(
      "python3 " TRAINLINT_SOURCE_DIR "/tests/project/setup_variants.py",
      [&](const std::string& line) {
        Json variant = Json::parse(line);
        auto tree = memory_tree(variant["files"].get<std::map<std::string, std::string>>());
        Json mine = Json::parse(project_json(read_project(*tree, "")));
        const std::string name = variant["name"];
        compare(name, mine, variant["expected"], variant["full"], tally);
        bool failing = !variant["expected"]["failure"].is_null();
        if (variant["known"] && !mine["unknown"].empty() && !failing)
          missed += name + ": " + mine["unknown"].dump() + "\n";
        if (variant["known"] && failing && mine["failure"].is_null() && mine["faults"].empty())
          missed += name + ": fails with " + variant["expected"]["failure"].dump() + "\n";
      });
  CHECK(tally.projects > 500);
  CHECK(tally.wrong == "");
  CHECK(missed == "");
}

// Not part of a normal run, since it executes the code that it finds:
//   TRAINLINT_REAL_PROJECTS="FOLDER FOLDER" unit_tests --no-skip -tc="setup.py files of real
//   projects*"
TEST_CASE("setup.py files of real projects say what Python says" * doctest::skip()) {
  const char* folders = std::getenv("TRAINLINT_REAL_PROJECTS");
  if (!folders) return;
  Tally tally;
  int failing = 0;
  each_line(
      std::string("python3 " TRAINLINT_SOURCE_DIR "/tests/project/setup_oracle.py ") + folders,
      [&](const std::string& line) {
        Json answer = Json::parse(line);
        failing += !answer["failure"].is_null();
        Result<OpenTree> opened = open_path(answer["folder"].get<std::string>());
        REQUIRE(opened);
        Json mine = Json::parse(project_json(read_project(*opened->tree, "")));
        if (answer["failure"].is_null())
          compare(answer["folder"], mine, answer, false, tally);
        else
          std::printf("fails: %s: %s\n  here: %s\n", answer["folder"].dump().c_str(),
                      answer["failure"].dump().c_str(), mine["failure"].dump().c_str());
      });
  std::printf("%s\n%d setup.py files run, %d more fail; %d fully evaluated\n",
              tally.unknown.c_str(), tally.projects, failing, tally.evaluated);
  CHECK(tally.wrong == "");
}
