// open(), and what os and glob say of the package's own files.
#include <algorithm>

#include "lint/project/discovery.h"
#include "lint/project/effects.h"
#include "lint/project/library.h"

namespace trainlint {

std::optional<std::string> path_text(const PyValue* value) {
  if (!value || !(value->is(PyKind::string) || value->is(PyKind::path))) return std::nullopt;
  return value->text;
}

std::optional<std::string> Interpreter::in_tree(std::string_view path) const {
  if (path.starts_with(root_path)) {
    std::string_view rest = path.substr(root_path.size());
    if (!rest.empty() && rest[0] != '/') return std::nullopt;
    return collapsed_path(rest);
  }
  if (path.starts_with('/') || path.starts_with('~') || mentions_root(path)) return std::nullopt;
  return collapsed_path(path_below(folder_, path));
}

std::optional<bool> path_exists(Interpreter& interpreter, std::string_view path, bool files,
                                bool folders) {
  std::optional<std::string> inside = interpreter.in_tree(path);
  if (!inside || inside->starts_with("..")) return std::nullopt;
  if (files && interpreter.tree().has_file(*inside)) return true;
  if (folders && interpreter.tree().has_folder(*inside)) return true;
  if (interpreter.files_may_appear) return std::nullopt;
  return false;
}

static bool valid_utf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    auto c = static_cast<unsigned char>(text[i]);
    size_t length = c < 0x80                ? 1
                    : c >= 0xC2 && c < 0xE0 ? 2
                    : c >= 0xE0 && c < 0xF0 ? 3
                    : c >= 0xF0 && c < 0xF5 ? 4
                                            : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (size_t k = 1; k < length; k++)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
    i += length;
  }
  return true;
}

