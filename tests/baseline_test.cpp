#include <doctest/doctest.h>

#include "tests/support/program.h"

using namespace trainlint;

static constexpr std::string_view project = R"(
-- a/trainer/__init__.py --
-- a/trainer/task.py --
import trainer.gone
import trainer.gone
print(1)
-- b/trainer/__init__.py --
-- b/trainer/task.py --
import model
print(1)
-- b/trainer/model.py --
)";

TEST_CASE("a baseline accepts what is there today, wherever its lines move") {
  Workplace place(project);
  Outcome none = place.run("--baseline known.json");
  CHECK(none.status == 2);
  CHECK_MESSAGE(has(none.err, "--write-baseline writes it"), none.err);
  Outcome written = place.run("--baseline known.json --write-baseline");
  CHECK_MESSAGE(written.status == 0, written.out);
  CHECK(has(written.err, "known.json'"));
  std::string text = place.file("known.json");
  CHECK_MESSAGE(text ==
                    "{\"version\": 1, \"findings\": [\n"
                    "{\"path\":\"a/trainer/task.py\",\"rule\":\"unresolved-local-import\","
                    "\"symbol\":\"trainer.gone 'trainer.gone'\",\"count\":2},\n"
                    "{\"path\":\"b/trainer/task.py\",\"rule\":\"implicit-relative-import\","
                    "\"symbol\":\"model 'model' 'trainer.model'\"}\n]}\n",
                text);
  CHECK(place.run("--baseline known.json").status == 0);
  place.write("a/trainer/task.py",
              "# moved\nimport trainer.gone\n\nimport  trainer.gone\nprint(1)\n");
  Outcome moved = place.run("--baseline known.json --check-baseline");
  CHECK_MESSAGE(moved.status == 0, moved.out, moved.err);
  CHECK(place.run("--baseline ../known.json", "b").status == 0);
  CHECK(place.run("--baseline known.json a/trainer/task.py --check-baseline").status == 0);
  place.write("a/trainer/task.py", "import trainer.lost\nprint(1)\n");
  CHECK(place.run("--baseline known.json").status == 1);
}

TEST_CASE("a baseline that could shrink is told on demand, and only of what was linted") {
  Workplace place(project);
  place.write("trainlint.toml", "baseline = 'known.json'\n");
  CHECK(place.run("--write-baseline").status == 0);
  place.write("b/trainer/task.py", "from trainer import model\nprint(1)\n");
  CHECK(place.run("").status == 0);
  Outcome check = place.run("--check-baseline", "b/trainer");
  CHECK(check.status == 1);
  CHECK_MESSAGE(has(check.err,
                    "of implicit-relative-import in b/trainer/task.py, which is not "
                    "found any more"),
                check.err);
  CHECK(place.run("a --check-baseline").status == 0);
  CHECK(place.run("b --write-baseline").status == 0);
  CHECK(has(place.file("known.json"), "a/trainer/task.py"));
  CHECK_FALSE(has(place.file("known.json"), "b/trainer/task.py"));
  CHECK(place.run("--check-baseline").status == 0);
}

TEST_CASE("what is no baseline is said") {
  Workplace place(project);
  for (const char* text :
       {"", "[]", "{}", "{\"version\": 2, \"findings\": []}", "{\"version\": 1, \"findings\": [1]}",
        "{\"version\": 1, \"findings\": [{\"path\": 1}]}"}) {
    place.write("known.json", text);
    Outcome outcome = place.run("--baseline known.json");
    CHECK(outcome.status == 2);
    CHECK_MESSAGE(has(outcome.err, "known.json': "), outcome.err);
  }
  CHECK(has(place.run("--baseline a").err, "cannot be read: Is a directory"));
  CHECK(has(place.run("--write-baseline").err, "--write-baseline needs --baseline FILE"));
}
