#include "lint/cli/fix.h"

#include <algorithm>
#include <filesystem>

#include "lint/cli/output.h"
#include "lint/python/source_text.h"
#include "lint/report/files.h"

namespace trainlint {

static constexpr uint32_t mark_size = 3;  // of the byte order mark

// The text that spans count bytes of; null where there is none.
static Bytes linted_text(const Run& run, const std::string& path) {
  if (const Module* module = run.package.module_at(path); module && module->problem.empty())
    return std::make_shared<const std::string>(module->text());
  if (auto outside = run.package.outside.find(path); outside != run.package.outside.end())
    return outside->second;
  Result<Bytes> bytes = run.tree->read(path);
  return bytes ? *bytes : nullptr;
}

static bool still_parses(const FileChange& change) {
  if (!change.path.ends_with(".py")) return true;
  const auto parsed = [](std::string text) {
    return !Syntax::parse(std::make_shared<const std::string>(std::move(text))).has_error();
  };
  return !parsed(change.before) || parsed(edited(change.before, change.edits));
}

static std::optional<FileChange> change_of(const Run& run, const std::string& path,
                                           std::vector<Edit> edits) {
  FileChange change;
  change.path = shown_path(run.package.root, path);
  change.edits = std::move(edits);
  std::error_code error;
  if (!std::filesystem::exists(change.path, error)) {
    change.created = true;
    return change;
  }
  Result<std::string> on_disk = read_whole_file(change.path);
  Bytes text = linted_text(run, path);
  if (!on_disk || !text) return std::nullopt;
  change.before = std::move(*on_disk);
  const bool marked = has_byte_order_mark(change.before) && !has_byte_order_mark(*text);
  if (change.before.substr(marked ? mark_size : 0) != *text) return std::nullopt;
  for (Edit& edit : change.edits) {
    if (!marked) break;
    edit.span.begin += mark_size;
    edit.span.end += mark_size;
  }
  return still_parses(change) ? std::optional(std::move(change)) : std::nullopt;
}

Changes changes_of(std::span<const Run> runs, bool with_unsafe) {
  Changes changes;
  for (const Run& run : runs) {
    if (run.package.kind != TreeKind::folder || !run.tree) continue;
    ChosenFixes chosen = choose_fixes(run.findings, with_unsafe);
    std::vector<FileChange> files;
    for (auto& [path, edits] : chosen.edits)
      if (std::optional<FileChange> change = change_of(run, path, std::move(edits)))
        files.push_back(std::move(*change));
    // Packages may share files: what another one changes is looked at again afterwards.
    const bool shared = std::any_of(files.begin(), files.end(), [&](const FileChange& file) {
      return std::any_of(changes.files.begin(), changes.files.end(),
                         [&](const FileChange& other) { return other.path == file.path; });
    });
    if (shared || files.size() != chosen.edits.size()) continue;
    changes.fixes += chosen.count;
    std::move(files.begin(), files.end(), std::back_inserter(changes.files));
  }
  std::sort(changes.files.begin(), changes.files.end(),
            [](const FileChange& left, const FileChange& right) { return left.path < right.path; });
  return changes;
}

std::optional<Error> write_changes(const Changes& changes) {
  for (const FileChange& change : changes.files)
    if (std::optional<Error> fault = write_file(change.path, edited(change.before, change.edits)))
      return fault;
  return std::nullopt;
}

}  // namespace trainlint
