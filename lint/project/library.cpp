#include "lint/project/library.h"

#include <algorithm>

namespace trainlint {

LibraryFunction find_library_function(std::string_view name) {
  // The same things under other names.
  static constexpr std::pair<std::string_view, std::string_view> renamed[] = {
      {"builtins.", ""}, {"__builtin__.", ""}, {"posixpath.", "os.path."}};
  std::string full(name);
  for (const auto& [from, to] : renamed)
    if (full.starts_with(from)) full = std::string(to) + full.substr(from.size());
  for (std::span<const LibraryEntry> table :
       {builtin_functions(), sequence_functions(), file_functions(), path_functions(),
        regex_functions(), setuptools_functions()})
    for (const LibraryEntry& entry : table)
      if (entry.name == full) return entry.function;
  return nullptr;
}

PyValue not_known(Interpreter& interpreter, const PyArguments& arguments, std::string_view what) {
  interpreter.uncertain();
  if (auto why = arguments.unknown()) return *why;
  return py_unknown(std::string(what) + "() is not evaluated with these arguments",
                    arguments.place);
}

static bool builtin_class(std::string_view name) {
  static constexpr std::string_view names[] = {"object",
                                               "type",
                                               "Exception",
                                               "BaseException",
                                               "RuntimeError",
                                               "ValueError",
                                               "TypeError",
                                               "KeyError",
                                               "OSError",
                                               "IOError",
                                               "EnvironmentError",
                                               "ImportError",
                                               "ModuleNotFoundError",
                                               "FileNotFoundError",
                                               "NotImplementedError",
                                               "AttributeError",
                                               "SystemExit",
                                               "NameError",
                                               "UnicodeDecodeError",
                                               "IndexError",
                                               "AssertionError",
                                               "property",
                                               "staticmethod",
                                               "classmethod",
                                               "super",
                                               "__builtins__",
                                               "Warning",
                                               "UserWarning",
                                               "DeprecationWarning",
                                               "KeyboardInterrupt",
                                               "LookupError",
                                               "StopIteration",
                                               "bytearray",
                                               "memoryview",
                                               "slice",
                                               "complex",
                                               "__import__",
                                               "input",
                                               "vars",
                                               "dir",
                                               "id",
                                               "hash",
                                               "callable",
                                               "__debug__",
                                               "__spec__",
                                               "__package__",
                                               "__loader__",
                                               "setattr",
                                               "delattr",
                                               "divmod",
                                               "pow",
                                               "round",
                                               "hex",
                                               "bin",
                                               "oct",
                                               "ascii"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

static PyValue of_kind(PyKind kind) {
  PyValue value;
  value.kind = kind;
  return value;
}

std::optional<PyValue> library_constant(std::string_view name) {
  if (name == "sys.argv") return of_kind(PyKind::arguments);
  if (name == "sys.version_info") return of_kind(PyKind::version);
  // The worker is a Linux machine, and what is installed there is what counts.
  static constexpr std::pair<std::string_view, std::string_view> texts[] = {
      {"os.sep", "/"},
      {"os.path.sep", "/"},
      {"os.curdir", "."},
      {"os.pardir", ".."},
      {"os.path.pardir", ".."},
      {"os.path.curdir", "."},
      {"os.linesep", "\n"},
      {"os.name", "posix"},
      {"os.extsep", "."},
      {"os.pathsep", ":"},
      {"sys.platform", "linux"},
      {"sys.byteorder", "little"},
      {"string.digits", "0123456789"},
      {"string.ascii_lowercase", "abcdefghijklmnopqrstuvwxyz"}};
  for (const auto& [key, text] : texts)
    if (key == name) return py_string(std::string(text));
  // Flags of re, with the numbers of sre_constants.
  static constexpr std::pair<std::string_view, int64_t> flags[] = {
      {"re.I", 2},  {"re.IGNORECASE", 2}, {"re.M", 8},  {"re.MULTILINE", 8},
      {"re.S", 16}, {"re.DOTALL", 16},    {"re.U", 32}, {"re.UNICODE", 32},
      {"re.X", 64}, {"re.VERBOSE", 64}};
  for (const auto& [key, number] : flags)
    if (key == name) return py_int(number);
  if (name == "sys.maxsize") return py_int(INT64_MAX);
  if (builtin_class(name)) return py_library(std::string(name));
  return std::nullopt;
}

}  // namespace trainlint
