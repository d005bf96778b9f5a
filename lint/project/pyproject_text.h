#pragma once

#include <string_view>

namespace trainlint {

// The formats that setuptools asks of texts in pyproject.toml (validate-pyproject's formats.py).

// The name of a distribution or of an extra: letters, digits, '.', '_' and '-', as PEP 508 has it.
bool is_pep508_identifier(std::string_view text);

// "module.attribute"; letters outside ASCII are taken for letters of identifiers.
bool is_dotted_name(std::string_view text);

// An entry point: "module", "module:object.attribute", each perhaps with "[extra]" behind.
bool is_object_reference(std::string_view text);

// False for a scheme without a host. A text without a scheme is taken: setuptools only warns.
bool is_url(std::string_view text);

}  // namespace trainlint
