#include "lint/launch/commands.h"

#include "lint/launch/dockerfile.h"
#include "lint/launch/shell.h"
#include "lint/text/path.h"

#include <algorithm>

namespace trainlint {

static constexpr uint64_t largest_script = 256 * 1024;

// By name; scripts without an ending are known by their first line.
static bool may_hold_commands(const SourceFile& file) {
  if (file.kind != FileKind::file || file.size > largest_script) return false;
  std::string_view name = file_name(file.path);
  return name.ends_with(".sh") || name.ends_with(".bash") || name.ends_with(".zsh") ||
         name.ends_with(".mk") || name.ends_with(".md") || name.ends_with(".yml") ||
         name.ends_with(".yaml") || is_dockerfile(name) || name.find('.') == std::string_view::npos;
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

// The path that a word holds. The shell's folder is where the script is run, so "$PWD/trainer" is
// as well known as "trainer".
static std::optional<std::string> path_of(const CommandWord& word) {
  if (word.known()) return word.text;
  for (std::string_view here : {"${PWD}/", "$PWD/", "$(pwd)/"})
    if (word.text.starts_with(here) &&
        word.text.find_first_of("$`*?", here.size()) == std::string::npos)
      return word.text.substr(here.size());
  return std::nullopt;
}

std::optional<CommandWord> pool_part(const GcloudCommand& command, std::string_view key) {
  for (const GcloudFlag& flag : command.flags) {
    if (flag.name != "--worker-pool-spec" || !flag.value) continue;
    for (std::string_view part : gcloud_list(flag.value->text)) {
      const size_t equals = std::min(part.find('='), part.size());
      std::string_view value = part.substr(std::min(equals + 1, part.size()));
      if (part.substr(0, equals) != key || value.find('$') != value.npos) continue;
      return CommandWord{.text = std::string(value), .span = flag.value->span};
    }
    break;
  }
  return std::nullopt;
}

std::optional<CommandWord> module_of(const GcloudCommand& command) {
  for (std::string_view flag : {"--module-name", "--python-module"})
    if (const CommandWord* module = command.value_of(flag))
      return module->known() ? std::optional(*module) : std::nullopt;
  return pool_part(command, "python-module");
}

// Of the module or script that the command starts, from the folder that is copied; "" where it is
// not known, or no Python.
static std::string started_file(const GcloudCommand& command) {
  if (std::optional<CommandWord> module = module_of(command)) {
    std::string file = module->text + ".py";
    std::replace(file.begin(), file.end() - 3, '.', '/');
    return file;
  }
  const CommandWord* flag = command.value_of("--script");
  std::optional<CommandWord> script =
      flag && flag->known() ? std::optional(*flag) : pool_part(command, "script");
  return script && script->text.ends_with(".py") ? normal_path(script->text) : std::string();
}

// The folder of the package that Vertex AI's commands copy into an image: the entry module's, where
// its file is there.
static std::string copied_package(const SourceTree& tree, std::string script,
                                  const GcloudCommand& command) {
  const CommandWord* flag = command.value_of("--local-package-path");
  std::optional<CommandWord> local =
      flag && flag->known() ? std::optional(*flag) : pool_part(command, "local-package-path");
  if (!local && command.kind == GcloudKind::local_run && !flag) local = CommandWord{.text = "."};
  std::string file = started_file(command);
  if (!local || file.empty() || local->text.starts_with('/')) return {};
  while (!script.empty()) {
    script = parent_folder(script);
    std::string path = normal_path(join_path(join_path(script, local->text), file));
    if (!path.starts_with("..") && tree.has_file(path)) return parent_folder(path);
  }
  return {};
}

void read_args(GcloudCommand& command) {
  if (command.kind != GcloudKind::custom_job) return;
  for (const GcloudFlag& flag : command.flags) {
    if (flag.name != "--args" || !flag.value) continue;
    for (std::string_view part : gcloud_list(flag.value->text)) {
      CommandWord word{.text = std::string(part), .span = flag.value->span};
      word.unknown_from = flag.value->known() ? part.npos : part.find('$');
      word.splits = word.unknown_from == 0;
      command.user_arguments.push_back(std::move(word));
    }
  }
}

std::vector<AskedEnvironment> asked_by(const ScriptCommand& script) {
  std::vector<AskedEnvironment> asked;
  auto ask = [&](AskedEnvironment::Kind kind, const CommandWord& value) {
    asked.push_back({kind, value.text, {script.path, value.span}});
  };
  const CommandWord* version = script.command.value_of("--runtime-version");
  if (version && version->known()) ask(AskedEnvironment::runtime_version, *version);
  for (std::string_view flag : {"--master-image-uri", "--executor-image-uri"})
    if (const CommandWord* image = script.command.value_of(flag); image && image->known())
      ask(AskedEnvironment::image_uri, *image);
  for (std::string_view key : {"executor-image-uri", "container-image-uri"})
    if (std::optional<CommandWord> image = pool_part(script.command, key))
      ask(AskedEnvironment::image_uri, *image);
  return asked;
}

std::vector<ScriptCommand> find_gcloud_commands(const SourceTree& tree) {
  std::vector<ScriptCommand> commands;
  for (const SourceFile& file : tree.files()) {
    if (!may_hold_commands(file)) continue;
    Result<Bytes> bytes = tree.read(file.path);
    if (!bytes || (*bytes)->find("gcloud") == std::string::npos || !may_train(**bytes)) continue;
    const std::string text = shell_text(file_name(file.path), **bytes);
    for (const std::vector<CommandWord>& words : shell_commands(text, "gcloud")) {
      std::optional<GcloudCommand> command = read_gcloud_command(words);
      if (!command) continue;
      const CommandWord* path = command->value_of("--package-path");
      const std::optional<std::string> named = path ? path_of(*path) : std::nullopt;
      std::string folder = named ? find_folder(tree, file.path, *named) : "";
      if (folder.empty() && !path) folder = copied_package(tree, file.path, *command);
      read_args(*command);
      commands.push_back({file.path, std::move(*command), std::move(folder)});
    }
  }
  return commands;
}

}  // namespace trainlint
