#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// What stands around a place in the code, and what plain names there mean.

// The named children of a node, comments left out.
std::vector<Syntax::Node> named_children(const Syntax& syntax, Syntax::Node node);

// The nodes around a node, outermost first; without the node itself.
std::vector<Syntax::Node> nodes_around(const Syntax& syntax, Syntax::Node node);
// The innermost function around a node, or none at the top level.
Syntax::Node function_around(const Syntax& syntax, Syntax::Node node);

// Whether a node of a function (none: of the module) may be passed over when the function is run:
// it stands in a branch or a loop, or after one that may have returned.
bool may_be_skipped(const Syntax& syntax, Syntax::Node node, Syntax::Node function);

// The value of the only assignment to a name in a function (none: at the top level, outside all
// functions); `bound` tells whether there is any.
Syntax::Node only_value(const Syntax& syntax, Syntax::Node function, std::string_view name,
                        bool& bound);

// The only function of this name in all modules; nullopt where there is none, or several.
struct DefinedFunction {
  const Module* module;
  Syntax::Node node;
};
std::optional<DefinedFunction> only_function(const Package& package, std::string_view name);
// The names of its parameters, without self and cls.
std::vector<std::string_view> parameters_of(const DefinedFunction& function);

// The last name of what is called, also where it is a method of a call's result: "repeat" in
// read(path).repeat().
std::string_view method_of(const Module& module, const Call& call);

// Whether any module of the tree mentions one of the words, in code or text but not in a comment.
// Whatever lies in the tree counts: modules may be loaded by ways that cannot be followed.
bool any_mentions(const Package& package, std::initializer_list<std::string_view> words);

}  // namespace trainlint
