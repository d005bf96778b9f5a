#include <algorithm>

#include "lint/rule/suppression.h"
#include "lint/text/line_map.h"

namespace trainlint {

namespace {

constexpr std::string_view marker = "trainlint:";
constexpr std::string_view blanks = " \t\f";

bool is_simple_statement(uint16_t kind) {
  switch (kind) {
    case sym_import_statement:
    case sym_future_import_statement:
    case sym_import_from_statement:
    case sym_print_statement:
    case sym_assert_statement:
    case sym_expression_statement:
    case sym_return_statement:
    case sym_delete_statement:
    case sym_raise_statement:
    case sym_pass_statement:
    case sym_break_statement:
    case sym_continue_statement:
    case sym_global_statement:
    case sym_nonlocal_statement:
    case sym_exec_statement:
    case sym_type_alias_statement:
      return true;
    default:
      return false;
  }
}

bool is_compound_statement(uint16_t kind) {
  switch (kind) {
    case sym_if_statement:
    case sym_match_statement:
    case sym_for_statement:
    case sym_while_statement:
    case sym_try_statement:
    case sym_with_statement:
    case sym_function_definition:
    case sym_class_definition:
    case sym_decorated_definition:
      return true;
    default:
      return false;
  }
}

// The end of a statement, or of a compound one's header.
uint32_t head_end(const Syntax& syntax, Syntax::Node statement) {
  if (is_simple_statement(syntax.kind(statement))) return syntax[statement].end;
  for (Syntax::Node node = statement + 1; node < syntax[statement].next; ++node)
    if (syntax.kind(node) == sym_block) return syntax[node].begin;
  return syntax[statement].end;
}

struct Around {
  Syntax::Node before = Syntax::none;  // the last statement that begins before an offset
  Syntax::Node after = Syntax::none;   // the outermost one that begins behind it first
};

Around statements_around(const Syntax& syntax, uint32_t offset) {
  Around around;
  for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
    uint16_t kind = syntax.kind(node);
    if (!is_simple_statement(kind) && !is_compound_statement(kind)) continue;
    if (syntax[node].begin >= offset) {
      around.after = node;
      break;
    }
    around.before = node;
  }
  return around;
}

// From the begin of the line of `offset` to the end of that line.
Span line_span(const LineMap& lines, uint32_t line) {
  uint32_t begin = lines.line_begin(line);
  return {begin, begin + static_cast<uint32_t>(lines.line_text(line).size()) + 1};
}

bool alone_on_line(std::string_view text, const LineMap& lines, uint32_t offset) {
  uint32_t begin = lines.line_begin(lines.line_of(offset));
  return text.substr(begin, offset - begin).find_first_not_of(blanks) == std::string_view::npos;
}

// What a comment in Python code is about.
Span covered(const Syntax& syntax, const LineMap& lines, uint32_t comment) {
  Around around = statements_around(syntax, comment);
  Span line = line_span(lines, lines.line_of(comment));
  uint32_t head = around.before == Syntax::none ? 0 : head_end(syntax, around.before);
  if (alone_on_line(syntax.text(), lines, comment)) {
    if (head > comment) return {syntax[around.before].begin, head};  // between a statement's lines
    if (around.after == Syntax::none) return line;
    return {syntax[around.after].begin, syntax[around.after].end};
  }
  if (head <= line.begin) return line;  // "else:  # trainlint: ..."
  return {std::min(line.begin, syntax[around.before].begin), std::max(line.end, head)};
}

}  // namespace

std::vector<Suppression> suppressions_of(const Module& module) {
  std::vector<Suppression> found;
  if (!module.problem.empty()) return found;  // there is no text
  std::string_view text = module.text();
  if (text.find(marker) == std::string_view::npos) return found;
  LineMap lines(text);
  const Syntax& syntax = module.syntax;
  for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
    if (syntax.kind(node) != sym_comment) continue;
    std::optional<Suppression> read = read_suppression(syntax.text(node), syntax[node].begin);
    if (!read) continue;
    read->path = module.path;
    read->covers = read->whole_file ? Span{0, static_cast<uint32_t>(text.size())}
                                    : covered(syntax, lines, syntax[node].begin);
    found.push_back(std::move(*read));
  }
  return found;
}

namespace {

// Where the comment of a line begins, if it has one. In setup.cfg and its like only a line that
// begins with '#' is a comment; elsewhere '#' may also follow a blank.
size_t comment_begin(std::string_view line, bool lines_only) {
  size_t first = line.find_first_not_of(blanks);
  if (first == std::string_view::npos || line[first] == '#') return first;
  if (lines_only) return std::string_view::npos;
  size_t at = line.find(marker);
  size_t hash = at == std::string_view::npos ? at : line.rfind('#', at);
  bool parted = hash != std::string_view::npos && blanks.find(line[hash - 1]) != blanks.npos;
  return parted ? hash : std::string_view::npos;
}

// The lines that belong to the one after a comment: those that a value goes on to, or a section.
Span covered_below(const LineMap& lines, uint32_t line) {
  auto first_of = [&](uint32_t number) -> char {
    std::string_view text = lines.line_text(number);
    return text.empty() ? '\n' : text[0];
  };
  uint32_t first = line + 1;
  while (first <= lines.line_count() && (first_of(first) == '#' || first_of(first) == '\n'))
    ++first;
  if (first > lines.line_count()) return line_span(lines, line);
  bool section = first_of(first) == '[';
  uint32_t last = first;
  while (last < lines.line_count()) {
    char next = first_of(last + 1);
    bool continues =
        section ? next != '[' : std::string_view(" \t]})").find(next) != std::string_view::npos;
    if (!continues) break;
    ++last;
  }
  return {lines.line_begin(first), line_span(lines, last).end};
}

}  // namespace

std::vector<Suppression> suppressions_of(const std::string& path, std::string_view text) {
  std::vector<Suppression> found;
  if (text.find(marker) == std::string_view::npos) return found;
  LineMap lines(text);
  bool lines_only = path.ends_with(".cfg") || path.ends_with(".ini");
  for (uint32_t number = 1; number <= lines.line_count(); ++number) {
    std::string_view line = lines.line_text(number);
    if (line.find(marker) == std::string_view::npos) continue;
    size_t begin = comment_begin(line, lines_only);
    if (begin == std::string_view::npos || line[begin] != '#') continue;
    uint32_t offset = lines.line_begin(number) + static_cast<uint32_t>(begin);
    std::optional<Suppression> read = read_suppression(line.substr(begin), offset);
    if (!read) continue;
    read->path = path;
    if (read->whole_file)
      read->covers = {0, static_cast<uint32_t>(text.size())};
    else if (alone_on_line(text, lines, offset))
      read->covers = covered_below(lines, number);
    else
      read->covers = line_span(lines, number);
    found.push_back(std::move(*read));
  }
  return found;
}

}  // namespace trainlint
