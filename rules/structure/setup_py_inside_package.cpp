#include <algorithm>

#include "lint/rule/submission.h"

namespace trainlint {

// A file called setup.py that calls no setup() is a module like any other.
static const Call* setup_call(const Module& module) {
  for (const Call& call : module.calls)
    if (call.callee == "setup" || call.callee == "setuptools.setup" ||
        call.callee == "core.setup" || call.callee == "distutils.core.setup")
      return &call;
  return nullptr;
}

static bool has_keyword(const Module& module, const Call& call, std::string_view keyword) {
  auto first = module.arguments.begin() + call.first_argument;
  return std::any_of(first, first + call.argument_count,
                     [&](const Argument& argument) { return argument.keyword == keyword; });
}

// With these the file builds an archive from inside: somebody runs it there on purpose.
static bool maps_its_own_folder(const Module& module, const Call& call) {
  return has_keyword(module, call, "package_dir") || has_keyword(module, call, "py_modules") ||
         has_keyword(module, call, "**");
}

static std::string what_is_lost(const Module& module, const Call& call) {
  constexpr std::string_view told[] = {"install_requires", "version", "package_data", "scripts",
                                       "entry_points"};
  std::string list;
  for (std::string_view keyword : told)
    if (has_keyword(module, call, keyword))
      list += (list.empty() ? "" : ", ") + std::string(keyword);
  return list;
}

static void check(const Package& package, Report& report) {
  const std::string& folder = package.launch.package_folder;
  if (folder.empty() || package.launch.route != Route::gcloud_sdist) return;
  if (package.kind == TreeKind::wheel) return;
  // gcloud looks for setup.py in the folder that holds the package, and nowhere else.
  size_t slash = folder.rfind('/');
  std::string above = slash == std::string::npos ? "" : folder.substr(0, slash + 1);
  if (package.tree->has_file(above + "setup.py") || package.tree->has_file("setup.py")) return;
  if (!package.tree->has_file(folder + "/__init__.py")) return;
  const Module* module = package.module_at(folder + "/setup.py");
  const Call* call = module == nullptr ? nullptr : setup_call(*module);
  if (call == nullptr) return;
  if (maps_its_own_folder(*module, *call) && !names_package_path(package)) return;
  Report::Added added = report(
      {module->path, module->syntax.span(call->node)},
      "this setup.py is not used: gcloud looks for it beside '{}' and writes its own", folder);
  std::string lost = what_is_lost(*module, *call);
  if (!lost.empty()) added.note(fmt::format("what it says is lost: {}", lost));
  added.note(fmt::format("move it up, to {}setup.py beside '{}'", above, folder));
}

extern constinit const Rule setup_py_inside_package = {
    .name = "setup-py-inside-package",
    .severity = Severity::warning,
    .summary = "setup.py is inside the package, where gcloud does not look for it",
    .explanation = R"(
For `--package-path trainer` gcloud looks for `setup.py` in the folder that holds `trainer`. If there
is none it writes one of its own, with the package's name and nothing else, builds the archive with
it and removes it again. A `trainer/setup.py` is then a module that nobody runs: its
`install_requires` are not installed on the worker, its version is lost (the archive is called
`trainer-0.0.0.tar.gz`), and so are sub-packages, which gcloud's own `setup.py` leaves out.

Move it up, beside the package's folder. A `setup.py` in a folder that has an `__init__.py` by habit,
above the package, is where it belongs and is not reported. It is a warning, since the job runs all
the same where the image happens to have all that the file asks for.

Source: gcloud's `jobs_prep.py` (`_GenerateSetupPyIfNeeded`).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["pandas"])
-- trainer/task.py --
import pandas

print(pandas.__version__)
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["pandas"])
-- trainer/__init__.py --
-- trainer/task.py --
import pandas

print(pandas.__version__)
)",
    .check = check,
};

}  // namespace trainlint
