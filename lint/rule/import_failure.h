#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// What the rules about failing imports share: which failures of the graph they speak about, how
// severe one is, and the notes that every one of them carries.

// The failures of one kind that can happen on the worker, in the order in which they are met.
std::vector<const Failure*> failures_of(const Package& package, FailureKind kind);

// The failure ends every job, as far as is known.
bool stops_the_job(const Failure& failure);

// Reports at the line that CPython's traceback would name: an error where the package cannot be
// started, a warning where the line may not be reached. Adds the notes about how it is reached.
Report::Added report_failure(Report& report, const Package& package, const Failure& failure,
                             std::string message);

// The import statement that a failure is about; null where the failure is no import statement.
const Step* import_step(const Module& module, Span span);

// "trainer.model.build" -> "trainer.model" and "build"; the first is "" for a plain name.
std::pair<std::string, std::string> split_last(const std::string& dotted);

// "trainer/model.py:3"
std::string line_label(const Module& module, uint32_t offset);

// The dotted name of a file of the tree, as it is imported on the worker (or would be, were it
// there): "trainer.model" for "src/trainer/model.py". A folder or its __init__.py is the package.
std::string dotted_name(const Package& package, std::string_view source);

// The package whose names "from . import x" in this module means; "" for a top-level module.
std::string parent_package(const Package& package, uint32_t module);

// How to import the module `dotted` in place of what the failing statement says: a statement to
// write, or two with "or" between them.
std::string import_advice(const Package& package, const Failure& failure, std::string_view dotted);

// The name closest to a misspelt one, if one is close enough to be meant.
std::optional<std::string> nearest_name(std::string_view wanted,
                                        const std::vector<std::string>& names);

// Names that the top level of a module can bind, in source order and possibly repeated.
std::vector<std::string> bound_names(const Module& module);
// Where the top level of a module first binds a name.
std::optional<Span> binding_of(const Module& module, std::string_view name);
// The same, for what the module makes itself and does not import.
std::optional<Span> definition_of(const Module& module, std::string_view name);

// Modules directly below a package, by their last name, that will be on the worker.
std::vector<std::string> submodules(const Package& package, std::string_view dotted);

}  // namespace trainlint
