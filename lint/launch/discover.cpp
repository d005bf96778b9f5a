// Where the trainer packages of a tree are.
#include <algorithm>
#include <array>
#include <map>

#include "lint/distribution/distribution.h"
#include "lint/launch/commands.h"
#include "lint/launch/job/find.h"
#include "lint/launch/launch.h"
#include "lint/text/path.h"

namespace trainlint {

static std::string below(std::string_view path, std::string_view root) {
  return std::string(root.empty() ? path : path.substr(std::min(path.size(), root.size() + 1)));
}

static std::string dotted(std::string path) {
  std::replace(path.begin(), path.end(), '/', '.');
  return path;
}

static bool mentions(const SourceTree& tree, const std::string& path,
                     std::initializer_list<std::string_view> words) {
  if (!tree.has_file(path)) return false;
  Result<Bytes> bytes = tree.read(path);
  return bytes && std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return (*bytes)->find(word) != std::string::npos;
         });
}

// Whether a folder is the root of a project that is built from there.
static bool has_metadata(const SourceTree& tree, std::string_view folder) {
  return tree.has_file(join_path(folder, "setup.py")) ||
         mentions(tree, join_path(folder, "setup.cfg"), {"[metadata]", "[options]"}) ||
         mentions(tree, join_path(folder, "pyproject.toml"),
                  {"[project]", "[build-system]", "[tool.poetry]"});
}

// Whether pip builds the folder of this file by it; one of the files, where several are there.
static bool is_build_file(const SourceTree& tree, std::string_view path) {
  std::string_view name = file_name(path);
  if (name == "setup.py") return true;
  const std::string folder = parent_folder(path);
  return name == "pyproject.toml" && has_metadata(tree, folder) &&
         !tree.has_file(join_path(folder, "setup.py"));
}

// The metadata says itself which packages there are: by name, or as those of one folder.
static bool is_chosen(const Project& project) {
  if (!project.packages.is_known() || project.packages.value.empty()) return false;
  if (project.packages_found_by.empty()) return true;
  auto root = project.package_dir.value.find("");
  return project.packages_found_by == "find_namespace_packages()" &&
         project.package_dir.is_known() && root != project.package_dir.value.end() &&
         !root->second.empty() && root->second != ".";
}

namespace {

// What the metadata in a folder would install; computed once a folder.
class Distributions {
 public:
  struct Known {
    Distribution distribution;
    bool chosen = false;
  };

  explicit Distributions(const SourceTree& tree) : tree_(tree) {}

  // The installed path of a file of the tree when the project in `root` ships it, else "": in a
  // package with __init__.py files all the way, or one that it lists by name or takes from a
  // folder of its own, as "src" is. A project that takes every folder below it as a namespace
  // package says nothing about the trainers that lie there.
  std::string installed(const std::string& root, const std::string& file) {
    auto known = known_.find(root);
    if (known == known_.end()) {
      std::unique_ptr<SourceTree> part = subtree(tree_, root);
      const Project project = read_project(*part, "");
      known = known_.emplace(root, Known{predict_distribution(*part, project), is_chosen(project)})
                  .first;
    }
    const auto& [distribution, chosen] = known->second;
    const InstalledFile* found = distribution.find_source(below(file, root));
    if (!found || chosen) return found ? found->path : std::string();
    for (std::string folder = parent_folder(found->path); !folder.empty();
         folder = parent_folder(folder))
      if (!distribution.find(folder + "/__init__.py")) return {};
    return found->path;
  }

 private:
  const SourceTree& tree_;
  std::map<std::string, Known> known_;
};

}  // namespace

// "trainer-0.1.data/purelib" or platlib of a wheel: pip installs what is below as if it were at the
// top (the binary distribution format). "" of any other path.
static std::string wheel_library(const SourceTree& tree, std::string_view path) {
  if (!tree.archive()) return {};
  const size_t top = path.find('/');
  if (top == path.npos || !path.substr(0, top).ends_with(".data")) return {};
  const std::string_view area = path.substr(top + 1);
  if (!area.starts_with("purelib/") && !area.starts_with("platlib/")) return {};
  return std::string(path.substr(0, path.find('/', top + 1)));
}

// gcloud builds in the parent of --package-path. A package further up holds this one only if there
// is metadata that ships it from there ("src" layouts, trainers inside a larger package).
static PackageRoot root_of(const SourceTree& tree, Distributions& distributions,
                           const std::string& file) {
  std::string folder = parent_folder(file);
  PackageRoot root;
  root.root = parent_folder(folder);
  root.package_folder = below(folder, root.root);
  root.module = dotted(below(file.substr(0, file.size() - 3), root.root));
  const std::string library = wheel_library(tree, file);
  if (!library.empty()) {
    root.module = dotted(below(file.substr(0, file.size() - 3), library));
    root.root.clear();
    root.package_folder = folder;
    return root;
  }
  if (has_metadata(tree, root.root)) {
    // package_dir may install the folder, even the root itself, under another name.
    std::string installed = distributions.installed(root.root, file);
    if (!installed.empty()) root.module = dotted(installed.substr(0, installed.size() - 3));
    return root;
  }
  if (folder.empty()) return root;
  for (std::string above = root.root; !above.empty();) {
    above = parent_folder(above);
    if (!has_metadata(tree, above)) continue;
    std::string installed = distributions.installed(above, file);
    if (installed.empty()) continue;
    root.root = above;
    root.module = dotted(installed.substr(0, installed.size() - 3));
    // The top-level package: as many folders up from the file as the installed path has.
    std::string package = folder;
    for (auto levels = std::count(installed.begin(), installed.end(), '/'); levels > 1; --levels)
      package = parent_folder(package);
    root.package_folder = below(package, above);
    break;
  }
  return root;
}

