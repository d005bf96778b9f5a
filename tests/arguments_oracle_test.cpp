// The argument model against argparse itself, on generated trainers (tests/arguments/generate.py).
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "lint/arguments/arguments.h"
#include "tests/support/oracle.h"

using namespace trainlint;
using Json = nlohmann::json;

namespace {

struct Tally {
  int parsers = 0, lines = 0, unknown = 0;
  std::map<std::string, int> outcomes;
  std::string wrong;
  int faults = 0;

  void report(const Json& package, const Json& one, const std::string& ours) {
    if (++faults > 5) return;
    wrong += "\n--- package " + package["number"].dump() + " with " + one["words"].dump() +
             "\nargparse: " + one.dump() + "\nmodel: " + ours + "\n" +
             package["files"]["trainer/task.py"].get<std::string>();
  }
};

// The model's answer in the form of the generator's; "" for values that are not known.
Json answer_of(const Judgement& judgement) {
  Json answer;
  answer["outcome"] = std::string(to_string(judgement.outcome));
  if (judgement.outcome == Outcome::refused || judgement.outcome == Outcome::not_known)
    answer["message"] = judgement.message;
  if (judgement.outcome != Outcome::accepted) return answer;
  answer["extras"] = judgement.extras;
  answer["received"] = Json::array();
  for (const Received& received : judgement.received)
    answer["received"].push_back({received.dest, python_repr(received.value).value_or("")});
  return answer;
}

bool agrees(const Json& ours, const Json& theirs) {
  if (ours["outcome"] != theirs["outcome"]) return false;
  if (ours["outcome"] == "refused") return ours["message"] == theirs["message"];
  if (ours["outcome"] != "accepted") return true;
  if (ours["extras"] != theirs["extras"]) return false;
  if (ours["received"].size() != theirs["received"].size()) return false;
  for (size_t i = 0; i < ours["received"].size(); ++i) {
    if (ours["received"][i][0] != theirs["received"][i][0]) return false;
    const bool known = !ours["received"][i][1].get<std::string>().empty();
    if (known && ours["received"][i][1] != theirs["received"][i][1]) return false;
  }
  return true;
}

void compare_line(const Arguments& arguments, const Json& package, const Json& one, Tally& tally) {
  tally.lines++;
  tally.outcomes[one["outcome"]]++;
  if (one["outcome"] == "raises" && arguments.fault) {
    if (arguments.fault->message != one["message"] && one["type"] == "ArgumentError")
      tally.report(package, one, arguments.fault->message);
    return;
  }
  if (arguments.fault || arguments.parses.size() != 1) {
    if (arguments.fault)
      tally.report(package, one, "raises " + arguments.fault->message);
    else
      tally.unknown++;
    return;
  }
  Json ours = answer_of(
      judge(arguments, arguments.parses[0], one["words"].get<std::vector<std::string>>()));
  if (ours["outcome"] == "not known")
    tally.unknown++;
  else if (!agrees(ours, one))
    tally.report(package, one, ours.dump());
}

void compare_package(const Json& package, Tally& tally) {
  tally.parsers++;
  std::map<std::string, std::string> files = package["files"];
  std::unique_ptr<SourceTree> tree = memory_tree(files);
  std::vector<Module> modules;
  const Module* entry = nullptr;
  for (const auto& [path, text] : files)
    modules.push_back(load_module(path, std::make_shared<const std::string>(text), {3, 11}));
  for (const Module& module : modules)
    if (module.path == "trainer/task.py") entry = &module;
  Launch launch;
  launch.package_folder = "trainer";
  Arguments arguments = collect_arguments(*tree, modules, *entry, launch);
  for (const Json& one : package["cases"]) compare_line(arguments, package, one, tally);
}

}  // namespace

// TRAINLINT_ORACLE_PARSERS=20000 is the whole run, TRAINLINT_ORACLE_SEED another one.
TEST_CASE("command lines are judged as argparse judges them") {
  const char* count = std::getenv("TRAINLINT_ORACLE_PARSERS");
  const char* seed = std::getenv("TRAINLINT_ORACLE_SEED");
  std::istringstream lines(
      output_of("python3 -W ignore '" TRAINLINT_SOURCE_DIR "/tests/arguments/generate.py' " +
                std::string(count ? count : "400") + " " + (seed ? seed : "1")));
  Tally tally;
  for (std::string line; std::getline(lines, line);) compare_package(Json::parse(line), tally);
  MESSAGE(tally.parsers << " parsers, " << tally.lines
                        << " command lines: " << tally.outcomes["accepted"] << " accepted, "
                        << tally.outcomes["refused"] << " refused, " << tally.outcomes["raises"]
                        << " raise; not known " << tally.unknown);
  CHECK(tally.parsers >= 400);
  CHECK(tally.wrong == "");
  CHECK(tally.faults == 0);
  CHECK(tally.unknown * 10 < tally.lines);
  CHECK(tally.outcomes["accepted"] > tally.lines / 10);
}

// The arguments of a package with this task.py.
static std::pair<std::vector<Module>, Arguments> arguments_of(const std::string& text) {
  std::map<std::string, std::string> files{{"trainer/__init__.py", ""}, {"trainer/task.py", text}};
  std::unique_ptr<SourceTree> tree = memory_tree(files);
  std::vector<Module> modules;
  for (const auto& [path, content] : files)
    modules.push_back(load_module(path, std::make_shared<const std::string>(content), {3, 11}));
  Launch launch;
  launch.package_folder = "trainer";
  Arguments arguments = collect_arguments(*tree, modules, modules[1], launch);
  return {std::move(modules), std::move(arguments)};
}

TEST_CASE("a parser that something unknown may add options to is open") {
  const char* changes[] = {
      "library.add_options(parser)",
      "library.parsers.append(parser)",
      "for name in library.names: parser.add_argument('--' + name)",
      "if library.wanted: parser.add_argument('--more')",
      "parser.add_argument(library.name)",
      "parser.add_argument('--more', **library.settings)",
      "holder = [parser]; library.use(holder)",
      "class Holder: pass\nholder = Holder()\nholder.parser = parser\nlibrary.use(holder)",
      "def add(): parser.add_argument('--more')\nif library.wanted: add()",
  };
  for (const char* change : changes) {
    CAPTURE(change);
    auto [modules, arguments] =
        arguments_of("import argparse, library\nparser = argparse.ArgumentParser()\n" +
                     std::string(change) + "\nargs = parser.parse_args()\n");
    REQUIRE(arguments.parses.size() == 1);
    CHECK(arguments.parses[0].parser->open.has_value());
    CHECK(judge(arguments, arguments.parses[0], {"--unknown"}).outcome == Outcome::not_known);
  }
}

TEST_CASE(
    "a parser that is only looked at stays closed, and texts that are no command line do not "
    "count") {
  auto [modules, arguments] = arguments_of(
      "import argparse, library\nparser = argparse.ArgumentParser()\n"
      "parser.add_argument('--steps', type=int)\nparser.print_help()\n"
      "print(parser.parse_args(['--steps', '3']))\nargs = parser.parse_args()\n"
      "library.train(args)\n");
  const Parse* parse = arguments.only_parse();
  REQUIRE(parse != nullptr);
  CHECK_FALSE(parse->parser->open.has_value());
  CHECK(dump_judgement(judge(arguments, *parse, {"--st", "5"})) == "accepted\n  steps = 5\n");
  CHECK(dump_judgement(judge(arguments, *parse, {"--job-dir", "x"})) ==
        "task.py: error: unrecognized arguments: --job-dir x\n");
}
