#include "lint/rule/idle.h"

#include <algorithm>

namespace trainlint {

// Calls that prepare something and do no work of their own, as they are usually written.
static bool prepares_only(std::string_view callee) {
  constexpr std::string_view known[] = {"logging.getLogger",
                                        "logging.basicConfig",
                                        "getLogger",
                                        "os.environ.get",
                                        "os.getenv",
                                        "os.path.join",
                                        "os.path.dirname",
                                        "os.path.abspath",
                                        "os.path.basename",
                                        "os.path.realpath",
                                        "sys.path.append",
                                        "sys.path.insert",
                                        "re.compile",
                                        "namedtuple",
                                        "collections.namedtuple",
                                        "TypeVar",
                                        "typing.TypeVar",
                                        "warnings.filterwarnings",
                                        "warnings.simplefilter",
                                        "int",
                                        "float",
                                        "str",
                                        "bool",
                                        "len",
                                        "list",
                                        "dict",
                                        "tuple",
                                        "set",
                                        "frozenset",
                                        "range",
                                        "sorted",
                                        "os.environ.setdefault",
                                        "collections.OrderedDict",
                                        "OrderedDict",
                                        "super"};
  if (std::find(std::begin(known), std::end(known), callee) != std::end(known)) return true;
  std::string_view last = callee.substr(callee.rfind('.') + 1);
  return last == "set_verbosity" || last.starts_with("DEFINE_");
}

// Decorators and what makes them; others may run the function, as sacred's automain does.
static bool is_harmless_decorator(std::string_view callee) {
  constexpr std::string_view known[] = {"property",
                                        "staticmethod",
                                        "classmethod",
                                        "dataclass",
                                        "dataclasses.dataclass",
                                        "abstractmethod",
                                        "abc.abstractmethod",
                                        "tf.function",
                                        "lru_cache",
                                        "functools.lru_cache",
                                        "functools.wraps",
                                        "contextmanager",
                                        "contextlib.contextmanager",
                                        "torch.no_grad"};
  return callee.ends_with(".setter") ||
         std::find(std::begin(known), std::end(known), callee) != std::end(known);
}

// `__name__ == "main"`: a comparison with a string that is not the name of the program.
static bool is_false_guard(const Syntax& syntax, Syntax::Node condition) {
  while (condition != Syntax::none && syntax.kind(condition) == sym_parenthesized_expression) {
    Syntax::Node inner = syntax.first(condition);
    while (inner != Syntax::none && !syntax.named(inner)) inner = syntax.sibling(inner, condition);
    condition = inner;
  }
  if (condition == Syntax::none || syntax.kind(condition) != sym_comparison_operator) return false;
  bool name = false, other = false;
  int parts = 0;
  for (Syntax::Node child = syntax.first(condition); child != Syntax::none;
       child = syntax.sibling(child, condition)) {
    ++parts;
    if (syntax.text(child) == "__name__") {
      name = true;
    } else if (syntax.named(child)) {
      std::optional<std::string> value = string_value(syntax, child);
      other = value && *value != "__main__";
    } else if (syntax.text(child) != "==") {
      return false;
    }
  }
  return parts == 3 && name && other;
}

enum class Truth : uint8_t { no, yes, unknown };

static Truth truth_of(const Module& module, uint32_t index, bool as_main) {
  const Test& test = module.tests[index];
  switch (test.kind) {
    case TestKind::always_true:
      return Truth::yes;
    case TestKind::always_false:
    case TestKind::type_checking:
      return Truth::no;
    case TestKind::main_guard:
      return as_main ? Truth::yes : Truth::no;
    case TestKind::negation: {
      Truth left = truth_of(module, test.left, as_main);
      return left == Truth::unknown ? left : left == Truth::yes ? Truth::no : Truth::yes;
    }
    case TestKind::conjunction: {
      Truth left = truth_of(module, test.left, as_main);
      Truth right = truth_of(module, test.right, as_main);
      if (left == Truth::no || right == Truth::no) return Truth::no;
      return left == Truth::yes ? right : left;
    }
    default:
      return Truth::unknown;
  }
}

static bool block_is_idle(const Module& module, uint32_t block, bool as_main);

static bool branch_is_idle(const Module& module, const Step& step, bool as_main) {
  Truth truth = truth_of(module, step.index, as_main);
  if (is_false_guard(module.syntax, module.syntax.field(step.node, field_condition)))
    truth = Truth::no;
  for (uint32_t i = 0; i < step.block_count; ++i) {
    if (truth == (i == 0 ? Truth::no : Truth::yes)) continue;
    if (!block_is_idle(module, module.block_lists[step.first_block + i], as_main)) return false;
  }
  return true;
}

// Functions that Python calls by itself: for a class statement elsewhere, for a name that is
// missing.
static bool runs_unseen(std::string_view function) {
  return function == "__init_subclass__" || function == "__set_name__" ||
         function == "__class_getitem__" || function == "__mro_entries__" ||
         function == "__getattr__";
}

static bool has_metaclass(const Module& module, const Step& step) {
  Syntax::Node bases = module.syntax.field(step.node, field_superclasses);
  return bases != Syntax::none &&
         module.syntax.text(bases).find("metaclass") != std::string_view::npos;
}

// Base classes that do nothing when a class is derived from them; in frameworks for applications
// deriving a class may register it, or run it.
static bool is_harmless_base(const Module& module, std::string_view base) {
  constexpr std::string_view known[] = {"object",
                                        "dict",
                                        "list",
                                        "str",
                                        "int",
                                        "float",
                                        "tuple",
                                        "set",
                                        "ABC",
                                        "abc",
                                        "Enum",
                                        "IntEnum",
                                        "enum",
                                        "NamedTuple",
                                        "TypedDict",
                                        "Protocol",
                                        "Generic",
                                        "typing",
                                        "threading",
                                        "Thread",
                                        "unittest",
                                        "json",
                                        "argparse",
                                        "logging",
                                        "torch",
                                        "nn",
                                        "tf",
                                        "tensorflow",
                                        "keras",
                                        "layers",
                                        "data",
                                        "Dataset",
                                        "Module",
                                        "Model",
                                        "Layer",
                                        "Callback",
                                        "pl",
                                        "lightning",
                                        "pytorch_lightning",
                                        "LightningModule",
                                        "LightningDataModule",
                                        "sklearn",
                                        "BaseEstimator",
                                        "TransformerMixin",
                                        "ClassifierMixin",
                                        "RegressorMixin"};
  std::string_view root = base.substr(0, base.find_first_of(".["));
  if (root.ends_with("Error") || root.ends_with("Exception") || root.ends_with("Warning"))
    return true;
  if (std::find(std::begin(known), std::end(known), root) != std::end(known)) return true;
  return std::any_of(module.blocks[0].begin(), module.blocks[0].end(), [&](const Step& step) {
    return step.kind == StepKind::class_body && step.text == root;
  });
}

static bool has_unknown_base(const Module& module, const Step& step) {
  Syntax::Node bases = module.syntax.field(step.node, field_superclasses);
  if (bases == Syntax::none) return false;
  for (Syntax::Node base = module.syntax.first(bases); base != Syntax::none;
       base = module.syntax.sibling(base, bases))
    if (module.syntax.named(base) && module.syntax.kind(base) != sym_comment &&
        !is_harmless_base(module, module.syntax.text(base)))
      return true;
  return false;
}

// `from trainer.model import set` makes set() something else than the builtin.
static bool is_imported_name(const Module& module, std::string_view name) {
  constexpr std::string_view harmless_modules[] = {"collections", "typing",    "logging",
                                                   "os",          "re",        "os.path",
                                                   "warnings",    "functools", "dataclasses"};
  for (const Block& block : module.blocks)
    for (const Step& step : block) {
      if (step.kind == StepKind::function && step.text == name) return true;
      const bool harmless =
          step.level == 0 && std::find(std::begin(harmless_modules), std::end(harmless_modules),
                                       step.text) != std::end(harmless_modules);
      if (step.kind != StepKind::import_from || harmless) continue;
      for (uint32_t i = 0; i < step.name_count; ++i)
        if (module.names[step.first_name + i].bound == name) return true;
    }
  return false;
}

// These call methods of what they are given, or a function: list(train()), sorted(rows, key=run).
static bool walks_argument(const Module& module, const Call& call) {
  constexpr std::string_view walkers[] = {"list", "dict", "tuple", "set", "frozenset", "sorted"};
  if (std::find(std::begin(walkers), std::end(walkers), call.callee) == std::end(walkers))
    return false;
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const uint16_t kind = module.syntax.kind(module.arguments[call.first_argument + i].value);
    if (kind == sym_identifier || kind == sym_attribute || kind == sym_lambda) return true;
  }
  return false;
}

