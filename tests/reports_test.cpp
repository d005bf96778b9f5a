#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

#include "lint/report/excerpt.h"
#include "lint/report/printable.h"
#include "lint/report/report.h"
#include "tests/support/golden.h"
#include "tests/support/showcase.h"

using namespace trainlint;

TEST_CASE("golden text report") {
  Showcase showcase;
  check_golden("report.txt", text_report(showcase.runs, {}));
}

TEST_CASE("golden colored report") {
  Showcase showcase;
  check_golden("report_colored.txt", text_report(showcase.runs, {.color = true, .concise = false}));
}

TEST_CASE("golden concise report") {
  Showcase showcase;
  check_golden("report_concise.txt", text_report(showcase.runs, {.color = false, .concise = true}));
}

TEST_CASE("golden JSON report") {
  Showcase showcase;
  check_golden("report.json", json_report(showcase.runs));
}

TEST_CASE("colors are the only difference between the plain and the colored report") {
  Showcase showcase;
  std::string colored = text_report(showcase.runs, {.color = true, .concise = false});
  std::string stripped;
  for (size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\033')
      i = colored.find('m', i);
    else
      stripped += colored[i];
  }
  CHECK(stripped == text_report(showcase.runs, {}));
}

TEST_CASE("no control character or invalid byte of a package reaches the terminal") {
  Showcase showcase;
  for (char c : text_report(showcase.runs, {})) {
    bool control = static_cast<unsigned char>(c) < 0x20 && c != '\n';
    CHECK_FALSE(control);
  }
  CHECK(printable("a\tb\x1b\r\n\x7f\u0085\u202e\xff\xe4\xb8") ==
        "a\\tb\\x1b\\x0d\\n\\x7f\\u0085\\u202e\\xff\\xe4\\xb8");
  CHECK(printable("\xed\xa0\x80 \xc0\xaf \xf4\x90\x80\x80") ==
        "\\xed\\xa0\\x80 \\xc0\\xaf \\xf4\\x90\\x80\\x80");
  CHECK(printable("\u00e9\u4ef7\U0001F600") == "\u00e9\u4ef7\U0001F600");
}

TEST_CASE("a report without findings says what was looked at") {
  Showcase showcase;
  showcase.runs[0].findings.clear();
  CHECK(text_report(showcase.runs, {}) == "no problems in 1 package (5 files)\n");
  CHECK(text_report({}, {}) == "no problems in 0 packages (0 files)\n");
}

TEST_CASE("carets stand under what they mean, wherever the span lies in a long line") {
  std::string line(5000, 'a');
  for (size_t begin : {0, 1, 60, 119, 120, 2500, 4880, 4999}) {
    line[begin] = 'X';
    Excerpt excerpt = excerpt_of(line, begin, begin + 1);
    CAPTURE(begin);
    CHECK(excerpt.text.size() <= 126);
    CHECK(excerpt.carets == 1);
    CHECK(excerpt.text[excerpt.indent] == 'X');
    line[begin] = 'a';
  }
  Excerpt all = excerpt_of(line, 0, line.size());
  CHECK(all.carets == 120);
  CHECK(all.text == std::string(120, 'a') + "...");
  Excerpt end = excerpt_of("ab", 2, 9);
  CHECK(end.indent == 2);
  CHECK(end.carets == 1);
  CHECK(excerpt_of("", 0, 0).text.empty());
  CHECK(excerpt_of("a\tb", 2, 3).indent == 4);
}

// A module that another imports in each of the ways a picture tells apart.
static Run graph_showcase() {
  Run run;
  std::map<std::string, std::string> files = {{"trainer/task.py", "import a, b, c, d, e\n"}};
  for (const char* path : {"tests/test_a.py", "trainer/a.py", "trainer/b.py", "trainer/lone.py",
                           "trainer/odd\"\\]name.py", "utils.py"})
    files[path] = "";
  run.tree = memory_tree(files);
  run.package.tree = run.tree.get();
  for (const auto& [path, text] : files) run.package.modules.push_back(module_of(path, text));
  // tests/test_a, a, b, lone, odd, task, utils
  ImportGraph& graph = run.package.graph;
  graph.names = {
      "", "trainer.a", "trainer.b", "trainer.lone", "trainer.odd\"\\]name", "trainer.task", ""};
  graph.reached = {false, true, true, false, true, true, false};
  graph.entry = 5;
  graph.entry_found = true;
  graph.cycles = {{1, 2}};
  auto edge = [&](uint32_t from, const char* name, When when, Target target, uint32_t to,
                  bool guarded, bool in_cycle) {
    graph.edges.push_back({from, 0, Span{7, 8}, name, when, guarded, target, to, in_cycle});
  };
  edge(0, "trainer.a", When::import_time, Target::distribution, 1, false, false);
  edge(1, "trainer.b", When::import_time, Target::distribution, 2, false, true);
  edge(2, "trainer.a", When::in_function, Target::distribution, 1, false, false);
  edge(2, "trainer.a", When::import_time, Target::distribution, 1, false, true);
  edge(5, "trainer.a", When::main_guard, Target::distribution, 1, false, false);
  edge(5, "trainer.odd", When::type_checking, Target::distribution, 4, true, false);
  edge(5, "utils", When::import_time, Target::folder_only, 6, true, false);
  edge(5, "trainer.gone", When::import_time, Target::nothing, no_module, false, false);
  edge(5, "os", When::import_time, Target::standard_library, no_module, false, false);
  run.package.launch.package = "trainer";
  run.package.launch.module = "trainer.task";
  return run;
}

TEST_CASE("golden graphs") {
  Run run = graph_showcase();
  check_golden("graph.dot", graph_report(run.package, GraphFormat::dot));
  check_golden("graph.mmd", graph_report(run.package, GraphFormat::mermaid));
  check_golden("graph.json", graph_report(run.package, GraphFormat::json));
}

TEST_CASE("graphviz accepts the DOT graph" *
          doctest::skip(std::system("dot -V >/dev/null 2>&1") != 0)) {
  Run run = graph_showcase();
  std::FILE* dot = popen("dot -Tsvg -o /dev/null", "w");
  REQUIRE(dot != nullptr);
  std::fputs(graph_report(run.package, GraphFormat::dot).c_str(), dot);
  CHECK(pclose(dot) == 0);
}
