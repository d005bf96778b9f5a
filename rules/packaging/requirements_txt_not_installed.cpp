#include <algorithm>
#include <map>
#include <set>

#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "lint/rule/dependencies.h"
#include "lint/rule/import_name.h"
#include "lint/rule/left_out.h"
#include "lint/rule/packing.h"
#include "lint/rule/submission.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

struct Line {
  Span span;
  std::string name;  // of the distribution
};

}  // namespace

// The requirements of a file as pip reads it; options and addresses are passed over.
static std::vector<Line> requirement_lines(std::string_view text) {
  std::vector<Line> lines;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    line = line.substr(0, std::min(line.find(" #"), line.size()));
    while (!line.empty() && std::string_view(" \t\r\\").find(line.back()) != line.npos)
      line.remove_suffix(1);
    Result<ParsedRequirement> parsed = parse_requirement(line);
    if (parsed && !line.starts_with('#') && !line.starts_with('-'))
      lines.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + line.size())},
                       parsed->name});
    begin = end + 1;
  }
  return lines;
}

static std::set<std::string> declared_names(const Project& project) {
  std::set<std::string> names;
  for (const Requirement& one : project.install_requires.value)
    if (Result<ParsedRequirement> parsed = parse_requirement(one.text))
      names.insert(canonical_name(parsed->name));
  return names;
}

// Top-level names that are imported when the job starts, and where; imports whose failure is caught
// do not count.
static std::map<std::string, const ImportEdge*> imported_names(const Package& package) {
  std::map<std::string, const ImportEdge*> names;
  const ImportGraph& graph = package.graph;
  for (const ImportEdge& edge : graph.edges) {
    if (edge.target != Target::third_party || edge.guarded) continue;
    if (edge.when != When::import_time && edge.when != When::main_guard) continue;
    if (edge.from >= graph.reached.size() || !graph.reached[edge.from]) continue;
    names.emplace(edge.name.substr(0, edge.name.find('.')), &edge);
  }
  return names;
}

// Somebody may install the file by hand, in a script or in the code: then all is well.
static bool may_be_installed(const Package& package) {
  constexpr uint64_t largest = 1 << 20;
  for (const SourceFile& file : package.tree->files()) {
    std::string_view name = file_name(file.path);
    bool code = name.ends_with(".py") || name.ends_with(".sh") || name == "Makefile" ||
                name.ends_with(".yaml") || name.ends_with(".yml");
    if (!code || file.kind != FileKind::file || file.size > largest) continue;
    Result<Bytes> text = package.tree->read(file.path);
    if (text && (*text)->find("requirements") != std::string::npos &&
        (name.ends_with(".py") || (*text)->find("pip") != std::string::npos ||
         (*text)->find("local-package-path") != std::string::npos))
      return true;
  }
  return false;
}

static std::vector<Line> missing_lines(const Package& package, std::string_view text,
                                       std::vector<const ImportEdge*>& imports) {
  std::vector<Line> missing;
  std::set<std::string> declared = declared_names(package.project);
  std::map<std::string, const ImportEdge*> imported = imported_names(package);
  for (const Line& line : requirement_lines(text)) {
    if (declared.count(canonical_name(line.name)) != 0 || is_preinstalled(package, line.name))
      continue;
    for (const std::string& module : import_names_of(line.name)) {
      auto found = imported.find(module);
      if (found == imported.end()) continue;
      missing.push_back(line);
      imports.push_back(found->second);
      break;
    }
  }
  return missing;
}

static void check_file(const Package& package, const std::string& path, Report& report) {
  if (!package.tree->has_file(path)) return;
  Result<Bytes> text = package.tree->read(path);
  if (!text) return;
  std::vector<const ImportEdge*> imports;
  std::vector<Line> missing = missing_lines(package, **text, imports);
  if (missing.empty() || may_be_installed(package)) return;
  for (size_t i = 0; i < missing.size(); ++i) {
    const Module& module = package.modules[imports[i]->from];
    report({path, missing[i].span}, "'{}' is not installed on the worker: nothing there reads {}",
           missing[i].name, path)
        .note("imported here", Place{module.path, imports[i]->span})
        .note(setup_is_generated(package)
                  ? fmt::format("add a setup.py with install_requires=['{}']", missing[i].name)
                  : fmt::format("add '{}' to the dependencies in {}", missing[i].name,
                                metadata_file(package)));
  }
}

static void check(const Package& package, Report& report) {
  if (package.kind == TreeKind::wheel || package.launch.route == Route::script) return;
  if (package.project.install_requires.is_unknown() || started_in_container(package)) return;
  if (!package.project.build_backend.starts_with("setuptools")) return;
  check_file(package, "requirements.txt", report);
  if (!package.launch.package_folder.empty())
    check_file(package, package.launch.package_folder + "/requirements.txt", report);
}

extern constinit const Rule requirements_txt_not_installed = {
    .name = "requirements-txt-not-installed",
    .severity = Severity::warning,
    .summary = "what the code imports is listed in requirements.txt, which no worker reads",
    .explanation = R"(
Neither AI Platform nor Vertex AI installs a `requirements.txt` that lies beside the package. pip
installs the package's archive, and with it what `install_requires` in `setup.py` (or `dependencies`
in `pyproject.toml`) asks for. A library that only `requirements.txt` names is there only if the
image happens to have it; otherwise the job ends with `ModuleNotFoundError`.

Only libraries are reported that the code imports as it starts and that no published list of a
runtime version or prebuilt image has. It is a warning, as an image of your own may have them.
Projects with a Dockerfile, and those in which a script, a module or `setup.py` mentions a
requirements file, are not judged. `gcloud ai custom-jobs local-run` and `local-package-path` do
install the file.
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- requirements.txt --
transformers==4.30.0
-- trainer/__init__.py --
-- trainer/task.py --
import transformers

print(transformers.__version__)
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(
    name="trainer",
    version="0.1",
    packages=find_packages(),
    install_requires=["transformers==4.30.0"],
)
-- requirements.txt --
transformers==4.30.0
-- trainer/__init__.py --
-- trainer/task.py --
import transformers

print(transformers.__version__)
)",
    .check = check,
};

}  // namespace trainlint
