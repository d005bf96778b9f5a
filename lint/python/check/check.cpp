#include "lint/python/check/check.h"

#include "lint/python/check/error_search.h"
#include "lint/python/check/parser.h"
#include "lint/python/check/program.h"
#include "lint/python/check/python2.h"
#include "lint/python/check/python2_target.h"

#include <algorithm>

namespace trainlint {

// A place on the last line where the text has ended: CPython counts no line after the last.
static Span place_in(std::string_view text, uint32_t begin, uint32_t end) {
  if (begin >= text.size() && begin > 0) {
    auto last = static_cast<uint32_t>(text.size() - 1);
    if (text[last] == '\n' && last > 0 && text[last - 1] == '\r') --last;
    return {last, last};
  }
  return {begin, std::max(begin, end)};
}

// Until 3.9 what the text ends in was missed at its end, not where it begins.
static std::optional<SyntaxFault> fault_at_end(const Tokens& tokens) {
  bool quotes = tokens.error.message.starts_with("unterminated triple-quoted");
  if (!tokens.error.eof && !quotes) return std::nullopt;
  auto end = static_cast<uint32_t>(tokens.text.size());
  return SyntaxFault{.span = place_in(tokens.text, end, end),
                     .message = quotes ? "EOF while scanning triple-quoted string literal"
                                       : "unexpected EOF while parsing"};
}

// What the parsers up to 3.8 said: no more than where they stopped.
static SyntaxFault old_fault(const Tokens& tokens, const ParseFault& fault, PythonVersion target) {
  const Token& token = tokens.list[fault.token];
  if (token.kind == Tok::error) {
    if (auto at_end = fault_at_end(tokens)) return *at_end;
    return SyntaxFault{
        .span = place_in(tokens.text, tokens.error.begin, tokens.error.end),
        .message = tokens.error.message.empty() ? "invalid syntax" : tokens.error.message,
        .python2 = false,
        .kind = tokens.error.type};
  }
  // Until 3.7 a literal of several lines stood on its last one.
  bool last = target < PythonVersion{3, 8} && token.kind == Tok::string &&
              tokens.text_of(token).find('\n') != std::string_view::npos;
  return SyntaxFault{.span = place_in(tokens.text, last ? token.end - 1 : token.begin, token.end),
                     .message = fault.message.empty() ? "invalid syntax" : fault.message};
}

static std::optional<SyntaxFault> parse_fault(Tokens& tokens, const Parser& parser,
                                              PythonVersion target) {
  const ParseFault& fault = *parser.fault();
  if (fault.too_deep) return std::nullopt;
  if (target < PythonVersion{3, 9} || fault.message.find(" need Python ") != std::string::npos)
    return old_fault(tokens, fault, target);
  LineMap lines(tokens.text);
  std::optional<FoundError> found =
      ErrorSearch(tokens, lines, target).run("file", parser.statement());
  if (!found) return std::nullopt;
  if (target < PythonVersion{3, 10} && found->message == tokens.error.message)
    if (auto at_end = fault_at_end(tokens)) return at_end;
  return SyntaxFault{.span = place_in(tokens.text, found->begin, found->end),
                     .message = std::move(found->message),
                     .python2 = false,
                     .kind = std::move(found->type)};
}

static std::optional<SyntaxFault> program_fault(const Program& program) {
  std::optional<ProgramFault> fault = future_fault(program);
  if (!fault) fault = scope_fault(program);
  if (!fault) fault = placement_fault(program);
  if (!fault) return std::nullopt;
  const Token& token = program.tokens.list[fault->token];
  return SyntaxFault{.span = place_in(program.tokens.text, token.begin, token.end),
                     .message = std::move(fault->message)};
}

static std::optional<SyntaxFault> text_fault(std::string_view text, PythonVersion target,
                                             NewSyntax* newest = nullptr) {
  // What is scratch for one file costs more to make anew than to fill.
  thread_local Tokens tokens;
  thread_local AstTree tree;
  tokenize(tokens, text, target);
  tree.nodes.resize(1);
  Parser parser(tokens, tree, target);
  NodeId module = parser.module();
  if (newest) *newest = parser.newest();
  if (!parser.fault()) return program_fault({tokens, tree, module, target});
  std::optional<SyntaxFault> fault = parse_fault(tokens, parser, target);
  if (fault) fault->python2 = is_python2(tokens, fault->span.begin, fault->message);
  return fault;
}

// Looks for a later Python that takes the text.
static void add_needs(SyntaxFault& fault, std::string_view text, PythonVersion target) {
  if (fault.python2 || target >= newest_python || text_fault(text, newest_python)) return;
  for (PythonVersion later = {3, target.minor + 1}; later <= newest_python; ++later.minor) {
    NewSyntax newest;
    if (text_fault(text, later, &newest)) continue;
    fault.needs = later;
    if (newest.minor == later.minor)
      fault.construct = newest.what;
    else if (later.minor == 12 && fault.message.starts_with("f-string"))  // PEP 701
      fault.construct = "such f-strings";
    return;
  }
}

// The fault of a file that is not UTF-8 throughout: CPython minds that only where the bytes have a
// meaning. Its place is given in the repaired text, which has the same lines.
static std::optional<SyntaxFault> raw_fault(const SourceText& source, std::string_view bytes,
                                            PythonVersion target) {
  const std::string raw(has_byte_order_mark(bytes) ? bytes.substr(3) : bytes);
  std::optional<SyntaxFault> fault = text_fault(raw, target);
  if (!fault) return fault;
  uint32_t line = LineMap(raw).line_of(fault->span.begin);
  LineMap lines(*source.text);
  uint32_t begin = lines.line_begin(line);
  fault->span = {begin, begin + static_cast<uint32_t>(lines.line_text(line).size())};
  return fault;
}

// "from __future__ import barry_as_FLUFL" makes "<>" right and "!=" wrong.
static bool changes_operators(std::string_view text) {
  size_t name = text.find("barry_as_FLUFL");
  if (name == text.npos) return false;
  size_t line = text.find_last_of("\r\n", name);
  line = text.find_first_not_of(" \t\r\n", line == text.npos ? 0 : line);
  return text.substr(line).starts_with("from") &&
         text.substr(line, name - line).find("__future__") != text.npos;
}

// What Python 2.7 says of a file: known where it is a program of Python 3, and of its encoding.
static std::vector<SyntaxFault> check_for_python2(const SourceText& source,
                                                  std::string_view bytes) {
  if (source.fault || source.unknown || !source.exact) return {};
  const std::string& text = *source.text;
  const auto strange = std::find_if(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (strange != text.end() && !has_byte_order_mark(bytes) && !encoding_cookie(bytes)) {
    const auto begin = static_cast<uint32_t>(strange - text.begin());
    return {{.span = place_in(text, begin, begin + 1),
             .message = "non-ASCII character, but no encoding declared (PEP 263)"}};
  }
  thread_local Tokens tokens;
  thread_local AstTree tree;
  tokenize(tokens, text, newest_python);
  tree.nodes.resize(1);
  Parser parser(tokens, tree, newest_python);
  const NodeId module = parser.module();
  if (parser.fault()) return {};
  std::optional<NewerThanPython2> newer = newer_than_python2({tokens, tree, module, newest_python});
  if (!newer) return {};
  SyntaxFault fault{.span = place_in(text, newer->begin, newer->end), .message = "invalid syntax"};
  fault.needs = PythonVersion{3, newer->minor};
  fault.construct = newer->what;
  return {std::move(fault)};
}

std::vector<SyntaxFault> check_source(const SourceText& source, std::string_view bytes,
                                      PythonVersion target) {
  if (target.major < 3) return check_for_python2(source, bytes);
  if (source.fault) return {*source.fault};
  if (source.unknown) return {};
  std::optional<SyntaxFault> fault =
      source.exact ? text_fault(*source.text, target) : raw_fault(source, bytes, target);
  if (!fault || changes_operators(*source.text)) return {};
  if (source.exact) add_needs(*fault, *source.text, target);
  return {std::move(*fault)};
}

std::vector<SyntaxFault> check_syntax(const Syntax&, std::string_view bytes, PythonVersion target) {
  return check_source(decode_source(std::make_shared<const std::string>(bytes)), bytes, target);
}

}  // namespace trainlint
