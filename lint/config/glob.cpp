#include "lint/config/glob.h"

#include <algorithm>
#include <vector>

namespace trainlint {

namespace {

// One pattern against one path, as wildmatch() of git does with WM_PATHNAME. What has failed is
// remembered, so that many stars cost the product of the lengths and not its powers.
class Matcher {
 public:
  Matcher(std::string_view pattern, std::string_view text)
      : pattern_(pattern), text_(text), failed_((pattern.size() + 1) * (text.size() + 1)) {}

  bool matches(size_t p = 0, size_t t = 0) {
    if (failed_[p * (text_.size() + 1) + t]) return false;
    bool result = tries(p, t);
    if (!result) failed_[p * (text_.size() + 1) + t] = true;
    return result;
  }

 private:
  bool tries(size_t p, size_t t);
  bool folders(size_t p, size_t t);
  bool set(size_t p, size_t t);

  std::string_view pattern_, text_;
  std::vector<bool> failed_;
};

// "**" at `p`, which stands for any number of whole parts.
bool Matcher::folders(size_t p, size_t t) {
  if (p + 2 == pattern_.size()) return true;
  if (matches(p + 3, t)) return true;
  for (; t < text_.size(); ++t)
    if (text_[t] == '/' && matches(p + 3, t + 1)) return true;
  return false;
}

// "[a-z]", "[!a]": `p` is behind the bracket that opens.
bool Matcher::set(size_t p, size_t t) {
  bool negated = p < pattern_.size() && (pattern_[p] == '!' || pattern_[p] == '^');
  if (negated) ++p;
  bool found = false;
  for (size_t first = p; p < pattern_.size() && (pattern_[p] != ']' || p == first); ++p) {
    if (pattern_[p] == '\\' && p + 1 < pattern_.size()) ++p;
    char low = pattern_[p], high = low;
    if (p + 2 < pattern_.size() && pattern_[p + 1] == '-' && pattern_[p + 2] != ']') {
      p += 2;
      if (pattern_[p] == '\\' && p + 1 < pattern_.size()) ++p;
      high = pattern_[p];
    }
    auto value = [](char c) { return static_cast<unsigned char>(c); };
    found = found || (value(low) <= value(text_[t]) && value(text_[t]) <= value(high));
  }
  if (p >= pattern_.size()) return false;  // a bracket that is never closed matches nothing
  return found != negated && text_[t] != '/' && matches(p + 1, t + 1);
}

bool Matcher::tries(size_t p, size_t t) {
  if (p == pattern_.size()) return t == text_.size();
  char c = pattern_[p];
  bool part = p == 0 || pattern_[p - 1] == '/';
  if (part && pattern_.substr(p, 2) == "**" && (p + 2 == pattern_.size() || pattern_[p + 2] == '/'))
    return folders(p, t);
  if (c == '*') {
    for (;; ++t) {
      if (matches(p + 1, t)) return true;
      if (t == text_.size() || text_[t] == '/') return false;
    }
  }
  if (t == text_.size()) return false;
  if (c == '?') return text_[t] != '/' && matches(p + 1, t + 1);
  if (c == '[') return set(p + 1, t);
  if (c == '\\') {
    if (++p == pattern_.size()) return false;
    c = pattern_[p];
  }
  return text_[t] == c && matches(p + 1, t + 1);
}

}  // namespace

bool ignore_match(std::string_view pattern, std::string_view path) {
  bool folder_only = pattern.ends_with('/');
  if (folder_only) pattern.remove_suffix(1);
  bool anchored = pattern.find('/') != std::string_view::npos;
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  if (pattern.empty()) return false;
  size_t begin = 0;
  for (size_t end = 0; end < path.size();) {
    end = std::min(path.find('/', begin), path.size());
    std::string_view tried = anchored ? path.substr(0, end) : path.substr(begin, end - begin);
    bool folder = end < path.size();
    if ((folder || !folder_only) && Matcher(pattern, tried).matches()) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace trainlint
