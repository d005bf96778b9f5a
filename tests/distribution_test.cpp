#include <doctest/doctest.h>

#include <memory>
#include <string>

#include <fmt/format.h>

#include "lint/distribution/distribution.h"
#include "lint/distribution/dump.h"
#include "lint/distribution/glob.h"

using namespace trainlint;

namespace {

template <class T>
Value<T> known(T value) {
  return {Value<T>::known, std::move(value), {}, ""};
}

Project listing(Strings packages) {
  Project project;
  project.origin = ProjectOrigin::setup_py;
  project.name = known<std::string>("trainer");
  project.version = known<std::string>("0.1");
  project.packages = known(std::move(packages));
  return project;
}

std::string dump(std::string_view files, const Project& project, TreeKind kind = TreeKind::folder) {
  std::unique_ptr<SourceTree> tree = memory_tree(parse_txtar(files));
  return dump_distribution(predict_distribution(*tree, project, kind));
}

constexpr std::string_view sample = R"(
-- setup.py --
-- helper.py --
-- trainer/__init__.py --
-- trainer/task.py --
-- trainer/vocab.txt --
-- trainer/data/__init__.py --
-- trainer/data/reader.py --
-- trainer/plots/draw.py --
)";

}  // namespace

TEST_CASE("distribution: packages listed one by one leave their sub-packages out") {
  CHECK(dump(sample, listing({"trainer"})) == R"(on the worker:
  trainer/__init__.py
  trainer/task.py
in the sdist only:
  setup.py
left out:
  helper.py: in no package, and not in py_modules
  setup.py: the build reads it and does not install it
  trainer/data/__init__.py: 'trainer.data' is not in packages=['trainer']
  trainer/data/reader.py: 'trainer.data' is not in packages=['trainer']
  trainer/plots/draw.py: 'trainer.plots' is not in packages=['trainer']
  trainer/vocab.txt: no pattern of package_data matches it
)");
}

TEST_CASE("distribution: find_packages() does not enter a folder without __init__.py") {
  Project project = listing({"trainer", "trainer.data"});
  project.packages_found_by = "find_packages()";
  CHECK(dump(sample, project) == R"(on the worker:
  trainer/__init__.py
  trainer/data/__init__.py
  trainer/data/reader.py
  trainer/task.py
in the sdist only:
  setup.py
left out:
  helper.py: in no package, and not in py_modules
  setup.py: the build reads it and does not install it
  trainer/plots/draw.py: no __init__.py in 'trainer/plots', so find_packages() leaves it out
  trainer/vocab.txt: no pattern of package_data matches it
)");
}

TEST_CASE("distribution: the setup.py that gcloud writes drops sub-packages") {
  Project project = listing({"trainer"});
  project.origin = ProjectOrigin::generated;
  project.packages_found_by = "find_packages()";
  CHECK(dump(R"(
-- trainer/__init__.py --
-- trainer/data/__init__.py --
)",
             project) == R"(on the worker:
  trainer/__init__.py
left out:
  trainer/data/__init__.py: the setup.py that gcloud writes lists only 'trainer' itself, not its sub-packages
)");
}

TEST_CASE("distribution: include_package_data takes what MANIFEST.in packs, by spelling") {
  Project project = listing({"trainer"});
  project.include_package_data = known(true);
  const std::string files = std::string(sample) + "-- MANIFEST.in --\n";
  std::unique_ptr<SourceTree> tree =
      memory_tree(parse_txtar(files + "recursive-include trainer *.txt\n"));
  CHECK(predict_distribution(*tree, project).find("trainer/vocab.txt") != nullptr);
  // "./trainer/vocab.txt" is packed, and is below no package folder that setuptools knows.
  tree = memory_tree(parse_txtar(files + "recursive-include . *.txt\n"));
  Distribution distribution = predict_distribution(*tree, project);
  CHECK(distribution.find("trainer/vocab.txt") == nullptr);
  CHECK(fmt::format("{}", fmt::join(distribution.sdist, " ")) ==
        "MANIFEST.in setup.py trainer/__init__.py trainer/task.py trainer/vocab.txt");
}

TEST_CASE("distribution: package_data that MANIFEST.in prunes is lost on the worker") {
  Project project = listing({"trainer"});
  project.package_data = known(PatternMap{{"trainer", {"*.txt"}}});
  std::string files = std::string(sample) +
                      "-- MANIFEST.in --\nprune trainer/plots\n"
                      "global-exclude *.txt\n";
  std::string text = dump(files, project);
  CHECK(text.find("trainer/vocab.txt: line 2 of MANIFEST.in ('global-exclude *.txt') keeps it out "
                  "of the sdist\n") != std::string::npos);
  // An archive is installed as it is: the same file would be taken from it.
  CHECK(dump(files, project, TreeKind::sdist).find("  trainer/vocab.txt\n") != std::string::npos);
}

