#include "lint/project/requirement.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "lint/project/distribution_name.h"
#include "lint/project/pep440.h"

// The parsers against `packaging` itself, on random questions that tests/requirement/generate.py
// asks. More of them:
//
//     TRAINLINT_QUESTIONS=100000 ./unit_tests -tc='packaging*'

using namespace trainlint;
using nlohmann::json;

namespace {

constexpr int questions_by_default = 14000;

std::string shown(const std::optional<bool>& answer) {
  return !answer ? "null" : *answer ? "true" : "false";
}

std::string version_answer(const json& question) {
  std::optional<Version> version = parse_version(question["text"].get<std::string>());
  return version ? json(version->text()).dump() : "null";
}

std::string order_answer(const json& question) {
  std::optional<Version> one = parse_version(question["one"].get<std::string>());
  std::optional<Version> two = parse_version(question["two"].get<std::string>());
  if (!one || !two) return "null";
  return *one < *two ? "\"<\"" : *one > *two ? "\">\"" : "\"=\"";
}

std::string specifier_answer(const json& question) {
  std::optional<Specifier> specifier = parse_specifier(question["text"].get<std::string>());
  return specifier ? json(specifier_text(*specifier)).dump() : "null";
}

std::string contains_answer(const json& question) {
  std::optional<SpecifierSet> set = parse_specifier_set(question["set"].get<std::string>());
  std::optional<Version> version = parse_version(question["version"].get<std::string>());
  if (!set || !version) return "null";
  const json& pre = question["pre"];
  PreReleases which = pre.is_null()     ? PreReleases::by_default
                      : pre.get<bool>() ? PreReleases::allowed
                                        : PreReleases::refused;
  return shown(contains(*set, *version, which));
}

std::string requirement_answer(const json& question) {
  Result<ParsedRequirement> parsed = parse_requirement(question["text"].get<std::string>());
  if (!parsed) return "null";
  std::set<std::string> extras(parsed->extras.begin(), parsed->extras.end());
  std::set<std::string> specifiers;
  for (const Specifier& specifier : parsed->specifiers.specifiers)
    specifiers.insert(specifier_text(specifier));
  return json{parsed->name, extras, specifiers, parsed->url, parsed->marker.has_value()}.dump();
}

std::string marker_answer(const json& question) {
  Result<Marker> marker = parse_marker(question["text"].get<std::string>());
  if (!marker) return "\"invalid\"";
  return shown(evaluate(*marker, question["environment"].get<Environment>()));
}

std::string answer_to(const json& question) {
  const std::string kind = question["kind"];
  if (kind == "version") return version_answer(question);
  if (kind == "order") return order_answer(question);
  if (kind == "specifier") return specifier_answer(question);
  if (kind == "contains") return contains_answer(question);
  if (kind == "requirement") return requirement_answer(question);
  if (kind == "marker") return marker_answer(question);
  return json(canonical_name(question["text"].get<std::string>())).dump();
}

std::vector<json> ask_packaging(int count) {
  std::string command =
      fmt::format("python3 {}/tests/requirement/generate.py {}", TRAINLINT_SOURCE_DIR, count);
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  REQUIRE(pipe);
  std::string output;
  std::array<char, 1 << 16> buffer;
  while (size_t got = fread(buffer.data(), 1, buffer.size(), pipe.get()))
    output.append(buffer.data(), got);
  std::vector<json> questions;
  for (size_t begin = 0, end; (end = output.find('\n', begin)) != output.npos; begin = end + 1)
    questions.push_back(json::parse(output.substr(begin, end - begin)));
  return questions;
}

}  // namespace

TEST_CASE("packaging gives the same answers about versions, requirements and markers") {
  const char* wanted = std::getenv("TRAINLINT_QUESTIONS");
  int count = wanted != nullptr ? std::atoi(wanted) : questions_by_default;
  std::vector<json> questions = ask_packaging(count);
  REQUIRE(!questions.empty());
  if (questions.size() == 1) {
    MESSAGE("packaging ", questions[0]["text"].dump(), " still has legacy versions: not compared");
    return;
  }
  CHECK(static_cast<int>(questions.size()) == count + 1);
  for (size_t i = 1; i < questions.size(); ++i) {
    const std::string theirs = questions[i]["answer"].dump();
    const std::string ours = answer_to(questions[i]);
    if (ours == theirs) continue;
    INFO(questions[i].dump());
    CHECK(ours == theirs);
  }
}

TEST_CASE("requirement: faults say what was expected and where") {
  auto fault = [](const char* text) { return parse_requirement(text).error(); };
  CHECK(fault("-r base.txt") == "expected the name of a package at character 1");
  CHECK(fault("tensorflow=2.1") == "expected a version specifier at character 11");
  CHECK(fault("tensorflow 2.1") == "expected a version specifier, ';' or the end at character 12");
  CHECK(fault("numpy>=1.0 <2") == "expected a version specifier, ';' or the end at character 12");
  CHECK(fault("horovod[tensorflow") ==
        "expected ',' or ']' after the name of an extra at character 19");
  CHECK(fault("x; python_version > 3") ==
        "expected a marker variable or a quoted text at character 21");
  CHECK(fault("x @ ; os_name == 'nt'") == "expected ';' or the end at character 7");
}

TEST_CASE("requirement: a marker with parts that are not known") {
  auto value = [](const char* text) {
    Result<Marker> marker = parse_marker(text);
    REQUIRE(marker);
    return shown(evaluate(*marker, {{"python_version", "3.7"}, {"sys_platform", "linux"}}));
  };
  CHECK(value("python_version < '3.8' or os_name == 'nt'") == "true");
  CHECK(value("python_version < '3.8' and os_name == 'nt'") == "null");
  CHECK(value("python_version >= '3.8' and os_name == 'nt'") == "false");
  CHECK(value("sys_platform ~= 'linux'") == "null");
}

TEST_CASE("requirement: names and versions in file names") {
  CHECK(safe_name("my trainer_x.y") == "my-trainer-x.y");
  CHECK(file_name_part("My-Trainer.x") == "my_trainer_x");
  CHECK(safe_version("1.0-Alpha_2") == "1.0a2");
  CHECK(safe_version("latest build") == "latest.build");
  CHECK(is_valid_distribution_name("3to2"));
  CHECK(!is_valid_distribution_name("trainer-"));
}
