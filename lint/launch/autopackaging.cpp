// What `gcloud ai custom-jobs local-run` and a local-package-path put into an image.
#include <algorithm>

#include "lint/launch/commands.h"
#include "lint/launch/routes.h"
#include "lint/text/path.h"

namespace trainlint {

// The folder as it is written; the shell's current folder is known all the same.
static std::optional<std::string> local_path(const GcloudCommand& command) {
  std::string text = ".";
  if (const CommandWord* flag = command.value_of("--local-package-path"))
    text = flag->text;
  else if (std::optional<CommandWord> part = pool_part(command, "local-package-path"))
    text = part->text;
  else if (command.kind != GcloudKind::local_run)
    return std::nullopt;
  if (text == "$(pwd)" || text == "$PWD" || text == "${PWD}" || text == "`pwd`") return ".";
  if (text.empty() || text.find_first_of("$`") != text.npos || text.find_first_of("/~") == 0)
    return std::nullopt;
  return text;
}

// Of the flag, or of the worker pool; nothing where its value is not known.
static std::optional<std::string> said(const GcloudCommand& command, const std::string& key) {
  if (const CommandWord* flag = command.value_of("--" + key))
    return flag->known() ? std::optional(flag->text) : std::nullopt;
  if (std::optional<CommandWord> part = pool_part(command, key)) return part->text;
  return std::nullopt;
}

// Which flag to show: that of the folder, or else that of what is started.
static Place place_of(const ScriptCommand& script) {
  for (std::string_view name : {"--local-package-path", "--worker-pool-spec", "--python-module",
                                "--script", "--executor-image-uri"})
    for (const GcloudFlag& flag : script.command.flags)
      if (flag.name == name) return {script.path, flag.span};
  return {script.path, std::nullopt};
}

// "a,b" of the flag, "a;b" in a worker pool.
static std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(",;"), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// The script's folder or one above it, from where the paths fit.
static std::optional<std::string> context_of(const SourceTree& tree, std::string from,
                                             const std::string& local, const std::string& entry) {
  while (!from.empty()) {
    from = parent_folder(from);
    std::string folder = normal_path(join_path(from, local));
    if (!folder.starts_with("..") && tree.has_file(join_path(folder, entry))) return folder;
  }
  return std::nullopt;
}

static void add_extra_folders(const ScriptCommand& script, Autopackaging& found) {
  const CommandWord* pool = script.command.value_of("--worker-pool-spec");
  const bool given = script.command.value_of("--extra-dirs") != nullptr ||
                     (pool != nullptr && pool->text.find("extra-dirs") != pool->text.npos);
  std::optional<std::string> extra = said(script.command, "extra-dirs");
  if (!extra && given) found.copied = {found.folder};  // any of them
  if (!extra) return;
  for (const std::string& folder : split(*extra)) {
    std::string path = normal_path(join_path(found.folder, folder));
    if (!path.starts_with("..")) found.copied.push_back(std::move(path));
  }
}

std::optional<Autopackaging> autopackaging_of(const SourceTree& tree, const ScriptCommand& script) {
  const GcloudCommand& command = script.command;
  if (command.open ||
      (command.kind != GcloudKind::local_run && command.kind != GcloudKind::custom_job))
    return std::nullopt;
  const std::optional<std::string> local = local_path(command);
  if (!local) return std::nullopt;
  Autopackaging found;
  std::string entry;
  if (std::optional<CommandWord> module = module_of(command)) {
    found.module = module->text;
    entry = found.module;
    std::replace(entry.begin(), entry.end(), '.', '/');
    entry += ".py";
  } else if (std::optional<std::string> path = said(command, "script"); path) {
    if (!path->ends_with(".py")) return std::nullopt;
    entry = normal_path(*path);
  } else {
    return std::nullopt;
  }
  std::optional<std::string> folder = context_of(tree, script.path, *local, entry);
  if (!folder) return std::nullopt;
  found.folder = std::move(*folder);
  entry = join_path(found.folder, entry);
  if (found.module.empty()) found.script = entry;
  found.copied = {parent_folder(entry)};
  found.place = place_of(script);
  add_extra_folders(script, found);
  return found;
}

}  // namespace trainlint
