#include <doctest/doctest.h>

#include <fmt/format.h>

#include "lint/pipeline.h"
#include "lint/report/report.h"
#include "tests/support/program.h"

using namespace trainlint;

static std::string found_in(const std::map<std::string, std::string>& files) {
  std::unique_ptr<SourceTree> tree = memory_tree(files);
  std::vector<Run> runs = lint_tree(*tree, TreeKind::folder, ".", {}, all_rules());
  std::string text = text_report(runs, {.color = false, .concise = true});
  return text.substr(0, text.rfind('\n', text.size() - 2) + 1);  // without the summary
}

// The findings of a task.py in which "import trainer.gone" is wrong wherever it stands.
static std::string found(const std::string& task) {
  std::string all =
      found_in({{"trainer/__init__.py", ""}, {"trainer/task.py", task + "\nprint(1)\n"}});
  std::string lines;
  std::istringstream stream(all);
  for (std::string line; std::getline(stream, line);) {
    std::string place = line.substr(std::string("trainer/task.py:").size());
    std::string rule = line.substr(line.rfind('['));
    lines += place.substr(0, place.find(": ")) + " " + rule + "\n";
  }
  return lines;
}

static const std::string gone = "[unresolved-local-import]\n";
static const std::string unused = "[unused-suppression]\n";

TEST_CASE("a comment suppresses a rule's findings in the statement on its line") {
  CHECK(found("import trainer.gone\n") == "1:8 " + gone);
  CHECK(found("import trainer.gone  # trainlint: ignore[unresolved-local-import] reason\n") == "");
  CHECK(found("import trainer.gone  # noqa # trainlint: ignore[unresolved-local-import]\n") == "");
  CHECK(found("import trainer.gone  #trainlint:ignore [ imports ]\n") == "");
  CHECK(found("import trainer.gone  # trainlint: ignore[circular-import,imports] x\n") ==
        "1:42 " + unused);
  CHECK(found("from trainer import (\n    gone,\n)  # trainlint: ignore[imports] x\n") == "");
  CHECK(found("from trainer import (\n    gone,  # trainlint: ignore[imports] x\n)\n") == "");
  CHECK(found("from trainer import (\n    # trainlint: ignore[imports] x\n    gone,\n)\n") == "");
  CHECK(found("import sys  # trainlint: ignore[imports] x\nimport trainer.gone\n") ==
        "1:33 " + unused + "2:8 " + gone);
  CHECK(found("try:\n    x = 1\nfinally:  # trainlint: ignore[imports] x\n    "
              "import trainer.gone\n") == "3:31 " + unused + "4:12 " + gone);
}

TEST_CASE("alone on a line it is about the statement that follows") {
  CHECK(found("# trainlint: ignore[imports] x\nimport trainer.gone\nimport trainer.gone\n") ==
        "3:8 " + gone);
  CHECK(found("# trainlint: ignore[imports] x\n\n# more\nif True:\n    import sys\n    import "
              "trainer.gone\n") == "");
  CHECK(found("if True:  # trainlint: ignore[imports] x\n    import trainer.gone\n") ==
        "1:31 " + unused + "2:12 " + gone);
  CHECK(found("import sys\n# trainlint: ignore[imports] x\n") == "2:21 " + unused);
}

TEST_CASE("as ignore-file it is about the file, wherever it stands") {
  CHECK(found("import trainer.gone\n# trainlint: ignore-file[imports] x\n") == "");
  CHECK(found("import sys  # trainlint: ignore-file[imports] x\nimport trainer.gone\n") == "");
}

TEST_CASE("only comments suppress") {
  CHECK(found("text = '# trainlint: ignore-file[imports] x'\nimport trainer.gone\n") ==
        "2:8 " + gone);
  CHECK(found("# about trainlint: ignore-file[imports] x\nimport trainer.gone\n") == "2:8 " + gone);
  CHECK(found("# trainlint: the linter\nimport sys\n") == "");
}

TEST_CASE("a comment that cannot suppress anything is a finding") {
  CHECK(found("import trainer.gone  # trainlint: ignore\n") == "1:8 " + gone + "1:22 " + unused);
  CHECK(found("import sys  # trainlint: ignore[]\n") == "1:13 " + unused);
  CHECK(found("import sys  # trainlint: ignore[imports\n") == "1:13 " + unused);
  CHECK(found("import sys  # trainlint: disable=imports\n") == "1:13 " + unused);
  CHECK(found("import sys  # trainlint: ignore[unresolved-local-imports]\n") == "1:33 " + unused);
  CHECK(found("# trainlint: ignore-file[unused-suppression]\nimport sys  # trainlint: "
              "ignore[imports]\n") == "");
}

TEST_CASE("in files that are not Python a comment is about a line, an entry or a section") {
  auto first = [](const std::string& path, const std::string& text) {
    std::vector<Suppression> all = suppressions_of(path, text);
    if (all.empty()) return std::string("none");
    return text.substr(all[0].covers.begin, all[0].covers.end - all[0].covers.begin);
  };
  CHECK(first("a.toml", "a = 1\nb = 2 # trainlint: ignore[x]\nc = 3\n") ==
        "b = 2 # trainlint: ignore[x]\n");
  CHECK(first("a.toml", "# trainlint: ignore[x]\nb = [\n  2,\n]\nc = 3\n") == "b = [\n  2,\n]\n");
  CHECK(first("a.toml", "# trainlint: ignore[x]\n[a]\nb = 1\n\nc = 2\n[d]\n") ==
        "[a]\nb = 1\n\nc = 2\n");
  CHECK(first("setup.cfg", "a = 1 # trainlint: ignore[x]\n") == "none");
  CHECK(first("setup.cfg", "# trainlint: ignore[x]\na =\n  b\nc = 1\n") == "a =\n  b\n");
  CHECK(first("a.toml", "a = 'x#trainlint: ignore[x]'\n") == "none");
  CHECK(first("a.sh", "# trainlint: ignore[x]") == "# trainlint: ignore[x]");
}

TEST_CASE("reasons are demanded where the configuration says so") {
  std::map<std::string, std::string> files = {
      {"trainer/__init__.py", ""},
      {"trainer/task.py",
       "import trainer.gone  # trainlint: ignore[imports] - made by the build\n"},
      {"trainlint.toml", "require-reason = true\n"}};
  CHECK(found_in(files) == "");
  files["trainer/task.py"] = "import trainer.gone  # trainlint: ignore[imports] \n";
  CHECK(has(found_in(files), "[unexplained-suppression]"));
  files.erase("trainlint.toml");
  CHECK(found_in(files) == "");
}

TEST_CASE("what another package of the same folder needs is not unused") {
  Workplace place(R"(
-- setup.py --
from setuptools import setup  # trainlint: ignore[imports] why

setup(name="both", version="1", packages=["a", "b"])
-- a/__init__.py --
-- a/task.py --
import a.gone  # trainlint: ignore[imports] written by the build
-- b/__init__.py --
-- b/task.py --
print("b")
)");
  Outcome both = place.run("--format concise");
  CHECK_MESSAGE(has(both.out, "setup.py:1:51: warning: 'imports' is suppressed and not"), both.out);
  CHECK_MESSAGE(has(both.out, "1 warning in 2 packages"), both.out);
  // One of them alone cannot tell what the other finds in setup.py.
  CHECK(has(place.run("b/task.py").out, "no problems in 1 package"));
  CHECK(has(place.run("a").out, "no problems in 1 package"));
}
