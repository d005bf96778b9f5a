#include "lint/rule/job_dir.h"

#include <algorithm>

namespace trainlint {

static bool may_hold_commands(const SourceFile& file) {
  if (file.kind != FileKind::file || file.size > 1'000'000) return false;
  constexpr std::string_view endings[] = {".sh", ".md", ".txt", ".bash", ".mk"};
  return file.path.ends_with("Makefile") ||
         std::any_of(std::begin(endings), std::end(endings),
                     [&](std::string_view ending) { return file.path.ends_with(ending); });
}

// From `begin` to the end of a command that goes on over lines ending in a backslash.
static size_t end_of_command(std::string_view text, size_t begin) {
  for (size_t end = begin;; ++end) {
    end = text.find('\n', end);
    if (end == std::string_view::npos) return text.size();
    size_t last = text.find_last_not_of(" \t\r", end == 0 ? 0 : end - 1);
    if (last == std::string_view::npos || text[last] != '\\') return end;
  }
}

static bool is_word(std::string_view text, size_t at, size_t size) {
  auto blank = [&](size_t i) { return std::string_view(" \t\r\n=\\").find(text[i]) != text.npos; };
  return (at == 0 || blank(at - 1)) && (at + size == text.size() || blank(at + size));
}

static size_t find_word(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if (is_word(text, at, word.size())) return at;
  return text.npos;
}

static std::optional<Place> job_dir_in(const std::string& path, std::string_view text,
                                       std::string_view module) {
  constexpr std::string_view verb = "jobs submit training";
  for (size_t at = text.find(verb); at != text.npos; at = text.find(verb, at + 1)) {
    std::string_view command = text.substr(at, end_of_command(text, at) - at);
    std::string_view own = command.substr(0, find_word(command, "--"));
    if (find_word(own, module) == own.npos) continue;
    size_t flag = find_word(own, "--job-dir");
    if (flag == own.npos) continue;
    auto begin = static_cast<uint32_t>(at + flag);
    return Place{path,
                 Span{begin, begin + static_cast<uint32_t>(std::string_view("--job-dir").size())}};
  }
  return std::nullopt;
}

std::optional<Place> job_dir_passed(const Package& package) {
  if (package.launch.module.empty()) return std::nullopt;
  for (const SourceFile& file : package.tree->files()) {
    if (!may_hold_commands(file)) continue;
    Result<Bytes> bytes = package.tree->read(file.path);
    if (!bytes) continue;
    if (auto found = job_dir_in(file.path, **bytes, package.launch.module)) return found;
  }
  return std::nullopt;
}

}  // namespace trainlint
