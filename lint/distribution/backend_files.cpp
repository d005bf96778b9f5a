#include "lint/distribution/backend_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lint/distribution/glob.h"
#include "lint/project/discovery.h"
#include "lint/project/distribution_name.h"

namespace trainlint {

namespace {

const PyValue* at(const PyValue* table, std::string_view key) {
  return table && table->is(PyKind::dict) ? dict_get(*table, key) : nullptr;
}

std::string text_of(const PyValue* value) {
  return value && value->is(PyKind::string) ? value->text : "";
}

bool is_compiled(std::string_view path) {
  return path.ends_with(".pyc") || path.find("__pycache__") != path.npos;
}

// The name in small letters, with one underscore for what PEP 503 takes for equal.
std::string module_name(const std::string& name) {
  std::string module = canonical_name(name);
  std::replace(module.begin(), module.end(), '-', '_');
  return module;
}

struct Chooser {
  const PyValue& pyproject;
  const Project& project;
  const FileView& view;
  BackendFiles result{};

  const PyValue* tool(std::string_view name) const { return at(dict_get(pyproject, "tool"), name); }

  void leave_open(std::string_view setting) {
    if (result.open.empty())
      result.open =
          fmt::format("what '{}' chooses by '{}' is not evaluated", project.build_backend, setting);
  }

  // Settings of a table that are not evaluated.
  void leave_open_if_set(const PyValue* table, std::string_view prefix,
                         std::initializer_list<std::string_view> keys) {
    for (std::string_view key : keys)
      if (at(table, key)) leave_open(std::string(prefix) + std::string(key));
  }

  // One file or all files below a folder, installed without the first `strip` letters.
  bool add(const std::string& path, size_t strip) {
    bool found = false;
    for (const std::string& file : view.files()) {
      if (file != path && !file.starts_with(path + "/")) continue;
      found = true;
      if (!is_compiled(file)) result.files.push_back({file, file.substr(strip)});
    }
    return found;
  }

  bool add_below(const std::string& folder, const std::string& path) {
    return add(path_below(folder, path), folder.empty() ? 0 : folder.size() + 1);
  }

  // A package or module of this name here or in src: exactly one, or the tool stops.
  void add_module(const std::string& module) {
    std::vector<std::pair<std::string, std::string>> there;
    for (const char* folder : {"", "src"}) {
      const std::string path = path_below(folder, module);
      if (view.is_folder(path)) there.emplace_back(folder, module);
      if (view.is_file(path + ".py")) there.emplace_back(folder, module + ".py");
      if (project.build_backend.starts_with("poetry") && !there.empty()) break;
    }
    if (there.size() == 1) {
      add_below(there[0].first, there[0].second);
    } else if (!project.name.is_unknown()) {
      result.fault = there.empty()
                         ? fmt::format("no file or folder is found for the package '{}'", module)
                         : fmt::format("several files or folders could be the module '{}'", module);
    } else {
      leave_open("name");
    }
  }

  void poetry() {
    const PyValue* table = tool("poetry");
    leave_open_if_set(table, "", {"include", "build"});
    const PyValue* listed = at(table, "packages");
    if (!listed || !listed->is(PyKind::list) || listed->items->items.empty())
      add_module(module_name(project.name.value));
    else
      for (const PyValue& one : listed->items->items) poetry_package(one);
    const PyValue* exclude = at(table, "exclude");
    if (exclude && exclude->is(PyKind::list))
      for (const PyValue& pattern : exclude->items->items) poetry_exclude(text_of(&pattern));
  }

  void poetry_package(const PyValue& one) {
    const std::string include = text_of(at(&one, "include"));
    const std::string folder = collapsed_path(text_of(at(&one, "from")));
    if (at(&one, "to") || include.find_first_of("*?[") != std::string::npos)
      return leave_open("packages");
    if (const PyValue* format = at(&one, "format")) {
      if (!format->is(PyKind::string)) return leave_open("format");
      if (format->text != "wheel") return;
    }
    if (!add_below(folder, collapsed_path(include)))
      result.fault = fmt::format("'{}' does not contain any element", path_below(folder, include));
  }

