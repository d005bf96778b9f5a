#include "lint/distribution/glob.h"

namespace trainlint {

// Where a set that opens at `open` closes, or npos: then '[' stands for itself. A ']' directly
// after the opening bracket (or after its '!') belongs to the set.
static size_t set_end(std::string_view pattern, size_t open) {
  size_t i = open + 1;
  if (i < pattern.size() && pattern[i] == '!') ++i;
  if (i < pattern.size() && pattern[i] == ']') ++i;
  return pattern.find(']', i);
}

static bool in_ranges(std::string_view set, char c) {
  for (size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      auto byte = static_cast<unsigned char>(c);
      if (static_cast<unsigned char>(set[i]) <= byte &&
          byte <= static_cast<unsigned char>(set[i + 2]))
        return true;
      i += 2;
    } else if (set[i] == c) {
      return true;
    }
  }
  return false;
}

enum class Sets : uint8_t { with_ranges, literal };

// Does one pattern element at `p` (not '*') match `c`? Moves `p` behind the element if so.
static bool match_one(std::string_view pattern, size_t& p, char c, Sets sets) {
  size_t end = pattern[p] == '[' ? set_end(pattern, p) : std::string_view::npos;
  if (end == std::string_view::npos) {
    if (pattern[p] != '?' && pattern[p] != c) return false;
    ++p;
    return true;
  }
  std::string_view set = pattern.substr(p + 1, end - p - 1);
  bool negated = set.starts_with('!');
  if (negated) set.remove_prefix(1);
  bool inside = sets == Sets::with_ranges ? in_ranges(set, c) : set.find(c) != set.npos;
  if (inside == negated) return false;
  p = end + 1;
  return true;
}

// The usual backtracking over the last star only: linear in practice, never exponential.
static bool match_text(std::string_view text, std::string_view pattern, Sets sets) {
  size_t t = 0, p = 0;
  size_t star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      resume = t;
    } else if (p < pattern.size() && match_one(pattern, p, text[t], sets)) {
      ++t;
    } else if (star != std::string_view::npos) {
      p = star;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool fnmatch(std::string_view name, std::string_view pattern) {
  return match_text(name, pattern, Sets::with_ranges);
}

bool manifest_match(std::string_view path, std::string_view pattern) {
  size_t slash = pattern.find('/');
  std::string_view chunk = pattern.substr(0, slash);
  bool last = slash == pattern.npos;
  std::string_view rest = last ? std::string_view() : pattern.substr(slash + 1);
  if (chunk == "**") {
    if (last) return true;
    for (std::string_view below = path;;) {
      if (manifest_match(below, rest)) return true;
      size_t next = below.find('/');
      // "(?:[^/]+/)*": a folder's name has at least one character.
      if (next == below.npos || next == 0) return false;
      below.remove_prefix(next + 1);
    }
  }
  // Part against part, so that '*' and '?' never meet a slash.
  size_t end = path.find('/');
  if (last) return end == path.npos && match_text(path, chunk, Sets::literal);
  return end != path.npos && match_text(path.substr(0, end), chunk, Sets::literal) &&
         manifest_match(path.substr(end + 1), rest);
}

static bool has_magic(std::string_view text) {
  return text.find_first_of("*?[") != text.npos;
}

namespace {

struct Globber {
  const FileView& files;
  bool recursive;
  GlobDialect dialect;

  bool hides(std::string_view name) const {
    return dialect == GlobDialect::python && name.starts_with('.');
  }

  void all_below(const std::string& folder, const std::string& prefix,
                 std::vector<std::string>& names) const {
    for (const std::string& name : files.names_in(folder)) {
      if (hides(name)) continue;
      names.push_back(prefix + name);
      all_below(join_path(folder, name), prefix + name + '/', names);
    }
  }

  // Names in one folder that match the pattern's last part.
  std::vector<std::string> in_folder(const std::string& folder, std::string_view part) const {
    std::vector<std::string> names;
    if (recursive && part == "**") {
      names.emplace_back();
      if (files.is_folder(folder)) all_below(folder, "", names);
    } else if (!has_magic(part)) {
      bool found = part.empty() ? files.is_folder(folder) : files.exists(join_path(folder, part));
      if (found) names.emplace_back(part);
    } else {
      for (const std::string& name : files.names_in(folder))
        if ((!hides(name) || part.starts_with('.')) && fnmatch(name, part)) names.push_back(name);
    }
    return names;
  }

  std::vector<std::string> find(const std::string& pattern) const {
    auto [head, part] = split_path(pattern);
    std::string folder(head);
    if (!has_magic(pattern)) {
      bool found = part.empty() ? files.is_folder(folder) : files.exists(pattern);
      return found ? std::vector<std::string>{pattern} : std::vector<std::string>{};
    }
    if (folder.empty()) return in_folder("", part);
    std::vector<std::string> folders;
    if (folder != pattern && has_magic(folder))
      folders = find(folder);
    else
      folders.push_back(folder);
    std::vector<std::string> found;
    for (const std::string& one : folders)
      for (const std::string& name : in_folder(one, part))
        found.push_back(name.empty() && !one.empty() && !one.ends_with('/') ? one + '/'
                                                                            : join_path(one, name));
    return found;
  }
};

}  // namespace

std::vector<std::string> glob(const FileView& files, const std::string& pattern, bool recursive,
                              GlobDialect dialect) {
  std::vector<std::string> found = Globber{files, recursive, dialect}.find(pattern);
  std::erase(found, "");
  return found;
}

}  // namespace trainlint
