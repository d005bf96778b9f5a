#include <charconv>

#include "lint/python/literal.h"
#include "lint/python/lower.h"

namespace trainlint {

uint32_t Lowering::add_test(Test test) {
  module.tests.push_back(test);
  return static_cast<uint32_t>(module.tests.size() - 1);
}

uint32_t Lowering::known(bool value) {
  return add_test({.kind = value ? TestKind::always_true : TestKind::always_false});
}

uint32_t Lowering::negation(uint32_t test) {
  return test == 0 ? 0 : add_test({.kind = TestKind::negation, .left = test});
}

// Appends the steps of a condition and returns its test (an index in Module::tests).
uint32_t Lowering::condition(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return 0;
  bool negated = false;
  for (;;) {
    Node inner = Syntax::none;
    if (nodes[node].kind == sym_parenthesized_expression) inner = first_named(node);
    if (nodes[node].kind == sym_not_operator) {
      inner = syntax.field(node, field_argument);
      negated = !negated;
    }
    if (inner == Syntax::none) break;
    node = inner;
  }
  uint32_t test;
  if (nodes[node].kind == sym_boolean_operator) {
    test = boolean(node);
  } else {
    test = classify(node);
    expression(node);
  }
  return negated ? negation(test) : test;
}

// a and b and c: each right side is evaluated only if what stands left of it lets it. The operators
// nest to the left, without bound, so they are put on a stack of their own.
uint32_t Lowering::boolean(Node node) {
  size_t mark = spine.size();
  while (nodes[node].kind == sym_boolean_operator && nodes[node].next > node + 1) {
    spine.push_back(node);
    ++node;
  }
  uint32_t test = condition(node);
  for (; spine.size() > mark; spine.pop_back()) {
    Node operation = spine.back();
    Node word = syntax.field(operation, field_operator);
    Node right = syntax.field(operation, field_right);
    if (word == Syntax::none || right == Syntax::none) continue;
    bool both = nodes[word].kind == anon_sym_and;
    OpenBlock block = open();
    uint32_t right_test = condition(right);
    uint32_t sometimes = close(block);
    if (sometimes != empty) {
      uint32_t never = empty_block();
      Step& step = add(StepKind::branch, operation);
      step.index = test;
      attach(step, {both ? sometimes : never, both ? never : sometimes});
    }
    if (test != 0 || right_test != 0)
      test = add_test({.kind = both ? TestKind::conjunction : TestKind::disjunction,
                       .left = test,
                       .right = right_test});
  }
  return test;
}

static bool is_zero(std::string_view number) {
  return number.find_first_not_of("0xXoObB_.") == std::string_view::npos;
}

uint32_t Lowering::classify(Node node) {
  std::string_view written = syntax.text(node);
  switch (nodes[node].kind) {
    case sym_true:
      return known(true);
    case sym_false:
    case sym_none:
      return known(false);
    case sym_integer:
      return known(!is_zero(written));
    case sym_string: {
      std::optional<std::string> value = string_value(syntax, node);
      return value ? known(!value->empty()) : 0;
    }
    case sym_identifier:
      if (written == "TYPE_CHECKING") return add_test({.kind = TestKind::type_checking});
      if (written == "__package__") return negation(add_test({.kind = TestKind::package_none}));
      return 0;
    case sym_attribute:
      return written.ends_with(".TYPE_CHECKING") ? add_test({.kind = TestKind::type_checking}) : 0;
    case sym_comparison_operator:
      return compare(node);
    case sym_call: {
      Node arguments = syntax.field(node, field_arguments);
      Node only = arguments == Syntax::none ? arguments : first_named(arguments);
      if (!written.starts_with("sys.platform.startswith(") || only == Syntax::none ||
          nodes[only].kind != sym_string || next_named(only, arguments) != Syntax::none)
        return 0;
      Test test{.kind = TestKind::platform};
      test.platform_prefix = true;
      test.text = literal_text(syntax, only);
      return test.text.empty() ? 0 : add_test(test);
    }
    default:
      return 0;
  }
}

static std::optional<Compare> comparison_of(uint16_t kind) {
  switch (kind) {
    case anon_sym_EQ_EQ:
    case anon_sym_is:
      return Compare::equal;
    case anon_sym_BANG_EQ:
    case anon_sym_LT_GT:
    case sym__is_not:
      return Compare::not_equal;
    case anon_sym_LT:
      return Compare::less;
    case anon_sym_LT_EQ:
      return Compare::less_equal;
    case anon_sym_GT:
      return Compare::greater;
    case anon_sym_GT_EQ:
      return Compare::greater_equal;
    default:
      return std::nullopt;
  }
}

// What holds of b and a where `operation` holds of a and b.
static Compare turned(Compare operation) {
  switch (operation) {
    case Compare::less:
      return Compare::greater;
    case Compare::less_equal:
      return Compare::greater_equal;
    case Compare::greater:
      return Compare::less;
    case Compare::greater_equal:
      return Compare::less_equal;
    default:
      return operation;
  }
}

static bool is_literal(uint16_t kind) {
  return kind == sym_string || kind == sym_integer || kind == sym_tuple || kind == sym_none;
}

uint32_t Lowering::compare(Node node) {
  Node left = first_named(node);
  Node word = syntax.field(node, field_operators);
  Node right = left == Syntax::none ? left : next_named(left, node);
  if (word == Syntax::none || right == Syntax::none) return 0;
  if (next_named(right, node) != Syntax::none) return 0;  // a < b < c
  std::optional<Compare> operation = comparison_of(nodes[word].kind);
  if (!operation) return 0;
  if (is_literal(nodes[left].kind)) {
    std::swap(left, right);
    operation = turned(*operation);
  }
  if (!is_literal(nodes[right].kind)) return 0;
  if (nodes[right].kind == sym_string || nodes[right].kind == sym_none)
    return compare_text(left, right, *operation);
  return compare_version(left, right, *operation);
}

// __name__ == "__main__", __package__ is None, sys.platform == "linux", sys.version[0] == "2"
uint32_t Lowering::compare_text(Node left, Node right, Compare operation) {
  if (operation != Compare::equal && operation != Compare::not_equal) return 0;
  std::string_view name = syntax.text(left);
  bool none = nodes[right].kind == sym_none;
  std::string_view value = none ? std::string_view() : literal_text(syntax, right);
  bool empty_text = !none && nodes[right].end - nodes[right].begin == 2;
  uint32_t test = 0;
  if (name == "__name__" && value == "__main__") {
    test = add_test({.kind = TestKind::main_guard});
    if (scope == Scope::module && operation == Compare::equal) module.has_main_guard = true;
  } else if (name == "__package__" && (none || empty_text)) {
    test = add_test({.kind = TestKind::package_none});
  } else if ((name == "sys.platform" || name == "os.name") && !value.empty()) {
    test = add_test(
        {.kind = TestKind::platform, .platform_is_os_name = name == "os.name", .text = value});
  } else if (name == "sys.version[0]" && (value == "2" || value == "3")) {
    test = add_test({.kind = TestKind::version,
                     .compare = operation,
                     .version_parts = 1,
                     .version = {value[0] - '0', 0, 0}});
    return test;
  }
  return operation == Compare::equal ? test : negation(test);
}

static std::optional<int> small_number(std::string_view written) {
  int number = 0;
  auto [end, problem] = std::from_chars(written.data(), written.data() + written.size(), number);
  bool whole = problem == std::errc() && end == written.data() + written.size();
  return whole && number >= 0 ? std::optional<int>(number) : std::nullopt;
}

// How many leading numbers of sys.version_info an expression is: 0 for all of it (which is longer
// than any tuple it is compared with), 1 with `number` for its first item, nullopt for other
// things.
struct VersionPart {
  uint32_t count = 0;
  bool number = false;
};

static std::optional<VersionPart> version_part(std::string_view left, std::string_view alias) {
  std::string_view name = "sys.version_info";
  if (!left.starts_with(name)) name = "_sys.version_info";
  if (!left.starts_with(name)) name = alias;
  if (name.empty() || !left.starts_with(name)) return std::nullopt;
  std::string_view rest = left.substr(name.size());
  if (rest.empty()) return VersionPart{};
  if (rest == "[0]" || rest == ".major") return VersionPart{1, true};
  if (rest == "[:1]" || rest == "[0:1]") return VersionPart{1, false};
  if (rest == "[:2]" || rest == "[0:2]") return VersionPart{2, false};
  if (rest == "[:3]" || rest == "[0:3]") return VersionPart{3, false};
  return std::nullopt;
}

uint32_t Lowering::compare_version(Node left, Node right, Compare operation) {
  std::optional<VersionPart> part = version_part(syntax.text(left), version_name);
  if (!part || part->number != (nodes[right].kind == sym_integer)) return 0;
  Test test{.kind = TestKind::version, .compare = operation};
  if (part->number) {
    std::optional<int> major = small_number(syntax.text(right));
    if (!major) return 0;
    test.version_parts = 1;
    test.version[0] = *major;
    return add_test(test);
  }
  for (Node child = first_named(right); child != Syntax::none; child = next_named(child, right)) {
    std::optional<int> number = small_number(syntax.text(child));
    if (!number || test.version_parts == 3) return 0;
    test.version[test.version_parts++] = *number;
  }
  if (test.version_parts == 0 || (part->count != 0 && part->count < test.version_parts)) return 0;
  if (part->count == test.version_parts) return add_test(test);
  // The left side is the longer tuple, so it is greater where its beginning is equal.
  switch (operation) {
    case Compare::equal:
      return known(false);
    case Compare::not_equal:
      return known(true);
    case Compare::greater:
      test.compare = Compare::greater_equal;
      break;
    case Compare::less_equal:
      test.compare = Compare::less;
      break;
    default:
      break;
  }
  return add_test(test);
}

}  // namespace trainlint