  void poetry_exclude(const std::string& pattern) {
    std::set<std::string> out;
    for (const std::string& path : glob(view, pattern, true, GlobDialect::setuptools))
      out.insert(normal_path(path));
    std::erase_if(result.files, [&](const BuiltFile& file) {
      for (std::string path = file.source; !path.empty(); path = split_path(path).first)
        if (out.count(path) != 0) return true;
      return false;
    });
  }

  void hatch() {
    const PyValue* build = at(tool("hatch"), "build");
    const PyValue* wheel = at(at(build, "targets"), "wheel");
    for (const PyValue* table : {build, wheel})
      leave_open_if_set(table, "build.",
                        {"include", "exclude", "only-include", "force-include", "sources",
                         "artifacts", "hooks", "only-packages", "directory", "skip-excluded-dirs"});
    if (view.is_file(".gitignore") || view.is_file(".hgignore")) leave_open(".gitignore");
    const PyValue* listed = at(wheel, "packages");
    if (!listed) listed = at(build, "packages");
    if (listed && listed->is(PyKind::list))
      for (const PyValue& one : listed->items->items) {
        const std::string path = collapsed_path(text_of(&one));
        const std::string folder(split_path(path).first);
        add(path, folder.empty() ? 0 : folder.size() + 1);
      }
    else
      hatch_default();
    std::erase_if(result.files, [](const BuiltFile& file) {
      return file.source.ends_with(".pyo") || file.source.ends_with(".pyd");
    });
  }

  void hatch_default() {
    std::string raw = project.name.value;
    for (char& c : raw)
      if (c == '-' || c == '.' || c == ' ') c = '_';
    for (const std::string& name : {raw, module_name(project.name.value)}) {
      if (view.is_file(name + "/__init__.py")) return void(add(name, 0));
      if (view.is_file("src/" + name + "/__init__.py")) return void(add_below("src", name));
      if (view.is_file(name + ".py")) return void(add(name + ".py", 0));
    }
    // Older releases take every *.py file, newer ones a namespace package or none.
    leave_open("name");
  }

  void flit() {
    const PyValue* old_style = at(tool("flit"), "metadata");
    std::string name =
        text_of(old_style ? at(old_style, "module") : at(at(tool("flit"), "module"), "name"));
    if (name.empty()) name = project.name.value;
    std::replace(name.begin(), name.end(), '-', '_');
    std::replace(name.begin(), name.end(), '.', '/');
    leave_open_if_set(tool("flit"), "", {"external-data"});
    if (name.empty()) return leave_open("module");
    add_module(name);
  }

  void pdm() {
    const PyValue* table = tool("pdm");
    leave_open_if_set(table, "",
                      {"build", "includes", "excludes", "package-dir", "source-includes"});
    const std::string folder = view.is_folder("src") ? "src" : "";
    bool found = false;
    for (const std::string& name : view.names_in(folder)) {
      const std::string path = path_below(folder, name);
      if (!view.is_file(path + "/__init__.py") || path == "build" || path == "tests") continue;
      found = add_below(folder, name) || found;
    }
    if (found) return;
    for (const std::string& name : view.names_in(folder))
      if (name.ends_with(".py") && view.is_file(path_below(folder, name))) add_below(folder, name);
  }
};

}  // namespace

BackendFiles files_of_backend(const PyValue& pyproject, const Project& project,
                              const FileView& view) {
  Chooser chooser{pyproject, project, view};
  const std::string& name = project.build_backend;
  if (name.starts_with("poetry."))
    chooser.poetry();
  else if (name.starts_with("hatchling"))
    chooser.hatch();
  else if (name.starts_with("flit_core") || name.starts_with("flit."))
    chooser.flit();
  else if (name.starts_with("pdm."))
    chooser.pdm();
  else
    chooser.result.open = fmt::format("the build backend '{}' decides what is installed", name);
  return std::move(chooser.result);
}

}  // namespace trainlint
