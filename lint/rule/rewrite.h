#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/rule/rule.h"

namespace trainlint {

// Fixes in scripts, job files and metadata, and of whole modules. As those of repair.h, each gives
// nothing where the text is not written as it would have to be. None is safe.

// The text of a file of the package; null where it cannot be read, and for one with a byte order
// mark: places in it may be counted with or without it.
Bytes text_to_edit(const Package& package, const std::string& path);

// Another word where a file of the package says `wrong` at a place: a flag, a key, a value. Quotes
// around it and "=value" behind it stay.
std::optional<Fix> correct_word(const Package& package, const Place& place, std::string_view wrong,
                                std::string_view right);

// "did you mean 'right'?" for a word at a place, with the fix that writes it, where there is one.
void suggest(Report::Added& added, const Package& package, const Place& place,
             std::string_view wrong, const std::optional<std::string>& right);

// print(...) for every print statement of a module; nothing where that is not all that keeps the
// module from being compiled.
std::optional<Fix> call_print(const Package& package, const Module& module);

// The requirement at the end of the list that the project's metadata gives.
std::optional<Fix> add_requirement(const Package& package, std::string_view requirement);

// The file (below an installed package, which is named with dots) among the project's package data.
// Where the metadata has package data already, or packs what MANIFEST.in says, that is added to.
std::optional<Fix> add_package_data(const Package& package, std::string_view name,
                                    std::string_view below, std::string_view source);

}  // namespace trainlint
