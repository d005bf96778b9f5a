#include <doctest/doctest.h>

#include "tests/support/program.h"

using namespace trainlint;

static constexpr std::string_view repository = R"(
-- README.md --
-- jobs/one/setup.py --
from setuptools import find_packages, setup

setup(name="one", version="1", packages=find_packages())
-- jobs/one/trainer/__init__.py --
-- jobs/one/trainer/utils/__init__.py --
-- jobs/one/trainer/utils/text.py --
-- jobs/one/trainer/task.py --
from trainer.utils import text
print(1)
-- jobs/one/trainer/data.zip --
no archive
-- jobs/two/trainer/__init__.py --
-- jobs/two/trainer/task.py --
print(2)
)";

TEST_CASE("a hook lints the packages that hold the given files, each once") {
  Workplace place(repository);
  Outcome clean = place.run("hook -- README.md jobs/one/trainer/data.zip jobs/two/trainer/task.py");
  CHECK(clean.status == 0);
  CHECK(clean.out == "");
  CHECK(clean.err == "");
  place.write("jobs/one/trainer/task.py", "import trainer.gone\n");
  CHECK(place.run("hook -- jobs/two/trainer/task.py").status == 0);
  for (const char* files : {"jobs/one/trainer/task.py", "jobs/one/trainer/data.zip",
                            "jobs/one/setup.py jobs/one/trainer/utils/text.py README.md"}) {
    Outcome outcome = place.run("hook -- " + std::string(files));
    CHECK(outcome.status == 1);
    CHECK_MESSAGE(has(outcome.out, "jobs/one/trainer/task.py:1:8: error:"), outcome.out);
    CHECK(has(outcome.out, "1 error in 1 package"));
  }
  CHECK(place.run("hook").status == 0);
  CHECK(place.run("hook --").status == 0);
}

TEST_CASE("a deleted file stands for the package that held it") {
  Workplace place(repository);
  place.shell("rm jobs/one/trainer/utils/__init__.py");
  Outcome outcome = place.run("hook --format concise -- jobs/one/trainer/utils/__init__.py");
  CHECK(outcome.status == 1);
  CHECK_MESSAGE(has(outcome.out, "[subpackage-missing-init]"), outcome.out);
  place.shell("rm -r jobs/one jobs/two/trainer/task.py");
  CHECK(place.run("hook -- jobs/one/trainer/task.py jobs/one/setup.py gone.txt").status == 0);
}

TEST_CASE("names with spaces, newlines, quotes and leading dashes") {
  Workplace place(repository);
  place.write("jobs/one/trainer/task.py", "import trainer.gone\n");
  for (const char* name : {"a b.csv", "a\nb.csv", "it's.csv", "--format", "-", "\xff.csv"}) {
    place.write(std::string("jobs/one/trainer/") + name, "");
    place.write("names", std::string(name) + '\0');
    INFO(std::string(name));
    Outcome outcome =
        place.shell("xargs -0 '" TRAINLINT_PROGRAM "' hook -- <../../../names", "jobs/one/trainer");
    CHECK(outcome.status == 123);  // what xargs makes of 1
    CHECK_MESSAGE(has(outcome.out, "trainer/task.py:1:8: error:"), outcome.out, outcome.err);
  }
}

TEST_CASE("two thousand files are linted in one call and in many at the same time") {
  Workplace place(repository);
  std::string names;
  for (int i = 0; i < 2000; ++i) {
    std::string name = "jobs/one/trainer/utils/" + std::string(60, 'n') + std::to_string(i) + ".py";
    place.write(name, "");
    names += name + '\0';
  }
  place.write("names", names);
  CHECK(place.shell("xargs -0 '" TRAINLINT_PROGRAM "' hook -- <names").status == 0);
  // Calls at the same time do not disturb each other.
  CHECK(place.shell("xargs -0 -n 100 -P 4 '" TRAINLINT_PROGRAM "' hook -- <names").status == 0);
}

TEST_CASE("git says which files are changed, also deleted ones, from anywhere in the repository") {
  Workplace place(repository);
  const std::string git = "git -c user.name=a -c user.email=a@b -c commit.gpgsign=false ";
  REQUIRE(place.shell("git init -q . && git add -A && " + git + "commit -qm one").status == 0);
  CHECK(place.run("hook --git").status == 0);
  place.shell("git rm -q jobs/one/trainer/utils/__init__.py && " + git + "commit -qm two");
  place.shell("printf 'import trainer.gone\\n' >jobs/two/trainer/task.py");
  CHECK(place.run("hook --git").status == 0);  // not staged
  place.shell("git add -A");
  Outcome staged = place.run("hook --git --format concise", "jobs/one");
  CHECK(staged.status == 1);
  CHECK_MESSAGE(has(staged.out, "two/trainer/task.py:1:8: error:"), staged.out, staged.err);
  CHECK_FALSE(has(staged.out, "[subpackage-missing-init]"));
  std::string refs = "env PRE_COMMIT_FROM_REF=HEAD~1 PRE_COMMIT_TO_REF=HEAD";
  Outcome between = place.run("hook --git --format concise", ".", refs);
  CHECK_MESSAGE(has(between.out, "[subpackage-missing-init]"), between.out, between.err);
  CHECK_FALSE(has(between.out, "two/"));
  refs = "env PRE_COMMIT_FROM_REF=\"x'; touch hacked; '\" PRE_COMMIT_TO_REF=HEAD";
  CHECK(place.run("hook --git", ".", refs).status == 2);
  CHECK(place.shell("test -e hacked").status == 1);
  Workplace outside("");
  CHECK(outside.run("hook --git", ".", "env GIT_CEILING_DIRECTORIES=/").status == 2);
}
