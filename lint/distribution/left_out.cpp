#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "lint/distribution/prediction.h"

namespace trainlint {

namespace {

struct Reason {
  std::string text;
  LeftOutCause cause;
};

using Paths = std::set<std::string>;

struct Explainer {
  const FileView& whole;
  const Project& project;
  const Steps& steps;
  std::map<std::string, std::string, std::less<>> packages;  // normal folder -> package
  Paths outside;                                             // data_files and scripts
  Paths if_packed;    // would be installed if the sdist held every file of the tree
  Paths if_excluded;  // installed but for exclude_package_data

  Reason explain(const std::string& file) const;
  Reason explain_module(const std::string& file) const;
  Reason explain_data(const std::string& file) const;
  Reason explain_unlisted(const std::string& folder, const std::string& above) const;
  const std::string* package_folder_above(std::string_view folder) const;
  std::string first_without_init(size_t from, const std::string& folder) const;
  std::string listed_packages() const;
};

}  // namespace

static void add_sources(const std::vector<BuiltFile>& built, Paths& paths) {
  for (const BuiltFile& file : built) paths.insert(normal_path(file.source));
}

static Explainer explainer_of(const FileView& whole, const Project& project, const Steps& steps,
                              const Distribution& distribution) {
  Explainer explainer{whole, project, steps, {}, {}, {}, {}};
  for (const std::string& package : steps.layout.packages)
    explainer.packages[normal_path(package_folder(steps.layout, package))] = package;
  for (const InstalledFile& file : distribution.outside) explainer.outside.insert(file.source);
  add_sources(built_modules(steps.layout, whole), explainer.if_packed);
  add_sources(built_data(steps.layout, whole, whole.files()), explainer.if_packed);
  Layout without = steps.rebuilt;
  without.exclude_package_data.clear();
  if (!steps.layout.exclude_package_data.empty())
    add_sources(built_data(without, steps.worker, steps.packed.files), explainer.if_excluded);
  return explainer;
}

// The nearest folder at or above this one that is a listed package's; null if there is none.
const std::string* Explainer::package_folder_above(std::string_view folder) const {
  for (;;) {
    auto found = packages.find(folder);
    if (found != packages.end()) return &found->first;
    std::string_view above = split_path(folder).first;
    if (above == folder) return nullptr;  // "" or, in a hostile archive, "/"
    folder = above;
  }
}

// The outermost folder that ends behind `from` and has no __init__.py; "" if all have one.
std::string Explainer::first_without_init(size_t from, const std::string& folder) const {
  for (size_t slash = folder.find('/', from);; slash = folder.find('/', slash + 1)) {
    std::string part = folder.substr(0, slash);
    if (!whole.is_file(join_path(part, "__init__.py"))) return part;
    if (slash == folder.npos) return "";
  }
}

std::string Explainer::listed_packages() const {
  const Strings& packages_listed = project.packages.value;
  std::string names;
  for (size_t i = 0; i < packages_listed.size() && i < 3; ++i)
    names += fmt::format("{}'{}'", i == 0 ? "" : ", ", packages_listed[i]);
  return fmt::format("packages=[{}{}]", names, packages_listed.size() > 3 ? ", ..." : "");
}

static std::string dotted(std::string path) {
  std::replace(path.begin(), path.end(), '/', '.');
  return path;
}

// `above` is the folder of the listed package that holds `folder`.
Reason Explainer::explain_unlisted(const std::string& folder, const std::string& above) const {
  const std::string& finder = project.packages_found_by;
  std::string bare = first_without_init(above.empty() ? 0 : above.size() + 1, folder);
  if (!bare.empty() && finder == "find_packages()")
    return {fmt::format("no __init__.py in '{}', so find_packages() leaves it out", bare),
            LeftOutCause::missing_init};
  const std::string& package = packages.at(above);
  if (project.origin == ProjectOrigin::generated)
    return {fmt::format("the setup.py that gcloud writes lists only '{}' itself, not its "
                        "sub-packages",
                        package),
            LeftOutCause::generated_setup};
  std::string below = above.empty() ? folder : folder.substr(above.size() + 1);
  std::string name = package.empty() ? dotted(below) : package + "." + dotted(below);
  if (!finder.empty())
    return {fmt::format("{} does not list '{}'", finder, name), LeftOutCause::not_listed};
  return {fmt::format("'{}' is not in {}", name, listed_packages()), LeftOutCause::not_listed};
}

Reason Explainer::explain_module(const std::string& file) const {
  std::string folder(split_path(file).first);
  const std::string* above = package_folder_above(folder);
  if (above != nullptr && *above == folder) {
    if (split_path(file).second.starts_with('.'))
      return {"its name starts with a dot, so it is no module", LeftOutCause::hidden};
    return {fmt::format("'{}' has no __init__.py in the sdist, so {} does not find it again",
                        packages.at(folder), project.packages_found_by),
            LeftOutCause::not_packed};
  }
  if (above != nullptr) return explain_unlisted(folder, *above);
  if (folder.empty()) return {"in no package, and not in py_modules", LeftOutCause::no_package};
  std::string bare = first_without_init(0, folder);
  const std::string& finder = project.packages_found_by;
  if (bare.empty() && !finder.empty())
    return {fmt::format("{} does not list '{}'", finder, dotted(folder)), LeftOutCause::not_listed};
  if (bare.empty() && project.origin == ProjectOrigin::generated)
    return {fmt::format("the setup.py that gcloud writes lists only {}", listed_packages()),
            LeftOutCause::generated_setup};
  if (bare.empty())
    return {fmt::format("'{}' is not in {}", dotted(folder), listed_packages()),
            LeftOutCause::not_listed};
  if (finder == "find_packages()")
    return {fmt::format("no __init__.py in '{}', so find_packages() leaves it out", bare),
            LeftOutCause::missing_init};
  return {"in no package that is installed", LeftOutCause::no_package};
}

Reason Explainer::explain_data(const std::string& file) const {
  if (outside.count(file) != 0)
    return {"data_files and scripts go beside Python's own files, not into the package",
            LeftOutCause::elsewhere};
  const std::string* above = package_folder_above(split_path(file).first);
  if (above == nullptr) return {"in no package that is installed", LeftOutCause::no_package};
  if (if_excluded.count(file) != 0)
    return {"exclude_package_data takes it out", LeftOutCause::excluded_data};
  if (steps.layout.include_package_data && if_packed.count(file) != 0)
    return {
        "include_package_data takes only what is in the sdist, and no line of MANIFEST.in "
        "brings it there",
        LeftOutCause::not_packed};
  return {"no pattern of package_data matches it", LeftOutCause::no_pattern};
}

Reason Explainer::explain(const std::string& file) const {
  static const std::set<std::string_view> build_files = {"setup.py", "setup.cfg", "MANIFEST.in",
                                                         "pyproject.toml", "PKG-INFO"};
  if (build_files.count(file) != 0)
    return {"the build reads it and does not install it", LeftOutCause::build_file};
  auto removed = steps.packed.removed.find(file);
  if (!steps.worker.is_file(file) && removed != steps.packed.removed.end() &&
      if_packed.count(file) != 0)
    return {fmt::format("{} keeps it out of the sdist", removed->second), LeftOutCause::not_packed};
  return file.ends_with(".py") ? explain_module(file) : explain_data(file);
}

bool is_noise(std::string_view path) {
  for (;;) {
    size_t slash = path.find('/');
    if (slash == path.npos) return path.ends_with(".pyc");
    std::string_view part = path.substr(0, slash);
    if (part == ".git" || part == ".hg" || part == ".svn" || part == "__pycache__" ||
        part.ends_with(".egg-info"))
      return true;
    path.remove_prefix(slash + 1);
  }
}

std::vector<LeftOut> explain_left_out(const FileView& whole, const Project& project,
                                      const Steps& steps, const Distribution& distribution) {
  Explainer explainer = explainer_of(whole, project, steps, distribution);
  std::set<std::string_view> installed;
  for (const InstalledFile& file : distribution.installed) installed.insert(file.source);
  std::vector<LeftOut> left_out;
  for (const std::string& file : whole.files()) {
    if (installed.count(file) != 0 || is_noise(file)) continue;
    Reason reason = explainer.explain(file);
    left_out.push_back({file, std::move(reason.text), reason.cause});
  }
  return left_out;
}

}  // namespace trainlint
