#include "lint/project/settings.h"

#include <algorithm>

#include "lint/project/fields.h"
#include "lint/text/path.h"

namespace trainlint {

// The module's file, with package_dir as setuptools.config.expand._find_module takes it.
static std::optional<std::string> module_path(const SourceTree& tree, const Project& project,
                                              const std::string& module) {
  const auto& package_dir = project.package_dir.value;
  size_t dot = std::min(module.find('.'), module.size());
  std::string first = module.substr(0, dot), rest = module.substr(dot);
  std::replace(rest.begin(), rest.end(), '.', '/');
  std::string base = first;
  if (auto found = package_dir.find(first); found != package_dir.end())
    base = found->second;
  else if (auto root = package_dir.find(""); root != package_dir.end())
    base = path_below(root->second, first);
  std::string start = collapsed_path(base + rest);
  for (const std::string& file : {start + ".py", path_below(start, "__init__.py")})
    if (tree.has_file(file)) return file;
  return std::nullopt;
}

// Something may write modules when the project is built: a plugin for versions, setup.py itself.
static bool modules_may_appear(const SourceTree& tree, const Project& project) {
  if (!project.custom_commands.empty()) return true;
  for (const char* file : {"setup.py", "setup.cfg", "pyproject.toml"}) {
    Result<Bytes> text = tree.read(file);
    if (!text) continue;
    for (const char* plugin : {"scm", "versioneer", "pbr", "versioningit", "git", "sys.path"})
      if ((*text)->find(plugin) != std::string::npos) return true;
  }
  return false;
}

// Nothing in the module can give it that name.
static bool surely_lacks(const SourceTree& tree, const std::string& path, const std::string& name) {
  Result<Bytes> text = tree.read(path);
  if (!text) return false;
  for (const std::string& word :
       {name, std::string("*"), std::string("exec"), std::string("globals"), std::string("setattr"),
        std::string("__getattr__"), std::string("__dict__"), std::string("modules")})
    if ((*text)->find(word) != std::string::npos) return false;
  if (!path.ends_with("__init__.py")) return true;
  const std::string below = path_below(parent_folder(path), name);
  return !tree.has_file(below + ".py") && !tree.has_folder(below);
}

static void refuse_attribute(const SourceTree& tree, const std::string& module,
                             const std::optional<std::string>& path, const std::string& name,
                             const Place& place, Project& project) {
  if (project.failure || modules_may_appear(tree, project)) return;
  const std::string top = module.substr(0, module.find('.'));
  if (path && surely_lacks(tree, *path, name))
    project.failure = {"the module '" + module + "' has no '" + name + "', which 'attr' names",
                       place};
  else if (!path && module_path(tree, project, top))
    project.failure = {"there is no module '" + module + "', which 'attr' names", place};
}

PyValue read_attribute(const SourceTree& tree, Project& project, const std::string& dotted,
                       const Place& place) {
  size_t dot = dotted.rfind('.');
  std::string module = dot == std::string::npos ? "__init__" : dotted.substr(0, dot);
  if (project.package_dir.is_unknown())
    return py_unknown(project.package_dir.reason, project.package_dir.place);
  std::optional<std::string> path = module_path(tree, project, module);
  refuse_attribute(tree, module, path, dotted.substr(dot == std::string::npos ? 0 : dot + 1), place,
                   project);
  if (!path) return py_unknown("no module '" + module + "' in the package", place);
  Interpreter interpreter(tree);
  return interpreter.module_attribute(*path, dotted.substr(dot == std::string::npos ? 0 : dot + 1));
}

PyValue read_named_files(const SourceTree& tree, Project& project, const Strings& paths,
                         const Place& place) {
  PyValue all = py_string("", place);
  bool first = true;
  for (const std::string& path : paths) {
    project.referenced_files.push_back(path);
    std::string inside = collapsed_path(path);
    if (inside.starts_with(".."))
      return py_unknown("reads '" + path + "' outside the package", place);
    if (!tree.has_file(inside)) continue;
    Interpreter interpreter(tree);
    PyValue file = open_file(interpreter, py_string(inside, place), false, place);
    if (!file.is(PyKind::file)) return file;
    if (first)
      all.place = file.place;
    else
      all.place = place;
    all.text += (first ? "" : "\n") + file.text;
    first = false;
  }
  return all;
}

PyValue version_text(const PyValue& value) {
  if (!value.sequence()) return value;
  std::string out;
  for (const PyValue& part : value.items->items) {
    std::optional<std::string> text = python_str(part);
    if (!text)
      return first_unknown(value).value_or(
          py_unknown("a version that is not evaluated", value.place));
    out += (out.empty() ? "" : ".") + *text;
  }
  return py_string(out, value.place);
}

PyValue find_for_settings(const Folders& folders, const FindOptions& options, Project& project,
                          const Place& place) {
  PyValue found = py_strings(find_packages(folders, options), place);
  found.text = options.namespaces ? "find_namespace_packages()" : "find_packages()";
  auto& package_dir = project.package_dir;
  if (!options.where.empty() &&
      (package_dir.is_absent() || (package_dir.is_known() && package_dir.value.empty())))
    set_known(package_dir, {{"", options.where}}, place);
  return found;
}

// Only constants, as ast.literal_eval takes them.
static bool plain_literal(const Syntax& tree, Syntax::Node node) {
  for (Syntax::Node i = node; i < tree[node].next; i++) {
    switch (tree.kind(i)) {
      case sym_identifier:
      case sym_call:
      case sym_attribute:
      case sym_subscript:
      case sym_interpolation:
      case sym_binary_operator:
      case sym_boolean_operator:
      case sym_comparison_operator:
      case sym_conditional_expression:
      case sym_list_comprehension:
      case sym_lambda:
        return false;
      default:
        break;
    }
  }
  return true;
}

PyValue Interpreter::module_attribute(const std::string& path, const std::string& name) {
  Result<Bytes> bytes = tree_.read(path);
  if (!bytes) return py_unknown(bytes.error(), {path, {}});
  const PySource& source = add_source(path, *bytes);
  const Syntax& tree = source.syntax;
  source_ = &source;
  scope_ = new_scope(nullptr, nullptr);
  for (Node statement : tree.nodes().empty() ? std::vector<Node>{} : children(0)) {
    if (tree.kind(statement) != sym_expression_statement || children(statement).empty()) continue;
    Node assignment = children(statement)[0];
    if (tree.kind(assignment) != sym_assignment) continue;
    if (tree.text(tree.field(assignment, field_left)) != name) continue;
    Node value = tree.field(assignment, field_right);
    if (value == Syntax::none || !plain_literal(tree, value)) break;
    return evaluate(value);
  }
  PyScope* scope = import_module(path, name);
  source_ = &source;
  if (raised) return py_unknown(raised->message, raised->place);
  if (scope)
    if (auto found = scope->names.find(name); found != scope->names.end()) return found->second;
  return py_unknown("'" + name + "' is not bound by plain statements", {path, {}});
}

}  // namespace trainlint
