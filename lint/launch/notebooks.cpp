#include "lint/launch/notebooks.h"

#include <algorithm>

#include "lint/launch/commands.h"
#include "lint/launch/job/find.h"
#include "lint/launch/submissions.h"
#include "lint/source/notebook.h"
#include "lint/text/path.h"

namespace trainlint {

// Whether a notebook writes Python of the package, and nobody else puts files into its folder. A
// task.py beside the notebook is a script: it makes no package of the notebook's own folder.
static bool is_written(const PackageRoot& package, const std::string& notebook,
                       const NotebookContent& content) {
  const std::string folder = join_path(package.root, package.package_folder) + "/";
  const std::string own = parent_folder(notebook);
  if (package.package_folder.empty() || folder.size() <= own.size() + 1) return false;
  return std::any_of(content.written.begin(), content.written.end(), [&](const auto& file) {
    const std::string path = join_path(own, file.first);
    return path.ends_with(".py") && path.starts_with(folder) &&
           content.changed.count(file.first.substr(0, file.first.find('/'))) == 0 &&
           !content.writes_elsewhere;
  });
}

// Without an __init__.py, and with nobody who packs or submits it, a folder is but a place for a
// script.
static bool is_package(const SourceTree& tree, const PackageRoot& package) {
  const std::string folder = join_path(package.root, package.package_folder);
  return package.module_given || tree.has_file(folder + "/__init__.py") ||
         tree.has_file(join_path(package.root, "setup.py"));
}

// A job file that merely lies beside the notebook may be about anything.
static void keep_job_files(PackageRoot& package, const std::string& notebook,
                           const NotebookContent& content) {
  std::erase_if(package.job_files, [&](const JobFile& file) {
    const std::string path = normal_path(join_path(package.root, file.path));
    return file.binding == JobBinding::folder &&
           content.written.count(relative_path(path, parent_folder(notebook))) == 0;
  });
}

// One that a notebook writes is about what that notebook submits.
static void drop_written_job_files(std::vector<PackageRoot>& packages,
                                   const std::map<std::string, NotebookContent>& notebooks) {
  for (PackageRoot& package : packages)
    std::erase_if(package.job_files, [&](const JobFile& file) {
      const std::string path = normal_path(join_path(package.root, file.path));
      return is_bound_by_place(file, package.commands) &&
             std::any_of(notebooks.begin(), notebooks.end(), [&](const auto& notebook) {
               return notebook.second.written.count(
                          relative_path(path, parent_folder(notebook.first))) != 0;
             });
    });
}

// What a notebook writes; null where that is nothing new.
static std::shared_ptr<SourceTree> view_of(const SourceTree& tree, const std::string& notebook,
                                           const NotebookContent& content,
                                           std::vector<ViewedPackages>& found) {
  std::shared_ptr<SourceTree> after = notebook_tree(tree, notebook, content);
  if (after == nullptr) return nullptr;
  ViewedPackages written{
      notebook, after, find_packages_in(*after, find_gcloud_commands(*after)), {}};
  std::erase_if(written.packages, [&](const PackageRoot& each) {
    return !is_written(each, notebook, content) || !is_package(*after, each);
  });
  for (PackageRoot& package : written.packages) keep_job_files(package, notebook, content);
  if (!written.packages.empty()) found.push_back(std::move(written));
  return after;
}

std::vector<ViewedPackages> find_packages_and_notebooks(const SourceTree& tree) {
  std::map<std::string, NotebookContent> notebooks = find_notebooks(tree), readers;
  std::vector<ViewedPackages> found(1);
  for (const auto& [path, content] : notebooks)
    if (!view_of(tree, path, content, found)) readers.emplace(path, content);
  // A notebook that changes the folder submits what it has made of it.
  if (!readers.empty()) found.front().tree = with_notebook_scripts(tree, readers);
  const SourceTree& own = readers.empty() ? tree : *found.front().tree;
  std::vector<ScriptCommand> commands = find_gcloud_commands(own);
  found.front().packages = find_packages_in(own, commands);
  drop_written_job_files(found.front().packages, notebooks);
  ViewedPackages rest;
  if (!notebooks.empty()) {
    rest.tree = with_notebook_scripts(tree, notebooks);
    commands = find_gcloud_commands(*rest.tree);
  }
  std::vector<PackageRoot> packages;
  for (const ViewedPackages& view : found)
    packages.insert(packages.end(), view.packages.begin(), view.packages.end());
  rest.submissions = find_submissions(rest.tree ? *rest.tree : tree, commands, packages);
  if (!rest.submissions.empty()) found.push_back(std::move(rest));
  return found;
}

}  // namespace trainlint
