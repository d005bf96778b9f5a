#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

// The stages in the order in which they follow one another: each may include itself and what stands
// before it. The pipeline, which puts together those up to the rules, is a file; so is main.cpp.
static const std::vector<std::string> stages = {
    "text",    "source", "python", "project",  "distribution", "launch", "graph", "arguments",
    "finding", "rule",   "config", "pipeline", "report",       "cli",    "lsp",   "main"};

static size_t place_of(const std::string& stage) {
  return static_cast<size_t>(std::find(stages.begin(), stages.end(), stage) - stages.begin());
}

// "lint/graph/names.h" is in "graph"; "lint/pipeline.h" in "pipeline".
static std::string stage_of(const std::string& path) {
  size_t begin = std::string("lint/").size();
  return path.substr(begin, path.find_first_of("/.", begin) - begin);
}

// Why a file may not include a header, or "".
static std::string fault(const std::string& file, const std::string& header) {
  if (header.starts_with("rules/facts/")) return "";  // constants, made from the tables
  if (header.starts_with("./")) return "";            // tree-sitter's own inner headers
  if (!header.starts_with("lint/")) return "is not named from the top";
  size_t place = place_of(stage_of(header));
  if (place == stages.size()) return "is in no stage";
  if (file.starts_with("rules/")) return place <= place_of("rule") ? "" : "is not for rules";
  return place <= place_of(stage_of(file)) ? "" : "belongs to a later stage";
}

static std::string faults_of(const std::string& file) {
  std::ifstream stream(fs::path(TRAINLINT_SOURCE_DIR) / file);
  std::string faults;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (!line.starts_with("#include \"")) continue;
    std::string header = line.substr(10, line.find('"', 10) - 10);
    if (std::string why = fault(file, header); !why.empty())
      faults += file + ":" + std::to_string(number) + ": '" + header + "' " + why + "\n";
  }
  return faults;
}

TEST_CASE("includes point from later stages to earlier ones") {
  std::string faults;
  size_t files = 0;
  for (const char* top : {"lint", "rules"}) {
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(fs::path(TRAINLINT_SOURCE_DIR) / top)) {
      std::string ending = entry.path().extension().string();
      if (ending != ".cpp" && ending != ".h" && ending != ".c") continue;
      std::string file = fs::relative(entry.path(), TRAINLINT_SOURCE_DIR).generic_string();
      if (file.starts_with("lint/") && place_of(stage_of(file)) == stages.size())
        faults += file + ": is in no stage\n";
      faults += faults_of(file);
      ++files;
    }
  }
  CHECK(files > 30);
  CHECK(faults == "");
}

TEST_CASE("an include that points the wrong way is seen") {
  CHECK(fault("lint/text/a.cpp", "lint/source/tree.h") == "belongs to a later stage");
  CHECK(fault("lint/source/a.cpp", "lint/source/tree.h") == "");
  CHECK(fault("lint/graph/a.cpp", "lint/pipeline.h") == "belongs to a later stage");
  CHECK(fault("lint/cli/a.cpp", "lint/pipeline.h") == "");
  CHECK(fault("lint/report/a.h", "lint/pipeline.h") == "");
  CHECK(fault("lint/pipeline.cpp", "lint/cli/a.h") == "belongs to a later stage");
  CHECK(fault("lint/main.cpp", "lint/cli/a.h") == "");
  CHECK(fault("lint/main.cpp", "lint/odds/a.h") == "is in no stage");
  CHECK(fault("rules/imports/a.cpp", "lint/report/report.h") == "is not for rules");
  CHECK(fault("rules/imports/a.cpp", "lint/rule/rule.h") == "");
  CHECK(fault("lint/rule/a.cpp", "tree.h") == "is not named from the top");
}
