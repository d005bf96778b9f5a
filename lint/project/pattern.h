#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace trainlint {

// Python's regular expressions, as far as scripts use them to find a version: literals, classes,
// groups (also named), alternatives, greedy and lazy repeats, anchors, \d \w \s \b, backreferences
// and lookahead. Over UTF-8, by code points.

enum PatternFlag : uint32_t {
  pattern_ignore_case = 2,
  pattern_multiline = 8,
  pattern_dot_all = 16,
  pattern_verbose = 64,
};

struct PatternNode {
  enum Kind : uint8_t {
    character,
    any,
    set,
    line_begin,
    line_end,
    text_begin,
    text_end,
    word_edge,
    no_word_edge,
    open_group,
    close_group,
    alternatives,
    repeat_one,
    loop_begin,
    loop,
    reference,
    look_ahead,
    accept,
  } kind = accept;
  bool lazy = false;
  bool negated = false;                               // of set and look_ahead
  int next = -1;                                      // node to go on with
  int body = -1;                                      // of loops, repeat_one and look_ahead
  int number = 0;                                     // of a group or a loop
  uint32_t letter = 0;                                // of character
  size_t least = 0, most = SIZE_MAX;                  // of repeats
  std::vector<std::pair<uint32_t, uint32_t>> ranges;  // of set
  std::vector<int> branches;                          // of alternatives
};

struct Pattern {
  std::vector<PatternNode> nodes;
  int start = 0;
  int groups = 0;  // without group 0
  int loops = 0;
  uint32_t flags = 0;
  std::map<std::string, int> names;
};

// nullopt for a pattern that is wrong or uses what is not modelled.
std::optional<Pattern> compile_pattern(std::string_view text, uint32_t flags);

using Extent = std::pair<size_t, size_t>;  // bytes; npos for a group that took no part
struct PatternMatch {
  std::vector<Extent> groups;
};

enum class Anchoring : uint8_t { anywhere, at_start, whole };

struct SearchResult {
  bool gave_up = false;  // took too long
  std::optional<PatternMatch> match;
};
SearchResult search_pattern(const Pattern& pattern, std::string_view text, size_t from,
                            Anchoring anchoring);

}  // namespace trainlint
