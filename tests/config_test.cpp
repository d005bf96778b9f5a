#include <doctest/doctest.h>

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <set>

#include "lint/config/config.h"
#include "lint/config/glob.h"
#include "lint/pipeline.h"
#include "lint/report/report.h"
#include "tests/support/program.h"

using namespace trainlint;

static constexpr std::string_view project = R"(
-- jobs/taxi/trainer/__init__.py --
-- jobs/taxi/trainer/task.py --
import trainer.gone
import model
-- jobs/taxi/trainer/model.py --
)";

static std::string rules_in(const std::string& out) {
  std::string rules;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);)
    if (line.ends_with(']')) rules += line.substr(line.rfind('[') + 1);
  return rules;
}

static const std::string gone = "unresolved-local-import]", model = "implicit-relative-import]";

TEST_CASE("the nearest configuration upwards decides") {
  Workplace place(project);
  auto found = [&](const std::string& arguments = "", const std::string& where = ".") {
    return rules_in(place.run("--format concise " + arguments, where).out);
  };
  CHECK(found() == gone + model);
  place.write("pyproject.toml", "[tool.trainlint]\nignore = [\"unresolved-local-import\"]\n");
  CHECK(found() == model);
  CHECK(found("", "jobs/taxi/trainer") == model);
  CHECK(found("jobs/taxi/trainer/task.py") == model);
  place.write("jobs/pyproject.toml", "[project]\nname = 'no table of ours'\n");
  CHECK(found() == model);
  place.write("jobs/taxi/trainlint.toml", "ignore = [\"implicit-relative-import\"]\n");
  CHECK(found() == gone);
  CHECK(found("--no-config") == gone + model);
  CHECK(found("--config pyproject.toml") == model);
  CHECK(place.run("--config nowhere.toml").status == 2);
  CHECK(place.run("--config jobs").status == 2);
  CHECK(rules_in(place.run("--select circular-import jobs").out) == "");
}

TEST_CASE("a configuration further down names its package; one that names no folder is no good") {
  Workplace place(
      "-- jobs/a/own/__init__.py --\n-- jobs/a/own/main.py --\nfrom own import gone\n"
      "-- jobs/a/trainlint.toml --\npackage-path = \"own\"\nmodule-name = \"own.main\"\n");
  for (const char* arguments : {".", "jobs", "jobs/a", "jobs/a/own/main.py"})
    CHECK(rules_in(place.run(std::string("--format concise ") + arguments).out) ==
          "unresolved-local-name]");
  place.write("trainlint.toml", "package-path = \"jobs/b/own\"\n");
  const Outcome wrong = place.run("--format concise .");
  CHECK(wrong.status == 2);
  CHECK(wrong.err == "trainlint: package-path: 'jobs/b/own' is no folder\n");
  CHECK(place.run("--format concise jobs/a").status == 1);
}

TEST_CASE("a configuration may be a link out of what is linted") {
  Workplace place(project);
  place.write("shared/lint.toml", "ignore = [\"unresolved-local-import\"]\n");
  place.shell("ln -s ../../shared/lint.toml jobs/taxi/trainlint.toml");
  CHECK(rules_in(place.run("--format concise jobs/taxi").out) == model);
  CHECK(rules_in(place.run("--format concise .").out) == model);
  for (const char* target : {"nowhere.toml", "trainlint.toml"}) {
    place.shell(std::string("ln -sf ") + target + " jobs/taxi/trainlint.toml");
    const Outcome outcome = place.run("--format concise jobs/taxi");
    CHECK(outcome.status == 2);
    CHECK_MESSAGE(has(outcome.out, "trainlint.toml: error: cannot be read: "), outcome.out);
  }
}

TEST_CASE("flags go over the environment, that over the file") {
  Workplace place(project);
  place.write("trainlint.toml", "select = [\"implicit-relative-import\"]\n");
  auto found = [&](const std::string& arguments, const std::string& setting) {
    return rules_in(place.run("--format concise " + arguments, ".", setting).out);
  };
  CHECK(found("", "") == model);
  std::string environment = "env TRAINLINT_SELECT=unresolved-local-import,circular-import";
  CHECK(found("", environment) == gone);
  CHECK(found("--select imports", environment) == gone + model);
  CHECK(found("--select circular-import --select implicit-relative-import", environment) == model);
  CHECK(found("--select imports --ignore implicit-relative-import", "") == gone);
  CHECK(found("--ignore imports --select unresolved-local-import", "") == gone);
  CHECK(found("--select imports --severity implicit-relative-import=off", "") == gone);
}

