#include <iterator>

#include <fmt/format.h>

#include "lint/python/dump.h"
#include "lint/text/line_map.h"

namespace trainlint {

namespace {

struct Dump {
  const Module& module;
  LineMap lines;
  std::string out;
};

}  // namespace

static std::string_view kind_name(StepKind kind) {
  switch (kind) {
    case StepKind::import_module:
      return "import";
    case StepKind::import_from:
      return "from";
    case StepKind::bind:
      return "bind";
    case StepKind::declare:
      return "declare";
    case StepKind::unbind:
      return "unbind";
    case StepKind::use:
      return "use";
    case StepKind::call:
      return "call";
    case StepKind::branch:
      return "branch";
    case StepKind::loop:
      return "loop";
    case StepKind::attempt:
      return "attempt";
    case StepKind::handler:
      return "handler";
    case StepKind::with:
      return "with";
    case StepKind::function:
      return "function";
    case StepKind::class_body:
      return "class";
    case StepKind::comprehension:
      return "comprehension";
    case StepKind::global:
      return "global";
    case StepKind::nonlocal:
      return "nonlocal";
    case StepKind::leave:
      return "leave";
    case StepKind::raise:
      return "raise";
    case StepKind::opaque:
      return "opaque";
  }
  return "";
}

static std::string_view compare_name(Compare compare) {
  switch (compare) {
    case Compare::equal:
      return "==";
    case Compare::not_equal:
      return "!=";
    case Compare::less:
      return "<";
    case Compare::less_equal:
      return "<=";
    case Compare::greater:
      return ">";
    case Compare::greater_equal:
      return ">=";
  }
  return "";
}

static std::string version_test(const Test& test) {
  std::string out = fmt::format("version {} {}", compare_name(test.compare), test.version[0]);
  for (int part = 1; part < test.version_parts; ++part)
    out += fmt::format(".{}", test.version[part]);
  return out;
}

// `depth` bounds what is shown of a condition, not what is known of it.
static std::string test_text(const Module& module, uint32_t index, int depth) {
  const Test& test = module.tests[index];
  if (depth > 20) return "...";
  auto side = [&](uint32_t inner) { return test_text(module, inner, depth + 1); };
  switch (test.kind) {
    case TestKind::unknown:
      return "?";
    case TestKind::always_true:
      return "true";
    case TestKind::always_false:
      return "false";
    case TestKind::negation:
      return fmt::format("not {}", side(test.left));
    case TestKind::conjunction:
      return fmt::format("({} and {})", side(test.left), side(test.right));
    case TestKind::disjunction:
      return fmt::format("({} or {})", side(test.left), side(test.right));
    case TestKind::main_guard:
      return "main guard";
    case TestKind::type_checking:
      return "type checking";
    case TestKind::version:
      return version_test(test);
    case TestKind::package_none:
      return "package none";
    case TestKind::platform:
      return fmt::format("{} {} '{}'", test.platform_is_os_name ? "os.name" : "platform",
                         test.platform_prefix ? "starts with" : "==", test.text);
  }
  return "";
}

static std::string catches_text(uint8_t catches) {
  static constexpr std::string_view names[] = {
      "module-not-found", "import", "attribute", "syntax", "name", "other", "unknown", "exit"};
  std::string out;
  if ((catches & catches_everything) == catches_everything) return "everything";
  if ((catches & catches_exceptions) == catches_exceptions) return "every Exception";
  for (size_t bit = 0; bit < std::size(names); ++bit)
    if (catches & (1u << bit)) out += fmt::format("{}{}", out.empty() ? "" : "|", names[bit]);
  return out.empty() ? "nothing" : out;
}

// What each of a step's blocks is called; one space where the block's steps follow directly.
static std::string_view block_name(const Step& step, uint32_t index) {
  switch (step.kind) {
    case StepKind::branch:
      return index == 0 ? "then" : "else";
    case StepKind::loop:
      return index == 0 ? "body" : "else";
    case StepKind::attempt:
      return index == 0 ? "body" : index == 1 ? "else" : index == 2 ? "finally" : "except";
    case StepKind::function:
      return index == 0 ? "body" : "parameters";
    default:
      return "body";
  }
}

static std::string call_text(const Module& module, const Call& call) {
  std::string out = fmt::format(" {}(", call.callee.empty() ? "?" : call.callee);
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    std::string_view keyword = module.arguments[call.first_argument + i].keyword;
    if (i > 0) out += ", ";
    if (keyword.starts_with('*'))
      out += keyword;
    else
      out += keyword.empty() ? "_" : fmt::format("{}=", keyword);
  }
  return out + ")";
}

static std::string import_text(const Module& module, const Step& step) {
  std::string out = fmt::format(" {}{}:", std::string(step.level, '.'), step.text);
  if (step.star) out += " *";
  for (uint32_t i = 0; i < step.name_count; ++i) {
    const ImportedName& name = module.names[step.first_name + i];
    out += fmt::format("{}{}", i == 0 ? " " : ", ", name.name);
    if (name.bound != name.name) out += fmt::format(" as {}", name.bound);
  }
  return out;
}

static std::string detail(const Module& module, const Step& step) {
  switch (step.kind) {
    case StepKind::import_module:
      return fmt::format(" {} as {}", step.text, step.bound);
    case StepKind::import_from:
      return import_text(module, step);
    case StepKind::call:
      return call_text(module, module.calls[step.index]);
    case StepKind::branch:
    case StepKind::loop:
      return fmt::format(" if {}", test_text(module, step.index, 0));
    case StepKind::handler:
      return fmt::format("{} catches {}{}", step.star ? " *" : "", catches_text(step.catches),
                         step.bound.empty() ? "" : fmt::format(" as {}", step.bound));
    case StepKind::with:
      return fmt::format(" catches {}", catches_text(step.catches));
    default:
      return step.text.empty() ? "" : fmt::format(" {}", step.text);
  }
}

static void dump_block(Dump& dump, uint32_t block, int indent) {
  for (const Step& step : dump.module.blocks[block]) {
    Position at = dump.lines.position(
        dump.module.syntax.nodes().empty() ? 0 : dump.module.syntax[step.node].begin);
    fmt::format_to(std::back_inserter(dump.out), "{:{}}{}:{} {}{}{}\n", "", indent, at.line,
                   at.column, kind_name(step.kind), detail(dump.module, step),
                   step.annotation ? " (annotation)" : "");
    for (uint32_t i = 0; i < step.block_count; ++i) {
      uint32_t inner = dump.module.block_lists[step.first_block + i];
      if (dump.module.blocks[inner].empty()) continue;
      if (step.block_count == 1) {
        dump_block(dump, inner, indent + 2);
        continue;
      }
      fmt::format_to(std::back_inserter(dump.out), "{:{}}{}\n", "", indent + 2,
                     block_name(step, i));
      dump_block(dump, inner, indent + 4);
    }
  }
}

std::string dump_module(const Module& module) {
  Dump dump{module, LineMap(module.text()), {}};
  if (!module.blocks.empty()) dump_block(dump, 0, 0);
  if (module.exports.present) {
    dump.out += "exports";
    if (!module.exports.known) dump.out += " unknown";
    for (const std::string& name : module.exports.names) dump.out += " " + name;
    dump.out += "\n";
  }
  if (module.has_main_guard) dump.out += "main guard\n";
  return std::move(dump.out);
}

}  // namespace trainlint