// The package of a command, seen from the parent of --package-path: the script may lie above it.
static PackageRoot package_of(const ScriptCommand& script) {
  PackageRoot root;
  root.root = parent_folder(script.package_folder);
  root.package_folder = below(script.package_folder, root.root);
  const std::optional<CommandWord> module = module_of(script.command);
  if (module) root.module = module->text;
  root.module_given = true;
  ScriptCommand inside = script;
  inside.path = relative_path(script.path, root.root);
  if (!root.module.empty()) root.source = {inside.path, module->span};
  root.asked = asked_by(inside);
  root.commands.push_back(std::move(inside));
  return root;
}

// Vertex AI's commands put the folder into an image, where nothing is packed.
static bool copies_folder(const GcloudCommand& command) {
  return command.kind != GcloudKind::submit_training && command.kind != GcloudKind::local_train;
}

// What was found in a folder: with this entry module, else with any.
static std::vector<PackageRoot>::iterator find_root(std::vector<PackageRoot>& roots,
                                                    const std::string& folder,
                                                    const std::string& module) {
  auto is_there = [&](const PackageRoot& known) {
    return join_path(known.root, known.package_folder) == folder;
  };
  auto same = std::find_if(roots.begin(), roots.end(), [&](const PackageRoot& known) {
    return is_there(known) && known.module == module;
  });
  return same != roots.end() ? same : std::find_if(roots.begin(), roots.end(), is_there);
}

// A command names the package and its entry module: it finds packages that do not follow the
// convention, and entry modules beside the conventional one.
static void apply_commands(const SourceTree& tree, const std::vector<ScriptCommand>& commands,
                           std::vector<PackageRoot>& roots) {
  for (const ScriptCommand& script : commands) {
    if (script.package_folder.empty()) continue;
    PackageRoot root = package_of(script);
    auto same = find_root(roots, script.package_folder, root.module);
    if (copies_folder(script.command)) {
      // Built nowhere: it only says how the package is started that is there anyway.
      if (same == roots.end()) continue;
      ScriptCommand inside = script;
      inside.path = relative_path(script.path, same->root);
      const std::vector<AskedEnvironment> asked = asked_by(inside);
      same->asked.insert(same->asked.end(), asked.begin(), asked.end());
      same->commands.push_back(std::move(inside));
    } else if (same == roots.end()) {
      std::string module = root.module;
      std::replace(module.begin(), module.end(), '.', '/');
      if (!module.empty() && (tree.has_file(join_path(root.root, module + ".py")) ||
                              tree.has_file(join_path(script.package_folder, "__init__.py"))))
        roots.push_back(std::move(root));
    } else if (same->root == root.root && !root.module.empty() && same->module != root.module) {
      roots.push_back(std::move(root));  // an entry module beside the conventional one
    } else if (same->root == root.root) {
      same->asked.insert(same->asked.end(), root.asked.begin(), root.asked.end());
      same->commands.insert(same->commands.end(), root.commands.begin(), root.commands.end());
      same->module_given = true;
      if (same->source.path.empty()) same->source = root.source;
    }
  }
}

// A project without a task.py: its top-level package, and the module that looks like its entry.
static void add_project(const SourceTree& tree, const std::string& folder,
                        std::vector<PackageRoot>& roots) {
  static constexpr auto entries =
      std::to_array<std::string_view>({"__main__", "train", "main", "trainer", "run"});
  std::unique_ptr<SourceTree> part = subtree(tree, folder);
  Project project = read_project(*part, "");
  Distribution distribution = predict_distribution(*part, project);
  PackageRoot best;
  for (std::string_view entry : entries)
    for (const InstalledFile& file : distribution.installed) {
      const bool in_package = std::count(file.path.begin(), file.path.end(), '/') == 1;
      if (!best.module.empty() || !in_package || file_name(file.path) != std::string(entry) + ".py")
        continue;
      std::string package = parent_folder(file.path);
      best.module = entry == "__main__" ? package : package + "." + std::string(entry);
      best.package_folder = parent_folder(file.source);
    }
  if (best.module.empty() && !folder.empty()) return;
  if (best.package_folder.empty()) {
    for (const InstalledFile& file : distribution.installed)
      if (best.package_folder.empty() && file_name(file.path) == "__init__.py")
        best.package_folder = parent_folder(file.source);
  }
  best.root = folder;
  if (!best.package_folder.empty()) roots.push_back(std::move(best));
}

std::vector<PackageRoot> find_packages_in(const SourceTree& tree,
                                          const std::vector<ScriptCommand>& commands) {
  std::vector<PackageRoot> roots;
  Distributions distributions(tree);
  std::vector<std::string> projects;
  for (const SourceFile& file : tree.files()) {
    if (file.kind != FileKind::file) continue;
    if (file_name(file.path) == "task.py") roots.push_back(root_of(tree, distributions, file.path));
    if (is_build_file(tree, file.path)) projects.push_back(parent_folder(file.path));
  }
  apply_commands(tree, commands, roots);
  for (const std::string& folder : projects) {
    const bool has_one = std::any_of(roots.begin(), roots.end(), [&](const PackageRoot& root) {
      return root.root == folder || join_path(root.root, root.package_folder) == folder;
    });
    if (!has_one) add_project(tree, folder, roots);
  }
  find_job_files(tree, commands, roots);
  std::sort(roots.begin(), roots.end(), [](const PackageRoot& a, const PackageRoot& b) {
    return std::tie(a.root, a.package_folder, a.module) <
           std::tie(b.root, b.package_folder, b.module);
  });
  return roots;
}

}  // namespace trainlint
