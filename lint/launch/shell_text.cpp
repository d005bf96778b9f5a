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

// Fenced code (```) and code set in by four blanks, with or without the prompt "$ " that many show
// before commands.
std::string of_markdown(std::string_view text) {
  std::string kept = blank_copy(text);
  bool fenced = false, may_be_code = true;  // a paragraph is not interrupted by what is set in
  for_each_line(text, [&](std::string_view line, size_t offset) {
    size_t start = std::min(line.find_first_not_of(" \t>"), line.size());
    std::string_view rest = line.substr(start);
    if (rest.starts_with("```") || rest.starts_with("~~~")) {
      fenced = !fenced;
      return;
    }
    const bool blank = line.find_first_not_of(" \t\r\n") == std::string_view::npos;
    const bool set_in = may_be_code && (line.starts_with("    ") || line.starts_with('\t'));
    if (fenced || (set_in && !blank))
      keep(kept, line, offset, rest.starts_with("$ ") ? start + 2 : start);
    may_be_code = blank || set_in;
  });
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

std::string shell_text(std::string_view name, std::string_view text) {
  if (name.ends_with(".sh") || name.ends_with(".bash")) return std::string(text);
  if (name.ends_with(".md")) return of_markdown(text);
  if (name == "Makefile" || name.ends_with(".mk")) return of_makefile(text);
  if (text.starts_with("#!") &&
      text.substr(0, text.find('\n')).find("sh") != std::string_view::npos)
    return std::string(text);
  return {};
}

}  // namespace trainlint
