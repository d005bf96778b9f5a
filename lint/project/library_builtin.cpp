// Python's built-in functions that make or look at single values.
#include <charconv>

#include "lint/project/library.h"

namespace trainlint {

static PyValue call_len(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() == 1) {
    const PyValue& value = arguments.positional[0];
    if (value.container() && value.items->lost.empty())
      return py_int(
          static_cast<int64_t>(value.items->items.size() / (value.is(PyKind::dict) ? 2 : 1)));
    if (value.is(PyKind::string) && !mentions_root(value.text)) {
      int64_t count = 0;
      for (char c : value.text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      return py_int(count);
    }
    // Consistent within the script: p[len(root):] of a path below root is the rest of that path.
    if (value.is(PyKind::string)) return py_int(static_cast<int64_t>(value.text.size()));
  }
  return not_known(interpreter, arguments, "len");
}

static PyValue call_str(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.empty() && arguments.keywords.empty())
    return py_string("", arguments.place);
  if (arguments.positional.size() == 1) {
    const PyValue& value = arguments.positional[0];
    if (value.is(PyKind::string)) return value;
    if (auto text = python_str(value)) return py_string(*text, value.place);
  }
  const PyValue* bytes = arguments.get(0, "object");
  if (bytes && bytes->is(PyKind::bytes) && arguments.get(1, "encoding"))
    return py_string(bytes->text, bytes->place);
  return not_known(interpreter, arguments, "str");
}

static PyValue call_repr(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() == 1)
    if (auto text = python_repr(arguments.positional[0])) return py_string(*text, arguments.place);
  return not_known(interpreter, arguments, "repr");
}

static std::string_view trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r") - begin + 1);
}

static PyValue call_int(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() == 1) {
    const PyValue& value = arguments.positional[0];
    if (value.is(PyKind::integer) || value.is(PyKind::boolean)) return py_int(value.number);
    if (value.is(PyKind::string)) {
      std::string_view text = trimmed(value.text);
      int64_t number = 0;
      auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error == std::errc() && end == text.data() + text.size()) return py_int(number);
    }
  }
  return not_known(interpreter, arguments, "int");
}

static PyValue call_float(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() == 1) {
    const PyValue& value = arguments.positional[0];
    if (value.is(PyKind::real)) return value;
    if (value.numeric()) return py_real(static_cast<double>(value.number));
    std::string_view text = trimmed(value.text);
    double number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool plain = text.find_first_not_of("0123456789.-") == std::string_view::npos;
    if (value.is(PyKind::string) && plain && error == std::errc() &&
        end == text.data() + text.size())
      return py_real(number);
  }
  return not_known(interpreter, arguments, "float");
}

static PyValue call_bool(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.empty()) return py_bool(false);
  if (auto holds = truth(arguments.positional[0])) return py_bool(*holds);
  return not_known(interpreter, arguments, "bool");
}

static PyValue call_abs(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() == 1 && arguments.positional[0].is(PyKind::integer))
    return py_int(std::abs(arguments.positional[0].number));
  return not_known(interpreter, arguments, "abs");
}

static PyValue call_chr(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() == 1 && arguments.positional[0].is(PyKind::integer)) {
    int64_t code = arguments.positional[0].number;
    if (code >= 0 && code < 128)
      return py_string(std::string(1, static_cast<char>(code)), arguments.place);
  }
  return not_known(interpreter, arguments, "chr");
}

static PyValue call_format(Interpreter& interpreter, const PyArguments& arguments) {
  const PyValue* value = arguments.get(0, "value");
  const PyValue* specification = arguments.get(1, "format_spec");
  if (value && (!specification || specification->is(PyKind::string)))
    if (auto text = format_value(*value, specification ? specification->text : ""))
      return py_string(*text, arguments.place);
  return not_known(interpreter, arguments, "format");
}

static bool named_type(const PyValue& type, const PyValue& value) {
  if (type.text == "basestring" || type.text == "unicode") return value.is(PyKind::string);
  if (type.text == "object") return true;
  if (type.text == "int" && value.is(PyKind::boolean)) return true;
  return type.text == type_name(value);
}

static PyValue call_isinstance(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() == 2) {
    const PyValue& value = arguments.positional[0];
    std::vector<PyValue> types{arguments.positional[1]};
    if (types[0].is(PyKind::tuple)) types = types[0].items->items;
    bool plain = value.kind >= PyKind::none && value.kind <= PyKind::dict;
    bool all_plain = true, any = false;
    for (const PyValue& type : types) {
      bool modelled = type.is(PyKind::library) && type.text.find('.') == std::string::npos;
      all_plain &= modelled;
      any |= modelled && named_type(type, value);
    }
    if (plain && all_plain) return py_bool(any);
  }
  return not_known(interpreter, arguments, "isinstance");
}

static PyValue call_getattr(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() == 2 && arguments.positional[1].is(PyKind::string) &&
      !arguments.positional[0].is(PyKind::library))
    return interpreter.attribute(arguments.positional[0], arguments.positional[1].text,
                                 arguments.place);
  return not_known(interpreter, arguments, "getattr");
}

static PyValue call_hasattr(Interpreter& interpreter, const PyArguments& arguments) {
  return not_known(interpreter, arguments, "hasattr");
}

static PyValue call_nothing(Interpreter&, const PyArguments&) {
  return py_none();
}

static PyValue call_exit(Interpreter& interpreter, const PyArguments& arguments) {
  return interpreter.raise("SystemExit", "exits", arguments.place);
}

// A snapshot that exec recognizes as the scope itself.
static PyValue names_of(PyScope* scope, const Place& place) {
  PyValue dict = py_container(PyKind::dict, {}, place);
  for (const auto& [name, value] : scope->names) {
    dict.items->items.push_back(py_string(name));
    dict.items->items.push_back(value);
  }
  dict.scope = scope;
  return dict;
}

