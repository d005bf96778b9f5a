// import statements, and the modules of the tree that they run.
#include <algorithm>

#include "lint/project/interpreter.h"

namespace trainlint {

const PySource& Interpreter::add_source(std::string path, std::shared_ptr<const std::string> text) {
  if (const Syntax* parsed = extension ? extension->parsed(path) : nullptr) {
    sources_.push_back({std::move(path), *parsed, {}});
    return sources_.back();
  }
  sources_.push_back({std::move(path), Syntax::parse(std::move(text)), {}});
  return sources_.back();
}

PyScope* Interpreter::run_source(const PySource& source, PyScope* scope) {
  const PySource* old_source = source_;
  PyScope* old_scope = scope_;
  std::vector<PyValue>* old_yielded = yielded_;
  source_ = &source, scope_ = scope, yielded_ = nullptr;
  if (source.syntax.nodes().empty())
    scope->opaque = true;
  else
    run_block(0);
  source_ = old_source, scope_ = old_scope, yielded_ = old_yielded;
  return scope;
}

void Interpreter::run_script(std::string path, std::string text) {
  const PySource& source = add_source(path, std::make_shared<const std::string>(std::move(text)));
  PyScope* scope = new_scope(nullptr, nullptr);
  scope->names["__name__"] = py_string("__main__");
  scope->names["__file__"] = py_string(std::string(root_path) + "/" + path);
  scope->names["__doc__"] = py_unknown("a docstring", {path, {}});
  run_source(source, scope);
}

static std::string folder_of(std::string dotted) {
  std::replace(dotted.begin(), dotted.end(), '.', '/');
  return dotted;
}

// "a.b" as a file of the tree, in the script's folder or where it lets Python look.
std::optional<std::string> Interpreter::module_file(const std::string& dotted) const {
  for (const std::string& folder : search_folders) {
    std::string path = folder.empty() ? folder_of(dotted) : folder + "/" + folder_of(dotted);
    for (const std::string& file : {path + "/__init__.py", path + ".py"})
      if (tree_.has_file(file)) return file;
  }
  return std::nullopt;
}

// Libraries that are there for sure, so that importing them cannot raise.
static bool always_there(std::string_view top) {
  static constexpr std::string_view names[] = {
      "__future__", "ast",     "builtins",  "codecs",   "collections", "contextlib", "datetime",
      "distutils",  "fnmatch", "functools", "glob",     "io",          "itertools",  "json",
      "logging",    "os",      "pathlib",   "platform", "re",          "runpy",      "setuptools",
      "shutil",     "string",  "sys",       "textwrap", "time",        "typing",     "warnings"};
  return std::find(std::begin(names), std::end(names), top) != std::end(names);
}

PyScope* Interpreter::import_module(const std::string& path, const std::string& name) {
  if (auto found = modules_.find(path); found != modules_.end()) return found->second;
  Result<Bytes> bytes = tree_.read(path);
  if (!bytes || modules_.size() > 200) return nullptr;
  const PySource& source = add_source(path, *bytes);
  PyScope* scope = modules_[path] = new_scope(nullptr, nullptr);
  scope->names["__name__"] = py_string(name);
  scope->names["__file__"] = py_string(std::string(root_path) + "/" + path);
  depth_ += 8;
  run_source(source, scope);
  depth_ -= 8;
  return scope;
}

void Interpreter::record_import(const std::string& dotted, Node node) {
  if (guarded_ > 0) return;
  imports.emplace_back(dotted, place(node));
}

// Runs a.b.c and gives the module c (leaf) or a.
PyValue Interpreter::import_name(const std::string& dotted, Node node, bool leaf) {
  size_t first_dot = std::min(dotted.find('.'), dotted.size());
  std::string top = dotted.substr(0, first_dot);
  bool loaded_already = top == "os" || top == "sys" || top == "io" || top == "codecs";
  bool namespace_folder = tree_.has_folder(top) && !always_there(top);
  if (loaded_already || (!module_file(top) && !namespace_folder)) {
    if (!always_there(top)) uncertain();
    PyValue module = py_library(leaf ? dotted : top);
    module.place = place(node);
    return module;
  }
  PyValue result = py_library(top);
  for (size_t end = first_dot;; end = std::min(dotted.find('.', end + 1), dotted.size())) {
    std::string name = dotted.substr(0, end);
    std::optional<std::string> file = module_file(name);
    PyScope* scope = file ? import_module(*file, name) : nullptr;
    if (stopped()) return unknown("not reached", node);
    if (!file && !tree_.has_folder(folder_of(name)))
      return files_may_appear
                 ? unknown("imports " + dotted, node)
                 : raise("ModuleNotFoundError", "no module named '" + name + "'", place(node));
    PyValue module;
    module.kind = PyKind::module;
    module.text = name;
    module.scope = scope ? scope : new_scope(nullptr, nullptr);
    module.place = place(node);
    if (!scope) uncertain();
    if (leaf || end == first_dot) result = module;
    if (end >= dotted.size()) break;
  }
  return result;
}

Flow Interpreter::run_import(Node node) {
  const Syntax& tree = syntax();
  for (Node child : children(node)) {
    bool aliased = tree.kind(child) == sym_aliased_import;
    Node name = aliased ? tree.field(child, field_name) : child;
    if (name == Syntax::none) continue;
    std::string dotted(tree.text(name));
    record_import(dotted, name);
    PyValue module = import_name(dotted, name, aliased);
    if (stopped()) return Flow::next;
    if (aliased)
      bind(tree.text(tree.field(child, field_alias)), std::move(module));
    else
      bind(dotted.substr(0, dotted.find('.')), std::move(module));
  }
  return Flow::next;
}

// What "from" names, with leading dots resolved against the module that says so.
static std::string absolute_name(std::string_view text, const std::string& path) {
  size_t dots = std::min(text.find_first_not_of('.'), text.size());
  if (dots == 0) return std::string(text);
  std::string package = path;
  for (size_t i = 0; i < dots; i++) {
    size_t slash = package.rfind('/');
    package = slash == std::string::npos ? "" : package.substr(0, slash);
  }
  std::replace(package.begin(), package.end(), '/', '.');
  std::string rest(text.substr(dots));
  if (package.empty() || rest.empty()) return package + rest;
  return package + "." + rest;
}

Flow Interpreter::run_import_from(Node node) {
  const Syntax& tree = syntax();
  Node from = tree.field(node, field_module_name);
  if (from == Syntax::none) return Flow::next;
  std::string dotted = absolute_name(tree.text(from), source_->path);
  record_import(dotted, from);
  PyValue module = import_name(dotted, from, true);
  if (stopped()) return Flow::next;
  for (Node child : children(node)) {
    if (tree.kind(child) == sym_wildcard_import) {
      if (module.is(PyKind::module))
        for (const auto& [name, value] : module.scope->names)
          if (!name.starts_with('_')) bind(name, value);
      if (!module.is(PyKind::module) || module.scope->opaque) scope_->opaque = true;
      if (module.is(PyKind::library) &&
          (module.text == "setuptools" || module.text == "distutils.core"))
        for (const char* name :
             {"setup", "find_packages", "find_namespace_packages", "Extension", "Command"})
          bind(name, py_library(module.text + "." + name));
    }
    if (tree[child].field != field_name) continue;
    bool aliased = tree.kind(child) == sym_aliased_import;
    std::string name(tree.text(aliased ? tree.field(child, field_name) : child));
    std::string bound(aliased ? tree.text(tree.field(child, field_alias)) : std::string_view(name));
    PyValue value;
    bool inside = module.is(PyKind::module) && !module.scope->names.contains(name);
    if (inside && module_file(dotted + "." + name))
      value = import_name(dotted + "." + name, child, true);
    else
      value = attribute(module, name, place(child));
    if (stopped()) return Flow::next;
    bind(bound, std::move(value));
  }
  return Flow::next;
}

}  // namespace trainlint
