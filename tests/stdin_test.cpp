#include <doctest/doctest.h>

#include "tests/support/program.h"

using namespace trainlint;

static constexpr std::string_view project = R"(
-- trainer/__init__.py --
-- trainer/model.py --
def train():
    print(1)
-- trainer/task.py --
from trainer import model

model.train()
)";

TEST_CASE("a buffer on stdin stands for its file") {
  Workplace place(project);
  auto piped = [&](const std::string& text, const std::string& arguments) {
    return place.shell("printf '" + text + "' | '" TRAINLINT_PROGRAM "' --format concise " +
                       arguments);
  };
  Outcome outcome =
      piped("import trainer.gone\\nprint(1)\\n", "- --stdin-filename trainer/task.py");
  CHECK(outcome.status == 1);
  CHECK_MESSAGE(outcome.out.starts_with("trainer/task.py:1:8: error:"), outcome.out, outcome.err);
  // What the buffer takes away shows in the files that need it, and a file may be new.
  outcome = piped("def other(): pass\\n", "--stdin-filename trainer/model.py -");
  CHECK_MESSAGE(has(outcome.out, "trainer/task.py:3:"), outcome.out, outcome.err);
  outcome = piped("import trainer.gone\\n", "--stdin-filename trainer/__main__.py -");
  CHECK_MESSAGE(outcome.status == 0, outcome.out, outcome.err);
  CHECK(piped("x", "-").status == 2);
  CHECK(has(piped("x", "--stdin-filename /nowhere/x.py -").err, "in no trainer package"));
}

TEST_CASE("misspelt flags and commands are told with the nearest right one") {
  Workplace place(project);
  CHECK(has(place.run("--formt json").err, "did you mean '--format'?"));
  CHECK(has(place.run("check --fail-om=error").err, "did you mean '--fail-on'?"));
  CHECK(has(place.run("graph --colour").err, "--colour"));
  CHECK(has(place.run("exlain x").err, "did you mean 'explain'?"));
  CHECK(has(place.run("nowhere").err, "'nowhere' does not exist"));
  CHECK_FALSE(has(place.run("nowhere").err, "did you mean"));
}
