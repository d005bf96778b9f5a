#include "lint/project/project.h"

#include <algorithm>

#include "lint/project/discovery.h"
#include "lint/project/fields.h"
#include "lint/project/interpreter.h"
#include "lint/project/pyproject_schema.h"
#include "lint/project/settings.h"

namespace trainlint {

static void copy_findings(const Interpreter& interpreter, Project& project) {
  project.files_read = interpreter.files_read;
  if (interpreter.modules_may_appear) {
    // As with a build command that is not known.
    project.custom_commands.push_back("*");
    project.notes.emplace_back("setup.py may write modules when it runs", Place{"setup.py", {}});
  }
  project.packages_found_by = interpreter.packages_found_by;
  project.imports = interpreter.imports;
  project.notes.insert(project.notes.end(), interpreter.notes.begin(), interpreter.notes.end());
}

// Where setup() was not reached although nothing raised.
static void explain_missing_call(const Interpreter& interpreter, Project& project) {
  PyArguments nothing;
  if (interpreter.raised) {
    nothing.lost = py_unknown(interpreter.raised->message, interpreter.raised->place);
    project.failure = {interpreter.raised->message, interpreter.raised->place};
    project.failure_class = interpreter.raised->type;
  } else if (interpreter.setup_unsure) {
    nothing.lost = interpreter.setup_unsure;
  } else if (interpreter.gave_up()) {
    nothing.lost = py_unknown("too much to evaluate", {"setup.py", {}});
  } else if (interpreter.opaque()) {
    nothing.lost =
        py_unknown("setup() may be called by code that is not evaluated", {"setup.py", {}});
  } else {
    nothing.lost = py_unknown("setup.py never calls setup()", {"setup.py", {}});
    project.failure = {"setup.py never calls setup()", Place{"setup.py", {}}};
  }
  apply_arguments(nothing, project);
}

static void fail(const PyArguments& arguments, std::string message, const PyValue& value,
                 Project& project) {
  if (!project.failure)
    project.failure = {std::move(message),
                       value.place.path.empty() ? arguments.place : value.place};
}

// setuptools.dist.check_nsp
static void check_namespace_packages(const SourceTree& tree, const PyArguments& arguments,
                                     Project& project) {
  const PyValue* given = arguments.keyword("namespace_packages");
  if (!given || !given->is(PyKind::list) || !project.packages.is_known() ||
      project.py_modules.is_unknown() || project.ext_modules.is_unknown() ||
      tree.has_file("setup.cfg"))
    return;
  for (const PyValue& name : given->items->items) {
    auto holds = [&](const Strings& names) {
      return std::any_of(names.begin(), names.end(), [&](const std::string& one) {
        return one == name.text || one.starts_with(name.text + ".");
      });
    };
    if (!name.is(PyKind::string) || holds(project.packages.value) ||
        holds(project.py_modules.value) || holds(project.ext_modules.value))
      continue;
    fail(arguments,
         "there are no modules or packages for the namespace package '" + name.text + "'", *given,
         project);
  }
}

// A compiler is given what is listed; Cython makes "x.c" of "x.pyx" and the other way round.
static void check_extension_sources(const SourceTree& tree, const PyArguments& arguments,
                                    bool may_appear, Project& project) {
  const PyValue* extensions = arguments.keyword("ext_modules");
  if (!extensions || !extensions->is(PyKind::list) || may_appear ||
      !project.custom_commands.empty())
    return;
  for (const PyValue& one : extensions->items->items) {
    if (one.text != "Extension" || !one.items || one.items->items.size() < 2) continue;
    for (const PyValue& source : one.items->items[1].items->items) {
      const std::string path = collapsed_path(source.text);
      const std::string stem = path.substr(0, path.rfind('.'));
      if (!source.is(PyKind::string) || path.starts_with("..") || path.starts_with('/') ||
          tree.find(path) || tree.has_file(stem + ".pyx") || tree.has_file(stem + ".c") ||
          tree.has_file(stem + ".cpp"))
        continue;
      fail(arguments, "the source '" + source.text + "' of an extension does not exist", source,
           project);
    }
  }
}

static void read_setup_py(const SourceTree& tree, const std::string& text, Project& project) {
  Interpreter interpreter(tree);
  interpreter.run_script("setup.py", text);
  if (interpreter.setup) {
    apply_arguments(*interpreter.setup, project);
    check_namespace_packages(tree, *interpreter.setup, project);
    check_extension_sources(tree, *interpreter.setup, interpreter.files_may_appear, project);
  } else {
    explain_missing_call(interpreter, project);
  }
  copy_findings(interpreter, project);
}

// The setup.py that gcloud writes beside a package that has none (jobs_prep.py of the Cloud SDK).
static void generate(const Folders& folders, const std::string& package, Project& project) {
  if (package.empty()) return;
  project.name.state = Value<std::string>::known;
  project.name.value = package;
  project.packages.state = Value<Strings>::known;
  project.packages.value = find_packages(folders, {"", {package}, {}, false});
  project.packages_found_by = "find_packages()";
}

static bool says_something(const Project& project) {
  return !project.name.is_absent() || !project.packages.is_absent() ||
         !project.version.is_absent() || !project.py_modules.is_absent() ||
         !project.install_requires.is_absent();
}

static void apply_setuptools(const PyValue& pyproject, const SourceTree& tree,
                             const Folders& folders, bool scripted, Project& project) {
  apply_setup_cfg(tree, folders, project);
  if (!scripted && says_something(project)) project.origin = ProjectOrigin::setup_cfg;
  bool configured = apply_pyproject(pyproject, tree, folders, project);
  if (!scripted && configured) project.origin = ProjectOrigin::pyproject;
  if (!scripted && !configured && project.origin == ProjectOrigin::generated) return;
  discover(folders, project, configured);
  discover_name(folders, project);
}

static void start_project(const SourceTree& tree, const Folders& folders,
                          const std::string& package, Project& project) {
  if (!tree.has_file("setup.py")) return generate(folders, package, project);
  project.origin = ProjectOrigin::setup_py;
  if (Result<Bytes> text = tree.read("setup.py"))
    read_setup_py(tree, **text, project);
  else
    project.faults.emplace_back(text.error(), Place{"setup.py", {}});
}

Project read_project(const SourceTree& tree, const std::string& package) {
  Project project;
  Folders folders = list_folders(tree);
  start_project(tree, folders, package, project);
  bool scripted = project.origin == ProjectOrigin::setup_py || says_something(project);
  PyValue pyproject = read_pyproject(tree, project);
  apply_build_system(pyproject, project);
  check_build_system(pyproject, project);
  if (foreign_backend(project)) {
    apply_foreign_backend(pyproject, tree, folders, project);
    if (project.origin != ProjectOrigin::setup_py) project.origin = ProjectOrigin::pyproject;
    return project;
  }
  apply_setuptools(pyproject, tree, folders, scripted, project);
  return project;
}

Project read_packing_project(const SourceTree& tree, const std::string& package) {
  Project project;
  Folders folders = list_folders(tree);
  start_project(tree, folders, package, project);
  PyValue pyproject = read_pyproject(tree, project);
  apply_setuptools(pyproject, tree, folders, true, project);
  return project;
}

}  // namespace trainlint
