// Open files and pathlib paths.
#include <algorithm>

#include "lint/project/discovery.h"
#include "lint/project/library.h"

namespace trainlint {

static PyValue contents(const PyValue& file, size_t begin, size_t length) {
  PyValue text = py_piece(file, begin, length);
  text.kind = file.number ? PyKind::bytes : PyKind::string;
  text.number = 0;
  return text;
}

static size_t line_length(const PyValue& file, size_t begin) {
  size_t end = file.text.find('\n', begin);
  return (end == std::string::npos ? file.text.size() : end + 1) - begin;
}

MethodResult file_method(Interpreter&, const PyValue& object, std::string_view name,
                         const PyArguments& arguments) {
  int64_t& position = object.items->items[0].number;
  auto at = static_cast<size_t>(position);
  size_t size = object.text.size();
  if (name == "close" || name == "__exit__") return py_none();
  if (name == "__enter__") return object;
  if (!arguments.positional.empty()) {
    if (name == "seek" && arguments.positional[0].is(PyKind::integer) &&
        arguments.positional[0].number == 0)
      return position = 0, py_int(0);
    return std::nullopt;
  }
  if (name == "read") {
    position = static_cast<int64_t>(size);
    return contents(object, at, size - at);
  }
  if (name == "readline") {
    size_t length = line_length(object, at);
    position += static_cast<int64_t>(length);
    return contents(object, at, length);
  }
  if (name != "readlines" && name != "xreadlines") return std::nullopt;
  std::vector<PyValue> lines;
  while (at < size) {
    size_t length = line_length(object, at);
    lines.push_back(contents(object, at, length));
    at += length;
  }
  position = static_cast<int64_t>(size);
  return py_container(PyKind::list, std::move(lines), arguments.place);
}

// pathlib drops "." and doubled slashes, but keeps "..".
static std::string parent_of(const std::string& path) {
  if (path == root_path) return path + "/..";
  size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

static std::string name_of(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

MethodResult path_attribute(Interpreter&, const PyValue& object, std::string_view name) {
  std::string last = name_of(object.text);
  size_t dot = last.rfind('.');
  bool suffixed = dot != std::string::npos && dot > 0 && dot + 1 < last.size();
  if (name == "parent") return py_path(parent_of(object.text), object.place);
  if (name == "name") return py_string(last == "." ? "" : last, object.place);
  if (name == "stem") return py_string(suffixed ? last.substr(0, dot) : last, object.place);
  if (name == "suffix") return py_string(suffixed ? last.substr(dot) : "", object.place);
  if (name == "parents") {
    std::vector<PyValue> parents;
    std::string path = object.text;
    for (int i = 0; i < 4; i++) parents.push_back(py_path(path = parent_of(path), object.place));
    return py_container(PyKind::tuple, std::move(parents), object.place);
  }
  return std::nullopt;
}

static PyValue read_path(Interpreter& interpreter, const PyValue& object, bool bytes,
                         const Place& place) {
  PyValue file = open_file(interpreter, object, bytes, place);
  return file.is(PyKind::file) ? contents(file, 0, file.text.size()) : file;
}

static MethodResult globbed(Interpreter& interpreter, const PyValue& object, bool everywhere,
                            const PyArguments& arguments) {
  std::optional<std::string> inside = interpreter.in_tree(object.text);
  std::optional<std::string> pattern = path_text(arguments.get(0, "pattern"));
  if (!inside || !pattern || inside->starts_with("..") || interpreter.files_may_appear)
    return std::nullopt;
  std::string full = everywhere ? "**/" + *pattern : *pattern;
  std::vector<PyValue> found;
  for (const std::string& file :
       glob_files(list_folders(interpreter.tree()), path_below(*inside, full), true)) {
    std::string rest =
        inside->empty() ? file : file.substr(std::min(file.size(), inside->size() + 1));
    found.push_back(py_path(object.text == "." ? rest : object.text + "/" + rest, arguments.place));
  }
  return py_iterator(std::move(found), arguments.place);
}

static MethodResult relative(Interpreter& interpreter, const PyValue& object,
                             const PyArguments& arguments) {
  std::optional<std::string> base = path_text(arguments.get(0, "other"));
  std::optional<std::string> inside = interpreter.in_tree(object.text);
  std::optional<std::string> above = base ? interpreter.in_tree(*base) : std::nullopt;
  if (!inside || !above) return std::nullopt;
  if (above->empty()) return py_path(inside->empty() ? "." : *inside, arguments.place);
  if (!inside->starts_with(*above + "/")) return std::nullopt;
  return py_path(inside->substr(above->size() + 1), arguments.place);
}

MethodResult path_method(Interpreter& interpreter, const PyValue& object, std::string_view name,
                         const PyArguments& arguments) {
  const Place& place = arguments.place;
  if (name == "read_text") return read_path(interpreter, object, false, place);
  if (name == "read_bytes") return read_path(interpreter, object, true, place);
  if (name == "open") {
    PyArguments with_path = arguments;
    with_path.positional.insert(with_path.positional.begin(), object);
    return interpreter.call(py_library("open"), std::move(with_path));
  }
  if (name == "exists" || name == "is_file" || name == "is_dir") {
    std::optional<bool> there =
        path_exists(interpreter, object.text, name != "is_dir", name != "is_file");
    return there ? MethodResult(py_bool(*there)) : std::nullopt;
  }
  if (name == "resolve" || name == "absolute") {
    std::optional<std::string> inside = interpreter.in_tree(object.text);
    if (!inside) return std::nullopt;
    return py_path(std::string(root_path) + (inside->empty() ? "" : "/" + *inside), place);
  }
  if (name == "as_posix" || name == "__str__" || name == "__fspath__")
    return py_string(object.text, place);
  if (name == "relative_to") return relative(interpreter, object, arguments);
  if (name == "glob" || name == "rglob")
    return globbed(interpreter, object, name == "rglob", arguments);
  if (name == "iterdir") {
    const std::optional<std::string> inside = interpreter.in_tree(object.text);
    if (inside && is_surely_absent(interpreter, *inside))
      return interpreter.raise("FileNotFoundError", "lists '" + *inside + "', which does not exist",
                               place);
  }
  if (name == "iterdir" && object.text != root_path && object.text != ".")
    return globbed(interpreter, object, false, {{py_string("*")}, {}, {}, place});
  if ((name == "joinpath" || name == "with_name") && !arguments.positional.empty()) {
    PyArguments parts = arguments;
    PyValue base = name == "joinpath" ? object : py_path(parent_of(object.text), place);
    parts.positional.insert(parts.positional.begin(), base);
    PyValue joined = interpreter.call(py_library("pathlib.Path"), std::move(parts));
    return joined;
  }
  return std::nullopt;
}

}  // namespace trainlint
