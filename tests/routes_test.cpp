#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fmt/format.h>

#include "lint/distribution/dump.h"
#include "lint/launch/routes.h"
#include "lint/pipeline.h"
#include "tests/support/program.h"

// One package on each route: what is said about its imports is what CPython does when the files
// are put where that route puts them.

using namespace trainlint;

namespace {

struct Way {
  std::string name;
  std::string file, text;  // the command or file that takes it
  std::string put;         // what puts the files into "$w", as that way does
  std::string start;       // and starts them there
};

const std::string image = "us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest";
const std::string sdk_package = "aiplatform_custom_trainer_script";

std::vector<Way> ways() {
  const std::string local = "gcloud ai custom-jobs local-run --executor-image-uri=" + image;
  const std::string by_path = "FROM python:3.10\nWORKDIR /app\nCOPY . .\n";
  return {
      {"module in an image", "Dockerfile", by_path + "CMD [\"python\", \"-m\", \"trainer.task\"]\n",
       "cp -r . $w", "-m trainer.task"},
      {"path in an image", "Dockerfile", by_path + "CMD [\"python\", \"trainer/task.py\"]\n",
       "cp -r . $w", "trainer/task.py"},
      {"flattened image", "Dockerfile",
       "FROM python:3.10\nCOPY trainer /app/\nENTRYPOINT python /app/task.py\n",
       "cp -r trainer/. $w", "task.py"},
      {"path in an image with PYTHONPATH", "Dockerfile",
       by_path + "ENV PYTHONPATH=/app\nCMD [\"python\", \"trainer/task.py\"]\n", "cp -r . $w",
       "PYTHONPATH trainer/task.py"},
      {"local-run of a module", "run.sh", local + " --python-module=trainer.task\n",
       "cp -r trainer $w", "-m trainer.task"},
      {"local-run of a script", "run.sh", local + " --script=trainer/task.py\n", "cp -r trainer $w",
       "trainer/task.py"},
      {"local-run from inside", "trainer/run.sh", local + " --python-module=task\n",
       "cp -r trainer/. $w", "-m task"},
      {"local-run with another folder", "run.sh",
       local + " --python-module=trainer.task --extra-dirs=common\n", "cp -r trainer common $w",
       "-m trainer.task"},
      {"the SDK's script", "submit.py",
       "aiplatform.CustomTrainingJob(script_path='trainer/task.py')\n",
       fmt::format("mkdir $w/{0} && touch $w/{0}/__init__.py && cp trainer/task.py $w/{0}",
                   sdk_package),
       "-m " + sdk_package + ".task"},
      {"an sdist", "run.sh",
       "gcloud ai-platform jobs submit training j --package-path trainer "
       "--module-name trainer.task\n",
       "mkdir $w/trainer && cp trainer/*.py $w/trainer", "-m trainer.task"},
  };
}

const std::vector<std::string> imports = {
    "import model",        "from trainer import model",        "from . import model",
    "import common.rows",  "from trainer.layers import dense", "import layers.dense",
    "import trainer.task", "from .layers import dense",        "import json, model",
};

std::map<std::string, std::string> package_with(const std::string& line, const Way& way) {
  return {{"trainer/__init__.py", ""},
          {"trainer/model.py", "A = 1\n"},
          {"trainer/layers/__init__.py", ""},
          {"trainer/layers/dense.py", "B = 1\n"},
          {"common/__init__.py", ""},
          {"common/rows.py", "C = 1\n"},
          {"trainer/task.py", line + "\n\nif __name__ == '__main__':\n    print(1)\n"},
          {way.file, way.text}};
}

std::string errors_in(const std::map<std::string, std::string>& files) {
  std::unique_ptr<SourceTree> tree = memory_tree(files);
  std::string text;
  for (const Run& run : lint_tree(*tree, TreeKind::folder, "x", {}, all_rules()))
    for (const Finding& finding : run.findings)
      if (finding.severity == Severity::error && finding.place.path.ends_with(".py"))
        text += fmt::format("{}: {}\n", finding.rule, finding.message);
  return text;
}

// With PYTHONPATH the path is not known, so nothing is said where CPython finds it.
bool starts(const Workplace& place, const Way& way) {
  const bool path_set = way.start.starts_with("PYTHONPATH");
  const std::string start = path_set ? way.start.substr(11) : way.start;
  Outcome outcome = place.shell(fmt::format(
      "w=$(mktemp -d) && {} && cd $w && {} /usr/bin/python3 -B {}; s=$?; rm -r $w; exit $s",
      way.put, path_set ? "PYTHONPATH=$w" : "", start));
  return outcome.status == 0;
}

}  // namespace

TEST_CASE("imports are judged on each route as CPython finds them there") {
  int broken = 0;
  for (const Way& way : ways()) {
    for (const std::string& line : imports) {
      INFO(way.name, ": ", line);
      const auto files = package_with(line, way);
      Workplace place("");
      for (const auto& [path, text] : files) place.write(path, text);
      const bool works = starts(place, way);
      const std::string errors = errors_in(files);
      if (works) CHECK(errors == "");
      // Where a PYTHONPATH is set, what does not work all the same is passed over.
      if (!works && !way.start.starts_with("PYTHONPATH")) CHECK(errors != "");
      broken += works ? 0 : 1;
    }
  }
  CHECK(broken > 30);
}

TEST_CASE("what is copied for a route, and what stays behind") {
  auto distribution = [](const Way& way) {
    std::unique_ptr<SourceTree> tree = memory_tree(package_with("", way));
    std::vector<Run> runs = lint_tree(*tree, TreeKind::folder, "x", {}, {});
    REQUIRE(runs.size() == 1);
    return fmt::format("{}\n{}", to_string(runs[0].package.launch.route),
                       dump_distribution(runs[0].package.distribution));
  };
  CHECK(distribution(ways()[7]) == R"(autopackage
on the worker:
  common/__init__.py
  common/rows.py
  trainer/__init__.py
  trainer/layers/__init__.py
  trainer/layers/dense.py
  trainer/model.py
  trainer/task.py
left out:
  run.sh: only 'trainer' and 'common' are copied into the image
)");
  CHECK(distribution(ways()[8]) == R"(script
on the worker:
  aiplatform_custom_trainer_script/__init__.py
  aiplatform_custom_trainer_script/task.py  <- trainer/task.py
left out:
  common/__init__.py: the script 'trainer/task.py' is packed alone
  common/rows.py: the script 'trainer/task.py' is packed alone
  submit.py: the script 'trainer/task.py' is packed alone
  trainer/__init__.py: the script 'trainer/task.py' is packed alone
  trainer/layers/__init__.py: the script 'trainer/task.py' is packed alone
  trainer/layers/dense.py: the script 'trainer/task.py' is packed alone
  trainer/model.py: the script 'trainer/task.py' is packed alone
)");
}