TEST_CASE("distribution: a package folder that nothing packs stops the install") {
  Distribution distribution = predict_distribution(
      *memory_tree(parse_txtar("-- trainer/__init__.py --\n-- trainer/data/rows.csv --\n")),
      listing({"trainer", "trainer.data"}));
  REQUIRE(distribution.fault);
  CHECK(distribution.fault->on_worker);
  CHECK(distribution.fault->message == "package directory 'trainer/data' does not exist");
  distribution = predict_distribution(*memory_tree(parse_txtar("-- trainer/__init__.py --\n")),
                                      listing({"trainer", "trainer.data"}));
  REQUIRE(distribution.fault);
  CHECK(!distribution.fault->on_worker);
}

TEST_CASE("distribution: what is not known is said and nothing is concluded") {
  Project project = listing({});
  project.packages = {Value<Strings>::unknown, {}, {"setup.py", Span{10, 20}}, "calls walk()"};
  CHECK(dump(sample, project) == R"(incomplete: 'packages' is not known: calls walk()
in the sdist only:
  setup.py
)");
}

TEST_CASE("distribution: shared objects and replaced commands may be modules") {
  Project project = listing({"trainer"});
  project.package_data = known(PatternMap{{"", {"*.so"}}});
  project.ext_modules = known(Strings{"trainer.fast"});
  project.custom_commands = {"build_py"};
  std::unique_ptr<SourceTree> tree = memory_tree(parse_txtar(
      "-- trainer/__init__.py --\n-- trainer/ops.cpython-311-x86_64-linux-gnu.so --\n"));
  Distribution distribution = predict_distribution(*tree, project);
  CHECK(fmt::format("{}", fmt::join(distribution.extension_modules, " ")) ==
        "trainer.fast trainer.ops");
  CHECK(distribution.generated_modules);
}

TEST_CASE("distribution: members of a wheel go where the format says") {
  std::unique_ptr<SourceTree> tree = memory_tree(parse_txtar(R"(
-- trainer/__init__.py --
-- trainer/vocab.txt --
-- trainer-0.1.data/purelib/extra/one.py --
-- trainer-0.1.data/scripts/run.sh --
-- trainer-0.1.data/data/share/rows.csv --
-- trainer-0.1.dist-info/METADATA --
-- trainer-0.1.dist-info/RECORD --
)"));
  CHECK(dump_distribution(read_wheel(*tree)) == R"(on the worker:
  extra/one.py  <- trainer-0.1.data/purelib/extra/one.py
  trainer/__init__.py
  trainer/vocab.txt
on the worker, outside site-packages:
  bin/run.sh  <- trainer-0.1.data/scripts/run.sh
  share/rows.csv  <- trainer-0.1.data/data/share/rows.csv
)");
}

TEST_CASE("distribution: the three pattern languages of a build differ") {
  CHECK(fnmatch("trainer/data/a.csv", "trainer/*.csv"));
  CHECK(!manifest_match("trainer/data/a.csv", "trainer/*.csv"));
  CHECK(manifest_match("trainer/data/a.csv", "trainer/**/*.csv"));
  CHECK(manifest_match("trainer/a.csv", "trainer/**/*.csv"));
  CHECK(manifest_match("trainer/data/.hidden", "trainer/**"));
  CHECK(!manifest_match("trainer", "trainer/**"));
  CHECK(fnmatch("b.py", "[a-c].py"));
  CHECK(!manifest_match("b.py", "[a-c].py"));
  CHECK(manifest_match("x.pyc", "*.py[cod]"));
  CHECK(manifest_match("[x", "[x"));
  CHECK(!fnmatch("b.py", "[!b].py"));
  std::unique_ptr<SourceTree> tree =
      memory_tree({{"a/.hidden/x.csv", ""}, {"a/b/x.csv", ""}, {"a/y.csv", ""}});
  FileView view(*tree);
  auto found = [&](const char* pattern, GlobDialect dialect) {
    return fmt::format("{}", fmt::join(glob(view, pattern, true, dialect), " "));
  };
  CHECK(found("a/**/*.csv", GlobDialect::python) == "a/y.csv a/b/x.csv");
  CHECK(found("./a/**/*.csv", GlobDialect::setuptools) ==
        "./a/y.csv ./a/.hidden/x.csv ./a/b/x.csv");
  CHECK(found("a/[bc]/x.csv", GlobDialect::python) == "a/b/x.csv");
  CHECK(found("*/x.csv", GlobDialect::python) == "");
}
