#include <doctest/doctest.h>

#include "lint/finding/finding.h"
#include "lint/python/module.h"
#include "lint/python/parse_memory.h"
#include "lint/rule/repeated.h"
#include "lint/source/archive.h"
#include "lint/source/tree.h"
#include "tests/support/pack.h"

// What is made to be too much ends at a limit, with the reason.

using namespace trainlint;

static std::string repeated(std::string_view text, size_t times) {
  std::string all;
  while (times-- > 0) all += text;
  return all;
}

static Module module_of(std::string text) {
  return load_module("a.py", std::make_shared<const std::string>(std::move(text)), {3, 12});
}

static std::string refusal(const Bytes& archive) {
  Result<OpenTree> opened = open_archive("x.tar.gz", archive);
  return opened ? "opened" : opened.error();
}

TEST_CASE("a text that takes too much memory to parse is not judged") {
  if (!parse_memory_is_pooled) return;  // then memory is watched by somebody else
  const Module module = module_of(repeated("f(", 400'000));
  CHECK(module.problem == "takes too long to parse, or too much memory");
  CHECK(module.not_judged);
  CHECK(module.faults.empty());
  CHECK(module.blocks.empty());
}

TEST_CASE("a small text that takes long to parse is not judged") {
  if (!parse_memory_is_pooled) return;  // it would be allowed all of longest_parse
  const Module module = module_of("x = 1" + repeated("\\\n", 30'000));
  CHECK(module.problem == "takes too long to parse, or too much memory");
  CHECK(module.not_judged);
}

TEST_CASE("a large table is parsed") {
  const Module module = module_of("x = [" + repeated("1, ", 100'000) + "]\n");
  CHECK(module.problem == "");
  CHECK(module.faults.empty());
}

TEST_CASE("f-strings in f-strings end at a depth") {
  const Module module = module_of("x = " + repeated("f'{", 100'000));
  CHECK(module.problem == "");
  CHECK(!module.faults.empty());
}

TEST_CASE("an archive that unpacks to more than a package can be is refused") {
  std::vector<PackedMember> members;
  for (int i = 0; i < 20; ++i)
    members.push_back({.name = "a-1/" + std::to_string(i) + ".bin",
                       .content = std::string(size_t{15} << 20, '\0')});
  const std::string reason =
      "the archive 'x.tar.gz' cannot be read: its members add up to more than 200 times its size";
  CHECK(refusal(pack(members, Packing::tar_gz)) == reason);
  CHECK(refusal(pack(members, Packing::zip)) == reason);
  members.resize(10);
  CHECK(refusal(pack(members, Packing::tar_gz)) == "opened");
  CHECK(refusal(pack(members, Packing::zip)) == "opened");
}

TEST_CASE("sizes that archives state do not overflow") {
  CHECK(sum_of_sizes(UINT64_MAX - 1, 2) == UINT64_MAX);
  CHECK(total_problem(UINT64_MAX, UINT64_MAX) == "its members add up to more than 4 GiB");
  CHECK(total_problem(uint64_t{2} << 30, uint64_t{1} << 30) == "");
}

TEST_CASE("of a rule's findings in a file the first ones are kept") {
  std::vector<Finding> findings;
  for (size_t i = 0; i < most_in_a_file + 7; ++i)
    findings.push_back({.rule = i % 2 == 0 && i < 4 ? "b" : "a", .place = {"x.py", std::nullopt}});
  findings.push_back({.rule = "a", .place = {"y.py", std::nullopt}});
  drop_repeated(findings);
  CHECK(findings.size() == 2 + most_in_a_file + 1);
  const Finding& last = findings[findings.size() - 2];
  REQUIRE(last.notes.size() == 1);
  CHECK(last.notes[0].message == "5 more of this kind in the file are not listed");
  CHECK(findings.back().notes.empty());
}
