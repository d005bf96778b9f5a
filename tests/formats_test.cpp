#include <doctest/doctest.h>

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "lint/report/fingerprint.h"
#include "lint/report/report.h"
#include "tests/support/golden.h"
#include "tests/support/pack.h"
#include "tests/support/showcase.h"

using namespace trainlint;
using nlohmann::json;

static const ReportOptions in_a_repository{
    .around = {.folder = "/home/ada/taxi/training", .repository = "/home/ada/taxi"}};

TEST_CASE("golden reports for other tools") {
  Showcase showcase;
  for (std::string_view name : report_format_names()) {
    ReportFormat format = *report_format(name);
    if (format <= ReportFormat::json) continue;
    std::string text = report(showcase.runs, format, in_a_repository);
    check_golden(fmt::format("report.{}", name == "github" ? "github.txt" : name), text);
  }
  check_golden("step_summary.md", step_summary(showcase.runs, in_a_repository));
}

TEST_CASE("without findings every report is still complete") {
  Showcase showcase;
  showcase.runs.front().findings.clear();
  auto text = [&](ReportFormat format) { return report(showcase.runs, format, in_a_repository); };
  CHECK(text(ReportFormat::jsonl) == "");
  CHECK(text(ReportFormat::github) == "");
  CHECK(json::parse(text(ReportFormat::gitlab)) == json::array());
  CHECK(json::parse(text(ReportFormat::sarif))["runs"][0]["results"] == json::array());
  CHECK(json::parse(text(ReportFormat::rdjson))["diagnostics"] == json::array());
  CHECK(text(ReportFormat::junit).find("tests=\"1\" failures=\"0\"") != std::string::npos);
  std::istringstream lines(text(ReportFormat::lsp));
  size_t files = 0;
  for (std::string line; std::getline(lines, line); ++files)
    CHECK(json::parse(line)["diagnostics"] == json::array());
  CHECK(files == 5);
}

static std::set<std::string> fingerprints(const std::vector<Run>& runs) {
  std::set<std::string> found;
  json log = json::parse(report(runs, ReportFormat::sarif, in_a_repository));
  for (const json& result : log["runs"][0]["results"])
    found.insert(result["partialFingerprints"]["trainlint/v1"].get<std::string>());
  return found;
}

static std::vector<Run> linted(const std::string& task) {
  std::shared_ptr<SourceTree> tree =
      memory_tree({{"trainer/__init__.py", ""}, {"trainer/task.py", task}});
  std::vector<Run> runs = lint_tree(*tree, TreeKind::folder, ".", {}, all_rules());
  for (Run& run : runs) run.whole = tree;
  return runs;
}

TEST_CASE("fingerprints stay when lines move and differ where findings do") {
  std::string two = "import sys\nimport trainer.data\nimport trainer.model\n";
  std::set<std::string> before = fingerprints(linted("import trainer.data\n"));
  CHECK(before.size() == 1);
  CHECK(fingerprints(linted("# moved\n\n\nimport sys\nimport  trainer.data\n")) == before);
  CHECK(fingerprints(linted("import trainer.model\n")) != before);
  Fingerprints names;
  std::string first = names.next("rule", "path", "symbol");
  std::string second = names.next("rule", "path", "symbol");
  CHECK(first != second);
  CHECK(first.size() == 16);
  CHECK(Fingerprints().next("rule", "path", "symbol") == first);
  CHECK(Fingerprints().next("rule", "other", "symbol") != first);
}

