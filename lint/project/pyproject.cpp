// [build-system], [project] (PEP 621) and [tool.setuptools] of pyproject.toml.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "lint/project/distribution_name.h"
#include "lint/project/fields.h"
#include "lint/project/pep440.h"
#include "lint/project/pyproject_schema.h"
#include "lint/project/requirement.h"
#include "lint/project/settings.h"

namespace trainlint {

namespace {

const PyValue* at(const PyValue* table, std::string_view key) {
  return table ? dict_get(*table, key) : nullptr;
}

std::optional<Strings> strings(const PyValue* value) {
  if (!value) return std::nullopt;
  Strings out;
  if (value->is(PyKind::string)) return Strings{value->text};
  if (!value->is(PyKind::list)) return std::nullopt;
  for (const PyValue& item : value->items->items) {
    if (!item.is(PyKind::string)) return std::nullopt;
    out.push_back(item.text);
  }
  return out;
}

struct Settings {
  const SourceTree& tree;
  const Folders& folders;
  Project& project;
  const PyValue* metadata;  // [project]
  const PyValue* tool;      // [tool.setuptools]

  bool dynamic(std::string_view field) const {
    std::optional<Strings> names = strings(at(metadata, "dynamic"));
    return names && std::find(names->begin(), names->end(), field) != names->end();
  }

  // [project] has the last word; what it neither gives nor calls dynamic is reset, whatever
  // setup.py says (setuptools since 69 drops it with a warning, earlier ones kept it).
  template <class T>
  void take(std::string_view key, const std::string& name, Value<T>& field) {
    if (const PyValue* given = at(metadata, key)) {
      field = {};
      apply_field(name, *given, project);
    } else if (dynamic(key)) {
      std::optional<PyValue> found = directive(key);
      if (!found) return;
      field = {};
      apply_field(name, *found, project);
    } else if (!field.is_absent()) {
      field = {};
    }
  }

  // What [tool.setuptools.dynamic] says of a field: the text of files or an attribute.
  std::optional<PyValue> directive(std::string_view key) {
    const PyValue* given = at(at(tool, "dynamic"), key);
    if (!given) return std::nullopt;
    if (const PyValue* attribute = at(given, "attr"); attribute && attribute->is(PyKind::string))
      return read_attribute(tree, project, attribute->text, attribute->place);
    if (std::optional<Strings> files = strings(at(given, "file")))
      return read_named_files(tree, project, *files, given->place);
    return py_unknown("a directive that is not evaluated", given->place);
  }

  void version() {
    if (dynamic("version")) {
      std::optional<PyValue> found = directive("version");
      if (!found) {
        // A plugin may set it (setuptools_scm).
        if (project.version.is_absent())
          set_unknown(project.version, py_unknown("dynamic, set by a plugin of the build",
                                                  at(metadata, "dynamic")->place));
        return;
      }
      PyValue text = version_text(*found);
      if (text.is(PyKind::string)) {
        size_t begin = std::min(text.text.find_first_not_of(" \t\r\n"), text.text.size());
        text.text = text.text.substr(begin, text.text.find_last_not_of(" \t\r\n") + 1 - begin);
      }
      project.version = {};
      return apply_field("version", text, project);
    }
    take("version", "version", project.version);
  }

  void add_scripts(std::string_view key, std::string_view group,
                   std::map<std::string, Strings>& groups) {
    const PyValue* table = at(metadata, key);
    if (!table || !table->is(PyKind::dict)) return;
    for (size_t i = 0; i + 1 < table->items->items.size(); i += 2)
      groups[std::string(group)].push_back(table->items->items[i].text + " = " +
                                           table->items->items[i + 1].text);
  }

  void entry_points() {
    std::map<std::string, Strings> groups;
    if (dynamic("entry-points") || dynamic("scripts")) {
      std::optional<PyValue> text = directive("entry-points");
      if (text && text->is(PyKind::string))
        groups = entry_point_groups(text->text);
      else if (text)
        return set_unknown(project.entry_points, *text);
      else if (project.entry_points.is_known())
        groups = project.entry_points.value;
      else if (project.entry_points.is_unknown())
        return;
    }
    const PyValue* table = at(metadata, "entry-points");
    for (size_t i = 0; table && table->is(PyKind::dict) && i + 1 < table->items->items.size();
         i += 2) {
      const PyValue& group = table->items->items[i + 1];
      for (size_t k = 0; group.is(PyKind::dict) && k + 1 < group.items->items.size(); k += 2)
        groups[table->items->items[i].text].push_back(group.items->items[k].text + " = " +
                                                      group.items->items[k + 1].text);
    }
    add_scripts("scripts", "console_scripts", groups);
    add_scripts("gui-scripts", "gui_scripts", groups);
    project.entry_points = {};
    if (!groups.empty()) set_known(project.entry_points, std::move(groups), metadata->place);
  }

