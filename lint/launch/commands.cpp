#include "lint/launch/commands.h"
#include "lint/text/path.h"

#include <algorithm>
#include <optional>

namespace trainlint {

static constexpr uint64_t largest_script = 256 * 1024;

static bool may_hold_commands(const SourceFile& file) {
  if (file.kind != FileKind::file || file.size > largest_script) return false;
  std::string_view name = file_name(file.path);
  return name.ends_with(".sh") || name.ends_with(".bash") || name.ends_with(".mk") ||
         name == "Makefile" || name == "README.md";
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\';
}

// The literal value that follows a flag at `at` ("=x" or " x"), as a range; nullopt for one that
// holds a variable.
static std::optional<Span> flag_value(std::string_view text, size_t at) {
  if (at < text.size() && text[at] == '=') {
    ++at;
  } else {
    size_t begin = at;
    while (at < text.size() && is_blank(text[at])) ++at;
    if (at == begin) return std::nullopt;
  }
  char quote = at < text.size() && (text[at] == '"' || text[at] == '\'') ? text[at++] : '\0';
  size_t end = at;
  while (end < text.size() && (quote ? text[end] != quote : !is_blank(text[end]))) ++end;
  std::string_view value = text.substr(at, end - at);
  if (value.empty() || value.find_first_of("$`{}<>*\"'") != std::string_view::npos)
    return std::nullopt;
  return Span{static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
}

// A command goes on over lines that end in a backslash.
static std::pair<size_t, size_t> command_around(std::string_view text, size_t at) {
  auto continued = [&](size_t line_end) {
    size_t last = line_end;
    while (last > 0 && (text[last - 1] == '\r' || text[last - 1] == ' ')) --last;
    return last > 0 && text[last - 1] == '\\';
  };
  size_t begin = at;
  for (;;) {
    size_t line = text.rfind('\n', begin == 0 ? 0 : begin - 1);
    if (line == std::string_view::npos || begin == 0) {
      begin = 0;
      break;
    }
    begin = line;
    if (!continued(line)) {
      ++begin;
      break;
    }
  }
  size_t end = at;
  for (;;) {
    end = std::min(text.find('\n', end), text.size());
    if (end == text.size() || !continued(end)) break;
    ++end;
  }
  return {begin, end};
}

// Where the script is run from is not known: its own folder, or any above it, if the path fits.
static std::string find_folder(const SourceTree& tree, std::string script, std::string_view path) {
  if (path.starts_with('/')) return {};
  while (!script.empty()) {
    size_t slash = script.rfind('/');
    script.resize(slash == std::string::npos ? 0 : slash);
    std::string folder = normal_path(join_path(script, path));
    if (!folder.empty() && !folder.starts_with("..") && tree.has_folder(folder)) return folder;
  }
  return {};
}

static constexpr std::pair<std::string_view, AskedEnvironment::Kind> environment_flags[] = {
    {"--runtime-version", AskedEnvironment::runtime_version},
    {"--master-image-uri", AskedEnvironment::image_uri},
};

std::vector<SubmitCommand> find_submit_commands(const SourceTree& tree) {
  static constexpr std::string_view module_flag = "--module-name";
  static constexpr std::string_view path_flag = "--package-path";
  std::vector<SubmitCommand> commands;
  for (const SourceFile& file : tree.files()) {
    if (!may_hold_commands(file)) continue;
    Result<Bytes> bytes = tree.read(file.path);
    if (!bytes) continue;
    std::string_view text = **bytes;
    for (size_t at = 0; (at = text.find(module_flag, at)) != std::string_view::npos;) {
      auto [begin, end] = command_around(text, at);
      at += module_flag.size();
      std::optional<Span> module = flag_value(text.substr(0, end), at);
      size_t path_at = text.substr(0, end).find(path_flag, begin);
      if (!module || path_at == std::string_view::npos) continue;
      std::optional<Span> path = flag_value(text.substr(0, end), path_at + path_flag.size());
      if (!path) continue;
      auto value = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
      std::string folder = find_folder(tree, file.path, value(*path));
      if (folder.empty()) continue;
      SubmitCommand& command = commands.emplace_back();
      command.module = value(*module);
      command.package_folder = folder;
      command.place = {file.path, *module};
      for (const auto& [flag, kind] : environment_flags) {
        size_t flag_at = text.substr(0, end).find(flag, begin);
        if (flag_at == std::string_view::npos) continue;
        if (std::optional<Span> span = flag_value(text.substr(0, end), flag_at + flag.size()))
          command.asked.push_back({kind, std::string(value(*span)), {file.path, *span}});
      }
    }
  }
  return commands;
}

std::string script_of_dockerfile(std::string_view text) {
  std::string script;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.starts_with("ENTRYPOINT") && !line.starts_with("CMD")) continue;
    static constexpr std::string_view separators = " \t\r\n[],\"'";
    bool after_python = false, after_m = false;
    for (size_t at = 0; (at = line.find_first_not_of(separators, at)) != std::string_view::npos;) {
      size_t stop = std::min(line.find_first_of(separators, at), line.size());
      std::string_view word = line.substr(at, stop - at);
      at = stop;
      if (after_python && word.ends_with(".py")) script = word;
      if (after_m && word.find('.') == std::string_view::npos) script = std::string(word) + ".py";
      after_m = after_python && word == "-m";
      after_python = after_python || word.substr(word.rfind('/') + 1).starts_with("python");
    }
  }
  return script;
}

}  // namespace trainlint
