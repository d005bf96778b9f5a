#include "lint/launch/ci_file.h"
#include "lint/launch/dockerfile.h"
#include "lint/launch/kept_text.h"
#include "lint/launch/shell.h"

namespace trainlint {

namespace {

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
  KeptText kept(text);
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
      kept.keep(offset + (rest.starts_with("$ ") ? start + 2 : start), offset + line.size());
      trains = trains || may_train(line);
      if (trains) end = offset + line.size();
    } else if (!blank) {
      trains = false;
    }
  });
  kept.end_at(end);
  return kept.take();
}

// Recipes: lines that begin with a tab, without make's own '@', '-' and '+'; also what continues
// one.
std::string of_makefile(std::string_view text) {
  KeptText kept(text);
  bool continues = false;
  for_each_line(text, [&](std::string_view line, size_t offset) {
    if (line.starts_with('\t') || continues)
      kept.keep(offset + (continues ? 0 : std::min(line.find_first_not_of("\t@-+ "), line.size())),
                offset + line.size());
    size_t last = line.find_last_not_of("\r\n");
    continues = (line.starts_with('\t') || continues) && last != std::string_view::npos &&
                line[last] == '\\';
  });
  return kept.take();
}

// The shell form of RUN, without its flags ("--mount=..."); a comment among continued lines is none
// of the shell's.
std::string of_dockerfile(std::string_view text) {
  KeptText kept(text);
  bool continues = false;
  for_each_line(text, [&](std::string_view line, size_t offset) {
    size_t start = std::min(line.find_first_not_of(" \t"), line.size());
    if (line.substr(start).starts_with('#')) {
      if (continues) kept.put(offset + line.size() - 1, ' ');
      return;
    }
    if (!continues) {
      constexpr std::string_view run = "RUN ";
      if (!std::equal(run.begin(), run.end(), line.begin() + start,
                      line.begin() + std::min(start + run.size(), line.size()),
                      [](char a, char b) { return a == (b >= 'a' && b <= 'z' ? b - 32 : b); }))
        return;
      start = std::min(line.find_first_not_of(' ', start + run.size()), line.size());
      while (line.substr(start).starts_with("--")) {
        const size_t end = std::min(line.find(' ', start), line.size());
        start = std::min(line.find_first_not_of(' ', end), line.size());
      }
      if (line.substr(start).starts_with('[')) return;  // the words themselves, no shell
    }
    kept.keep(offset + start, offset + line.size());
    const size_t last = line.find_last_not_of(" \t\r\n");
    continues = last != line.npos && line[last] == '\\';
  });
  return kept.take();
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
  if (is_dockerfile(name)) return of_dockerfile(text);
  if (name.ends_with(".yml") || name.ends_with(".yaml")) return shell_of_ci_file(text);
  if (text.starts_with("#!") &&
      text.substr(0, text.find('\n')).find("sh") != std::string_view::npos)
    return std::string(text);
  return {};
}

}  // namespace trainlint