  // Files that go into the sdist because metadata names them.
  void referenced() {
    for (std::string_view key : {"readme", "license"}) {
      const PyValue* given = at(metadata, key);
      if (!given) continue;
      if (const PyValue* file = at(given, "file"); file && file->is(PyKind::string))
        project.referenced_files.push_back(file->text);
      else if (given->is(PyKind::string) && key == "readme")
        project.referenced_files.push_back(given->text);
    }
    if (dynamic("readme")) directive("readme");
    if (const PyValue* files = at(metadata, "license-files"))
      apply_field("license_files", *files, project);
  }

  void project_table() {
    if (!metadata) return;
    take("name", "name", project.name);
    version();
    take("requires-python", "python_requires", project.python_requires);
    take("dependencies", "install_requires", project.install_requires);
    if (!dynamic("optional-dependencies"))
      take("optional-dependencies", "extras_require", project.extras_require);
    else
      optional_dependencies();
    entry_points();
    referenced();
  }

  void optional_dependencies() {
    const PyValue* groups = at(at(tool, "dynamic"), "optional-dependencies");
    if (!groups || !groups->is(PyKind::dict)) return;
    PyValue all = py_container(PyKind::dict, {}, groups->place);
    for (size_t i = 0; i + 1 < groups->items->items.size(); i += 2) {
      std::optional<Strings> files = strings(at(&groups->items->items[i + 1], "file"));
      PyValue text = files ? read_named_files(tree, project, *files, groups->place)
                           : py_unknown("a directive that is not evaluated", groups->place);
      dict_set(*all.items, groups->items->items[i], std::move(text));
    }
    project.extras_require = {};
    apply_field("extras_require", all, project);
  }

  void find(const PyValue& find) {
    FindOptions options;
    options.namespaces = true;
    if (const PyValue* given = at(&find, "namespaces"))
      options.namespaces = truth(*given).value_or(true);
    if (auto include = strings(at(&find, "include"))) options.include = *include;
    if (auto exclude = strings(at(&find, "exclude"))) options.exclude = *exclude;
    Strings where = strings(at(&find, "where")).value_or(Strings{"."});
    if (where.size() == 1) {
      options.where = collapsed_path(where[0]);
      project.packages = {};
      apply_field("packages", find_for_settings(folders, options, project, find.place), project);
      return;
    }
    PyValue all = py_container(PyKind::list, {}, find.place);
    std::map<std::string, std::string> package_dir = project.package_dir.value;
    for (const std::string& folder : where) {
      options.where = collapsed_path(folder);
      for (const std::string& name : find_packages(folders, options)) {
        all.items->items.push_back(py_string(name, find.place));
        if (name.find('.') == std::string::npos && !options.where.empty())
          package_dir[name] = path_below(options.where, name);
      }
    }
    all.text = options.namespaces ? "find_namespace_packages()" : "find_packages()";
    if (!project.package_dir.is_unknown())
      set_known(project.package_dir, std::move(package_dir), find.place);
    project.packages = {};
    apply_field("packages", all, project);
  }

  template <class T>
  void override_field(std::string_view key, const std::string& name, Value<T>& field) {
    const PyValue* given = at(tool, key);
    if (!given) return;
    field = {};
    apply_field(name, *given, project);
  }

  void package_dir() {
    const PyValue* given = at(tool, "package-dir");
    if (!given || project.package_dir.is_unknown()) return;
    std::map<std::string, std::string> before = project.package_dir.value;
    project.package_dir = {};
    apply_field("package_dir", *given, project);
    // setup.py's entries win (_EnsurePackagesDiscovered).
    if (project.package_dir.is_known())
      for (const auto& [package, folder] : before) project.package_dir.value[package] = folder;
  }

  void data_files() {
    const PyValue* given = at(tool, "data-files");
    if (!given || !given->is(PyKind::dict)) return;
    std::vector<std::pair<std::string, Strings>> out;
    for (size_t i = 0; i + 1 < given->items->items.size(); i += 2) {
      Strings files;
      for (const std::string& pattern : strings(&given->items->items[i + 1]).value_or(Strings{})) {
        if (pattern.find_first_of("*?[]{}") == std::string::npos)
          files.push_back(collapsed_path(pattern));
        else
          for (const std::string& file : glob_files(folders, collapsed_path(pattern), true))
            files.push_back(file);
      }
      out.emplace_back(given->items->items[i].text, std::move(files));
    }
    set_known(project.data_files, std::move(out), given->place);
  }