TEST_CASE("a variable that is nearly a setting's is told of") {
  Workplace place(project);
  auto told = [&](const std::string& setting) { return place.run("", ".", setting).err; };
  CHECK(told("env TRAINLINT_FAILON=advice") ==
        "trainlint: there is no setting TRAINLINT_FAILON; did you mean TRAINLINT_FAIL_ON?\n");
  CHECK(told("env TRAINLINT_VERSION=0.1.0 TRAINLINT_SELECT= XTRAINLINT_FAILON=1") == "");
}

TEST_CASE("where all is excluded a line says so") {
  Workplace place(project);
  const Outcome outcome = place.run("--exclude '*'");
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "");
  CHECK_MESSAGE(has(outcome.err, "trainlint: nothing is linted: 'exclude' leaves out "),
                outcome.err);
}

TEST_CASE("severities and fail-on") {
  Workplace place(project);
  auto status = [&](const std::string& arguments) { return place.run(arguments).status; };
  CHECK(status("") == 1);
  CHECK(status("--severity imports=warning") == 0);
  CHECK(status("--severity imports=warning --fail-on warning") == 1);
  CHECK(status("--severity imports=advice,circular-import=error --fail-on warning") == 0);
  CHECK(status("--severity imports=advice --fail-on advice") == 1);
  CHECK(status("--fail-on advice --fail-on error --severity imports=warning") == 0);
  place.write("trainlint.toml", "fail-on = 'warning'\n[severity]\nimports = 'warning'\n");
  CHECK(status("") == 1);
  CHECK(status("--fail-on error") == 0);
  CHECK(status("--severity unresolved-local-import=advice --fail-on error") == 0);
  CHECK(has(place.run("--severity unresolved-local-import=advice").out, "1 warning, 1 advice"));
}

TEST_CASE("findings are ignored by file, packages excluded by folder") {
  const std::string all_excluded =
      "trainlint: nothing is linted: 'exclude' leaves out the one package\n";
  Workplace place(project);
  auto found = [&](const std::string& config) {
    place.write("trainlint.toml", config);
    Outcome outcome = place.run("--format concise");
    return has(outcome.out, " in 1 package") ? rules_in(outcome.out) : outcome.err + outcome.out;
  };
  CHECK(found("[per-file-ignores]\n'task.py' = ['unresolved-local-import']\n") == model);
  CHECK(found("[per-file-ignores]\n'jobs/**/task.py' = ['imports']\n") == "");
  CHECK(found("[per-file-ignores]\n'/task.py' = ['imports']\n") == gone + model);
  CHECK(found("[per-file-ignores]\n'trainer/' = ['imports']\n") == "");
  CHECK(found("exclude = ['other/']\n") == gone + model);
  CHECK(found("exclude = ['taxi/']\n") == all_excluded);
  CHECK(found("exclude = ['jobs/taxi/trainer']\n") == all_excluded);
}

TEST_CASE("what the job needs may stand in the configuration") {
  Workplace place(R"(
-- trainlint.toml --
module-name = "work.run"
python-version = "3.7"
-- work/__init__.py --
-- work/run.py --
import work.gone
)");
  Outcome launch = place.run("dump launch");
  CHECK_MESSAGE(has(launch.out, "module 'work.run' (given)\npython 3.7\n"), launch.out, launch.err);
  CHECK(has(place.run("").out, "work/run.py:1:8: error:"));
  CHECK(has(place.run("dump launch --python-version 3.9").out, "python 3.9\n"));
}

TEST_CASE("the package may be named in the configuration") {
  Workplace place(R"(
-- jobs/trainlint.toml --
package-path = "src/fares"
module-name = "fares.run"
-- jobs/src/fares/__init__.py --
-- jobs/src/fares/run.py --
import fares.gone
-- jobs/other/task.py --
import other.gone
-- jobs/other/__init__.py --
)");
  for (const char* where : {"jobs", "jobs/src/fares", "jobs/src"}) {
    Outcome outcome = place.run("--format concise", where);
    CHECK_MESSAGE(has(outcome.out, "fares/run.py:1:8: error: no module named 'fares.gone'"),
                  outcome.out, outcome.err);
    CHECK(!has(outcome.out, "other"));
  }
  CHECK(has(place.run("jobs --no-config --format concise").out, "other/task.py:1:8: error"));
}