TEST_CASE("paths are seen from the repository, or absolute outside of it") {
  Surroundings around{.folder = "/home/ada/taxi/training", .repository = "/home/ada/taxi"};
  Run run;
  run.tree = memory_tree({{"trainer/a b%.py", "x = 1\n"}});
  run.package.tree = run.tree.get();
  Files files(run.package);
  auto path_below = [&](const std::string& root) {
    run.package.root = root;
    return location_of(files, run, {"trainer/a b%.py", std::nullopt}, around).path;
  };
  CHECK(path_below(".") == "training/trainer/a b%.py");
  CHECK(path_below("jobs/") == "training/jobs/trainer/a b%.py");
  CHECK(path_below("../other/") == "other/trainer/a b%.py");
  CHECK(path_below("../../else") == "/home/ada/else/trainer/a b%.py");
  CHECK(path_below("/home/ada/taxi/x") == "x/trainer/a b%.py");
  CHECK(path_below("/srv/taxi") == "/srv/taxi/trainer/a b%.py");
  around.repository = "/";
  CHECK(path_below(".") == "home/ada/taxi/training/trainer/a b%.py");
  CHECK(uri_path("/a b%/\xC3\xA9~_-.py") == "/a%20b%25/%C3%A9~_-.py");
}

TEST_CASE("what is in an archive is reported on the archive") {
  Bytes bytes = pack_files({{"trainer/__init__.py", ""},
                            {"trainer/task.py", "\nimport trainer.data\n"},
                            {"PKG-INFO", "Metadata-Version: 2.1\nName: taxi\nVersion: 1\n"},
                            {"setup.py",
                             "from setuptools import setup\nsetup(name='taxi', version='1', "
                             "packages=['trainer'])\n"}},
                           Packing::tar_gz, "taxi-1/");
  Result<OpenTree> opened = open_archive("taxi-1.tar.gz", bytes);
  REQUIRE(opened);
  std::vector<Run> runs =
      lint_tree(*opened->tree, opened->kind, "dist/taxi-1.tar.gz", {}, all_rules());
  json list = json::parse(report(runs, ReportFormat::gitlab, in_a_repository));
  REQUIRE(list.size() == 1);
  CHECK(list[0]["location"]["path"] == "training/dist/taxi-1.tar.gz");
  CHECK(list[0]["location"]["lines"]["begin"] == 1);
  std::string description = list[0]["description"];
  CHECK_MESSAGE(description.starts_with("trainer/task.py:2:8: no module named"), description);
  json line = json::parse(report(runs, ReportFormat::lsp, in_a_repository));
  CHECK(line["uri"] == "file:///home/ada/taxi/training/dist/taxi-1.tar.gz");
}

TEST_CASE("columns are what each format counts: code points, bytes, UTF-16") {
  Run run;
  run.tree = memory_tree({{"trainer/task.py", "\U0001F600 = \"é\"; import values\n"}});
  run.package.tree = run.tree.get();
  run.package.root = ".";
  Finding& finding = run.findings.emplace_back();
  finding.rule = "some-rule";
  finding.message = "text";
  finding.place = {"trainer/task.py", Span{20, 26}};
  std::vector<Run> runs;
  runs.push_back(std::move(run));
  auto parsed = [&](ReportFormat format) { return json::parse(report(runs, format, {})); };
  json region = parsed(
      ReportFormat::sarif)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
  CHECK(region["startColumn"] == 17);
  CHECK(region["endColumn"] == 23);
  CHECK(parsed(ReportFormat::rdjson)["diagnostics"][0]["location"]["range"]["start"]["column"] ==
        21);
  CHECK(parsed(ReportFormat::lsp)["diagnostics"][0]["range"]["start"]["character"] == 17);
}

TEST_CASE("in JUnit, what does not fail the run is a skipped test") {
  Showcase showcase;
  auto with = [&](Severity severity) {
    std::string word(to_string(severity));
    showcase.runs.front().config.settings = {*parse_setting(*find_key("fail-on"), word, "")};
    return report(showcase.runs, ReportFormat::junit, in_a_repository);
  };
  CHECK(with(Severity::error).find("failures=\"4\" errors=\"0\" skipped=\"6\"") !=
        std::string::npos);
  CHECK(with(Severity::advice).find("failures=\"10\" errors=\"0\" skipped=\"0\"") !=
        std::string::npos);
}
