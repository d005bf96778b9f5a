#include "lint/launch/commands.h"

#include "lint/launch/shell.h"
#include "lint/text/path.h"

#include <algorithm>

namespace trainlint {

static constexpr uint64_t largest_script = 256 * 1024;

// By name; scripts without an ending are known by their first line.
static bool may_hold_commands(const SourceFile& file) {
  if (file.kind != FileKind::file || file.size > largest_script) return false;
  std::string_view name = file_name(file.path);
  return name.ends_with(".sh") || name.ends_with(".bash") || name.ends_with(".mk") ||
         name.ends_with(".md") || name.find('.') == std::string_view::npos;
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

std::vector<ScriptCommand> find_gcloud_commands(const SourceTree& tree) {
  std::vector<ScriptCommand> commands;
  for (const SourceFile& file : tree.files()) {
    if (!may_hold_commands(file)) continue;
    Result<Bytes> bytes = tree.read(file.path);
    if (!bytes || (*bytes)->find("gcloud") == std::string::npos) continue;
    const std::string text = shell_text(file_name(file.path), **bytes);
    for (const std::vector<CommandWord>& words : shell_commands(text, "gcloud")) {
      std::optional<GcloudCommand> command = read_gcloud_command(words);
      if (!command) continue;
      const CommandWord* path = command->value_of("--package-path");
      std::string folder = path && path->known() ? find_folder(tree, file.path, path->text) : "";
      commands.push_back({file.path, std::move(*command), std::move(folder)});
    }
  }
  return commands;
}

}  // namespace trainlint
