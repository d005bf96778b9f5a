#pragma once

#include <string_view>

namespace trainlint {

// The formats that setuptools asks of texts in pyproject.toml (validate-pyproject's formats.py).

// "module.attribute"; letters outside ASCII are taken for letters of identifiers.
bool is_dotted_name(std::string_view text);

// The name of a package or module in a list of them; releases since 70 take '-' as well.
bool is_module_name(std::string_view text);

// An entry point: "module", "module:object.attribute", each perhaps with "[extra]" behind.
bool is_object_reference(std::string_view text);

// False for a scheme without a host. A text without a scheme is taken: setuptools only warns.
bool is_url(std::string_view text);

}  // namespace trainlint
