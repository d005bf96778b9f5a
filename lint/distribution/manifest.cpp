#include "lint/distribution/manifest.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "lint/distribution/glob.h"

namespace trainlint {

static constexpr std::string_view blanks = " \t\n\r\f\v";

static std::string_view strip(std::string_view text) {
  size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

static std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!(text = strip(text)).empty()) {
    size_t end = std::min(text.find_first_of(blanks), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

// A '#' starts a comment unless a backslash stands before the first one of the line; then all
// escaped ones become plain. False: nothing but a comment, which does not even end a joined line.
static bool strip_comment(std::string& line) {
  size_t hash = line.find('#');
  if (hash == line.npos) return true;
  if (hash == 0 || line[hash - 1] != '\\') {
    line.resize(hash);
    return !strip(line).empty();
  }
  for (size_t at = line.find("\\#"); at != line.npos; at = line.find("\\#", at + 1))
    line.erase(at, 1);
  return true;
}

namespace {

struct LogicalLine {
  std::string text;
  uint32_t line;
};

}  // namespace

// Lines as distutils' TextFile gives them to the manifest reader: comments gone, lines that end
// with a backslash joined, blanks at both ends stripped.
static std::vector<LogicalLine> logical_lines(std::string_view text) {
  std::vector<LogicalLine> lines;
  std::optional<LogicalLine> joined;
  for (uint32_t number = 1; !text.empty(); ++number) {
    size_t end = text.find_first_of("\r\n");
    std::string line(text.substr(0, end));
    text = end == text.npos ? std::string_view()
                            : text.substr(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
    if (!strip_comment(line)) continue;
    LogicalLine current{joined ? joined->text + std::string(strip(line)) : line,
                        joined ? joined->line : number};
    current.text = strip(current.text);
    if (current.text.empty()) continue;
    joined.reset();
    if (current.text.ends_with('\\')) {
      current.text.pop_back();
      joined = current;
    } else {
      lines.push_back(current);
    }
  }
  if (joined && !joined->text.empty()) lines.push_back(*joined);
  return lines;
}

static std::optional<ManifestAction> action_named(std::string_view word) {
  static constexpr std::pair<std::string_view, ManifestAction> actions[] = {
      {"include", ManifestAction::include},
      {"exclude", ManifestAction::exclude},
      {"global-include", ManifestAction::global_include},
      {"global-exclude", ManifestAction::global_exclude},
      {"recursive-include", ManifestAction::recursive_include},
      {"recursive-exclude", ManifestAction::recursive_exclude},
      {"graft", ManifestAction::graft},
      {"prune", ManifestAction::prune},
  };
  for (const auto& [name, action] : actions)
    if (name == word) return action;
  return std::nullopt;
}

static bool takes_folder_alone(ManifestAction action) {
  return action == ManifestAction::graft || action == ManifestAction::prune;
}

static bool takes_folder_first(ManifestAction action) {
  return action == ManifestAction::recursive_include || action == ManifestAction::recursive_exclude;
}

std::vector<ManifestLine> parse_manifest(std::string_view text) {
  std::vector<ManifestLine> lines;
  for (const LogicalLine& logical : logical_lines(text)) {
    std::vector<std::string> words = split_words(logical.text);
    std::optional<ManifestAction> action = words.empty() ? std::nullopt : action_named(words[0]);
    if (!action || words.size() < (takes_folder_first(*action) ? 3 : 2)) continue;
    if (takes_folder_alone(*action) && words.size() != 2) continue;
    ManifestLine line{*action, "", {}, logical.line, fmt::format("{}", fmt::join(words, " "))};
    size_t first = 1;
    if (takes_folder_alone(*action) || takes_folder_first(*action)) line.folder = words[first++];
    line.patterns.assign(words.begin() + static_cast<std::ptrdiff_t>(first), words.end());
    lines.push_back(std::move(line));
  }
  return lines;
}

void remove_matching(FileList& list, const std::string& pattern, const std::string& cause) {
  std::erase_if(list.files, [&](const std::string& file) {
    if (!manifest_match(file, pattern)) return false;
    list.removed[normal_path(file)] = cause;
    return true;
  });
}

static void add_files(FileList& list, const FileView& view, const std::vector<std::string>& found) {
  for (const std::string& path : found) {
    if (!view.is_file(path)) continue;
    list.files.push_back(path);
    list.removed.erase(normal_path(path));
  }
}

// Everything below a folder; names keep the folder's own spelling, except that "." leaves none.
static void add_below(FileList& list, const FileView& view, const std::string& folder) {
  std::string prefix = folder == "." ? "" : folder;
  for (const std::string& name : view.names_in(folder)) {
    std::string path = join_path(prefix, name);
    if (view.is_folder(path))
      add_below(list, view, path);
    else
      add_files(list, view, {path});
  }
}

static void apply_pattern(const ManifestLine& line, const std::string& pattern,
                          const std::string& cause, const FileView& view, FileList& list) {
  std::string below = join_path(join_path(line.folder, "**"), pattern);
  switch (line.action) {
    case ManifestAction::include:
      return add_files(list, view, glob(view, pattern, false, GlobDialect::setuptools));
    case ManifestAction::exclude:
      return remove_matching(list, pattern, cause);
    case ManifestAction::recursive_include:
      return add_files(list, view, glob(view, below, true, GlobDialect::setuptools));
    case ManifestAction::recursive_exclude:
      return remove_matching(list, below, cause);
    case ManifestAction::global_exclude:
      return remove_matching(list, join_path("**", pattern), cause);
    case ManifestAction::global_include:
      for (const std::string& file : view.files())
        if (manifest_match(file, join_path("**", pattern))) add_files(list, view, {file});
      return;
    case ManifestAction::graft:
    case ManifestAction::prune:
      return;
  }
}

void apply(const ManifestLine& line, const FileView& view, FileList& list) {
  std::string cause = fmt::format("line {} of MANIFEST.in ('{}')", line.line, line.text);
  if (line.action == ManifestAction::graft) {
    for (const std::string& folder : glob(view, line.folder, false, GlobDialect::setuptools))
      add_below(list, view, folder);
  } else if (line.action == ManifestAction::prune) {
    remove_matching(list, join_path(line.folder, "**"), cause);
  }
  for (const std::string& pattern : line.patterns) apply_pattern(line, pattern, cause, view, list);
}

}  // namespace trainlint
