// The lowering against CPython: its symbol table and its parser on thousands of files.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "lint/python/dump.h"
#include "lint/text/line_map.h"

using namespace trainlint;
namespace fs = std::filesystem;

static std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  std::string text = std::move(content).str();
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

static Module lowered(std::string text) {
  Module module;
  module.syntax = Syntax::parse(std::make_shared<const std::string>(std::move(text)));
  lower(module);
  return module;
}

static std::string joined(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : " ") + name;
  return out;
}

// The facts of one module in the oracle's form.
struct Facts {
  const Module& module;
  LineMap lines;
  std::vector<std::string> scopes, imports;
  size_t calls = 0;

  struct Names {
    std::set<std::string> bound, loaded;
  };

  void add_import(const Step& step);
  void add_names(const Step& step, Names& names);
  void add_block(uint32_t block, Names& names, const std::string& path);
  void add_scope(const Step& step, const std::string& path);
  void close(const std::string& path, const Names& names);
};

void Facts::add_import(const Step& step) {
  std::string line = "import " + std::to_string(lines.line_of(module.syntax[step.statement].begin));
  line += " " + std::to_string(step.level) + " ";
  line += step.text.empty() ? "-" : std::string(step.text);
  line += " ";
  if (step.kind == StepKind::import_module) {
    std::string_view first = step.text.substr(0, step.text.find('.'));
    bool aliased = module.syntax.kind(step.node) == sym_aliased_import;
    CHECK((aliased || step.bound == first));
    line += aliased ? std::string(step.bound) : "-";
  }
  if (step.star) line += "*";
  for (uint32_t i = 0; i < step.name_count; ++i)
    line += (i ? "," : "") + std::string(module.names[step.first_name + i].name);
  imports.push_back(std::move(line));
}

void Facts::add_names(const Step& step, Names& names) {
  std::string text(step.text);
  switch (step.kind) {
    case StepKind::import_module:
      names.bound.emplace(step.bound);
      add_import(step);
      break;
    case StepKind::import_from:
      for (uint32_t i = 0; i < step.name_count; ++i)
        names.bound.emplace(module.names[step.first_name + i].bound);
      add_import(step);
      break;
    case StepKind::bind:
    case StepKind::declare:
    case StepKind::unbind:
      if (text.find('.') == std::string::npos) names.bound.insert(text);
      break;
    case StepKind::use:
      names.loaded.insert(text.substr(0, text.find('.')));
      break;
    case StepKind::call:
      calls += module.syntax.kind(step.node) != sym_decorator;
      break;
    default:
      break;
  }
}

void Facts::add_block(uint32_t block, Names& names, const std::string& path) {
  for (const Step& step : module.blocks[block]) {
    add_names(step, names);
    if (step.kind == StepKind::function || step.kind == StepKind::class_body ||
        step.kind == StepKind::comprehension) {
      add_scope(step, path);
      continue;
    }
    for (uint32_t i = 0; i < step.block_count; ++i)
      add_block(module.block_lists[step.first_block + i], names, path);
  }
}

void Facts::add_scope(const Step& step, const std::string& path) {
  Names names;
  std::string inner = path + "/" + (step.text.empty() ? "-" : std::string(step.text));
  for (uint32_t i = 0; i < step.block_count; ++i)
    add_block(module.block_lists[step.first_block + i], names, inner);
  close(inner, names);
}

void Facts::close(const std::string& path, const Names& names) {
  std::set<std::string> bound = names.bound;
  std::set<std::string> loaded = names.loaded;
  bound.erase("__class__");
  loaded.erase("__class__");
  scopes.push_back("scope " + path + ": " + joined(bound) + " | " + joined(loaded));
}

static std::vector<std::string> facts_of(const Module& module) {
  Facts facts{module, LineMap(module.text()), {}, {}, 0};
  Facts::Names names;
  facts.add_block(0, names, "top");
  facts.close("top", names);
  std::sort(facts.scopes.begin(), facts.scopes.end());
  std::sort(facts.imports.begin(), facts.imports.end());
  std::vector<std::string> out = std::move(facts.scopes);
  out.insert(out.end(), facts.imports.begin(), facts.imports.end());
  out.push_back("calls " + std::to_string(facts.calls));
  return out;
}

// The lines that only one side has, at most a dozen.
static std::string difference(const std::vector<std::string>& ours,
                              const std::vector<std::string>& theirs) {
  std::vector<std::string> left, right;
  std::set_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                      std::back_inserter(left));
  std::set_difference(theirs.begin(), theirs.end(), ours.begin(), ours.end(),
                      std::back_inserter(right));
  std::string out;
  for (size_t i = 0; i < left.size() && i < 6; ++i) out += "\n  lowering: " + left[i];
  for (size_t i = 0; i < right.size() && i < 6; ++i) out += "\n  CPython:  " + right[i];
  return out;
}

static std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[65536];
  for (size_t got; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
  CHECK(pclose(pipe) == 0);
  return out;
}

static std::string standard_library() {
  std::string path =
      output_of("python3 -c 'import sysconfig; print(sysconfig.get_path(\"stdlib\"))'");
  path.erase(path.find_last_not_of("\r\n") + 1);
  return path;
}

TEST_CASE("lowered facts are those of the symbol table and parser of CPython") {
  std::string folders = standard_library();
  if (const char* more = std::getenv("TRAINLINT_ORACLE_FOLDERS")) folders = more;
  std::string oracle = TRAINLINT_SOURCE_DIR "/tests/lowering/symtable_oracle.py";
  std::istringstream lines(output_of("python3 '" + oracle + "' " + folders));
  std::string path;
  std::vector<std::string> expected;
  size_t files = 0, recovered = 0, different = 0;
  auto compare = [&] {
    if (path.empty()) return;
    Module module = lowered(content_of(path));
    std::vector<std::string> ours = facts_of(module);
    ++files;
    std::sort(ours.begin(), ours.end());
    std::sort(expected.begin(), expected.end());
    if (ours == expected) return;
    if (module.syntax.has_error()) {
      ++recovered;  // tree-sitter does not parse it: lowering says that names are unknown
      CHECK(module.blocks[0].front().kind == StepKind::opaque);
      return;
    }
    if (++different <= 20) FAIL_CHECK(path << difference(ours, expected));
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("file ")) {
      compare();
      path = line.substr(5);
      expected.clear();
    } else {
      expected.push_back(line);
    }
  }
  compare();
  MESSAGE(files << " files compared, " << different << " differ, " << recovered
                << " that tree-sitter cannot parse");
  CHECK(different == 0);
  CHECK(files > 400);
  CHECK(recovered * 200 < files);
}
