#include <algorithm>

#include "lint/project/pattern.h"

namespace trainlint {

namespace {

using Kind = PatternNode::Kind;
using Ranges = std::vector<std::pair<uint32_t, uint32_t>>;

constexpr uint32_t last_code_point = 0x10FFFF;

// A piece of the graph: entry node, and the nodes whose `next` is still open.
struct Piece {
  int entry = -1;
  std::vector<int> exits;
};

struct Compiler {
  std::string_view text;
  Pattern pattern;
  size_t at = 0;
  bool failed = false;
  int depth = 0;

  int add(Kind kind) {
    pattern.nodes.emplace_back();
    pattern.nodes.back().kind = kind;
    return static_cast<int>(pattern.nodes.size()) - 1;
  }
  PatternNode& node(int index) { return pattern.nodes[static_cast<size_t>(index)]; }
  Piece single(Kind kind) {
    int index = add(kind);
    return {index, {index}};
  }
  void connect(const Piece& piece, int target) {
    for (int exit : piece.exits) node(exit).next = target;
  }
  bool more() const { return at < text.size(); }
  char peek(size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : '\0'; }
  bool take(std::string_view wanted) {
    if (!text.substr(at).starts_with(wanted)) return false;
    at += wanted.size();
    return true;
  }

  uint32_t code_point() {
    auto byte = static_cast<unsigned char>(text[at++]);
    if (byte < 0x80) return byte;
    uint32_t value = byte >= 0xF0 ? byte & 7 : byte >= 0xE0 ? byte & 15 : byte & 31;
    while (more() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
      value = value << 6 | (static_cast<unsigned char>(text[at++]) & 0x3F);
    if (pattern.flags & pattern_ignore_case) failed = true;  // would need Unicode's case tables
    return value;
  }

  // \d, \w, \s and their opposites; false for another letter.
  static bool class_ranges(char letter, Ranges& out) {
    Ranges ranges;
    switch (letter | 32) {
      case 'd':
        ranges = {{'0', '9'}};
        break;
      // Nearly all other letters are word characters.
      case 'w':
        ranges = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xAA, last_code_point}};
        break;
      case 's':
        ranges = {{9, 13},      {28, 32},         {0x85, 0x85},
                  {0xA0, 0xA0}, {0x2028, 0x2029}, {0x3000, 0x3000}};
        break;
      default:
        return false;
    }
    if (letter & 32) {
      out.insert(out.end(), ranges.begin(), ranges.end());
      return true;
    }
    uint32_t begin = 0;
    for (const auto& [low, high] : ranges) {
      if (low > begin) out.emplace_back(begin, low - 1);
      begin = high + 1;
    }
    if (begin <= last_code_point) out.emplace_back(begin, last_code_point);
    return true;
  }

  // The character that an escape such as \n or \. stands for.
  uint32_t escaped() {
    char c = text[at++];
    switch (c) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'f':
        return '\f';
      case 'v':
        return '\v';
      case 'a':
        return '\a';
      default:
        break;
    }
    bool plain = !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    if (!plain) failed = true;
    at--;
    return code_point();
  }

  Piece set() {
    Piece piece = single(Kind::set);
    Ranges ranges;
    bool negated = take("^");
    for (bool first = true; more() && (first || peek() != ']') && !failed; first = false) {
      if (peek() == '\\' && at + 1 < text.size()) {
        if (class_ranges(text[at + 1], ranges)) {
          at += 2;
          continue;
        }
      }
      uint32_t low = peek() == '\\' && at + 1 < text.size() ? (at++, escaped()) : code_point();
      uint32_t high = low;
      if (peek() == '-' && peek(1) != ']' && at + 1 < text.size()) {
        at++;
        high = peek() == '\\' && at + 1 < text.size() ? (at++, escaped()) : code_point();
      }
      if (high < low) failed = true;
      ranges.emplace_back(low, high);
    }
    if (!take("]")) failed = true;
    node(piece.entry).ranges = std::move(ranges);
    node(piece.entry).negated = negated;
    return piece;
  }

  Piece escape() {
    char c = peek();
    if (c >= '1' && c <= '9') {
      at++;
      Piece piece = single(Kind::reference);
      node(piece.entry).number = c - '0';
      return piece;
    }
    static constexpr std::pair<char, Kind> anchors[] = {{'b', Kind::word_edge},
                                                        {'B', Kind::no_word_edge},
                                                        {'A', Kind::text_begin},
                                                        {'Z', Kind::text_end}};
    for (const auto& [letter, kind] : anchors)
      if (c == letter) return at++, single(kind);
    Ranges ranges;
    if (class_ranges(c, ranges)) {
      at++;
      Piece piece = single(Kind::set);
      node(piece.entry).ranges = std::move(ranges);
      return piece;
    }
    uint32_t letter = escaped();
    Piece piece = single(Kind::character);
    node(piece.entry).letter = letter;
    return piece;
  }

  void inline_flags() {
    while (more() && peek() != ')' && !failed) {
      char c = text[at++];
      uint32_t flag = c == 'i'   ? 2U
                      : c == 'm' ? 8U
                      : c == 's' ? 16U
                      : c == 'x' ? 64U
                      : c == 'u' ? 32U
                                 : 0U;
      if (!flag) failed = true;
      pattern.flags |= flag;
    }
    if (!take(")")) failed = true;
  }

  Piece captured(const std::string& name) {
    int number = ++pattern.groups;
    if (!name.empty()) pattern.names[name] = number;
    int open = add(Kind::open_group);
    node(open).number = number;
    Piece inner = alternatives();
    if (!take(")")) failed = true;
    int close = add(Kind::close_group);
    node(close).number = number;
    node(open).next = inner.entry;
    connect(inner, close);
    return {open, {close}};
  }

