#include "lint/launch/shell.h"

namespace trainlint {

namespace {

// Calls `take(line, offset)` for each line of a text, its end included.
template <class Take>
void for_each_line(std::string_view text, Take take) {
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find('\n', at);
    end = end == std::string_view::npos ? text.size() : end + 1;
    take(text.substr(at, end - at), at);
    at = end;
  }
}

std::string blank_copy(std::string_view text) {
  std::string blank(text.size(), ' ');
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') blank[i] = '\n';
  return blank;
}

void keep(std::string& kept, std::string_view line, size_t offset, size_t skip) {
  for (size_t i = skip; i < line.size(); ++i) kept[offset + i] = line[i];
}

// By the language that opens a fence (```python), which few give wrongly.
bool is_other_language(std::string_view fence) {
  const size_t name = std::min(fence.find_first_not_of("`~ {."), fence.size());
  fence = fence.substr(name, fence.find_first_of(" \t\r\n,}", name) - name);
  for (std::string_view other : {"python", "py", "python3", "json", "yaml", "yml", "toml", "sql",
                                 "java", "javascript", "js", "xml", "html", "diff", "dockerfile"})
    if (fence == other) return true;
  return false;
}

// Fenced code (```) and code set in by four blanks, with or without the prompt "$ " that many show
// before commands; up to the last block that may train.
std::string of_markdown(std::string_view text) {
  std::string kept = blank_copy(text);
  size_t end = 0;
  bool trains = false;  // the block at hand
  bool fenced = false, other_language = false;
  bool may_be_code = true;  // a paragraph is not interrupted by what is set in
  for_each_line(text, [&](std::string_view line, size_t offset) {
    size_t start = std::min(line.find_first_not_of(" \t>"), line.size());
    std::string_view rest = line.substr(start);
    const bool fence = rest.starts_with("```") || rest.starts_with("~~~");
    const bool blank = line.find_first_not_of(" \t\r\n") == std::string_view::npos;
    const bool set_in = may_be_code && (line.starts_with("    ") || line.starts_with('\t'));
    const bool code = !fence && (fenced ? !other_language : set_in && !blank);
    if (fence) {
      fenced = !fenced;
      other_language = fenced && is_other_language(rest);
    } else {
      may_be_code = blank || set_in;
    }
    if (code) {
      keep(kept, line, offset, rest.starts_with("$ ") ? start + 2 : start);
      trains = trains || may_train(line);
      if (trains) end = offset + line.size();
    } else if (!blank) {
      trains = false;
    }
  });
  kept.resize(end);
  return kept;
}

// Recipes: lines that begin with a tab, without make's own '@', '-' and '+'; also what continues
// one.
std::string of_makefile(std::string_view text) {
  std::string kept = blank_copy(text);
  bool continues = false;
  for_each_line(text, [&](std::string_view line, size_t offset) {
    if (line.starts_with('\t') || continues)
      keep(kept, line, offset,
           continues ? 0 : std::min(line.find_first_not_of("\t@-+ "), line.size()));
    size_t last = line.find_last_not_of("\r\n");
    continues = (line.starts_with('\t') || continues) && last != std::string_view::npos &&
                line[last] == '\\';
  });
  return kept;
}

}  // namespace

bool may_train(std::string_view text) {
  for (std::string_view word : {"train", "custom-jobs", "hp-tuning-jobs"})
    if (text.find(word) != std::string_view::npos) return true;
  return false;
}

std::string shell_text(std::string_view name, std::string_view text) {
  if (name.ends_with(".sh") || name.ends_with(".bash") || name.ends_with(".zsh"))
    return std::string(text);
  if (name.ends_with(".md")) return of_markdown(text);
  if (name == "Makefile" || name == "makefile" || name == "GNUmakefile" || name.ends_with(".mk"))
    return of_makefile(text);
  if (text.starts_with("#!") &&
      text.substr(0, text.find('\n')).find("sh") != std::string_view::npos)
    return std::string(text);
  return {};
}

}  // namespace trainlint
