#include "lint/project/pattern.h"

namespace trainlint {

namespace {

using Kind = PatternNode::Kind;
constexpr size_t npos = std::string_view::npos;

struct Matcher {
  const Pattern& pattern;
  std::string_view text;
  bool whole;
  std::vector<Extent> groups;
  std::vector<std::pair<size_t, size_t>> loops{};  // rounds so far, where the last one began
  size_t steps = 0;
  int depth = 0;
  bool gave_up = false;
  size_t end = 0;

  const PatternNode& node(int index) const { return pattern.nodes[static_cast<size_t>(index)]; }

  // The code point at `at` and its length in bytes (0 at the end).
  uint32_t letter(size_t at, size_t& length) const {
    length = 0;
    if (at >= text.size()) return 0;
    auto byte = static_cast<unsigned char>(text[at]);
    length = 1;
    if (byte < 0xC0) return byte;
    uint32_t value = byte >= 0xF0 ? byte & 7 : byte >= 0xE0 ? byte & 15 : byte & 31;
    while (at + length < text.size() && length < 4 &&
           (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80)
      value = value << 6 | (static_cast<unsigned char>(text[at + length++]) & 0x3F);
    return value;
  }

  static uint32_t lower(uint32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
  static uint32_t upper(uint32_t c) { return c >= 'a' && c <= 'z' ? c - 32 : c; }

  static bool in_ranges(const PatternNode& set, uint32_t c) {
    for (const auto& [low, high] : set.ranges)
      if (low <= c && c <= high) return true;
    return false;
  }

  // Does the one-letter node fit at `at`? Its length in bytes, or 0.
  size_t fits(const PatternNode& one, size_t at) const {
    size_t length = 0;
    uint32_t c = letter(at, length);
    if (length == 0) return 0;
    bool any_case = pattern.flags & pattern_ignore_case;
    bool holds = false;
    if (one.kind == Kind::any)
      holds = c != '\n' || (pattern.flags & pattern_dot_all);
    else if (one.kind == Kind::character)
      holds = c == one.letter || (any_case && lower(c) == lower(one.letter));
    else
      holds = (in_ranges(one, c) ||
               (any_case && (in_ranges(one, lower(c)) || in_ranges(one, upper(c))))) != one.negated;
    return holds ? length : 0;
  }

  bool word_at(size_t at) const {
    if (at >= text.size()) return false;
    auto c = static_cast<unsigned char>(text[at]);
    return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
  }

  bool anchored(const PatternNode& anchor, size_t at) const {
    bool multiline = pattern.flags & pattern_multiline;
    switch (anchor.kind) {
      case Kind::line_begin:
        return at == 0 || (multiline && text[at - 1] == '\n');
      case Kind::line_end:
        return at == text.size() || (text[at] == '\n' && (multiline || at + 1 == text.size()));
      case Kind::text_begin:
        return at == 0;
      case Kind::text_end:
        return at == text.size();
      default:
        return (at > 0 && word_at(at - 1)) != word_at(at);
    }
  }

  bool repeat_one(const PatternNode& repeat, size_t at) {
    const PatternNode& one = node(repeat.body);
    if (repeat.lazy) {
      for (size_t count = 0;; count++) {
        if (count >= repeat.least && match(repeat.next, at)) return true;
        size_t length = count < repeat.most && !gave_up ? fits(one, at) : 0;
        if (length == 0) return false;
        at += length;
      }
    }
    size_t count = 0, begin = at;
    for (size_t length; count < repeat.most && (length = fits(one, at)) > 0; count++) at += length;
    for (;; count--) {
      if (count < repeat.least || gave_up) return false;
      if (match(repeat.next, at)) return true;
      if (count == 0 || at == begin) return false;
      do at--;
      while (at > begin && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    }
  }

  bool loop(const PatternNode& repeat, size_t at) {
    auto number = static_cast<size_t>(repeat.number);
    auto saved = loops[number];
    auto again = [&] {
      loops[number] = {saved.first + 1, at};
      bool matched = match(repeat.body, at);
      if (!matched) loops[number] = saved;
      return matched;
    };
    if (saved.first < repeat.least) return again();
    bool may = saved.first < repeat.most && saved.second != at;
    if (repeat.lazy) return match(repeat.next, at) || (may && again());
    return (may && again()) || match(repeat.next, at);
  }

  bool reference(const PatternNode& which, size_t& at) const {
    const Extent& group = groups[static_cast<size_t>(which.number)];
    if (group.first == npos) return false;
    std::string_view same = text.substr(group.first, group.second - group.first);
    if (!text.substr(at).starts_with(same)) return false;
    at += same.size();
    return true;
  }

  bool group_edge(const PatternNode& edge, size_t at) {
    Extent& group = groups[static_cast<size_t>(edge.number)];
    Extent saved = group;
    // The begin is kept aside until the group closes: a failed try must not show.
    auto& opened = starts[static_cast<size_t>(edge.number)];
    size_t saved_start = opened;
    if (edge.kind == Kind::open_group)
      opened = at;
    else
      group = {opened, at};
    if (match(edge.next, at)) return true;
    group = saved;
    opened = saved_start;
    return false;
  }

  bool look_ahead(const PatternNode& look, size_t at) {
    bool saved_whole = whole;
    size_t saved_end = end;
    whole = false;
    bool found = match(look.body, at);
    whole = saved_whole;
    end = saved_end;
    return found != look.negated;
  }

  bool match(int index, size_t at) {
    if (depth > 2'000) gave_up = true;
    depth++;
    bool matched = !gave_up && match_inner(index, at);
    depth--;
    return matched;
  }

  bool match_inner(int index, size_t at) {
    for (;;) {
      if (++steps > 3'000'000) gave_up = true;
      if (gave_up) return false;
      const PatternNode& current = node(index);
      switch (current.kind) {
        case Kind::accept:
          if (whole && at != text.size()) return false;
          end = at;
          return true;
        case Kind::character:
        case Kind::any:
        case Kind::set: {
          size_t length = fits(current, at);
          if (length == 0) return false;
          at += length;
          break;
        }
        case Kind::line_begin:
        case Kind::line_end:
        case Kind::text_begin:
        case Kind::text_end:
        case Kind::word_edge:
          if (!anchored(current, at)) return false;
          break;
        case Kind::no_word_edge:
          if (anchored(current, at)) return false;
          break;
        case Kind::reference:
          if (!reference(current, at)) return false;
          break;
        case Kind::look_ahead:
          if (!look_ahead(current, at)) return false;
          break;
        case Kind::open_group:
        case Kind::close_group:
          return group_edge(current, at);
        case Kind::repeat_one:
          return repeat_one(current, at);
        case Kind::loop:
          return loop(current, at);
        case Kind::loop_begin: {
          auto saved = loops[static_cast<size_t>(current.number)];
          loops[static_cast<size_t>(current.number)] = {0, npos};
          if (match(current.next, at)) return true;
          loops[static_cast<size_t>(current.number)] = saved;
          return false;
        }
        case Kind::alternatives:
          for (int branch : current.branches)
            if (match(branch, at)) return true;
          return false;
      }
      index = current.next;
    }
  }

  std::vector<size_t> starts{};
};

}  // namespace

SearchResult search_pattern(const Pattern& pattern, std::string_view text, size_t from,
                            Anchoring anchoring) {
  Matcher matcher{pattern, text, anchoring == Anchoring::whole, {}};
  auto count = static_cast<size_t>(pattern.groups) + 1;
  for (size_t at = from; at <= text.size(); at++) {
    if (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    matcher.groups.assign(count, {npos, npos});
    matcher.starts.assign(count, npos);
    matcher.loops.assign(static_cast<size_t>(pattern.loops), {0, npos});
    bool matched = matcher.match(pattern.start, at);
    if (matcher.gave_up) return {true, {}};
    if (matched) {
      matcher.groups[0] = {at, matcher.end};
      return {false, PatternMatch{std::move(matcher.groups)}};
    }
    if (anchoring != Anchoring::anywhere) break;
  }
  return {};
}

}  // namespace trainlint