static bool call_is_idle(const Module& module, const Step& step) {
  std::string_view callee = module.calls[step.index].callee;
  if (callee.find('.') == std::string_view::npos && is_imported_name(module, callee)) return false;
  if (walks_argument(module, module.calls[step.index])) return false;
  return prepares_only(callee) || is_harmless_decorator(callee);
}

static bool step_is_idle(const Module& module, const Step& step, bool as_main) {
  switch (step.kind) {
    case StepKind::call:
      return call_is_idle(module, step);
    case StepKind::branch:
      return branch_is_idle(module, step, as_main);
    case StepKind::raise:
    case StepKind::opaque:
      return false;
    case StepKind::function:
      return !runs_unseen(step.text);
    case StepKind::class_body:
      if (has_metaclass(module, step) || has_unknown_base(module, step)) return false;
      break;
    default:
      break;
  }
  for (uint32_t i = 0; i < step.block_count; ++i)
    if (!block_is_idle(module, module.block_lists[step.first_block + i], as_main)) return false;
  return true;
}

static bool block_is_idle(const Module& module, uint32_t block, bool as_main) {
  const Block& steps = module.blocks[block];
  return std::all_of(steps.begin(), steps.end(),
                     [&](const Step& step) { return step_is_idle(module, step, as_main); });
}

bool does_nothing(const Module& module, bool as_main) {
  if (!module.problem.empty() || !module.faults.empty() || module.blocks.empty()) return false;
  return block_is_idle(module, 0, as_main);
}

std::optional<Span> misspelt_guard(const Module& module) {
  for (const Step& step : module.blocks[0]) {
    if (step.kind != StepKind::branch) continue;
    Syntax::Node condition = module.syntax.field(step.node, field_condition);
    if (is_false_guard(module.syntax, condition)) return module.syntax.span(condition);
  }
  return std::nullopt;
}

}  // namespace trainlint