// CRLF and CR become LF, as in text mode.
static std::string universal_newlines(const std::string& bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (size_t i = 0; i < bytes.size(); i++) {
    if (bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') continue;
    out.push_back(bytes[i] == '\r' ? '\n' : bytes[i]);
  }
  return out;
}

PyValue open_file(Interpreter& interpreter, const PyValue& path, bool bytes, const Place& place) {
  std::optional<std::string> text = path_text(&path);
  std::optional<std::string> inside = text ? interpreter.in_tree(*text) : std::nullopt;
  if (!inside) {
    interpreter.uncertain();
    return text ? py_unknown("reads a file outside the package", place)
                : first_unknown(path).value_or(
                      py_unknown("reads a file whose name is not known", place));
  }
  if (std::find(interpreter.files_read.begin(), interpreter.files_read.end(), *inside) ==
      interpreter.files_read.end())
    interpreter.files_read.push_back(*inside);
  if (inside->starts_with("..")) {
    interpreter.uncertain();
    return py_unknown("reads '" + *inside + "' outside the package", place);
  }
  if (interpreter.tree().has_folder(*inside))
    return interpreter.raise("IsADirectoryError", "'" + *inside + "' is a folder", place);
  Result<Bytes> content = interpreter.tree().read(*inside);
  if (!content) {
    interpreter.uncertain();
    if (interpreter.tree().find(*inside) || interpreter.files_may_appear)
      return py_unknown("reads '" + *inside + "', which cannot be read here", place);
    return interpreter.raise("FileNotFoundError", "reads '" + *inside + "', which does not exist",
                             place);
  }
  PyValue file;
  file.kind = PyKind::file;
  file.number = bytes;
  file.text = bytes || (*content)->find('\r') == std::string::npos ? **content
                                                                   : universal_newlines(**content);
  if (!bytes && !valid_utf8(file.text)) {
    interpreter.uncertain();
    return py_unknown("reads '" + *inside + "', which is not UTF-8", place);
  }
  file.items = std::make_shared<PyItems>();
  file.items->items.push_back(py_int(0));
  file.place = {*inside, Span{0, static_cast<uint32_t>((*content)->size())}};
  return file;
}

static PyValue open_with(Interpreter& interpreter, const PyArguments& arguments,
                         size_t encoding_at) {
  const PyValue* path = arguments.get(0, "file");
  if (!path) path = arguments.keyword("filename");
  const PyValue* mode = arguments.get(1, "mode");
  if (!path || (mode && !mode->is(PyKind::string)))
    return not_known(interpreter, arguments, "open");
  if (mode && is_writing_mode(mode->text)) {
    interpreter.uncertain();
    interpreter.files_may_appear = true;
    std::optional<std::string> written = path_text(path);
    if (!written || written->ends_with(".py")) interpreter.modules_may_appear = true;
    return py_unknown("writes a file", arguments.place);
  }
  const PyValue* encoding = arguments.get(encoding_at, "encoding");
  bool bytes = mode && mode->text.find('b') != std::string::npos && encoding_at != 2;
  bool utf8 = !encoding || encoding->is(PyKind::none) ||
              encoding->text.find("tf") != std::string::npos ||
              encoding->text.find("TF") != std::string::npos;
  PyValue file = open_file(interpreter, *path, bytes, arguments.place);
  if (!file.is(PyKind::file)) return file;
  bool ascii = std::all_of(file.text.begin(), file.text.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!bytes && !ascii && (!utf8 || file.text.starts_with("\xEF\xBB\xBF"))) {
    interpreter.uncertain();
    return py_unknown("reads a file in an encoding that is not evaluated", arguments.place);
  }
  return file;
}

static PyValue call_open(Interpreter& interpreter, const PyArguments& arguments) {
  return open_with(interpreter, arguments, 3);
}
static PyValue call_codecs_open(Interpreter& interpreter, const PyArguments& arguments) {
  return open_with(interpreter, arguments, 2);
}

static PyValue call_chdir(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = only_path(arguments);
  std::optional<std::string> inside =
      path && !path->empty() ? interpreter.in_tree(*path) : std::nullopt;
  if (!inside) {
    interpreter.files_may_appear = true;
    return not_known(interpreter, arguments, "os.chdir");
  }
  interpreter.set_folder(*inside);
  return py_none();
}

static PyValue call_glob(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> pattern = path_text(arguments.get(0, "pathname"));
  const PyValue* recursive = arguments.keyword("recursive");
  std::optional<std::string> inside = pattern ? interpreter.in_tree(*pattern) : std::nullopt;
  if (!inside || inside->starts_with("..") || interpreter.files_may_appear ||
      arguments.keyword("root_dir"))
    return not_known(interpreter, arguments, "glob.glob");
  // What is found begins as the pattern does.
  std::string prefix = pattern->substr(0, pattern->find_first_of("*?["));
  prefix = prefix.substr(0, prefix.rfind('/') + 1);
  std::string begun = interpreter.in_tree(prefix).value_or("");
  PyValue list = py_container(PyKind::list, {}, arguments.place);
  for (const std::string& file : glob_files(list_folders(interpreter.tree()), *inside,
                                            recursive && truth(*recursive) == true)) {
    std::string rest = begun.empty() ? file : file.substr(std::min(file.size(), begun.size() + 1));
    list.items->items.push_back(py_string(prefix + rest, arguments.place));
  }
  return list;
}

bool is_surely_absent(const Interpreter& interpreter, const std::string& folder) {
  if (folder.empty() || folder.starts_with("..") || interpreter.files_may_appear ||
      interpreter.tree().find(folder) || interpreter.tree().has_folder(folder))
    return false;
  // What a build, version control or an environment keeps is in no source tree.
  for (size_t begin = 0; begin < folder.size();) {
    const size_t end = std::min(folder.find('/', begin), folder.size());
    const std::string_view part = std::string_view(folder).substr(begin, end - begin);
    if (part.starts_with('.') || part == "build" || part == "dist" || part == "__pycache__" ||
        part.ends_with("env") || part.ends_with(".egg-info") || part == "node_modules")
      return false;
    begin = end + 1;
  }
  return true;
}

static PyValue call_listdir(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = arguments.positional.empty() ? "." : only_path(arguments);
  std::optional<std::string> inside = path ? interpreter.in_tree(*path) : std::nullopt;
  if (inside && is_surely_absent(interpreter, *inside))
    return interpreter.raise("FileNotFoundError", "lists '" + *inside + "', which does not exist",
                             arguments.place);
  if (!inside || interpreter.files_may_appear || !interpreter.tree().has_folder(*inside))
    return not_known(interpreter, arguments, "os.listdir");
  // The root also holds what no source tree lists (.git, build, caches).
  if (inside->empty()) return not_known(interpreter, arguments, "os.listdir");
  Folders folders = list_folders(interpreter.tree());
  PyValue list = py_container(PyKind::list, {}, arguments.place);
  for (const auto* names : {&folders[*inside].folders, &folders[*inside].files})
    for (const std::string& name : *names)
      list.items->items.push_back(py_string(name, arguments.place));
  return list;
}

static void walk_below(const Folders& folders, const std::string& path, const std::string& shown,
                       const Place& place, std::vector<PyValue>& out) {
  auto folder = folders.find(path);
  if (folder == folders.end() || out.size() > 20'000) return;
  auto names = [&](const std::set<std::string>& set) {
    return py_strings({set.begin(), set.end()}, place);
  };
  out.push_back(py_container(
      PyKind::tuple,
      {py_string(shown, place), names(folder->second.folders), names(folder->second.files)},
      place));
  for (const std::string& name : folder->second.folders)
    walk_below(folders, path_below(path, name), shown + "/" + name, place, out);
}

static PyValue call_walk(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = path_text(arguments.get(0, "top"));
  std::optional<std::string> inside = path ? interpreter.in_tree(*path) : std::nullopt;
  bool known =
      inside && !inside->empty() && !inside->starts_with("..") && !interpreter.files_may_appear;
  if (!known || arguments.positional.size() + arguments.keywords.size() != 1)
    return not_known(interpreter, arguments, "os.walk");
  std::vector<PyValue> out;
  walk_below(list_folders(interpreter.tree()), *inside, *path, arguments.place, out);
  return py_iterator(std::move(out), arguments.place);
}

static PyValue call_changing(Interpreter& interpreter, const PyArguments&) {
  interpreter.files_may_appear = true;
  return py_none();
}
static PyValue call_copy(Interpreter& interpreter, const PyArguments& arguments) {
  interpreter.modules_may_appear = true;
  return call_changing(interpreter, arguments);
}
static PyValue call_system(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> line = only_path(arguments);
  if (!line || may_write_modules("os.system", {*line})) interpreter.modules_may_appear = true;
  return call_changing(interpreter, arguments);
}

static PyValue search_folder(Interpreter& interpreter, const PyValue& path, bool front) {
  std::optional<std::string> text = path_text(&path);
  std::optional<std::string> inside = text ? interpreter.in_tree(*text) : std::nullopt;
  auto& folders = interpreter.search_folders;
  if (inside && !inside->starts_with(".."))
    folders.insert(front ? folders.begin() : folders.end(), *inside);
  return py_none();
}
static PyValue call_path_insert(Interpreter& interpreter, const PyArguments& arguments) {
  return arguments.positional.size() == 2
             ? search_folder(interpreter, arguments.positional[1], true)
             : py_none();
}
static PyValue call_path_append(Interpreter& interpreter, const PyArguments& arguments) {
  return arguments.positional.size() == 1
             ? search_folder(interpreter, arguments.positional[0], false)
             : py_none();
}

static PyValue call_path(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.empty() && !arguments.lost) return py_path(".", arguments.place);
  PyValue joined = interpreter.call(py_library("os.path.join"), arguments);
  if (joined.is(PyKind::string)) joined.kind = PyKind::path;
  return joined;
}

static PyValue call_fspath(Interpreter& interpreter, const PyArguments& arguments) {
  std::optional<std::string> path = only_path(arguments);
  return path ? py_string(*path, arguments.place) : not_known(interpreter, arguments, "os.fspath");
}

static PyValue call_cwd_path(Interpreter& interpreter, const PyArguments& arguments) {
  PyValue path = interpreter.call(py_library("os.getcwd"), arguments);
  path.kind = PyKind::path;
  return path;
}

std::span<const LibraryEntry> file_functions() {
  static constexpr LibraryEntry table[] = {{"open", call_open},
                                           {"io.open", call_open},
                                           {"codecs.open", call_codecs_open},
                                           {"file", call_open},
                                           {"os.chdir", call_chdir},
                                           {"glob.glob", call_glob},
                                           {"glob.iglob", call_glob},
                                           {"os.listdir", call_listdir},
                                           {"os.walk", call_walk},
                                           {"os.makedirs", call_changing},
                                           {"os.mkdir", call_changing},
                                           {"os.remove", call_changing},
                                           {"shutil.rmtree", call_changing},
                                           {"shutil.copy", call_copy},
                                           {"os.system", call_system},
                                           {"sys.path.insert", call_path_insert},
                                           {"sys.path.append", call_path_append},
                                           {"pathlib.Path", call_path},
                                           {"pathlib.PurePath", call_path},
                                           {"pathlib.Path.cwd", call_cwd_path},
                                           {"os.fspath", call_fspath}};
  return table;
}

}  // namespace trainlint
