#include "lint/rule/command_text.h"

#include <algorithm>
#include <cctype>

#include "lint/text/path.h"

namespace trainlint {

static bool holds_commands(const SourceFile& file, std::string_view package_folder) {
  constexpr uint64_t largest = 256 << 10;
  if (file.kind != FileKind::file || !file.problem.empty() || file.size > largest) return false;
  std::string folder = parent_folder(file.path);
  if (!folder.empty() && folder != package_folder && folder != parent_folder(package_folder))
    return false;
  std::string_view name = file_name(file.path);
  if (name == "Makefile") return true;
  for (std::string_view ending : {".sh", ".bash", ".mk", ".yaml", ".yml"})
    if (name.ends_with(ending)) return true;
  return false;
}

std::vector<CommandText> command_texts(const Package& package) {
  std::vector<CommandText> found;
  for (const SourceFile& file : package.tree->files()) {
    if (!holds_commands(file, package.launch.package_folder)) continue;
    if (Result<Bytes> text = package.tree->read(file.path)) found.push_back({file.path, *text});
  }
  return found;
}

static bool is_file_name_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' ||
         c == '+' || c == '!';
}

static bool in_comment(std::string_view text, size_t at) {
  size_t line = text.rfind('\n', at);
  line = line == std::string_view::npos ? 0 : line + 1;
  size_t first = text.find_first_not_of(" \t", line);
  return first < text.size() && text[first] == '#';
}

static bool has_word(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    bool front = at == 0 || std::isspace(static_cast<unsigned char>(text[at - 1])) != 0;
    size_t end = at + word.size();
    if (front && end < text.size() && std::isspace(static_cast<unsigned char>(text[end])) != 0)
      return true;
  }
  return false;
}

std::vector<ArchiveMention> mentioned_archives(const Package& package) {
  constexpr std::string_view ending = ".tar.gz";
  std::vector<ArchiveMention> found;
  for (const CommandText& file : command_texts(package)) {
    std::string_view text = *file.text;
    bool renamed = has_word(text, "cp") || has_word(text, "mv");
    for (size_t at = text.find(ending); at != std::string_view::npos;
         at = text.find(ending, at + 1)) {
      size_t begin = at;
      while (begin > 0 && is_file_name_letter(text[begin - 1])) --begin;
      size_t end = at + ending.size();
      // "$NAME-0.1.tar.gz", "*-0.1.tar.gz": the name is only known when the script runs.
      bool whole =
          begin == 0 || std::string_view("$*{}%?`").find(text[begin - 1]) == std::string_view::npos;
      if (!whole || begin == at || in_comment(text, begin)) continue;
      found.push_back({std::string(text.substr(begin, end - begin)),
                       {file.path, Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}},
                       renamed});
    }
  }
  return found;
}

std::string_view value_behind(std::string_view text, size_t at) {
  if (at < text.size() && text[at] == '=') {
    ++at;
  } else {
    size_t begin = at;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
    if (at == begin) return {};
  }
  char quote = at < text.size() && (text[at] == '"' || text[at] == '\'') ? text[at++] : '\0';
  size_t end = at;
  while (end < text.size() && text[end] != '\n' &&
         (quote != '\0' ? text[end] != quote : text[end] != ' ' && text[end] != '\t'))
    ++end;
  return text.substr(at, end - at);
}

}  // namespace trainlint
