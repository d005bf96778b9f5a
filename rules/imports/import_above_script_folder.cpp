#include <algorithm>

#include "lint/launch/routes.h"
#include "lint/rule/import_failure.h"
#include "lint/text/path.h"

namespace trainlint {

// What to write for the import of a neighbour: "model" for "trainer.model".
static std::string neighbour(const Package& package, const Failure& failure) {
  const std::string& folder = package.launch.search_folder;
  const Step* step = import_step(package.modules[failure.module], failure.detail);
  std::string name(step ? step->text : std::string_view(failure.name));
  if (file_name(folder) != failure.name || !name.starts_with(failure.name + ".")) return "";
  return name.substr(failure.name.size() + 1);
}

static void check(const Package& package, Report& report) {
  const Launch& launch = package.launch;
  if (!runs_by_path(launch)) return;
  for (const Failure* failure : failures_of(package, FailureKind::not_in_distribution)) {
    if (!failure->reason.empty()) continue;
    Report::Added added = report_failure(
        report, package, *failure,
        fmt::format("no module named '{}' in the container: 'python {}' searches "
                    "'{}', not the folder that holds '{}'",
                    failure->name, launch.script, launch.search_folder, failure->name));
    if (std::optional<Place> place = place_of_route(*package.tree, launch))
      added.note("the file is run by its path here", *place);
    std::string module = launch.script.substr(0, launch.script.size() - 3);
    std::replace(module.begin(), module.end(), '/', '.');
    added.note(
        fmt::format("start it as 'python -m {}' from the folder above, or set PYTHONPATH to "
                    "that folder",
                    module));
    if (std::string name = neighbour(package, *failure); !name.empty())
      added.note(fmt::format("run by its path, the file's neighbour is called '{}'", name));
  }
}

extern constinit const Rule import_above_script_folder = {
    .name = "import-above-script-folder",
    .severity = Severity::error,
    .summary = "a file that a container runs by its path imports what lies above its folder",
    .explanation = R"(
`python trainer/task.py` puts the folder of the file, `trainer`, first on `sys.path`, and not the
folder it is started from. Inside the image there is then a module `model` and no `trainer.model`:
`from trainer import model` ends the container with `ModuleNotFoundError: No module named 'trainer'`,
although the same file works as `python -m trainer.task` and in an editor.

Start the module instead: `ENTRYPOINT ["python", "-m", "trainer.task"]`, with the folder that holds
`trainer` as `WORKDIR`. `ENV PYTHONPATH=/app` or `RUN pip install .` do as well.

Nothing is said where the Dockerfile sets `PYTHONPATH`, installs the package, or builds on an image
of which nothing is known.

Source: [the interface of Python's command
line](https://docs.python.org/3/using/cmdline.html#interface-options).
)",
    .bad = R"(
-- Dockerfile --
FROM python:3.10
WORKDIR /app
COPY . .
ENTRYPOINT ["python", "trainer/task.py"]
-- trainer/__init__.py --
-- trainer/model.py --
def build():
    return []
-- trainer/task.py --
from trainer import model

print(model.build())
)",
    .good = R"(
-- Dockerfile --
FROM python:3.10
WORKDIR /app
COPY . .
ENTRYPOINT ["python", "-m", "trainer.task"]
-- trainer/__init__.py --
-- trainer/model.py --
def build():
    return []
-- trainer/task.py --
from trainer import model

print(model.build())
)",
    .check = check,
};

}  // namespace trainlint