static PyValue call_locals(Interpreter& interpreter, const PyArguments& arguments) {
  return names_of(interpreter.scope(), arguments.place);
}
static PyValue call_globals(Interpreter& interpreter, const PyArguments& arguments) {
  return names_of(interpreter.scope()->module, arguments.place);
}

static PyValue run_in(Interpreter& interpreter, const PyValue& text, const PyValue* names,
                      const Place& place) {
  if (!text.is(PyKind::string)) {
    interpreter.uncertain();
    interpreter.files_may_appear = true;
    std::string reason = text.known() ? "executes what is not evaluated" : text.text;
    if (names && !names->scope) lose(*names, reason, place);
    if (!names || names->scope) interpreter.scope()->opaque = true;
    return py_none();
  }
  if (!names || names->is(PyKind::none)) {
    interpreter.execute_text(text, interpreter.scope());
  } else if (names->is(PyKind::dict) && names->scope) {
    interpreter.execute_text(text, names->scope);
    for (const auto& [name, value] : names->scope->names)
      dict_set(*names->items, py_string(name), value);
  } else if (names->is(PyKind::dict)) {
    PyScope* scope = interpreter.new_scope(nullptr, nullptr);
    for (size_t i = 0; i + 1 < names->items->items.size(); i += 2)
      if (names->items->items[i].is(PyKind::string))
        scope->names[names->items->items[i].text] = names->items->items[i + 1];
    interpreter.execute_text(text, scope);
    for (const auto& [name, value] : scope->names) dict_set(*names->items, py_string(name), value);
    if (scope->opaque) lose(*names, "executes what is not evaluated", place);
  }
  return py_none();
}

static PyValue call_exec(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.empty()) return not_known(interpreter, arguments, "exec");
  const PyValue* names = arguments.get(2, "locals");
  if (!names) names = arguments.get(1, "globals");
  return run_in(interpreter, arguments.positional[0], names, arguments.place);
}

static PyValue call_compile(Interpreter& interpreter, const PyArguments& arguments) {
  if (!arguments.positional.empty() && arguments.positional[0].is(PyKind::string))
    return arguments.positional[0];
  return not_known(interpreter, arguments, "compile");
}

static PyValue call_run_path(Interpreter& interpreter, const PyArguments& arguments) {
  const PyValue* path = arguments.get(0, "path_name");
  if (!path) return not_known(interpreter, arguments, "runpy.run_path");
  PyValue file = open_file(interpreter, *path, false, arguments.place);
  if (!file.is(PyKind::file)) return file;
  PyValue names = py_container(PyKind::dict, {}, arguments.place);
  run_in(interpreter, py_string(file.text, file.place), &names, arguments.place);
  return names;
}

static PyValue call_literal_eval(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() != 1 || !arguments.positional[0].is(PyKind::string))
    return not_known(interpreter, arguments, "ast.literal_eval");
  PyScope* scope = interpreter.new_scope(nullptr, nullptr);
  PyValue text = py_string("value = (" + std::string(trimmed(arguments.positional[0].text)) + "\n)",
                           arguments.place);
  interpreter.execute_text(text, scope);
  auto found = scope->names.find("value");
  return found == scope->names.end() ? not_known(interpreter, arguments, "ast.literal_eval")
                                     : found->second;
}

static PyValue call_platform(Interpreter&, const PyArguments& arguments) {
  return py_string("Linux", arguments.place);
}

static PyValue call_environment(Interpreter&, const PyArguments& arguments) {
  std::string name = arguments.positional.empty() ? "" : arguments.positional[0].text;
  return py_unknown("reads the environment variable '" + name + "'", arguments.place);
}

std::span<const LibraryEntry> builtin_functions() {
  static constexpr LibraryEntry table[] = {{"len", call_len},
                                           {"str", call_str},
                                           {"unicode", call_str},
                                           {"repr", call_repr},
                                           {"int", call_int},
                                           {"float", call_float},
                                           {"bool", call_bool},
                                           {"abs", call_abs},
                                           {"chr", call_chr},
                                           {"format", call_format},
                                           {"isinstance", call_isinstance},
                                           {"getattr", call_getattr},
                                           {"hasattr", call_hasattr},
                                           {"print", call_nothing},
                                           {"exit", call_exit},
                                           {"quit", call_exit},
                                           {"sys.exit", call_exit},
                                           {"os._exit", call_exit},
                                           {"locals", call_locals},
                                           {"globals", call_globals},
                                           {"exec", call_exec},
                                           {"compile", call_compile},
                                           {"runpy.run_path", call_run_path},
                                           {"ast.literal_eval", call_literal_eval},
                                           {"eval", call_literal_eval},
                                           {"platform.system", call_platform},
                                           {"os.getenv", call_environment},
                                           {"os.environ.get", call_environment},
                                           {"os.environ.setdefault", call_environment},
                                           {"warnings.warn", call_nothing},
                                           {"warnings.filterwarnings", call_nothing},
                                           {"warnings.simplefilter", call_nothing},
                                           {"sys.stdout.write", call_nothing},
                                           {"sys.stderr.write", call_nothing},
                                           {"sys.stdout.flush", call_nothing},
                                           {"logging.basicConfig", call_nothing},
                                           {"logging.info", call_nothing},
                                           {"logging.warning", call_nothing},
                                           {"logging.debug", call_nothing},
                                           {"logging.error", call_nothing},
                                           {"time.sleep", call_nothing},
                                           {"multiprocessing.freeze_support", call_nothing},
                                           {"sys.setrecursionlimit", call_nothing}};
  return table;
}

}  // namespace trainlint
