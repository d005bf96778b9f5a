#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "lint/distribution/distribution.h"
#include "lint/pipeline.h"
#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "tests/support/oracle.h"

// The fixtures themselves, built by setuptools and installed by pip: the same files, name, version,
// requirements and verdict. Each thirtieth; all of them, in five minutes:
//
//     TRAINLINT_SLOW_TESTS=1 unit_tests -tc="fixtures are built*"

using namespace trainlint;
using nlohmann::json;

namespace {

std::string lines(Strings all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return fmt::format("{}\n", fmt::join(all, "\n"));
}

// Rules whose errors say that there will be no archive, or that pip refuses it.
bool is_about_building(const Finding& finding) {
  constexpr auto names = std::to_array<std::string_view>(
      {"failing-build", "malformed-metadata", "setup-imports-unavailable", "invalid-requirement",
       "setup-reads-unshipped-file", "invalid-version"});
  return std::find(names.begin(), names.end(), finding.rule) != names.end();
}

struct Ours {
  Project project;
  Distribution distribution;
  std::string stops;  // why there is no installation; "" where there is one
  bool perhaps = false;
};

Ours ours_of(const SourceTree& tree, const std::string& package) {
  Ours ours;
  ours.project = read_project(tree, package);
  ours.distribution = predict_distribution(tree, ours.project);
  if (ours.project.failure) ours.stops = ours.project.failure->first;
  if (!ours.project.faults.empty()) ours.stops = ours.project.faults.front().first;
  if (ours.distribution.fault && ours.distribution.complete)
    ours.stops = ours.distribution.fault->message;
  for (const Run& run : lint_tree(tree, TreeKind::folder, "given", {}, all_rules()))
    for (const Finding& finding : run.findings) {
      if (!is_about_building(finding) || run.package.root != "given") continue;
      ours.perhaps = true;
      // The setuptools that is asked here is older.
      const bool newer = finding.message.find("setuptools 68 or newer") != std::string::npos;
      if (finding.severity == Severity::error && !newer) ours.stops = finding.message;
    }
  return ours;
}

std::string canonical(const std::string& text) {
  Result<ParsedRequirement> parsed = parse_requirement(text);
  if (!parsed) {
    // What packaging takes as a legacy version, METADATA has in brackets.
    std::string bare = text;
    std::erase_if(bare, [](char c) { return c == ' ' || c == '(' || c == ')'; });
    return bare;
  }
  Strings specifiers;
  for (const Specifier& one : parsed->specifiers.specifiers)
    specifiers.push_back(specifier_text(one));
  return canonical_name(parsed->name) + " " + lines(specifiers);
}

void check_metadata(const Project& project, const json& real) {
  const std::string name = project.name.is_known() ? project.name.value : "UNKNOWN";
  if (!project.name.is_unknown())
    CHECK(canonical_name(name) == canonical_name(real["name"].get<std::string>()));
  if (project.version.is_known())
    CHECK(safe_version(project.version.value) == safe_version(real["version"].get<std::string>()));
  // Files that setup.py reads may be gone on the worker, which is a warning of its own.
  if (project.install_requires.is_unknown() || !project.files_read.empty()) return;
  Strings mine, theirs;
  for (const Requirement& one : project.install_requires.value) mine.push_back(canonical(one.text));
  for (const json& one : real["requires"]) theirs.push_back(canonical(one));
  CHECK(lines(mine) == lines(theirs));
}

void check_files(const Ours& ours, const json& real) {
  const Distribution& distribution = ours.distribution;
  if (!distribution.complete || !distribution.data_complete || distribution.generated_modules)
    return;
  // What setuptools itself writes into an sdist lies in some of the trees already.
  if (!std::binary_search(distribution.sdist.begin(), distribution.sdist.end(), "PKG-INFO") &&
      !real["sdist"].empty() && real["sdist"][0] == "PKG-INFO")
    return;
  CHECK(lines(distribution.sdist) == lines(real["sdist"].get<Strings>()));
  Strings files;
  for (const InstalledFile& file : distribution.installed) files.push_back(file.path);
  for (const InstalledFile& file : distribution.outside) files.push_back(file.path);
  CHECK(lines(files) == lines(real["installed"].get<Strings>()));
}

}  // namespace

TEST_CASE("fixtures are built and installed as predicted") {
  const bool all = std::getenv("TRAINLINT_SLOW_TESTS") != nullptr;
  std::istringstream answers(output_of(fmt::format("/usr/bin/python3 '" TRAINLINT_SOURCE_DIR
                                                   "/tests/distribution/fixtures.py' {}",
                                                   all ? 1 : 30)));
  int built = 0;
  for (std::string line; std::getline(answers, line); ++built) {
    const json real = json::parse(line);
    const std::string name = real["fixture"];
    CAPTURE(name);
    Result<OpenTree> opened = open_path(TRAINLINT_SOURCE_DIR "/fixtures/" + name);
    REQUIRE(opened);
    const std::unique_ptr<SourceTree> tree = [&] {
      std::vector<std::string> files;
      for (const SourceFile& file : opened->tree->files())
        if (file.kind == FileKind::file && file.path != "expect") files.push_back(file.path);
      return selection(*opened->tree, files);
    }();
    const Ours ours = ours_of(*tree, real["package"]);
    CAPTURE(ours.stops);
    if (real["installed"].is_null()) {
      // What [build-system] asks for is not installed here.
      const Strings& needed = ours.project.build_requires;
      if (std::any_of(needed.begin(), needed.end(),
                      [](const std::string& one) { return one.starts_with("numpy"); }))
        continue;
      CHECK((!ours.stops.empty() || ours.perhaps || !ours.distribution.complete));
      continue;
    }
    CHECK(ours.stops == "");
    check_metadata(ours.project, real);
    check_files(ours, real);
  }
  CHECK(built > (all ? 200 : 6));
}
