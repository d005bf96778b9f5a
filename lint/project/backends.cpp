// Build backends other than setuptools, as far as pyproject.toml declares what they install.
#include <algorithm>

#include "lint/project/fields.h"
#include "lint/project/poetry.h"
#include "lint/project/settings.h"

namespace trainlint {

namespace {

const PyValue* at(const PyValue* table, std::string_view key) {
  return table ? dict_get(*table, key) : nullptr;
}

std::string text_of(const PyValue* value) {
  return value && value->is(PyKind::string) ? value->text : "";
}

// The import name that a project's name suggests.
std::string import_name(std::string name) {
  for (char& c : name) {
    if (c == '-' || c == '.' || c == ' ')
      c = '_';
    else if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 32);
  }
  return name;
}

struct Backend {
  const PyValue& pyproject;
  const SourceTree& tree;
  const Folders& folders;
  Project& project;
  Strings packages{}, modules{};
  std::map<std::string, std::string> package_dir{};

  const PyValue* tool(std::string_view name) const { return at(dict_get(pyproject, "tool"), name); }

  // A package or module of the tree below `folder`, with all that is below it.
  bool add(const std::string& folder, const std::string& name) {
    std::string path = path_below(folder, name);
    if (folders.contains(path)) {
      std::string dotted = name;
      std::replace(dotted.begin(), dotted.end(), '/', '.');
      packages.push_back(dotted);
      FindOptions options;
      options.where = path;
      options.namespaces = true;
      for (const std::string& below : find_packages(folders, options))
        packages.push_back(std::string(dotted).append(".").append(below));
    } else if (tree.has_file(path + ".py")) {
      modules.push_back(name);
    } else {
      return false;
    }
    if (!folder.empty()) package_dir[""] = folder;
    return true;
  }

  void found(const Place& place) {
    if (packages.empty() && modules.empty()) {
      PyValue why = py_unknown("'" + project.build_backend + "' chooses the files", place);
      set_unknown(project.packages, why);
      set_unknown(project.py_modules, why);
      return;
    }
    set_known(project.packages, std::move(packages), place);
    if (!modules.empty()) set_known(project.py_modules, std::move(modules), place);
    if (!package_dir.empty()) set_known(project.package_dir, std::move(package_dir), place);
    // These backends install all files of a package.
    PatternMap all;
    all[""] = {"*"};
    set_known(project.package_data, std::move(all), place);
  }

  // What setup.py says of these is nothing to the other tool.
  void forget() {
    project.name = project.version = project.python_requires = {};
    project.install_requires = {};
    project.extras_require = {};
    project.packages = project.py_modules = project.scripts = project.ext_modules = {};
    project.package_dir = {};
    project.package_data = project.exclude_package_data = {};
    project.include_package_data = {};
    project.data_files = {};
    project.entry_points = {};
    project.license_files = {};
    project.packages_found_by.clear();
  }

  void take(const PyValue* table, std::string_view key, const std::string& field) {
    if (const PyValue* given = at(table, key)) apply_field(field, *given, project);
  }

  // [project] (PEP 621); false where there is none.
  bool metadata() {
    const PyValue* table = dict_get(pyproject, "project");
    if (!table || !table->is(PyKind::dict)) return false;
    take(table, "name", "name");
    take(table, "version", "version");
    take(table, "requires-python", "python_requires");
    take(table, "dependencies", "install_requires");
    take(table, "optional-dependencies", "extras_require");
    if (project.version.is_absent()) unknown_version(table->place);
    if (is_dynamic("dependencies"))
      set_unknown(project.install_requires,
                  py_unknown("dynamic, set by '" + project.build_backend + "'", table->place));
    return true;
  }

  bool is_dynamic(std::string_view field) const {
    const PyValue* names = at(dict_get(pyproject, "project"), "dynamic");
    return names && names->is(PyKind::list) &&
           std::any_of(names->items->items.begin(), names->items->items.end(),
                       [&](const PyValue& name) { return name.text == field; });
  }

  void unknown_version(const Place& place) {
    set_unknown(project.version,
                py_unknown("dynamic, set by '" + project.build_backend + "'", place));
  }

  // The version that a line "__version__ = '1.2'" of a file gives, which both hatchling and pdm
  // look for with a regular expression.
  void version_from(const PyValue* table, bool with_capitals) {
    const std::string path = text_of(at(table, "path"));
    if (path.empty() || at(table, "pattern") || at(table, "source-pattern") ||
        !tree.has_file(collapsed_path(path)))
      return;
    Result<Bytes> text = tree.read(collapsed_path(path));
    if (!text) return;
    for (const char* name : {"__version__", "VERSION"}) {
      if (!with_capitals && name[0] == 'V') continue;
      Interpreter interpreter(tree);
      PyValue found = interpreter.module_attribute(collapsed_path(path), name);
      if (!found.is(PyKind::string)) continue;
      if (found.text.starts_with('v')) found.text.erase(0, 1);
      project.version = {};
      return apply_field("version", found, project);
    }
  }