  Piece group() {
    if (!take("?")) return captured("");
    if (take("P<")) {
      size_t end = text.find('>', at);
      if (end == std::string_view::npos) return failed = true, single(Kind::text_begin);
      std::string name(text.substr(at, end - at));
      at = end + 1;
      return captured(name);
    }
    if (take("P=")) {
      size_t end = text.find(')', at);
      auto found = pattern.names.find(std::string(text.substr(at, end - at)));
      if (end == std::string_view::npos || found == pattern.names.end())
        return failed = true, single(Kind::text_begin);
      at = end + 1;
      Piece piece = single(Kind::reference);
      node(piece.entry).number = found->second;
      return piece;
    }
    bool negative = peek() == '!';
    if (take("=") || take("!")) {
      int look = add(Kind::look_ahead);
      Piece inner = alternatives();
      if (!take(")")) failed = true;
      connect(inner, add(Kind::accept));
      node(look).body = inner.entry;
      node(look).negated = negative;
      return {look, {look}};
    }
    if (take(":")) {
      Piece inner = alternatives();
      if (!take(")")) failed = true;
      return inner;
    }
    inline_flags();
    return {-1, {}};
  }

  // One atom without its repeat; entry -1 for what matches nothing (inline flags, spaces).
  Piece atom() {
    if (pattern.flags & pattern_verbose) {
      if (std::string_view(" \t\n\r\f\v").find(peek()) != std::string_view::npos)
        return at++, Piece{};
      if (peek() == '#') return at = std::min(text.find('\n', at), text.size()), Piece{};
    }
    char c = peek();
    if (c == '(') return at++, group();
    if (c == '[') return at++, set();
    if (c == '.') return at++, single(Kind::any);
    if (c == '^') return at++, single(Kind::line_begin);
    if (c == '$') return at++, single(Kind::line_end);
    if (c == '\\' && at + 1 < text.size()) return at++, escape();
    if (c == '*' || c == '+' || c == '?' || c == '\\') failed = true;
    uint32_t letter = code_point();
    Piece piece = single(Kind::character);
    node(piece.entry).letter = letter;
    return piece;
  }

  bool bounds(size_t& least, size_t& most) {
    if (take("*")) return true;
    if (take("+")) return least = 1, true;
    if (take("?")) return most = 1, true;
    if (peek() != '{' || !(peek(1) >= '0' && peek(1) <= '9')) return false;
    auto number = [&] {
      size_t value = 0;
      while (peek() >= '0' && peek() <= '9' && value < 10'000)
        value = value * 10 + static_cast<size_t>(text[at++] - '0');
      return value;
    };
    at++;
    least = most = number();
    if (take(",")) most = peek() == '}' ? SIZE_MAX : number();
    if (!take("}")) failed = true;
    return true;
  }

  Piece repeated(Piece piece) {
    size_t least = 0, most = SIZE_MAX;
    if (piece.entry < 0 || !bounds(least, most)) return piece;
    bool lazy = take("?");
    if (peek() == '+' || peek() == '*') failed = true;
    Kind kind = node(piece.entry).kind;
    bool one = piece.exits.size() == 1 && piece.exits[0] == piece.entry &&
               (kind == Kind::character || kind == Kind::any || kind == Kind::set);
    int loop = add(one ? Kind::repeat_one : Kind::loop);
    node(loop).body = piece.entry;
    node(loop).least = least;
    node(loop).most = most;
    node(loop).lazy = lazy;
    if (one) return {loop, {loop}};
    node(loop).number = pattern.loops++;
    connect(piece, loop);
    int begin = add(Kind::loop_begin);
    node(begin).number = node(loop).number;
    node(begin).next = loop;
    return {begin, {loop}};
  }

  Piece sequence() {
    Piece all;
    while (more() && peek() != '|' && peek() != ')' && !failed) {
      Piece piece = repeated(atom());
      if (piece.entry < 0) continue;
      if (all.entry < 0)
        all.entry = piece.entry;
      else
        connect(all, piece.entry);
      all.exits = piece.exits;
    }
    if (all.entry >= 0) return all;
    Piece empty = single(Kind::look_ahead);  // looks ahead for nothing
    int accept = add(Kind::accept);
    node(empty.entry).body = accept;
    return empty;
  }

  Piece alternatives() {
    if (++depth > 100) failed = true;
    Piece all = failed ? single(Kind::text_begin) : sequence();
    if (peek() == '|' && more() && !failed) {
      int choice = add(Kind::alternatives);
      node(choice).branches.push_back(all.entry);
      while (take("|")) {
        Piece branch = sequence();
        node(choice).branches.push_back(branch.entry);
        all.exits.insert(all.exits.end(), branch.exits.begin(), branch.exits.end());
      }
      all.entry = choice;
    }
    depth--;
    return all;
  }
};

}  // namespace

std::optional<Pattern> compile_pattern(std::string_view text, uint32_t flags) {
  if (text.size() > 10'000) return std::nullopt;
  Compiler compiler;
  compiler.text = text;
  compiler.pattern.flags = flags;
  Piece all = compiler.alternatives();
  if (compiler.failed || compiler.at != text.size()) return std::nullopt;
  compiler.connect(all, compiler.add(Kind::accept));
  compiler.pattern.start = all.entry;
  for (const PatternNode& node : compiler.pattern.nodes)
    if (node.kind == Kind::reference && node.number > compiler.pattern.groups) return std::nullopt;
  return std::move(compiler.pattern);
}

}  // namespace trainlint
