#include <tuple>

#include "lint/launch/routes.h"
#include "lint/rule/command_text.h"
#include "lint/rule/packing.h"
#include "lint/text/path.h"

namespace trainlint {

// The folder that a command beside the package has autopackaged is the package's root.
static bool names_root(std::string_view value, const std::string& script) {
  while (!value.empty() && value.find_first_of("\"'\\") == 0) value.remove_prefix(1);
  value = value.substr(0, value.find_first_of(",\"' \t\n\\"));
  if (value == "$(pwd)" || value == "$PWD" || value == "${PWD}")
    return parent_folder(script).empty();
  if (value.empty() || value.find_first_of("$`{}/~") == 0) return false;
  return normal_path(join_path(parent_folder(script), value)).empty();
}

// Where a command says so; nullopt where none does.
static std::optional<Place> autopackaged_by(const Package& package) {
  constexpr std::string_view flag = "local-package-path=";
  for (const CommandText& file : command_texts(package)) {
    std::string_view text = *file.text;
    for (size_t at = text.find(flag); at != std::string_view::npos; at = text.find(flag, at + 1)) {
      if (!names_root(text.substr(at + flag.size()), file.path)) continue;
      auto begin = static_cast<uint32_t>(at);
      return Place{file.path, Span{begin, begin + static_cast<uint32_t>(flag.size()) - 1}};
    }
  }
  return std::nullopt;
}

namespace {

struct Building {
  std::string folder;          // the build's context
  std::optional<Place> place;  // of the command
};

}  // namespace

static std::optional<Building> building_of(const Package& package) {
  if (auto packaging = commanded_autopackaging(*package.tree, package.launch))
    return Building{packaging->folder, packaging->place};
  if (std::optional<Place> command = autopackaged_by(package)) return Building{"", *command};
  if (package.launch.route != Route::autopackage) return std::nullopt;
  return Building{package.launch.search_folder, std::nullopt};
}

// Another rule speaks about a setup.py that fails in the whole folder, too.
static bool fails_anyway(const Package& package) {
  const Project& project = package.project;
  return project.failure && (is_built(package) || project.failure_class == "ModuleNotFoundError");
}

// An import of what lies beside setup.py, which nothing catches.
static std::optional<std::pair<std::string, Place>> own_import(const SourceTree& context,
                                                               const Project& alone) {
  for (const auto& [dotted, place] : alone.imports) {
    const std::string top = dotted.substr(0, dotted.find('.'));
    if (!top.empty() && !is_in_every_build(top) && !own_module(context, top).empty())
      return std::pair("no module named '" + top + "'", place);
  }
  return std::nullopt;
}

static void check(const Package& package, Report& report) {
  if (package.kind != TreeKind::folder || fails_anyway(package)) return;
  const std::optional<Building> building = building_of(package);
  if (!building || !package.tree->has_file(join_path(building->folder, "setup.py"))) return;
  std::unique_ptr<SourceTree> context = subtree(*package.tree, building->folder);
  std::unique_ptr<SourceTree> alone = selection(*context, {"setup.py"});
  Project project = read_project(*alone, package.launch.package);
  std::string message;
  Place place{"setup.py", std::nullopt};
  if (project.failure) {
    message = project.failure->first;
    if (!project.failure->second.path.empty()) place = project.failure->second;
  } else if (auto import = own_import(*context, project)) {
    std::tie(message, place) = *import;
  } else {
    Distribution distribution = predict_distribution(*alone, project);
    if (!distribution.complete || !distribution.fault) return;
    message = distribution.fault->message;
    if (!distribution.fault->place.path.empty()) place = distribution.fault->place;
  }
  place.path = join_path(building->folder, place.path);
  Report::Added added = report(
      place,
      "the image cannot be built: setup.py is installed there before any other file is copied: {}",
      message);
  if (building->place) added.note("the command that has the folder packaged", *building->place);
  added.note(
      "use find_packages(), which finds nothing then and does no harm, and read no other file");
}

extern constinit const Rule autopackage_setup_order = {
    .name = "autopackage-setup-order",
    .severity = Severity::error,
    .summary = "setup.py needs files that autopackaging has not copied yet",
    .explanation = R"(
For `--local-package-path` (in `gcloud ai custom-jobs local-run` and in `--worker-pool-spec`) gcloud
writes a Dockerfile that copies `setup.py` alone, runs `pip install .` and only then copies
`requirements.txt` and the code. A `setup.py` that opens `README.md`, imports the package or lists
`packages=["trainer"]` stops there, since none of them is in the image yet; so does one that lists a
folder, has its packages in `src`, or compiles an extension. With `find_packages()`
nothing is found and nothing is wrong.

Source: gcloud's `command_lib/ai/docker/build.py`.
)",
    .bad = R"(
-- setup.py --
from setuptools import setup

setup(name="trainer", version="0.1", packages=["trainer"])
-- submit.sh --
gcloud ai custom-jobs local-run --local-package-path=. --python-module=trainer.task \
  --executor-image-uri=us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- submit.sh --
gcloud ai custom-jobs local-run --local-package-path=. --python-module=trainer.task \
  --executor-image-uri=us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
