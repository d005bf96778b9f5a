#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/rule/rule.h"

namespace trainlint {

// Fixes that rules share. Each gives nothing where the text is not written as it would have to be
// for a change of a few bytes that keeps comments and layout.

// An empty file; nothing where the path is taken.
std::optional<Fix> create_file(const Package& package, const std::string& path);

// Puts a statement on a line of its own before the one that holds a node: as far indented, with the
// file's line end. Only where that statement begins its line and stands in a block.
std::optional<Edit> insert_statement(const Module& module, Syntax::Node node,
                                     std::string_view statement);

// Imports the module of a failing import by its whole name, "trainer.model" for "model".
std::optional<Fix> import_absolutely(const Module& module, const Step& step,
                                     std::string_view dotted);

// Another name where a failing import or attribute says `wrong`, and wherever else the module means
// the same by it.
std::optional<Fix> correct_name(const Module& module, const Failure& failure,
                                std::string_view wrong, std::string_view right);

// One more text at the end of the list of texts that stands at a place in a Python file.
std::optional<Fix> add_to_list(const Package& package, const Place& place, std::string_view item);

// Another module in "from trainer.metric import ...": `wrong` is the part of its dotted name that
// is replaced.
std::optional<Fix> correct_module(const Module& module, const Failure& failure,
                                  std::string_view wrong, std::string_view right);

}  // namespace trainlint
