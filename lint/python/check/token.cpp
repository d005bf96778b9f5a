#include "lint/python/check/token.h"

namespace trainlint {

static constexpr std::string_view spellings[] = {
    "",         "",      "",      "",         "",      "",       "",     "",       "",
    "(",        ")",     "[",     "]",        "{",     "}",      ":",    ",",      ";",
    "+",        "-",     "*",     "/",        "|",     "&",      "<",    ">",      "=",
    ".",        "%",     "@",     "^",        "~",     "==",     "!=",   "<=",     ">=",
    "<<",       ">>",    "**",    "//",       ":=",    "->",     "...",  "+=",     "-=",
    "*=",       "/=",    "%=",    "&=",       "|=",    "^=",     "<<=",  ">>=",    "**=",
    "//=",      "@=",    "False", "None",     "True",  "and",    "as",   "assert", "async",
    "await",    "break", "class", "continue", "def",   "del",    "elif", "else",   "except",
    "finally",  "for",   "from",  "global",   "if",    "import", "in",   "is",     "lambda",
    "nonlocal", "not",   "or",    "pass",     "raise", "return", "try",  "while",  "with",
    "yield",
};
static_assert(std::size(spellings) == static_cast<size_t>(Tok::kw_yield) + 1);

std::string_view spelling(Tok kind) {
  return spellings[static_cast<size_t>(kind)];
}

}  // namespace trainlint
