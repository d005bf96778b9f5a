// The automatic discovery of setuptools >= 61 ("Automatic discovery" in its user guide).
#include <algorithm>

#include "lint/project/discovery.h"

namespace trainlint {

template <class T>
static void set_known(Value<T>& value, T content) {
  value.state = Value<T>::known;
  value.value = std::move(content);
}

// Names that the flat layout never takes for the project's own package or module.
static Strings reserved_packages() {
  Strings patterns;
  for (std::string_view name :
       {"ci",        "bin",       "doc",        "docs",      "documentation", "manpages",
        "news",      "changelog", "test",       "tests",     "unit_test",     "unit_tests",
        "example",   "examples",  "scripts",    "tools",     "util",          "utils",
        "python",    "build",     "dist",       "venv",      "env",           "requirements",
        "tasks",     "fabfile",   "site_scons", "benchmark", "benchmarks",    "exercise",
        "exercises", "htmlcov",   "[._]*"}) {
    patterns.emplace_back(name);
    patterns.push_back(std::string(name) + ".*");
  }
  return patterns;
}

static Strings reserved_modules() {
  return {"setup",    "conftest",         "test",      "tests",    "example",   "examples",
          "build",    "toxfile",          "noxfile",   "pavement", "dodo",      "tasks",
          "fabfile",  "[Ss][Cc]onstruct", "conanfile", "manage",   "benchmark", "benchmarks",
          "exercise", "exercises",        "htmlcov",   "[._]*"};
}

static bool identifier_path(const std::string& dotted) {
  for (size_t begin = 0; begin <= dotted.size();) {
    size_t end = std::min(dotted.find('.', begin), dotted.size());
    std::string_view part = std::string_view(dotted).substr(begin, end - begin);
    if (begin == 0 && part.ends_with("-stubs")) part.remove_suffix(6);
    bool valid = !part.empty() && !(part[0] >= '0' && part[0] <= '9') &&
                 part.find_first_of("- +~#&@!%()[]{}'\"$,;=^`") == std::string_view::npos;
    if (!valid) return false;
    begin = end + 1;
  }
  return true;
}

static bool stub(const std::string& package) {
  return package.substr(0, package.find('.')).ends_with("-stubs");
}

static Strings top_level(const Strings& packages) {
  Strings out;
  for (const std::string& name : packages) {
    if (stub(name)) continue;
    bool nested = std::any_of(packages.begin(), packages.end(), [&](const std::string& other) {
      return name.starts_with(other + ".");
    });
    if (!nested) out.push_back(name);
  }
  return out;
}

static void refuse_several(const Strings& found, std::string_view kind, Project& project) {
  if (found.size() < 2 || project.failure) return;
  std::string list;
  for (const std::string& name : found) list += (list.empty() ? "'" : ", '") + name + "'";
  project.failure = {
      "multiple top-level " + std::string(kind) + " discovered in a flat-layout: [" + list + "]",
      Place{found.front(), {}}};
}

static void discover_flat(const Folders& folders, Project& project) {
  FindOptions options;
  options.namespaces = true;
  options.exclude = reserved_packages();
  Strings packages;
  // A folder whose name is no identifier is not walked into.
  for (std::string& name : find_packages(folders, options))
    if (identifier_path(name)) packages.push_back(std::move(name));
  Strings top = top_level(packages);
  refuse_several(top, "packages", project);
  set_known(project.packages, std::move(packages));
  if (!top.empty()) return;
  Strings modules = find_modules(folders, "", reserved_modules());
  refuse_several(modules, "modules", project);
  set_known(project.py_modules, std::move(modules));
}

static void discover_explicit(const Folders& folders, Project& project) {
  Strings packages;
  for (const auto& [package, folder] : project.package_dir.value) {
    if (package.empty()) continue;
    packages.push_back(package);
    FindOptions options;
    options.namespaces = true;
    options.where = collapsed_path(folder);
    for (const std::string& name : find_packages(folders, options))
      packages.push_back(package + "." + name);
  }
  set_known(project.packages, std::move(packages));
}

void discover(const Folders& folders, Project& project, bool ignore_ext_modules) {
  if (!project.packages.is_absent() || !project.py_modules.is_absent()) return;
  if (!ignore_ext_modules && !project.ext_modules.is_absent()) return;
  if (project.package_dir.is_unknown()) {
    project.packages.state = Value<Strings>::unknown;
    project.packages.reason =
        "found by setuptools below package_dir, which is unknown: " + project.package_dir.reason;
    project.packages.place = project.package_dir.place;
    return;
  }
  project.packages_found_by = "automatic discovery";
  auto& package_dir = project.package_dir.value;
  bool explicit_layout = std::any_of(package_dir.begin(), package_dir.end(),
                                     [](const auto& entry) { return !entry.first.empty(); });
  if (explicit_layout) return discover_explicit(folders, project);
  auto given = package_dir.find("");
  std::string source = given == package_dir.end() ? "src" : collapsed_path(given->second);
  if (!folders.contains(source)) return discover_flat(folders, project);
  if (given == package_dir.end()) {
    package_dir[""] = source;
    project.package_dir.state = Value<std::map<std::string, std::string>>::known;
  }
  FindOptions options;
  options.namespaces = true;
  options.where = source;
  set_known(project.packages, find_packages(folders, options));
  set_known(project.py_modules, find_modules(folders, source, {}));
}

// The folder that holds a package, by package_dir.
static std::string package_folder(const std::string& name, const Project& project) {
  const auto& package_dir = project.package_dir.value;
  for (std::string head = name;;) {
    if (auto found = package_dir.find(head); found != package_dir.end()) {
      std::string rest = head.empty() ? name : name.substr(std::min(name.size(), head.size() + 1));
      std::replace(rest.begin(), rest.end(), '.', '/');
      return collapsed_path(found->second + "/" + rest);
    }
    if (head.empty()) break;
    size_t dot = head.rfind('.');
    head = dot == std::string::npos ? "" : head.substr(0, dot);
  }
  std::string path = name;
  std::replace(path.begin(), path.end(), '.', '/');
  return path;
}

void discover_name(const Folders& folders, Project& project) {
  if (!project.name.is_absent()) return;
  for (const Value<Strings>* items : {&project.packages, &project.py_modules})
    if (items->is_known() && items->value.size() == 1)
      return set_known(project.name, items->value[0]);
  if (!project.packages.is_known()) return;
  Strings packages;
  for (const std::string& name : project.packages.value)
    if (!stub(name)) packages.push_back(name);
  std::stable_sort(packages.begin(), packages.end(),
                   [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  for (size_t i = 0; i < packages.size(); i++) {
    bool above_all =
        std::all_of(packages.begin() + static_cast<ptrdiff_t>(i) + 1, packages.end(),
                    [&](const std::string& other) { return other.starts_with(packages[i] + "."); });
    if (!above_all) return;
    auto folder = folders.find(package_folder(packages[i], project));
    if (folder != folders.end() && folder->second.files.contains("__init__.py"))
      return set_known(project.name, packages[i]);
  }
}

}  // namespace trainlint