  void extensions() {
    const PyValue* given = at(tool, "ext-modules");
    if (!given || !given->is(PyKind::list)) return;
    Strings names = project.ext_modules.value;
    for (const PyValue& one : given->items->items)
      if (const PyValue* name = at(&one, "name")) names.push_back(name->text);
    if (!project.ext_modules.is_unknown())
      set_known(project.ext_modules, std::move(names), given->place);
  }

  void tool_table() {
    package_dir();
    if (const PyValue* packages = at(tool, "packages")) {
      if (const PyValue* directive = at(packages, "find"))
        find(*directive);
      else
        override_field("packages", "packages", project.packages);
    }
    override_field("py-modules", "py_modules", project.py_modules);
    override_field("package-data", "package_data", project.package_data);
    override_field("exclude-package-data", "exclude_package_data", project.exclude_package_data);
    override_field("script-files", "scripts", project.scripts);
    override_field("license-files", "license_files", project.license_files);
    if (const PyValue* commands = at(tool, "cmdclass")) apply_field("cmdclass", *commands, project);
    data_files();
    extensions();
    // [project] or [tool.setuptools] makes this the default.
    if (at(tool, "include-package-data"))
      override_field("include-package-data", "include_package_data", project.include_package_data);
    else if (project.include_package_data.is_absent())
      set_known(project.include_package_data, true, Place{"pyproject.toml", {}});
  }
};

// setuptools 61 to 66 leave out a [project] that says no more than these and is not valid, where
// there is no [tool.setuptools] (_skip_bad_config in setuptools/config/pyprojecttoml.py).
bool is_passed_over(const PyValue& metadata) {
  auto text = [](const PyValue& value) { return value.is(PyKind::string) ? value.text : ""; };
  bool named = false, versioned = false, valid = true;
  for (size_t i = 0; i + 1 < metadata.items->items.size(); i += 2) {
    const std::string& key = metadata.items->items[i].text;
    const std::string value = text(metadata.items->items[i + 1]);
    if (key == "name")
      named = is_valid_distribution_name(value);
    else if (key == "version")
      versioned = parse_version(value).has_value();
    else if (key == "requires-python")
      valid = valid && (value.find('*') != std::string::npos || parse_requirement("x" + value));
    else if (key == "python_requires")
      valid = false;
    else
      return false;
  }
  return !named || !versioned || !valid;
}

}  // namespace

void apply_build_system(const PyValue& pyproject, Project& project) {
  const PyValue* system = dict_get(pyproject, "build-system");
  if (!system) return;
  if (std::optional<Strings> requires_list = strings(at(system, "requires")))
    project.build_requires = *requires_list;
  if (const PyValue* backend = at(system, "build-backend"); backend && backend->is(PyKind::string))
    project.build_backend = backend->text;
}

bool apply_pyproject(const PyValue& pyproject, const SourceTree& tree, const Folders& folders,
                     Project& project) {
  const PyValue* metadata = dict_get(pyproject, "project");
  const PyValue* tools = dict_get(pyproject, "tool");
  const PyValue* tool = at(tools, "setuptools");
  if (at(tools, "setuptools_scm")) project.custom_commands.push_back("*");  // may write a module
  auto given = [](const PyValue* table) {
    return table && table->is(PyKind::dict) && !table->items->items.empty();
  };
  if (!given(metadata) && !given(tool)) return false;
  check_pyproject(pyproject, project);
  if (!given(tool) && is_passed_over(*metadata)) {
    for (Project::Refusal& refusal : project.refusals)
      refusal.by = Project::Refusal::Refuser::newer_setuptools;
    project.notes.emplace_back("[project] is not valid, and setuptools 66 passes over it",
                               metadata->place);
    return false;
  }
  for (const Project::Refusal& refusal : project.refusals)
    if (refusal.by == Project::Refusal::Refuser::setuptools && !project.failure)
      project.failure = {refusal.message, refusal.place};
  Settings settings{tree, folders, project, given(metadata) ? metadata : nullptr,
                    given(tool) ? tool : nullptr};
  // Packages come first, so that attr: knows package_dir.
  settings.tool_table();
  if (project.packages.is_absent() && project.py_modules.is_absent())
    discover(folders, project, true);
  if (given(metadata)) settings.project_table();
  if (const PyValue* scm = at(tools, "setuptools_scm"); scm && project.version.is_absent())
    set_unknown(project.version, py_unknown("set by setuptools_scm", scm->place));
  return true;
}

}  // namespace trainlint