TEST_CASE("what the code may lean on can be said by flags and by the environment") {
  Workplace place(R"(
-- trainer/__init__.py --
-- trainer/task.py --
import shared.text
import catboost
from trainer import model
-- trainer/model.py --
def train():
    from trainer import task
-- lib/shared/__init__.py --
-- setup.py --
from setuptools import setup

setup(name="trainer", version="1", packages=["trainer"])
)");
  const std::string chosen =
      "--format concise --select missing-dependency,unresolved-local-import,import-against-layers ";
  auto found = [&](const std::string& arguments, const std::string& setting = "") {
    return rules_in(place.run(chosen + arguments, ".", setting).out);
  };
  CHECK(found("") == "missing-dependency]");
  CHECK(found("--preinstalled CatBoost") == "");
  CHECK(found("--preinstalled catboost --source-folders lib") == gone);
  CHECK(found("--preinstalled a,catboost --layers one=task+model") == "import-against-layers]");
  CHECK(found("--preinstalled catboost --layers one=model+task") == "import-against-layers]");
  CHECK(found("", "env TRAINLINT_PREINSTALLED=catboost") == "");
  CHECK(found("", "env TRAINLINT_PREINSTALLED=catboost TRAINLINT_LAYERS='one=task|model'") ==
        "import-against-layers]import-against-layers]");
  CHECK(has(place.run("config show --layers 'one=task|model+data' --bucket-locations a=EU").out,
            "bucket-locations = { \"a\" = \"EU\" }  # --bucket-locations\n"
            "layers = { \"one\" = [\"task|model\", \"data\"] }  # --layers\n"));
}

TEST_CASE("what is wrong in a configuration is found, with its place and the nearest name") {
  Workplace place(project);
  auto found = [&](const std::string& config, const std::string& line) {
    place.write("trainlint.toml", config);
    Outcome outcome = place.run("jobs/taxi --select structure");
    INFO(outcome.out);
    CHECK(outcome.status == 2);
    CHECK_MESSAGE(outcome.out.starts_with("trainlint.toml:" + line), line);
  };
  found("selct = ['imports']\n",
        "1:1: error: there is no setting 'selct' [invalid-configuration]\n  |\n"
        "1 | selct = ['imports']\n  | ^^^^^\n  |\n  = note: did you mean 'select'?\n");
  found("\nselect = 'imports'\n", "2:10: error: 'select' is a list of rules and groups, not a str");
  found("select = ['import', 'structure']\n", "1:11: error: there is no rule or group 'import'");
  found("fail-on = 'warnings'\n", "1:11: error: 'warnings' is none of error, warning, advice");
  found("require-reason = 1\n", "1:18: error: 'require-reason' is true or false, not a number");
  found("python-version = 3.7\n", "1:18: error: 'python-version' is a string, not a number");
  found("python-version = 'new'\n", "1:18: error: 'new' is no Python version such as 3.10");
  found("python-version = '3.4'\n",
        "1:18: error: '3.4' is none of the versions that are known, Python 2.7 and 3.5 to 3.14");
  found("severity = 'error'\n", "1:12: error: 'severity' is a table of severities by rule");
  found("[severity]\nimport = 'error'\n", "2:1: error: there is no rule or group 'import'");
  found("[severity]\nimports = 'fatal'\n", "2:11: error: 'fatal' is none of error, warning");
  found("[per-file-ignores]\n'a' = 'imports'\n", "2:7: error: 'per-file-ignores' is a table of");
  found("a = [1\nb = 2\n", "2:1: error: this is no TOML: ");
  place.shell("rm trainlint.toml");
  place.write("pyproject.toml", "[tool.trainlint]\nx = 1\n");
  CHECK(has(place.run("").out, "pyproject.toml:2:1: error: there is no setting 'x'"));
  place.write("pyproject.toml", "[tool]\ntrainlint = 1\n");
  CHECK(has(place.run("").out, "pyproject.toml:2:13: error: 'tool.trainlint' is a table"));
  CHECK(place.run("", ".", "env TRAINLINT_FAIL_ON=never").err ==
        "trainlint: TRAINLINT_FAIL_ON: 'never' is none of error, warning, advice\n");
}

