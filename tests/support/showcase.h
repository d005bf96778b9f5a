#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "lint/pipeline.h"

namespace trainlint {

// A package with one of each thing that is hard to show. The findings are made by hand: the subject
// here is how a finding looks, whatever the rules say.
inline std::map<std::string, std::string> showcase_files() {
  std::map<std::string, std::string> files = parse_txtar(R"(
-- setup.py --
from setuptools import find_packages, setup

setup(
    name="trainer",
    packages=find_packages(),
)
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

from trainer import model


if __name__ == "__main__":
	model.train()	# tabs
-- trainer/model.py --
from utils import rows
价格, é = 1, 2; import values
)");
  files["trainer/model.py"] += "e\u0301 = missing\n";
  files["trainer/model.py"] +=
      "x = [" + std::string(300, '1') + ", name, " + std::string(90, '2') + "]\n";
  files["trainer/evil.py"] = "a = '\x1b]0;owned\x07' + \u202e'\xff' # no line end";
  return files;
}

inline Module module_of(const std::string& path, const std::string& text) {
  Module module;
  module.path = path;
  module.syntax = Syntax::parse(std::make_shared<const std::string>(text));
  return module;
}

struct Showcase {
  std::map<std::string, std::string> files = showcase_files();
  std::vector<Run> runs;

  Showcase() {
    Run& run = runs.emplace_back();
    run.tree = memory_tree(files);
    run.package.tree = run.tree.get();
    run.package.root = "jobs/census";
    for (const auto& [path, text] : files)
      if (path.ends_with(".py")) run.package.modules.push_back(module_of(path, text));
    run.package.launch.package = "trainer";
    run.package.launch.module = "trainer.task";
    fill(run.findings);
    put_in_order(run.findings);
  }

  // Where `words` stand in a file.
  Place place(const std::string& path, std::string_view words) const {
    size_t found = files.at(path).find(words);
    REQUIRE(found != std::string::npos);
    auto begin = static_cast<uint32_t>(found);
    return {path, Span{begin, begin + static_cast<uint32_t>(words.size())}};
  }

  static Finding finding(std::string_view rule, Severity severity, Place place,
                         std::string message) {
    return {rule, "imports", severity, std::move(place), std::move(message), {}, std::nullopt};
  }

  void fill(std::vector<Finding>& findings) const {
    Finding outside =
        finding("import-outside-distribution", Severity::error, place("trainer/model.py", "utils"),
                "'utils' is not on the worker: find_packages() leaves utils.py out");
    outside.notes = {
        {"imported from the entry module", place("trainer/task.py", "trainer import model")},
        {"this call decides what is packed", place("setup.py", "find_packages()")},
        {"move utils.py into trainer/", std::nullopt}};
    outside.fix = Fix{"name utils in py_modules",
                      false,
                      {{"setup.py", *place("setup.py", "find_packages()").span, "[\"trainer\"]"},
                       {"MANIFEST.in", {0, 0}, "include utils.py\n"}}};
    findings.push_back(outside);
    findings.push_back(outside);  // equal findings are shown once
    findings.push_back(finding("wide-columns", Severity::error, place("trainer/model.py", "values"),
                               "after wide characters"));
    findings.push_back(finding("combining-mark", Severity::warning,
                               place("trainer/model.py", "missing"), "after a combining mark"));
    findings.push_back(finding("long-line", Severity::warning, place("trainer/model.py", "name"),
                               "in a line of 400 characters"));
    findings.push_back(finding("many-lines", Severity::advice,
                               place("setup.py", "setup(\n    name=\"trainer\",\n"),
                               "a span of several lines"));
    findings.push_back(finding("after-tabs", Severity::advice, place("trainer/task.py", "# tabs"),
                               "tabs are expanded"));
    findings.push_back(finding("hostile-text", Severity::error,
                               place("trainer/evil.py", "# no line end"),
                               "quotes '\x1b[2J' and \xff\n"));
    findings.push_back(finding("whole-file", Severity::error, {"trainer/\x1b[31m\xfe.py", {}},
                               "a name that is not UTF-8"));
    findings.push_back(finding("past-the-end", Severity::warning,
                               {"trainer/task.py", Span{9000, 9001}}, "a span past the end"));
    findings.push_back(
        finding("no-text", Severity::warning, {"gone.py", Span{3, 4}}, "a file that is not there"));
  }
};

}  // namespace trainlint
