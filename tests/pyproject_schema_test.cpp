// What pyproject.toml may hold, against setuptools and pip themselves.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "lint/project/project.h"
#include "lint/project/requirement.h"

using namespace trainlint;
using Json = nlohmann::json;
using Refuser = Project::Refusal::Refuser;

static std::string output(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe);
  std::string text;
  for (int c; (c = std::fgetc(pipe)) != EOF;) text.push_back(static_cast<char>(c));
  CHECK(pclose(pipe) == 0);
  return text;
}

static Project read(const std::string& text) {
  std::map<std::string, std::string> files{
      {"pyproject.toml", text},        {"trainer/__init__.py", "version = '1.0'\n"},
      {"README.md", "words\n"},        {"VERSION", "1.0\n"},
      {"requirements.txt", "numpy\n"}, {"a.txt", "numpy\n"}};
  return read_project(*memory_tree(std::move(files)), "trainer");
}

// By the schema, or for a requirement, which has a rule of its own: setuptools' schemas know both.
static bool refused(const Project& project, bool newer) {
  for (const Project::Refusal& refusal : project.refusals)
    if (refusal.by == Refuser::setuptools || (newer && refusal.by == Refuser::newer_setuptools))
      return true;
  if (project.install_requires.is_known())
    for (const Requirement& one : project.install_requires.value)
      if (!parse_requirement(one.text)) return true;
  if (project.extras_require.is_known())
    for (const auto& [extra, requirements] : project.extras_require.value)
      for (const Requirement& one : requirements)
        if (!parse_requirement(one.text)) return true;
  return false;
}

// TRAINLINT_SETUPTOOLS=FOLDER asks another release than the installed one, from 68 on.
TEST_CASE("pyproject.toml files that setuptools refuses are refused, and no others") {
  const char* other = std::getenv("TRAINLINT_SETUPTOOLS");
  std::string command = "python3 " TRAINLINT_SOURCE_DIR "/tests/project/pyproject_schema.py";
  if (other) command.append(" --setuptools '").append(other).append("'");
  std::string answers = output(command + " 2>/dev/null"), wrong;
  int count = 0, refusals = 0;
  for (size_t begin = 0, end = 0; begin < answers.size(); begin = end + 1) {
    end = answers.find('\n', begin);
    Json answer = Json::parse(answers.substr(begin, end - begin));
    // SPDX expressions, which setuptools takes since 77.
    if (answer[0].get<std::string>().find("license = \"") != std::string::npos) continue;
    const bool theirs = answer[1];
    count++;
    refusals += theirs;
    if (refused(read(answer[0]), other != nullptr) != theirs)
      wrong.append(answer[0].get<std::string>())
          .append(theirs ? "is refused: " : "is taken ")
          .append(answer[2].get<std::string>())
          .append("\n\n");
  }
  CHECK(count > 2000);
  CHECK(refusals > 1000);
  CHECK(wrong == "");
}