TEST_CASE("a configuration that is too large is not passed over") {
  Workplace place(project);
  auto first_line = [&](const std::string& name, size_t size) {
    place.write(name, "[tool.trainlint]\n" + std::string(size, '#'));
    Outcome outcome = place.run("jobs/taxi --select structure --format concise");
    CHECK(outcome.status == 2);
    return outcome.out.substr(0, outcome.out.find('\n'));
  };
  CHECK(first_line("pyproject.toml", size_t{600} << 10) ==
        "pyproject.toml: error: is larger than 512 KiB [invalid-configuration]");
  CHECK(first_line("trainlint.toml", size_t{600} << 10) ==
        "trainlint.toml: error: is larger than 512 KiB [invalid-configuration]");
  CHECK(first_line("trainlint.toml", size_t{17} << 20) ==
        "trainlint.toml: error: cannot be read: larger than 16 MiB [invalid-configuration]");
  CHECK(place.run("--config trainlint.toml").err ==
        "trainlint: --config: 'trainlint.toml' cannot be read: larger than 16 MiB\n");
}

TEST_CASE("a fault in a configuration that several packages share is said once") {
  Workplace place(project);
  place.shell("cp -r jobs/taxi jobs/fares");
  place.write("trainlint.toml", "selct = []\n");
  Outcome outcome = place.run("--format concise --no-config");
  CHECK(rules_in(outcome.out) == gone + model + gone + model);
  CHECK(rules_in(place.run("--format concise").out) ==
        "invalid-configuration]" + gone + model + gone + model);
}

TEST_CASE("what is in force can be shown, and is TOML") {
  Workplace place(project);
  place.write("trainlint.toml", "select = ['imports']\nfail-on = 'warning'\n");
  Outcome shown = place.run("config show jobs/taxi --severity imports=advice", ".",
                            "env TRAINLINT_FAIL_ON=advice");
  CHECK(shown.status == 0);
  CHECK_MESSAGE(has(shown.out, "/trainlint.toml:1\n"), shown.out, shown.err);
  CHECK(has(shown.out, "fail-on = \"advice\"  # TRAINLINT_FAIL_ON\n"));
  CHECK(has(shown.out, "severity = { \"imports\" = \"advice\" }  # --severity\n"));
  CHECK(has(shown.out, "require-reason = false  # default\n"));
  CHECK(has(shown.out, "# baseline is not set\n"));
  place.write("shown.toml", shown.out);
  CHECK(place.shell("python3 -c 'import tomllib; tomllib.load(open(\"shown.toml\", \"rb\"))'")
            .status == 0);
  CHECK(place.run("config show nowhere").status == 2);
  CHECK(place.run("config nothing").status == 2);
}

TEST_CASE("patterns mean what they mean in .gitignore") {
  const char* patterns[] = {"a.py", "*.py",   "b/",     "/a.py",    "b/a.py",  "b/*.py",    "**/c",
                            "b/**", "a/**/c", "**/b/*", "[a-c].py", "[!a].py", "?.py",      "*",
                            "b*/c", "/b/",    "a\\.py", "**",       "a/**/",   "b/**/d.py", "*/c",
                            "[a",   "x[]]",   "/*",     "*/",       "b**c",    "**a.py",    "c/d"};
  const char* paths[] = {"a.py",     "b/a.py",   "a/b/c", "a/c",   "b/c/d.py", "c",
                         "a/b/x/c",  "bc/c",     "c/d/e", "b",     "x]",       "a/d.py",
                         "b/x/d.py", "a/b/a.py", "bxc",   ".a.py", "d/c.py"};
  TemporaryFolder folder;
  std::string listed;
  for (const char* path : paths) listed += std::string(path) + "\n";
  folder.write("paths", listed);
  for (const char* pattern : patterns) {
    CAPTURE(std::string(pattern));
    std::set<std::string> expected, actual;
    folder.write(".gitignore", std::string(pattern) + "\n");
    std::string command = "cd '" + folder.text() +
                          "' && git init -q . 2>/dev/null; git check-ignore"
                          " --no-index --stdin <paths >out";
    CHECK(std::system(command.c_str()) != -1);
    std::istringstream lines(file_text(folder.text() + "/out"));
    for (std::string line; std::getline(lines, line);) expected.insert(line);
    for (const char* path : paths)
      if (ignore_match(pattern, path)) actual.insert(path);
    CHECK(fmt::format("{}", fmt::join(actual, " ")) == fmt::format("{}", fmt::join(expected, " ")));
  }
  CHECK_FALSE(ignore_match(std::string(40, '*') + "b", std::string(4000, 'a')));
}
