#include "lint/rule/packing.h"
#include "lint/rule/submission.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  const Project& project = package.project;
  if (package.kind != TreeKind::folder || package.launch.route != Route::gcloud_sdist) return;
  if (project.build_backend.starts_with("setuptools") || package.tree->has_file("setup.py")) return;
  if (!package.tree->has_file("pyproject.toml") || started_in_container(package)) return;
  Report::Added added =
      report({"pyproject.toml", std::nullopt},
             "gcloud knows no '{}': it writes a setup.py of its own and packs with setuptools",
             project.build_backend);
  if (!names_package_path(package)) added.severity(Severity::advice);
  added
      .note(
          "the archive is called after the package, with version 0.0.0, and holds the one folder "
          "without its sub-packages")
      .note("build the archive yourself and pass it with --packages");
}

extern constinit const Rule foreign_build_backend = {
    .name = "foreign-build-backend",
    .severity = Severity::warning,
    .summary = "the project is built by another tool than setuptools, which gcloud passes over",
    .explanation = R"(
For `--package-path` gcloud runs a `setup.py`. Where there is none it writes one, which names the
package and nothing else, whatever `pyproject.toml` says. A project for poetry, hatchling, flit or
pdm becomes an archive `trainer-0.0.0.tar.gz` without its sub-packages, its data and its sibling
packages. Since `pyproject.toml` is in that archive too, the worker's pip obeys it and builds with
the other tool, which may or may not find what it expects there.

Build the archive with the project's own tool and submit that: `poetry build`, then `--packages
dist/trainer-0.1.tar.gz`. It is advice where no command with `--package-path` is in view.

Source: gcloud's `jobs_prep.py`.
)",
    .bad = R"(
-- pyproject.toml --
[tool.poetry]
name = "trainer"
version = "0.1"

[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
-- submit.sh --
gcloud ai-platform jobs submit training job1 --package-path trainer --module-name trainer.task
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- pyproject.toml --
[project]
name = "trainer"
version = "0.1"

[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
