#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"

using namespace trainlint;
using nlohmann::json;

static constexpr std::string_view broken = R"(
-- jobs/trainer/__init__.py --
-- jobs/trainer/task.py --
import trainer.data
)";

TEST_CASE("several reports at once") {
  Workplace place(broken);
  Outcome outcome = place.run(
      "--format concise --output sarif=a.sarif --output=json=a.json --output junit=a.xml");
  CHECK(outcome.status == 1);
  CHECK(outcome.err == "");
  CHECK(has(outcome.out, "jobs/trainer/task.py:1:8: error:"));
  CHECK(json::parse(place.file("a.sarif"))["runs"][0]["results"].size() == 1);
  CHECK(json::parse(place.file("a.json"))["findings"].size() == 1);
  CHECK(has(place.file("a.xml"), "<testsuite name=\"jobs/trainer\""));
  CHECK(place.shell("ls").out == "a.json\na.sarif\na.xml\njobs\n");
}

TEST_CASE("a report is written whole or not at all") {
  Workplace place(broken);
  place.write("a.json", "old");
  place.shell("ln -s a.json link; chmod 640 a.json; mkdir folder");
  CHECK(place.run("--output json=link --output concise=/dev/null").status == 1);
  CHECK(place.file("a.json").starts_with("{"));
  CHECK(place.shell("stat -c %a a.json; test -L link").out == "640\n");
  for (const char* file : {"no/such/folder/a.json", "folder"}) {
    Outcome outcome = place.run("--output json=" + std::string(file));
    CHECK(outcome.status == 2);
    CHECK_MESSAGE(outcome.err.starts_with("trainlint: cannot write '"), outcome.err);
    CHECK(outcome.out == "");
  }
  // A limit on file sizes stands for a full disk.
  place.write("full.json", "old");
  Outcome full = place.shell("ulimit -f 1; trap '' XFSZ; '" TRAINLINT_PROGRAM
                             "' jobs jobs/trainer --output sarif=full.json");
  CHECK_MESSAGE(full.status == 2, full.err);
  CHECK(place.file("full.json") == "old");
  CHECK(place.shell("ls").out == "a.json\nfolder\nfull.json\njobs\nlink\n");
}

TEST_CASE("what is no report to write is said") {
  Workplace place(broken);
  for (const auto& [option, words] : {std::pair{"sarif", "is not of the form FORMAT=FILE"},
                                      {"sarif=", "is not of the form FORMAT=FILE"},
                                      {"", "is not of the form FORMAT=FILE"},
                                      {"=a", "'' is none of text|concise|"},
                                      {"yaml=a", "'yaml' is none of text|concise|"}}) {
    Outcome outcome = place.run("--output '" + std::string(option) + "'");
    CHECK(outcome.status == 2);
    CHECK_MESSAGE(has(outcome.err, words), outcome.err);
  }
}

TEST_CASE("two reports do not share a file") {
  Workplace place(broken);
  place.write("a.json", "old");
  place.shell("ln -s a.json link");
  for (const char* options : {"--output json=a.json --output sarif=a.json",
                              "--output json=a.json --output sarif=jobs/../a.json",
                              "--output json=a.json --output sarif=link"}) {
    const Outcome outcome = place.run(options);
    CHECK(outcome.status == 2);
    CHECK_MESSAGE(has(outcome.err, "cannot hold two reports"), outcome.err);
    CHECK(place.file("a.json") == "old");
  }
  CHECK(place.run("--output json=a.json --output json=./a.json").status == 1);
  CHECK(place.run("--output json=/dev/null --output sarif=/dev/null").status == 1);
}

TEST_CASE("on GitHub paths start at the repository, and the run's page has a summary") {
  Workplace place(broken);
  place.write("summary.md", "earlier\n");
  std::string setting = "env GITHUB_WORKSPACE='" + place.text() + "' GITHUB_STEP_SUMMARY='" +
                        place.text() + "/summary.md'";
  Outcome outcome = place.run("--format github", "jobs", setting);
  CHECK(outcome.status == 1);
  CHECK_MESSAGE(outcome.out.starts_with("::error file=jobs/trainer/task.py,line=1,endLine=1,col=8,"
                                        "endColumn=20,title=unresolved-local-import::no module"),
                outcome.out);
  CHECK(place.file("summary.md").starts_with("earlier\n### trainlint\n"));
  CHECK(has(place.file("summary.md"), "| error | jobs/trainer/task.py:1 | no module named"));
  Outcome elsewhere = place.run("--format gitlab", "jobs", "env CI_PROJECT_DIR=/nowhere");
  CHECK(json::parse(elsewhere.out)[0]["location"]["path"] == "trainer/task.py");
}
