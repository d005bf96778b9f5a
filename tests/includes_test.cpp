#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

// The stages in the order in which they follow one another: each may include itself and what stands
// before it. What lies directly in lint/ puts them together and may include them all.
static const std::vector<std::string> stages = {"text",         "source", "python", "project",
                                                "distribution", "launch", "graph",  "finding",
                                                "rule",         "report", "cli"};

static size_t place_of(const std::string& stage) {
  return static_cast<size_t>(std::find(stages.begin(), stages.end(), stage) - stages.begin());
}

// "lint/graph/names.h" is in "graph"; "lint/pipeline.h" in "".
static std::string stage_of(const std::string& path) {
  size_t begin = std::string("lint/").size();
  size_t end = path.find('/', begin);
  return end == path.npos ? "" : path.substr(begin, end - begin);
}

// Why a file may not include a header, or "".
static std::string fault(const std::string& file, const std::string& header) {
  if (!header.starts_with("lint/")) return "is not named from the top";
  std::string stage = stage_of(header);
  if (!stage.empty() && place_of(stage) == stages.size()) return "is in a folder that is no stage";
  if (file.starts_with("rules/"))
    return !stage.empty() && place_of(stage) <= place_of("rule") ? "" : "is not for rules";
  std::string own = stage_of(file);
  if (own.empty()) return "";
  bool pipeline_from_cli = stage.empty() && own == stages.back();
  return pipeline_from_cli || (!stage.empty() && place_of(stage) <= place_of(own))
             ? ""
             : "belongs to a later stage";
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
      std::string stage = file.starts_with("lint/") ? stage_of(file) : "";
      if (!stage.empty() && place_of(stage) == stages.size())
        faults += file + ": its folder is no stage\n";
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
  CHECK(fault("lint/pipeline.cpp", "lint/cli/a.h") == "");
  CHECK(fault("rules/imports/a.cpp", "lint/report/report.h") == "is not for rules");
  CHECK(fault("rules/imports/a.cpp", "lint/rule/rule.h") == "");
  CHECK(fault("lint/rule/a.cpp", "tree.h") == "is not named from the top");
}
