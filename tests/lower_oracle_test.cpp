// The lowering against CPython: its symbol table and its parser on thousands of files.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>

#include "lint/python/dump.h"
#include "lint/text/line_map.h"
#include "tests/support/oracle.h"

using namespace trainlint;
namespace fs = std::filesystem;

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
  Syntax::Node comprehension = 0;  // the last one in this block
  for (const Step& step : module.blocks[block]) {
    // What := binds in a comprehension inside another one is bound around both; the symbol table
    // does not show it in the outer one.
    bool passed_on = path.ends_with("/-") && step.kind == StepKind::bind && comprehension != 0 &&
                     step.node > comprehension && step.node < module.syntax[comprehension].next;
    if (step.kind == StepKind::comprehension) comprehension = step.node;
    if (passed_on) continue;
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

// What the symbol table calls the scopes without a name may be the name of a function as well.
static std::string shown_name(std::string_view name) {
  for (std::string_view nameless : {"", "lambda", "listcomp", "setcomp", "dictcomp", "genexpr"})
    if (name == nameless) return "-";
  return std::string(name);
}

void Facts::add_scope(const Step& step, const std::string& path) {
  Names names;
  std::string inner = path + "/" + shown_name(step.text);
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

struct Comparison {
  size_t files = 0, unparsed = 0, different = 0;
};

static void compare(const std::string& path, std::vector<std::string> theirs, Comparison& result) {
  Module module = lowered_file(path);
  std::vector<std::string> ours = facts_of(module);
  std::sort(ours.begin(), ours.end());
  std::sort(theirs.begin(), theirs.end());
  ++result.files;
  if (ours == theirs) return;
  if (module.syntax.has_error()) {
    ++result.unparsed;  // tree-sitter does not know the syntax: names must be unknown
    CHECK(module.blocks[0].front().kind == StepKind::opaque);
  } else if (++result.different <= 20) {
    FAIL_CHECK(path << difference(ours, theirs));
  }
}

TEST_CASE("lowered facts are those of the symbol table and parser of CPython") {
  Comparison result;
  for_each_judged_file("symtable_oracle.py",
                       [&](const std::string& path, std::vector<std::string> theirs) {
                         compare(path, std::move(theirs), result);
                       });
  MESSAGE(result.files << " files compared: " << result.different << " differ, " << result.unparsed
                       << " are beyond tree-sitter's grammar");
  CHECK(result.different == 0);
  CHECK(result.files > 200);
  CHECK(result.unparsed * 100 < result.files);
}

TEST_CASE("damaged files and those of other Pythons are lowered without a crash") {
  std::mt19937 random(11);
  size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(
           standard_library(), fs::directory_options::skip_permission_denied)) {
    if (entry.path().extension() != ".py" || entry.is_symlink()) continue;
    bool other_python = entry.path().string().find("/lib2to3/tests/data/") != std::string::npos;
    if (!other_python && ++files % 7 != 0) continue;
    size_t size = entry.file_size();
    Module module =
        lowered_file(entry.path().string(), other_python ? size : random() % (size + 1));
    CHECK(module.blocks.size() >= 1);
    CHECK_FALSE((module.syntax.has_error() && module.blocks[0].empty()));
    if (files > 7 * 150) break;
  }
}
