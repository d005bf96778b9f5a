#include "lint/launch/submissions.h"

#include <algorithm>
#include <set>
#include <utility>

#include "lint/launch/commands.h"
#include "lint/launch/job/find.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

// A command by its script and where it begins to say something.
using CommandKey = std::pair<std::string, uint32_t>;

CommandKey key_of(const std::string& path, const GcloudCommand& command) {
  uint32_t begin = command.flags.empty() ? 0 : command.flags.front().span.begin;
  if (command.job) begin = command.job->span.begin;
  return {path, begin};
}

PackageRoot& root_in(std::vector<PackageRoot>& roots, const std::string& folder) {
  auto found = std::find_if(roots.begin(), roots.end(),
                            [&](const PackageRoot& root) { return root.root == folder; });
  if (found != roots.end()) return *found;
  PackageRoot root;
  root.root = folder;
  return roots.emplace_back(std::move(root));
}

std::string name_in(const PackageRoot& root, const std::string& path) {
  return normal_path(join_path(root.root, path));
}

void add_command(ScriptCommand script, std::vector<PackageRoot>& roots) {
  PackageRoot& root = root_in(roots, parent_folder(script.path));
  script.path = std::string(file_name(script.path));
  std::vector<AskedEnvironment> asked = asked_by(script);
  root.asked.insert(root.asked.end(), asked.begin(), asked.end());
  root.commands.push_back(std::move(script));
}

}  // namespace

std::vector<PackageRoot> find_submissions(const SourceTree& tree,
                                          const std::vector<ScriptCommand>& commands,
                                          const std::vector<PackageRoot>& packages) {
  std::set<CommandKey> bound_commands;
  std::set<std::string> bound_files;
  for (const PackageRoot& package : packages) {
    for (const ScriptCommand& script : package.commands)
      bound_commands.insert(key_of(name_in(package, script.path), script.command));
    for (const JobFile& file : package.job_files) bound_files.insert(name_in(package, file.path));
  }
  std::vector<PackageRoot> roots;
  for (const ScriptCommand& script : commands)
    if (bound_commands.count(key_of(script.path, script.command)) == 0) add_command(script, roots);
  for (const std::string& path : job_file_paths(tree))
    if (bound_files.count(path) == 0) root_in(roots, parent_folder(path));
  find_job_files(tree, commands, roots);
  for (PackageRoot& root : roots)
    std::erase_if(root.job_files, [&](const JobFile& file) {
      return bound_files.count(name_in(root, file.path)) > 0;
    });
  std::erase_if(roots, [](const PackageRoot& root) {
    return root.commands.empty() && root.job_files.empty();
  });
  std::sort(roots.begin(), roots.end(),
            [](const PackageRoot& a, const PackageRoot& b) { return a.root < b.root; });
  return roots;
}

}  // namespace trainlint
