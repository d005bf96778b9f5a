// Build backends other than setuptools, as far as pyproject.toml declares what they install.
#include <algorithm>

#include "lint/project/fields.h"
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

  void metadata() {
    const PyValue* table = dict_get(pyproject, "project");
    if (!table || !table->is(PyKind::dict)) return;
    auto take = [&](std::string_view key, const std::string& name, auto& field) {
      field = {};
      if (const PyValue* given = at(table, key)) apply_field(name, *given, project);
    };
    take("name", "name", project.name);
    take("version", "version", project.version);
    take("requires-python", "python_requires", project.python_requires);
    take("dependencies", "install_requires", project.install_requires);
    take("optional-dependencies", "extras_require", project.extras_require);
    if (project.version.is_absent())
      set_unknown(project.version,
                  py_unknown("dynamic, set by '" + project.build_backend + "'", table->place));
  }

  // A version constraint of poetry, as PEP 508 writes it; nullopt where it has alternatives.
  static std::optional<std::string> poetry_constraint(const std::string& text) {
    if (text == "*" || text.empty()) return "";
    if (text.find_first_of("|* ") != std::string::npos) return std::nullopt;
    if (text[0] != '^' && text[0] != '~')
      return text[0] >= '0' && text[0] <= '9' ? "==" + text : text;
    if (text.starts_with("~=")) return text;
    std::vector<long> parts;
    for (size_t begin = 1; begin <= text.size();) {
      size_t end = std::min(text.find('.', begin), text.size());
      std::string part = text.substr(begin, end - begin);
      if (part.empty() || part.size() > 6 ||
          part.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
      parts.push_back(std::stol(part));
      begin = end + 1;
    }
    size_t keep = 0;
    if (text[0] == '^')
      while (keep + 1 < parts.size() && parts[keep] == 0) keep++;
    else
      keep = parts.size() > 1 ? 1 : 0;
    std::string upper;
    for (size_t i = 0; i <= keep; i++)
      upper += (i ? "." : "") + std::to_string(parts[i] + (i == keep));
    return ">=" + text.substr(1) + ",<" + upper;
  }

  void poetry_dependencies(const PyValue& table) {
    std::vector<Requirement> all;
    for (size_t i = 0; i + 1 < table.items->items.size(); i += 2) {
      const std::string& name = table.items->items[i].text;
      const PyValue& given = table.items->items[i + 1];
      const PyValue* version = given.is(PyKind::dict) ? at(&given, "version") : &given;
      bool plain = version && version->is(PyKind::string) && !at(&given, "optional") &&
                   !at(&given, "markers") && !at(&given, "python");
      std::optional<std::string> constraint =
          plain ? poetry_constraint(version->text) : std::nullopt;
      if (name == "python") {
        if (constraint) set_known(project.python_requires, *constraint, given.place);
        continue;
      }
      if (!constraint)
        return set_unknown(project.install_requires,
                           py_unknown("poetry's '" + name + "' is not evaluated", given.place));
      all.push_back({name + *constraint, given.place});
    }
    set_known(project.install_requires, std::move(all), table.place);
  }

  void poetry() {
    const PyValue* table = tool("poetry");
    if (table && !project.name.is_known()) {
      for (const char* key : {"name", "version"})
        if (const PyValue* given = at(table, key)) apply_field(key, *given, project);
      if (const PyValue* given = at(table, "dependencies"); given && given->is(PyKind::dict))
        poetry_dependencies(*given);
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
    const PyValue* module = at(at(tool("flit"), "module"), "name");
    std::string name = module ? text_of(module) : import_name(project.name.value);
    if (!name.empty()) add("", name) || add("src", name);
    found(module ? module->place : Place{"pyproject.toml", {}});
  }

  void pdm() {
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
  backend.metadata();
  project.packages = {}, project.py_modules = {}, project.package_dir = {},
  project.package_data = {};
  const std::string& name = project.build_backend;
  if (name.starts_with("poetry."))
    backend.poetry();
  else if (name.starts_with("hatchling"))
    backend.hatch();
  else if (name.starts_with("flit_core") || name.starts_with("flit."))
    backend.flit();
  else if (name.starts_with("pdm."))
    backend.pdm();
  else
    backend.found({"pyproject.toml", {}});
}

}  // namespace trainlint
