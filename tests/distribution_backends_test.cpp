#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "lint/distribution/distribution.h"
#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "tests/support/oracle.h"

// The prediction against poetry-core, hatchling, flit and pdm-pep517 themselves, on the projects
// that tests/distribution/backends.py builds: files, name, version and requirements.

using namespace trainlint;
using nlohmann::json;

namespace {

std::string in_order(Strings lines) {
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string specifiers_of(const SpecifierSet& set) {
  Strings lines;
  for (const Specifier& one : set.specifiers) lines.push_back(specifier_text(one));
  return in_order(std::move(lines));
}

std::string plain(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  std::erase(text, ' ');
  return text;
}

std::string canonical(const std::string& text) {
  Result<ParsedRequirement> parsed = parse_requirement(text);
  if (!parsed) return text;
  const size_t marker = text.find(';');
  return fmt::format("{} [{}] {} {}", parsed->name, fmt::join(parsed->extras, ","),
                     specifiers_of(parsed->specifiers),
                     marker == text.npos ? "" : plain(text.substr(marker)));
}

void check_metadata(const Project& project, const json& wheel) {
  CHECK(canonical_name(project.name.value) == canonical_name(wheel["name"].get<std::string>()));
  if (!project.version.is_unknown()) CHECK(project.version.value == wheel["version"]);
  const std::optional<SpecifierSet> theirs =
      parse_specifier_set(wheel["python"].get<std::string>());
  const std::optional<SpecifierSet> ours = parse_specifier_set(project.python_requires.value);
  REQUIRE(ours);
  REQUIRE(theirs);
  CHECK(specifiers_of(*ours) == specifiers_of(*theirs));
  if (project.install_requires.is_unknown()) return;
  Strings lines;
  for (const Requirement& one : project.install_requires.value)
    lines.push_back(canonical(one.text));
  Strings wanted;
  for (const json& one : wheel["requires"]) wanted.push_back(canonical(one));
  CHECK(in_order(lines) == in_order(wanted));
}

}  // namespace

TEST_CASE("other build backends install the files that are predicted") {
  std::istringstream answers(
      output_of("/usr/bin/python3 '" TRAINLINT_SOURCE_DIR "/tests/distribution/backends.py'"));
  int projects = 0, open = 0;
  for (std::string line; std::getline(answers, line); ++projects) {
    const json example = json::parse(line);
    INFO(example["files"]["pyproject.toml"].get<std::string>());
    std::unique_ptr<SourceTree> tree =
        memory_tree(example["files"].get<std::map<std::string, std::string>>());
    const Project project = read_project(*tree, "");
    const Distribution distribution = predict_distribution(*tree, project, TreeKind::sdist);
    open += distribution.complete && !project.install_requires.is_unknown() ? 0 : 1;
    const json& wheel = example["wheel"];
    if (wheel.is_null() || distribution.fault) {
      CHECK(wheel.is_null() == (distribution.fault || !distribution.complete));
      continue;
    }
    check_metadata(project, wheel);
    Strings ours;
    for (const InstalledFile& file : distribution.installed) ours.push_back(file.path);
    if (distribution.complete) CHECK(in_order(ours) == in_order(wheel["files"].get<Strings>()));
  }
  CHECK(projects > 70);
  CHECK(open <= 6);
}
