#pragma once

#include <string_view>
#include <unordered_set>
#include <vector>

#include "lint/python/module.h"

namespace trainlint {

// A name (or a use of Python 2) in a module that fails whenever the code is run.
struct NameFault {
  enum Kind : uint8_t {
    undefined,       // bound in none of the scopes that the code sees
    read_too_early,  // a local of the function that nothing has bound before
    // What Python 3 compiles and only Python 2 can run:
    python2_method,  // a dictionary's: `name` is "iteritems"
    python2_item,    // zip(...)[0]: `name` is "zip"
    python2_print,   // print >> file
  } kind = undefined;
  Span span;
  std::string_view name;
  bool in_function = false;  // else in code that runs while the module is loaded
  bool for_python2 = false;  // in a branch that asks which Python it is
};

// Looks at the names of all scopes, as pyflakes does, and at no order but that inside of functions.
// Silent about modules in which any name may be bound (star imports, exec, ...), about code whose
// NameError may be swallowed by a `try` or a `with`, and that is not reached. In source order.
std::vector<NameFault> name_faults(const Module& module, PythonVersion python);

// The faults python2_item and python2_print of a module that does not ask which Python it is.
// `bound` are all names that it binds.
void add_python2_expressions(const Module& module,
                             const std::unordered_set<std::string_view>& bound,
                             std::vector<NameFault>& faults);

// A word that begins a statement in some places only. Where the tree has it as a name that is not
// defined, the tree is wrong: `match [1]:` can be read as an annotation.
bool is_soft_keyword(std::string_view name);

// The modules that mention builtins, and whether code in one of them may make the name one:
// `builtins.LR = 0.1`.
std::vector<std::string_view> texts_with_builtins(const std::vector<Module>& modules);
bool may_be_made_builtin(const std::vector<std::string_view>& texts, std::string_view name);

// Whether every module finds the name: in builtins, or among those that importing sets.
bool is_always_there(std::string_view name, PythonVersion python);

// The names that a function binds itself, its parameters and what it declares global left out.
std::unordered_set<std::string_view> local_names(const Module& module, const Step& function);

}  // namespace trainlint
