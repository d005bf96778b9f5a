// os.path: names only, but for exists() and its kin.
#include "lint/project/discovery.h"
#include "lint/project/library.h"

namespace trainlint {

std::optional<std::string> only_path(const PyArguments& arguments) {
  if (arguments.lost || arguments.positional.size() != 1) return std::nullopt;
  return path_text(&arguments.positional[0]);
}

static PyValue call_join(Interpreter& interpreter, const PyArguments& arguments) {
  std::string path;
  if (arguments.lost || arguments.positional.empty())
    return not_known(interpreter, arguments, "os.path.join");
  for (const PyValue& part : arguments.positional) {
    std::optional<std::string> text = path_text(&part);
    if (!text) return not_known(interpreter, arguments, "os.path.join");
    if (text->starts_with('/') || path.empty())
      path = *text;
    else
      path += (path.ends_with('/') ? "" : "/") + *text;
  }
  return py_string(std::move(path), arguments.place);
}

static std::string folder_part(const std::string& path) {
  size_t slash = path.rfind('/');
  if (slash == std::string::npos) return "";
  std::string head = path.substr(0, slash + 1);
  while (head.size() > 1 && head.ends_with('/')) head.pop_back();
  return head;
}

static PyValue call_dirname(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = only_path(arguments);
  if (!path) return not_known(interpreter, arguments, "os.path.dirname");
  // Above the project's own folder nothing is known.
  if (*path == root_path) return py_string(std::string(root_path) + "/..", arguments.place);
  return py_string(folder_part(*path), arguments.place);
}

static PyValue call_basename(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = only_path(arguments);
  if (!path) return not_known(interpreter, arguments, "os.path.basename");
  return py_string(path->substr(path->rfind('/') + 1), arguments.place);
}

static PyValue call_abspath(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = only_path(arguments);
  std::optional<std::string> inside = path ? interpreter.in_tree(*path) : std::nullopt;
  if (!inside) return not_known(interpreter, arguments, "os.path.abspath");
  return py_string(
      inside->empty() ? std::string(root_path) : std::string(root_path) + "/" + *inside,
      arguments.place);
}

static PyValue call_normpath(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = only_path(arguments);
  if (!path) return not_known(interpreter, arguments, "os.path.normpath");
  if (path->starts_with(root_path)) return call_abspath(interpreter, arguments);
  std::string normal = (path->starts_with('/') ? "/" : "") + collapsed_path(*path);
  return py_string(normal.empty() ? "." : normal, arguments.place);
}

static PyValue call_relpath(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = path_text(arguments.get(0, "path"));
  std::optional<std::string> start =
      arguments.get(1, "start") ? path_text(arguments.get(1, "start")) : "";
  std::optional<std::string> inside = path ? interpreter.in_tree(*path) : std::nullopt;
  std::optional<std::string> base = start ? interpreter.in_tree(*start) : std::nullopt;
  if (!inside || !base) return not_known(interpreter, arguments, "os.path.relpath");
  if (base->empty()) return py_string(inside->empty() ? "." : *inside, arguments.place);
  if (*inside == *base) return py_string(".", arguments.place);
  if (inside->starts_with(*base + "/"))
    return py_string(inside->substr(base->size() + 1), arguments.place);
  return not_known(interpreter, arguments, "os.path.relpath");
}

static PyValue call_splitext(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = only_path(arguments);
  if (!path) return not_known(interpreter, arguments, "os.path.splitext");
  size_t name = path->rfind('/') + 1, dot = path->rfind('.');
  size_t first = path->find_first_not_of('.', name);
  if (dot == std::string::npos || first == std::string::npos || dot < first) dot = path->size();
  return py_container(PyKind::tuple,
                      {py_string(path->substr(0, dot)), py_string(path->substr(dot))},
                      arguments.place);
}

static PyValue call_split(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = only_path(arguments);
  if (!path) return not_known(interpreter, arguments, "os.path.split");
  return py_container(PyKind::tuple,
                      {call_dirname(interpreter, arguments), call_basename(interpreter, arguments)},
                      arguments.place);
}

static PyValue exists(Interpreter& interpreter, const PyArguments& arguments, bool files,
                      bool folders) {
  std::optional<std::string> path = only_path(arguments);
  std::optional<bool> there = path ? path_exists(interpreter, *path, files, folders) : std::nullopt;
  if (there) return py_bool(*there);
  return not_known(interpreter, arguments, "os.path.exists");
}
static PyValue call_exists(Interpreter& interpreter, const PyArguments& arguments) {
  return exists(interpreter, arguments, true, true);
}
static PyValue call_isfile(Interpreter& interpreter, const PyArguments& arguments) {
  return exists(interpreter, arguments, true, false);
}
static PyValue call_isdir(Interpreter& interpreter, const PyArguments& arguments) {
  return exists(interpreter, arguments, false, true);
}

static PyValue call_getcwd(Interpreter& interpreter, const PyArguments& arguments) {
  const std::string& folder = interpreter.folder();
  return py_string(std::string(root_path) + (folder.empty() ? "" : "/" + folder), arguments.place);
}

std::span<const LibraryEntry> path_functions() {
  static constexpr LibraryEntry table[] = {
      {"os.path.join", call_join},         {"os.path.dirname", call_dirname},
      {"os.path.basename", call_basename}, {"os.path.abspath", call_abspath},
      {"os.path.realpath", call_abspath},  {"os.path.normpath", call_normpath},
      {"os.path.relpath", call_relpath},   {"os.path.splitext", call_splitext},
      {"os.path.split", call_split},       {"os.path.exists", call_exists},
      {"os.path.lexists", call_exists},    {"os.path.isfile", call_isfile},
      {"os.path.isdir", call_isdir},       {"os.getcwd", call_getcwd},
      {"os.getcwdu", call_getcwd}};
  return table;
}

}  // namespace trainlint