  void poetry() {
    const PyValue* table = tool("poetry");
    if (!metadata()) {
      take(table, "name", "name");
      take(table, "version", "version");
      if (table) apply_poetry_dependencies(*table, project);
    } else if (project.version.is_unknown() && at(table, "version")) {
      project.version = {};
      take(table, "version", "version");
    }
    Place place = table ? table->place : Place{"pyproject.toml", {}};
    const PyValue* listed = at(table, "packages");
    for (const PyValue& one :
         listed && listed->is(PyKind::list) ? listed->items->items : std::vector<PyValue>{}) {
      std::string include = text_of(at(&one, "include"));
      bool plain = include.find_first_of("*?[") == std::string::npos && !include.ends_with(".py");
      if (!plain || !add(collapsed_path(text_of(at(&one, "from"))), collapsed_path(include))) {
        packages.clear(), modules.clear();
        return found(one.place);
      }
    }
    std::string name = import_name(project.name.value);
    if (!listed) add("", name) || add("src", name);
    found(place);
  }

  void hatch() {
    metadata();
    if (project.version.is_unknown()) version_from(at(tool("hatch"), "version"), true);
    const PyValue* targets = at(at(at(tool("hatch"), "build"), "targets"), "wheel");
    Place place = targets ? targets->place : Place{"pyproject.toml", {}};
    const PyValue* listed = at(targets, "packages");
    if (listed && listed->is(PyKind::list)) {
      for (const PyValue& one : listed->items->items) {
        std::string path = collapsed_path(one.text);
        size_t slash = path.rfind('/');
        add(slash == std::string::npos ? "" : path.substr(0, slash),
            slash == std::string::npos ? path : path.substr(slash + 1));
      }
    } else if (!targets && !at(tool("hatch"), "build")) {
      // Its own heuristics: the project's name as a package here or below src.
      std::string name = import_name(project.name.value);
      const bool package = tree.has_file(name + "/__init__.py");
      if (!package && tree.has_file("src/" + name + "/__init__.py"))
        add("src", name);
      else if (package || tree.has_file(name + ".py"))
        add("", name);
    }
    found(place);
  }

  void flit() {
    const PyValue* old_style = at(tool("flit"), "metadata");
    const PyValue* module =
        old_style ? at(old_style, "module") : at(at(tool("flit"), "module"), "name");
    if (!metadata() && old_style) {
      take(old_style, at(old_style, "dist-name") ? "dist-name" : "module", "name");
      take(old_style, "requires", "install_requires");
      take(old_style, "requires-python", "python_requires");
      unknown_version(old_style->place);
    }
    std::string name = module ? text_of(module) : project.name.value;
    std::replace(name.begin(), name.end(), '-', '_');
    std::replace(name.begin(), name.end(), '.', '/');
    const std::string folder = folders.contains(name) || tree.has_file(name + ".py") ? "" : "src";
    if (!name.empty()) add(folder, name);
    for (const std::string& file : {name + "/__init__.py", name + ".py"}) {
      const std::string path = path_below(folder, file);
      if (!project.version.is_unknown() || !tree.has_file(path)) continue;
      Interpreter interpreter(tree);
      PyValue found = interpreter.module_attribute(path, "__version__");
      if (!found.is(PyKind::string)) continue;
      project.version = {};
      apply_field("version", found, project);
    }
    found(module ? module->place : Place{"pyproject.toml", {}});
  }

  void pdm() {
    metadata();
    if (project.version.is_unknown()) version_from(at(tool("pdm"), "version"), false);
    const PyValue* build = at(tool("pdm"), "build");
    Place place = build ? build->place : Place{"pyproject.toml", {}};
    if (!build) {
      // Packages with __init__.py, below src where there is such a folder.
      FindOptions options;
      options.where = folders.contains("src") ? "src" : "";
      for (const std::string& name : find_packages(folders, options))
        if (name.find('.') == std::string::npos && name != "tests") add(options.where, name);
    }
    found(place);
  }
};

}  // namespace

bool foreign_backend(const Project& project) {
  return !project.build_backend.starts_with("setuptools.");
}

void apply_foreign_backend(const PyValue& pyproject, const SourceTree& tree, const Folders& folders,
                           Project& project) {
  Backend backend{pyproject, tree, folders, project};
  backend.forget();
  const std::string& name = project.build_backend;
  if (name.starts_with("poetry."))
    backend.poetry();
  else if (name.starts_with("hatchling"))
    backend.hatch();
  else if (name.starts_with("flit_core") || name.starts_with("flit."))
    backend.flit();
  else if (name.starts_with("pdm."))
    backend.pdm();
  else {
    backend.metadata();
    backend.found({"pyproject.toml", {}});
  }
}

}  // namespace trainlint
