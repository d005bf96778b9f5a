#pragma once

#include <cstdint>
#include <forward_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/python/syntax.h"
#include "lint/python/version.h"
#include "lint/text/span.h"

namespace trainlint {

// A module is one .py file, parsed once and lowered to plain facts in one pass. What the file does
// to names and to the import system stands in `blocks`: steps in the order in which CPython would
// carry them out. Views point into the module's text. Absent parts (an `else` that is not there)
// are empty blocks, which steps may share. A file whose tree has errors begins with `opaque`.

// What a step does. `text` and the other members of Step mean:
enum class StepKind : uint8_t {
  import_module,  // import a.b [as c]: one step a name; text "a.b", bound "a" or "c"; node is the
                  // name's own clause, statement the whole import
  import_from,    // from ..a.b import x [as y], z: text "a.b", level 2, names; or star
  bind,           // text is assigned (=, :=, for, with, except, match, augmented; also after every
                  // function and class_body step that has a name). A dotted text "a.b" is an
                  // assignment to an attribute of a plain name: it binds nothing here, but adds to
                  // what `a` is, which may be a module
  declare,        // text is annotated without a value (x: int): a local, but not bound
  unbind,         // del text
  use,            // text is loaded: a name, or the longest chain of plain attributes "a.b.c"
  call,           // a call, after the steps of its callee and arguments: `index` in calls; also a
                  // decorator being applied (node is the decorator then, without arguments)
  branch,         // if/elif/conditional expression/and/or: blocks {then, else}; `index` in tests
  loop,           // for/while: blocks {body, else}; `index` in tests (a for loop's is unknown)
  attempt,        // try: blocks {body, else, finally}, then one `handler` step's block per except
                  // clause: blocks {body, else, finally, handler...}; each handler block begins
                  // with a `handler` step
  handler,        // first step of an except clause's block: what it `catches`, bound the name after
                  // `as` (a bind and at the block's end an unbind step say so too); star: except*
  with,           // blocks {body}, which begins with the names after `as`; `catches` says what the
                  // context manager may swallow: contextlib.suppress(...), or unknown ones
  function,    // def or lambda (text "" then): blocks {body, parameters}; run when called, not now
  class_body,  // blocks {body}, run now in a scope of its own; text is the name, not yet bound
  comprehension,  // blocks {body}, run now in a scope of its own; body holds a loop. Names bound by
                  // := are bound there and, by a bind step that follows, around it (PEP 572)
  global,         // text is declared global in this scope
  nonlocal,       // text is declared nonlocal in this scope
  leave,          // return, break or continue: nothing after it in the block is run
  raise,          // ends the block with an error of class `text` ("" for a bare raise or unknown)
  opaque,         // from here on any name of this module may be bound: exec, globals()[...], ...
};

// What `except` clauses (or contextlib.suppress) catch, of the errors that importing can raise.
enum Catches : uint8_t {
  catches_nothing = 0,
  catches_module_not_found = 1,  // ModuleNotFoundError
  catches_import = 2,            // ImportError that is not ModuleNotFoundError
  catches_attribute = 4,
  catches_syntax = 8,
  catches_name = 16,
  catches_other = 32,       // some other Exception
  catches_unknown = 64,     // an expression that cannot be evaluated: may catch anything
  catches_exceptions = 63,  // every Exception
  catches_exit = 128,       // SystemExit, which is none
  catches_everything = catches_exceptions | catches_exit,
};

struct ImportedName {
  std::string_view name;   // "x" in "from a import x as y"
  std::string_view bound;  // "y", or "x" without `as`
  Span span;               // of the name in the import statement
};

struct Step {
  StepKind kind;
  uint8_t catches = 0;
  bool star = false;           // from ... import *
  bool annotation = false;     // part of an annotation: evaluated late from 3.14 on (PEP 649)
  uint16_t level = 0;          // leading dots of a from-import
  Syntax::Node node = 0;       // the statement or expression
  Syntax::Node statement = 0;  // the simple statement or compound header that holds it
  uint32_t index = 0;          // in calls or tests
  uint32_t first_name = 0, name_count = 0;    // in Module::names
  uint32_t first_block = 0, block_count = 0;  // in Module::block_lists: indices of blocks
  std::string_view text = {};
  std::string_view bound = {};
};

// A condition that may be known before the program runs.
enum class TestKind : uint8_t {
  unknown,
  always_true,
  always_false,
  negation,       // not left
  conjunction,    // left and right
  disjunction,    // left or right
  main_guard,     // __name__ == "__main__"
  type_checking,  // TYPE_CHECKING, typing.TYPE_CHECKING
  version,  // sys.version_info <op> (major[, minor[, micro]]) or sys.version_info[0] <op> major;
            // rewritten so that `compare` holds between the first `version_parts` numbers of
            // the running version and `version`: sys.version_info > (3, 7) is >= here, since
            // 3.7.0 is greater than the shorter tuple
  package_none,  // __package__ is None, __package__ == "", not __package__
  platform,      // sys.platform == text, os.name == text, sys.platform.startswith(text)
};

enum class Compare : uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

struct Test {
  TestKind kind = TestKind::unknown;
  Compare compare = Compare::equal;
  bool platform_is_os_name = false;
  bool platform_prefix = false;  // startswith
  uint8_t version_parts = 0;     // how many of `version` are given
  int version[3] = {0, 0, 0};
  uint32_t left = 0, right = 0;  // in Module::tests
  std::string_view text = {};
};

struct Argument {
  std::string_view keyword;  // "" for a positional one, "*" and "**" for unpacked ones
  Syntax::Node value = 0;
};

struct Call {
  Syntax::Node node = 0;
  std::string_view callee;  // a dotted chain of names such as "tf.keras.Model"; "" for others
  uint32_t first_argument = 0, argument_count = 0;  // in Module::arguments
};

using Block = std::vector<Step>;

// What __all__ says: only with `known` is `names` complete.
struct Exports {
  bool present = false;
  bool known = true;
  std::vector<std::string> names;
};

// Something CPython's tokenizer, parser, symbol table or compiler refuses.
struct SyntaxFault {
  Span span;                         // begins on the line that CPython's SyntaxError names
  std::string message;               // what CPython says, in substance
  bool python2 = false;              // this is how Python 2 code looks (print statement, ...)
  std::string kind = "SyntaxError";  // or "IndentationError", "TabError"
  // The first later version than the target that takes the file, and what is new in it as far as
  // that has a name ("match statements").
  std::optional<PythonVersion> needs{};
  std::string construct{};
};

struct Module {
  std::string path;                 // below the package's root
  Syntax syntax;                    // of the decoded text (UTF-8)
  std::vector<SyntaxFault> faults;  // in source order; the first is the one CPython reports
  std::string problem;              // why the file could not be read; then everything is empty
  bool not_judged = false;          // `problem` is a limit of ours: Python may well read the file

