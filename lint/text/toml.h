#pragma once

#define TOML_EXCEPTIONS 0
#include <toml++/impl/preprocessor.h>

// toml++ 3.3 assumes that a table's header begins with a key, and reports only afterwards that it
// does not: a debug build stops at "[=", and a release build may be made for what is not so.
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT_ASSUME(expression) static_assert(true)

#include <toml++/toml.h>
