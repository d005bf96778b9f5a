#include "lint/finding/edits.h"

#include <fmt/format.h>

#include <algorithm>

namespace trainlint {

namespace {

bool equal(const Edit& left, const Edit& right) {
  return left.path == right.path && left.span == right.span && left.text == right.text;
}

// Whether both cannot be made: they share a byte, or stand at the same place.
bool clash(const Edit& left, const Edit& right) {
  return left.path == right.path && left.span.begin <= right.span.end &&
         right.span.begin <= left.span.end;
}

bool same_fix(const Fix& left, const Fix& right) {
  return std::equal(left.edits.begin(), left.edits.end(), right.edits.begin(), right.edits.end(),
                    equal);
}

bool clashes_with(const Fix& fix, const Fix& other) {
  return std::any_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
    return std::any_of(other.edits.begin(), other.edits.end(),
                       [&](const Edit& each) { return clash(edit, each); });
  });
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Lines [begin, end) of one text that stand for lines [other_begin, other_end) of the other.
struct Changed {
  size_t begin, end, other_begin, other_end;
};

// What differs, by the lines that the edits touch; the same lines at both ends of a piece are left
// out of it.
std::vector<Changed> changed_lines(std::string_view text, std::span<const Edit> edits) {
  std::vector<Changed> pieces;
  ptrdiff_t shift = 0;
  for (size_t i = 0; i < edits.size();) {
    auto line_begin = [&](size_t at) {
      size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
      return before == std::string_view::npos ? 0 : before + 1;
    };
    auto line_end = [&](size_t at) {
      size_t after = at > 0 && text[at - 1] == '\n' ? at : text.find('\n', at);
      return after == at ? at : std::min(after, text.size() - 1) + 1;
    };
    const size_t begin = line_begin(edits[i].span.begin);
    size_t end = begin, next = i;
    for (; next < edits.size() && (next == i || line_begin(edits[next].span.begin) <= end); ++next)
      end = std::max(end, line_end(edits[next].span.end));
    std::vector<Edit> own(edits.begin() + static_cast<ptrdiff_t>(i),
                          edits.begin() + static_cast<ptrdiff_t>(next));
    for (Edit& edit : own) {
      edit.span.begin -= static_cast<uint32_t>(begin);
      edit.span.end -= static_cast<uint32_t>(begin);
    }
    const std::string_view before = text.substr(0, begin), old = text.substr(begin, end - begin);
    const std::string fresh = edited(old, own);
    std::vector<std::string_view> left = lines_of(old), right = lines_of(fresh);
    size_t first = 0, last = 0;
    const size_t shorter = std::min(left.size(), right.size());
    while (first < shorter && left[first] == right[first]) ++first;
    while (last < shorter - first && left[left.size() - 1 - last] == right[right.size() - 1 - last])
      ++last;
    const auto line = static_cast<size_t>(std::count(before.begin(), before.end(), '\n'));
    const auto other = static_cast<size_t>(static_cast<ptrdiff_t>(line) + shift);
    if (first + last < std::max(left.size(), right.size()))
      pieces.push_back(
          {line + first, line + left.size() - last, other + first, other + right.size() - last});
    shift += static_cast<ptrdiff_t>(right.size()) - static_cast<ptrdiff_t>(left.size());
    i = next;
  }
  return pieces;
}

void add_line(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// "12,3": empty pieces are named by the line before them.
std::string range_text(size_t begin, size_t end) {
  return fmt::format("{},{}", end > begin ? begin + 1 : begin, end - begin);
}

constexpr size_t context = 3;

// Changes that are so near that their context meets, as one hunk.
std::string hunk(std::span<const Changed> pieces, const std::vector<std::string_view>& old,
                 const std::vector<std::string_view>& fresh) {
  const size_t before = std::min(context, pieces.front().begin);
  const size_t begin = pieces.front().begin - before;
  const size_t end = std::min(pieces.back().end + context, old.size());
  const size_t other_begin = pieces.front().other_begin - before;
  const size_t other_end = pieces.back().other_end + (end - pieces.back().end);
  std::string out =
      fmt::format("@@ -{} +{} @@\n", range_text(begin, end), range_text(other_begin, other_end));
  size_t at = begin;
  for (const Changed& piece : pieces) {
    for (; at < piece.begin; ++at) add_line(out, ' ', old[at]);
    for (; at < piece.end; ++at) add_line(out, '-', old[at]);
    for (size_t i = piece.other_begin; i < piece.other_end; ++i) add_line(out, '+', fresh[i]);
  }
  for (; at < end; ++at) add_line(out, ' ', old[at]);
  return out;
}

}  // namespace

ChosenFixes choose_fixes(std::span<const Finding> findings, bool with_unsafe) {
  std::vector<const Fix*> chosen;
  for (const Finding& finding : findings) {
    if (!finding.fix || finding.fix->edits.empty() || (!finding.fix->safe && !with_unsafe))
      continue;
    const Fix& fix = *finding.fix;
    if (std::none_of(chosen.begin(), chosen.end(), [&](const Fix* other) {
          return same_fix(fix, *other) || clashes_with(fix, *other);
        }))
      chosen.push_back(&fix);
  }
  ChosenFixes result;
  result.count = chosen.size();
  for (const Fix* fix : chosen)
    for (const Edit& edit : fix->edits) result.edits[edit.path].push_back(edit);
  for (auto& [path, edits] : result.edits)
    std::sort(edits.begin(), edits.end(), [](const Edit& left, const Edit& right) {
      return left.span.begin < right.span.begin;
    });
  return result;
}

std::string edited(std::string_view text, std::span<const Edit> edits) {
  std::string out;
  size_t at = 0;
  for (const Edit& edit : edits) {
    const size_t begin = std::clamp<size_t>(edit.span.begin, at, std::max(at, text.size()));
    out += text.substr(at, begin - at);
    out += edit.text;
    at = std::clamp<size_t>(edit.span.end, begin, std::max(begin, text.size()));
  }
  return out += text.substr(std::min(at, text.size()));
}

std::string unified_diff(const std::string& path, std::string_view text,
                         std::span<const Edit> edits, bool created) {
  const std::string after = edited(text, edits);
  if (after == text && !created) return "";
  std::string out = fmt::format("diff --git a/{0} b/{0}\n", path);
  if (created) out += "new file mode 100644\n";
  const std::vector<std::string_view> old = lines_of(text), fresh = lines_of(after);
  std::vector<Changed> pieces = changed_lines(text, edits);
  if (pieces.empty()) return out;
  out += fmt::format("--- {}\n+++ b/{}\n", created ? "/dev/null" : "a/" + path, path);
  for (size_t i = 0; i < pieces.size();) {
    size_t next = i + 1;
    while (next < pieces.size() && pieces[next].begin <= pieces[next - 1].end + 2 * context) ++next;
    out += hunk(std::span(pieces).subspan(i, next - i), old, fresh);
    i = next;
  }
  return out;
}

}  // namespace trainlint
