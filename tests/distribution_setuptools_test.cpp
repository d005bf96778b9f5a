#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "lint/distribution/distribution.h"
#include "lint/project/requirement.h"
#include "lint/rule/legacy_requirement.h"

// The prediction against setuptools itself, on small random projects that
// tests/distribution/generate.py makes and builds: files, name, version, requirements, and whether
// there is a build and an installation at all. All of them, in one run or in pieces:
//
//     TRAINLINT_PROJECTS=1000 ./unit_tests -tc='setuptools*'
//     TRAINLINT_PROJECTS=250 TRAINLINT_FIRST_PROJECT=750 ./unit_tests -tc='setuptools*'

using namespace trainlint;
using nlohmann::json;

namespace {

constexpr int projects_by_default = 100;

template <class T>
void fill(const json& metadata, const char* key, Value<T>& value) {
  auto found = metadata.find(key);
  if (found == metadata.end() || found->is_null()) return;
  value.state = Value<T>::known;
  value.value = found->get<T>();
}

// The project as setuptools' own Distribution object describes it.
Project project_of(const json& example, const json& metadata) {
  Project project;
  project.origin = example["source"] == "generated"   ? ProjectOrigin::generated
                   : example["source"] == "setup_cfg" ? ProjectOrigin::setup_cfg
                   : example["source"] == "pyproject" ? ProjectOrigin::pyproject
                                                      : ProjectOrigin::setup_py;
  fill(metadata, "name", project.name);
  fill(metadata, "version", project.version);
  fill(metadata, "packages", project.packages);
  fill(metadata, "py_modules", project.py_modules);
  fill(metadata, "package_dir", project.package_dir);
  fill(metadata, "package_data", project.package_data);
  fill(metadata, "exclude_package_data", project.exclude_package_data);
  fill(metadata, "include_package_data", project.include_package_data);
  fill(metadata, "scripts", project.scripts);
  fill(metadata, "data_files", project.data_files);
  fill(example["spec"], "license_files", project.license_files);
  project.referenced_files = metadata["referenced_files"].get<Strings>();
  std::string kind = project.origin == ProjectOrigin::generated ? "find" : "automatic";
  const json& spec = example["spec"];
  if (project.origin != ProjectOrigin::generated && spec.contains("packages"))
    kind = spec["packages"]["kind"].get<std::string>();
  if (kind == "find") project.packages_found_by = "find_packages()";
  if (kind == "namespace") project.packages_found_by = "find_namespace_packages()";
  if (kind == "automatic") project.packages_found_by = "automatic discovery";
  return project;
}

std::string lines_of(const std::vector<InstalledFile>& files) {
  std::string text;
  for (const InstalledFile& file : files) text += fmt::format("{} <- {}\n", file.path, file.source);
  return text;
}

std::string lines_of(const json& files) {
  std::string text;
  for (const json& file : files)
    text += file.is_string()
                ? file.get<std::string>() + "\n"
                : fmt::format("{} <- {}\n", file[0].get<std::string>(), file[1].get<std::string>());
  return text;
}

std::string lines_of(const Strings& files) {
  std::string text;
  for (const std::string& file : files) text += file + "\n";
  return text;
}

// Ours, or the reason why nothing is said; setuptools' in the same words.
std::string ours(const Distribution& distribution) {
  if (distribution.fault && !distribution.fault->on_worker) return "the sdist cannot be made\n";
  std::string text = "sdist:\n" + lines_of(distribution.sdist);
  if (distribution.fault) return text + "cannot be installed\n";
  return text + "installed:\n" + lines_of(distribution.installed) + "outside:\n" +
         lines_of(distribution.outside);
}

std::string theirs(const json& example) {
  if (example["sdist"].is_null()) return "the sdist cannot be made\n";
  std::string text = "sdist:\n" + lines_of(example["sdist"]);
  if (example["installed"].is_null()) return text + "cannot be installed\n";
  return text + "installed:\n" + lines_of(example["installed"]) + "outside:\n" +
         lines_of(example["outside"]);
}

int number_from(const char* variable, int otherwise) {
  const char* given = std::getenv(variable);
  return given != nullptr ? std::atoi(given) : otherwise;
}

std::vector<json> ask_setuptools(int count, int first) {
  // Debian's own interpreter, where there is one, has the setuptools that is the reference.
  bool debian = std::filesystem::exists("/usr/bin/python3");
  std::string command =
      fmt::format("{} '{}/tests/distribution/generate.py' {} {}",
                  debian ? "/usr/bin/python3" : "python3", TRAINLINT_SOURCE_DIR, count, first);
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  REQUIRE(pipe);
  std::string output;
  std::array<char, 1 << 16> buffer;
  while (size_t got = fread(buffer.data(), 1, buffer.size(), pipe.get()))
    output.append(buffer.data(), got);
  std::vector<json> examples;
  for (size_t begin = 0, end; (end = output.find('\n', begin)) != output.npos; begin = end + 1)
    examples.push_back(json::parse(output.substr(begin, end - begin)));
  return examples;
}

// Only what is installed, and only files that the project itself has.
std::string installed_lines(const Distribution& distribution, const json& files) {
  if (distribution.fault) return "cannot be installed\n";
  std::string text;
  for (const InstalledFile& file : distribution.installed)
    if (files.contains(file.source)) text += fmt::format("{} <- {}\n", file.path, file.source);
  return text;
}

// pip, which builds a wheel of the sdist first, comes to the same files or to the same refusal.
void check_pip(const json& example) {
  auto verdict = example.find("pip");
  if (verdict == example.end()) return;
  CHECK(verdict->is_null() == example["installed"].is_null());
  if (!verdict->is_null()) CHECK(lines_of(*verdict) == lines_of(example["installed"]));
}

// An archive is installed as it is; its project is what setuptools makes of it on the worker.
void check_archive(const json& example) {
  if (example["rebuilt"].is_null()) return;
  std::unique_ptr<SourceTree> tree =
      memory_tree(example["archive"].get<std::map<std::string, std::string>>());
  Distribution distribution =
      predict_distribution(*tree, project_of(example, example["rebuilt"]), TreeKind::sdist);
  if (!distribution.complete || !distribution.data_complete) return;
  const json& installed = example["installed"];
  CHECK(installed_lines(distribution, example["files"]) ==
        (installed.is_null() ? "cannot be installed\n" : lines_of(installed)));
}

// A requirement in one spelling: order and blanks do not matter.
std::string canonical(const std::string& text) {
  Result<ParsedRequirement> parsed = parse_requirement(text);
  if (!parsed) return text;
  std::vector<std::string> specifiers;
  for (const Specifier& one : parsed->specifiers.specifiers)
    specifiers.push_back(specifier_text(one));
  std::sort(specifiers.begin(), specifiers.end());
  return fmt::format("{} [{}] {} {}", parsed->name, fmt::join(parsed->extras, ","),
                     fmt::join(specifiers, ","), parsed->url);
}

std::string in_order(Strings lines) {
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string specifiers_of(const std::string& text) {
  const std::optional<SpecifierSet> set = parse_specifier_set(text);
  Strings lines;
  if (set)
    for (const Specifier& one : set->specifiers) lines.push_back(specifier_text(one));
  return set ? in_order(lines) : text;
}

// Name, version, requirements and Python are what setuptools' Distribution object has.
void check_metadata(const Project& project, const json& metadata) {
  const std::string name = project.name.is_known() ? project.name.value : "UNKNOWN";
  if (!project.name.is_unknown()) CHECK(name == metadata["name"].get<std::string>());
  if (project.version.is_known())
    CHECK(safe_version(project.version.value) ==
          safe_version(metadata["version"].get<std::string>()));
  Strings ours, theirs;
  // setuptools keeps those with a marker elsewhere.
  for (const Requirement& one : project.install_requires.value)
    if (one.text.find(';') == std::string::npos) ours.push_back(canonical(one.text));
  for (const json& one : metadata["requires"]) theirs.push_back(canonical(one));
  if (!project.install_requires.is_unknown()) CHECK(in_order(ours) == in_order(theirs));
  if (project.python_requires.is_unknown()) return;
  CHECK(specifiers_of(project.python_requires.value) == specifiers_of(metadata["python_requires"]));
}

// setuptools does not build with a requirement that it cannot read.
bool has_bad_requirement(const Project& project) {
  const std::vector<Requirement>& all = project.install_requires.value;
  return std::any_of(all.begin(), all.end(), [](const Requirement& one) {
    return !parse_requirement(one.text) && !is_legacy_requirement(one.text);
  });
}

// The whole way: from the files alone, with the metadata evaluated and not run.
bool check_tree(const SourceTree& tree, const json& example) {
  if (example["spec"].contains("license_files")) return true;
  // No setup.py is written for pyproject.toml here: setuptools is run by itself.
  Project project = read_project(tree, example["source"] == "generated" ? "trainer" : "");
  if (project.failure || has_bad_requirement(project)) {
    CHECK(theirs(example) == "the sdist cannot be made\n");
    return true;
  }
  if (!example["sdist"].is_null()) check_metadata(project, example["metadata"]);
  Distribution distribution = predict_distribution(tree, project);
  if (!distribution.complete || !distribution.data_complete) return false;
  CHECK(ours(distribution) == theirs(example));
  return true;
}

}  // namespace

TEST_CASE("setuptools packs and installs the files that are predicted") {
  const int count = number_from("TRAINLINT_PROJECTS", projects_by_default);
  std::vector<json> examples = ask_setuptools(count, number_from("TRAINLINT_FIRST_PROJECT", 0));
  CHECK(static_cast<int>(examples.size()) == count);
  int silent = 0;
  for (const json& example : examples) {
    INFO("seed ", example["seed"].get<int>(), ": ", example["error"].dump());
    std::unique_ptr<SourceTree> tree =
        memory_tree(example["files"].get<std::map<std::string, std::string>>());
    if (!check_tree(*tree, example)) ++silent;
    check_pip(example);
    // setuptools stopped before it looked at any file.
    if (example["metadata"].is_null()) continue;
    const std::string error = example["error"].dump();
    if (error.find("package discovery") != error.npos || error.find("must be") != error.npos ||
        error.find("{type: ") != error.npos)
      continue;
    Distribution distribution =
        predict_distribution(*tree, project_of(example, example["metadata"]));
    if (!distribution.complete || !distribution.data_complete) continue;
    CHECK(ours(distribution) == theirs(example));
    check_archive(example);
  }
  MESSAGE(count, " projects, nothing said about ", silent);
  CHECK(silent * 20 <= count);
}
