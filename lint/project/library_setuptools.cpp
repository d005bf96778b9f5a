// setuptools and distutils as setup.py uses them.
#include "lint/project/discovery.h"
#include "lint/project/library.h"

namespace trainlint {

static PyValue call_setup(Interpreter& interpreter, const PyArguments& arguments) {
  if (!interpreter.setup) interpreter.setup = arguments;
  return py_none();
}

static std::optional<Strings> patterns(Interpreter& interpreter, const PyValue* value,
                                       Strings otherwise) {
  if (!value) return otherwise;
  std::optional<std::vector<PyValue>> items = interpreter.iterate(*value);
  if (!items) return std::nullopt;
  Strings out;
  for (const PyValue& item : *items) {
    if (!item.is(PyKind::string)) return std::nullopt;
    out.push_back(item.text);
  }
  return out;
}

static PyValue find(Interpreter& interpreter, const PyArguments& arguments, bool namespaces) {
  const PyValue* where = arguments.get(0, "where");
  std::optional<std::string> path = where ? path_text(where) : ".";
  std::optional<std::string> inside =
      path && !path->empty() ? interpreter.in_tree(*path) : std::nullopt;
  std::optional<Strings> exclude = patterns(interpreter, arguments.get(1, "exclude"), {});
  std::optional<Strings> include = patterns(interpreter, arguments.get(2, "include"), {"*"});
  if (arguments.lost || !inside || !exclude || !include || inside->starts_with("..")) {
    interpreter.uncertain();
    if (auto why = arguments.unknown()) return *why;
    return py_unknown("find_packages() of what is not in the package", arguments.place);
  }
  FindOptions options{*inside, *include, *exclude, namespaces};
  PyValue found =
      py_strings(find_packages(list_folders(interpreter.tree()), options), arguments.place);
  found.text = interpreter.packages_found_by =
      namespaces ? "find_namespace_packages()" : "find_packages()";
  return found;
}

static PyValue call_find_packages(Interpreter& interpreter, const PyArguments& arguments) {
  return find(interpreter, arguments, false);
}
static PyValue call_find_namespace_packages(Interpreter& interpreter,
                                            const PyArguments& arguments) {
  return find(interpreter, arguments, true);
}

// An extension is known by its name and, where they are known, its sources.
static PyValue call_extension(Interpreter&, const PyArguments& arguments) {
  const PyValue* name = arguments.get(0, "name");
  PyValue extension = py_library("Extension");
  extension.items = std::make_shared<PyItems>();
  extension.items->items.push_back(
      name ? *name : py_unknown("an extension without a name", arguments.place));
  const PyValue* sources = arguments.get(1, "sources");
  if (sources && sources->is(PyKind::list) && !first_unknown(*sources))
    extension.items->items.push_back(*sources);
  extension.place = arguments.place;
  return extension;
}

std::span<const LibraryEntry> setuptools_functions() {
  static constexpr LibraryEntry table[] = {
      {"setuptools.setup", call_setup},
      {"distutils.core.setup", call_setup},
      {"setuptools.core.setup", call_setup},
      {"numpy.distutils.core.setup", call_setup},
      {"setuptools.find_packages", call_find_packages},
      {"setuptools.PackageFinder.find", call_find_packages},
      {"setuptools.find_namespace_packages", call_find_namespace_packages},
      {"setuptools.PEP420PackageFinder.find", call_find_namespace_packages},
      {"setuptools.discovery.find_packages", call_find_packages},
      {"setuptools.Extension", call_extension},
      {"distutils.core.Extension", call_extension},
      {"distutils.extension.Extension", call_extension},
      {"setuptools.extension.Extension", call_extension},
      {"numpy.distutils.core.Extension", call_extension}};
  return table;
}

}  // namespace trainlint