  std::vector<Block> blocks;  // blocks[0] is the module's own body
  std::vector<uint32_t> block_lists;
  std::vector<ImportedName> names;
  std::vector<Test> tests;  // tests[0] is the unknown test
  std::vector<Call> calls;
  std::vector<Argument> arguments;
  Exports exports;
  bool has_main_guard = false;
  std::string_view docstring;                // as written, without quotes; "" when there is none
  std::forward_list<std::string> spellings;  // dotted names that the file writes with blanks inside

  std::string_view text() const { return syntax.text(); }
};

// Reads, decodes (PEP 263), parses, lowers and checks one file for a target version.
Module load_module(std::string path, std::shared_ptr<const std::string> bytes,
                   PythonVersion target);

// Of a file that nothing need be known of but its text: no tree, no steps, no faults.
Module unparsed_module(std::string path, std::shared_ptr<const std::string> bytes);

// The steps of a parsed text; fills everything of Module but `path`, `syntax`, `faults`, `problem`.
void lower(Module& module);

// All that CPython's compile() would refuse, first the fault that it would report; `bytes` is the
// file as stored, which decides about encodings and line ends.
std::vector<SyntaxFault> check_syntax(const Syntax& syntax, std::string_view bytes,
                                      PythonVersion target);

// The value of a string literal (concatenated, with escapes, not an f-string), else nullopt.
std::optional<std::string> string_value(const Syntax& syntax, Syntax::Node node);

}  // namespace trainlint
