#include "lint/project/requirement.h"

#include <algorithm>

#include <fmt/format.h>

namespace trainlint {

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

namespace {

// Recursive descent; the first fault ends it. Blanks are spaces and tabs, as in the grammar.
struct Parser {
  std::string_view text;
  size_t at = 0;
  std::string fault;

  bool failed() const { return !fault.empty(); }
  bool at_end() const { return at == text.size(); }
  char next() const { return at_end() ? '\0' : text[at]; }
  std::string_view rest() const { return text.substr(at); }

  void fail(std::string_view expected) {
    if (!failed()) fault = fmt::format("expected {} at character {}", expected, at + 1);
  }

  void skip_blanks() {
    while (next() == ' ' || next() == '\t') ++at;
  }

  bool take(char c) {
    if (at_end() || next() != c) return false;
    ++at;
    return true;
  }

  // A word that ends where it ends: "in" is not the start of "index".
  bool take_word(std::string_view word) {
    if (!rest().starts_with(word)) return false;
    if (at > 0 && is_word(text[at - 1])) return false;
    size_t end = at + word.size();
    if (end < text.size() && is_word(text[end])) return false;
    at = end;
    return true;
  }

  std::string identifier(std::string_view expected) {
    size_t end = at;
    if (!at_end() && is_word(next()) && next() != '_')
      while (end < text.size() && (is_word(text[end]) || text[end] == '.' || text[end] == '-'))
        ++end;
    while (end > at && !is_word(text[end - 1])) --end;
    if (end == at) fail(expected);
    std::string name(text.substr(at, end - at));
    at = end;
    return name;
  }

  std::vector<std::string> extras();
  SpecifierSet specifiers();
  MarkerOperand operand();
  std::string marker_operator();
  Marker::Part marker_part(int depth);
  Marker marker(int depth);
  ParsedRequirement requirement();
};

}  // namespace

std::vector<std::string> Parser::extras() {
  std::vector<std::string> names;
  if (!take('[')) return names;
  skip_blanks();
  if (take(']')) return names;
  do {
    skip_blanks();
    names.push_back(identifier("the name of an extra"));
    skip_blanks();
  } while (!failed() && take(','));
  if (!take(']')) fail("',' or ']' after the name of an extra");
  return names;
}

// The text of one specifier: the operator, blanks, and what a version may be written with.
static size_t specifier_end(std::string_view text, size_t at) {
  bool identical = text.substr(at).starts_with("===");
  while (at < text.size() && std::string_view("<>=!~").find(text[at]) != std::string_view::npos)
    ++at;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  std::string_view stops = identical ? " \t;)" : " \t;),";
  return std::min(text.find_first_of(stops, at), text.size());
}

SpecifierSet Parser::specifiers() {
  SpecifierSet set;
  bool enclosed = take('(');
  skip_blanks();
  while (!failed() && std::string_view("<>=!~").find(next()) != std::string_view::npos &&
         !at_end()) {
    size_t end = specifier_end(text, at);
    // "===" takes commas too; only then the pieces are told apart.
    std::optional<SpecifierSet> found = parse_specifier_set(text.substr(at, end - at));
    if (!found || found->specifiers.empty()) {
      fail("a version specifier");
      break;
    }
    for (Specifier& specifier : found->specifiers) set.specifiers.push_back(std::move(specifier));
    at = end;
    skip_blanks();
    if (!take(',')) break;
    skip_blanks();
  }
  if (enclosed && !take(')')) fail("')' after the version specifiers");
  return set;
}

ParsedRequirement Parser::requirement() {
  ParsedRequirement parsed;
  skip_blanks();
  parsed.name = identifier("the name of a package");
  skip_blanks();
  if (!failed()) parsed.extras = extras();
  skip_blanks();
  if (failed()) return parsed;
  if (take('@')) {
    skip_blanks();
    size_t end = std::min(text.find_first_of(" \t", at), text.size());
    if (end == at) fail("an address after '@'");
    parsed.url = text.substr(at, end - at);
    at = end;
  } else {
    parsed.specifiers = specifiers();
  }
  skip_blanks();
  if (!failed() && take(';')) parsed.marker = marker(0);
  skip_blanks();
  if (!at_end())
    fail(parsed.url.empty() ? "a version specifier, ';' or the end" : "';' or the end");
  return parsed;
}

MarkerOperand Parser::operand() {
  static constexpr std::string_view variables[] = {"python_version",
                                                   "python_full_version",
                                                   "os_name",
                                                   "os.name",
                                                   "sys_platform",
                                                   "sys.platform",
                                                   "platform_release",
                                                   "platform_system",
                                                   "platform_version",
                                                   "platform.version",
                                                   "platform_machine",
                                                   "platform.machine",
                                                   "platform_python_implementation",
                                                   "platform.python_implementation",
                                                   "python_implementation",
                                                   "implementation_name",
                                                   "implementation_version",
                                                   "extra"};
  for (std::string_view variable : variables) {
    if (!take_word(variable)) continue;
    std::string name(variable);
    std::replace(name.begin(), name.end(), '.', '_');
    if (name == "python_implementation") name = "platform_python_implementation";
    return {true, name};
  }
  char quote = next();
  if (quote == '\'' || quote == '"') {
    size_t end = text.find(quote, at + 1);
    if (end != text.npos) {
      std::string value(text.substr(at + 1, end - at - 1));
      at = end + 1;
      return {false, value};
    }
  }
  fail("a marker variable or a quoted text");
  return {};
}

std::string Parser::marker_operator() {
  if (take_word("in")) return "in";
  if (take_word("not")) {
    size_t before = at;
    skip_blanks();
    if (at != before && take_word("in")) return "not in";
  }
  for (std::string_view op : {"===", "==", "~=", "!=", "<=", ">=", "<", ">"}) {
    if (!rest().starts_with(op)) continue;
    at += op.size();
    return std::string(op);
  }
  fail("a comparison (<=, <, !=, ==, >=, >, ~=, ===, in, not in)");
  return "";
}

Marker::Part Parser::marker_part(int depth) {
  Marker::Part part;
  skip_blanks();
  if (take('(')) {
    if (depth > 100) fail("fewer parentheses");
    part.inner.push_back(failed() ? Marker{} : marker(depth + 1));
    skip_blanks();
    if (!take(')')) fail("')'");
  } else {
    MarkerComparison comparison;
    comparison.left = operand();
    skip_blanks();
    if (!failed()) comparison.op = marker_operator();
    skip_blanks();
    if (!failed()) comparison.right = operand();
    part.comparison = std::move(comparison);
  }
  skip_blanks();
  return part;
}

Marker Parser::marker(int depth) {
  Marker marker;
  marker.alternatives.emplace_back();
  for (;;) {
    marker.alternatives.back().push_back(marker_part(depth));
    if (failed()) return marker;
    if (take_word("or"))
      marker.alternatives.emplace_back();
    else if (!take_word("and"))
      return marker;
  }
}

Result<ParsedRequirement> parse_requirement(std::string_view text) {
  Parser parser{text, 0, ""};
  ParsedRequirement parsed = parser.requirement();
  if (parser.failed()) return Error{parser.fault};
  return parsed;
}

Result<Marker> parse_marker(std::string_view text) {
  Parser parser{text, 0, ""};
  Marker marker = parser.marker(0);
  if (!parser.failed() && !parser.at_end()) parser.fail("'and', 'or' or the end");
  if (parser.failed()) return Error{parser.fault};
  return marker;
}

}  // namespace trainlint
