#include "lint/project/pyproject_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>

#include "lint/project/distribution_name.h"
#include "lint/project/pep440.h"
#include "lint/project/pyproject_fields.h"
#include "lint/project/pyproject_text.h"
#include "lint/project/requirement.h"

namespace trainlint {

namespace {

using Refuser = Project::Refusal::Refuser;

std::string_view kind_of(const PyValue& value) {
  switch (value.kind) {
    case PyKind::string:
      return "a string";
    case PyKind::boolean:
      return "a boolean";
    case PyKind::integer:
    case PyKind::real:
      return "a number";
    case PyKind::list:
      return "a list";
    case PyKind::dict:
      return "a table";
    default:
      return "a date or time";
  }
}

bool is_version(std::string_view text) {
  return parse_version(text).has_value();
}

bool is_not_empty(std::string_view text) {
  return !text.empty();
}

bool is_module_or_root(std::string_view text) {
  return text.empty() || is_module_name(text);
}

bool is_module_or_all(std::string_view text) {
  return text == "*" || is_module_name(text);
}

bool is_list_of_strings(const PyValue& value) {
  return value.is(PyKind::list) &&
         std::all_of(value.items->items.begin(), value.items->items.end(),
                     [](const PyValue& item) { return item.is(PyKind::string); });
}

// What is known to bring nothing else with it.
bool lacks_setuptools(const std::vector<PyValue>& build_requires) {
  static constexpr std::string_view alone[] = {"wheel", "pip", "numpy", "cython", "tomli"};
  return std::all_of(build_requires.begin(), build_requires.end(), [](const PyValue& one) {
    Result<ParsedRequirement> parsed = parse_requirement(one.text);
    return parsed && std::find(std::begin(alone), std::end(alone), canonical_name(parsed->name)) !=
                         std::end(alone);
  });
}

struct Checker {
  Project& project;

  void refuse(std::string message, const Place& place, Refuser by = Refuser::setuptools) const {
    project.refusals.push_back({std::move(message), place, by});
  }

  void wrong(const std::string& path, std::string_view wanted, const PyValue& value) const {
    refuse(fmt::format("'{}' must be {}, not {}", path, wanted, kind_of(value)), value.place);
  }

  bool has_kind(const std::string& path, const PyValue& value, PyKind kind,
                std::string_view wanted) const {
    if (value.is(kind)) return true;
    wrong(path, wanted, value);
    return false;
  }

  // Calls visit(key, value, path of the value) for each entry of what should be a table.
  void each(
      const std::string& path, const PyValue& table,
      const std::function<void(const PyValue&, const PyValue&, const std::string&)>& visit) const {
    if (!has_kind(path, table, PyKind::dict, "a table")) return;
    const std::vector<PyValue>& items = table.items->items;
    for (size_t i = 0; i + 1 < items.size(); i += 2)
      visit(items[i], items[i + 1], path + "." + items[i].text);
  }

  void formatted(const std::string& path, const PyValue& value, bool (*fits)(std::string_view),
                 std::string_view wanted) const {
    if (has_kind(path, value, PyKind::string, "a string") && !fits(value.text))
      refuse(fmt::format("'{}' must {}", path, wanted), value.place);
  }

  void list_of(Shape element, const std::string& path, const PyValue& value) const {
    if (!has_kind(path, value, PyKind::list, "a list of strings")) return;
    for (size_t i = 0; i < value.items->items.size(); ++i)
      check(fmt::format("{}[{}]", path, i), value.items->items[i], element);
  }

  // A table with whatever keys `fits` takes.
  void table_of(Shape element, const std::string& path, const PyValue& value,
                bool (*fits)(std::string_view) = nullptr) const {
    each(path, value, [&](const PyValue& key, const PyValue& one, const std::string& below) {
      if (fits && !fits(key.text))
        refuse(fmt::format("'{}' is no name for an entry of '{}'", key.text, path), key.place);
      check(below, one, element);
    });
  }

  void unknown_key(const std::string& path, const PyValue& key,
                   Refuser by = Refuser::setuptools) const {
    refuse(fmt::format("'{}' has no key '{}'", path, key.text), key.place, by);
  }

  void fields(const std::string& path, const PyValue& table, std::span<const Field> known) const {
    each(path, table, [&](const PyValue& key, const PyValue& value, const std::string& below) {
      auto field = std::find_if(known.begin(), known.end(),
                                [&](const Field& one) { return one.key == key.text; });
      if (field == known.end())
        unknown_key(path, key);
      else
        check(below, value, field->shape);
    });
  }

  void person(const std::string& path, const PyValue& one) const {
    each(path, one, [&](const PyValue& key, const PyValue& value, const std::string& below) {
      if (key.text != "name" && key.text != "email")
        return unknown_key(path, key, Refuser::newer_setuptools);
      if (!has_kind(below, value, PyKind::string, "a string")) return;
      if (key.text == "email" && value.text.find('@') == std::string::npos)
        refuse(fmt::format("'{}' must be an e-mail address", below), value.place);
    });
  }

  void file_or_text(const std::string& path, const PyValue& table) const {
    const PyValue* file = dict_get(table, "file");
    const PyValue* text = dict_get(table, "text");
    if (!file == !text)
      return refuse(fmt::format("'{}' must have either 'file' or 'text'", path), table.place);
    check(path + (file ? ".file" : ".text"), file ? *file : *text, Shape::text);
  }

  void readme(const std::string& path, const PyValue& value) const {
    if (value.is(PyKind::string)) return;
    if (!has_kind(path, value, PyKind::dict, "a file's name or a table")) return;
    file_or_text(path, value);
    if (const PyValue* type = dict_get(value, "content-type"))
      check(path + ".content-type", *type, Shape::text);
    else
      refuse(fmt::format("'{}' must have 'content-type'", path), value.place);
  }

  // A string is an SPDX expression, which setuptools takes since 77.
  void license(const std::string& path, const PyValue& value) const {
    if (value.is(PyKind::string)) return;
    if (has_kind(path, value, PyKind::dict, "a string or a table")) file_or_text(path, value);
  }

  void reference_groups(const std::string& path, const PyValue& table) const {
    each(path, table, [&](const PyValue& key, const PyValue& group, const std::string& below) {
      if (key.text.find_first_of("- /") != std::string::npos)
        return refuse(fmt::format("'{}' is no name of a group of entry points", key.text),
                      key.place);
      table_of(Shape::reference, below, group);
    });
  }

  void packages(const std::string& path, const PyValue& value) const {
    if (value.is(PyKind::list)) return list_of(Shape::module, path, value);
    if (!has_kind(path, value, PyKind::dict, "a list of strings or a table with 'find'")) return;
    static constexpr Field directive[] = {{"find", Shape::any}};
    fields(path, value, directive);
    if (const PyValue* find = dict_get(value, "find")) fields(path + ".find", *find, find_fields);
  }

  void dynamic(const std::string& path, const PyValue& value) const {
    list_of(Shape::text, path, value);
    if (!value.is(PyKind::list)) return;
    for (const PyValue& name : value.items->items)
      if (name.is(PyKind::string) && std::find(std::begin(dynamic_names), std::end(dynamic_names),
                                               name.text) == std::end(dynamic_names))
        refuse(fmt::format("'{}' cannot be dynamic", name.text), name.place);
  }

  void directive(const std::string& path, const PyValue& value, bool attribute) const {
    const std::string_view wanted = attribute ? "either 'attr' or 'file'" : "'file'";
    if (!has_kind(path, value, PyKind::dict, fmt::format("a table with {}", wanted))) return;
    const PyValue* file = dict_get(value, "file");
    const PyValue* name = attribute ? dict_get(value, "attr") : nullptr;
    if (!file == !name) return refuse(fmt::format("'{}' must have {}", path, wanted), value.place);
    if (name) check(path + ".attr", *name, Shape::text);
    if (file && !file->is(PyKind::string)) list_of(Shape::text, path + ".file", *file);
  }

  void directives(const std::string& path, const PyValue& table) const {
    static constexpr std::string_view names[] = {"version", "classifiers", "description",
                                                 "entry-points", "dependencies"};
    each(path, table, [&](const PyValue& key, const PyValue& value, const std::string& below) {
      if (key.text == "readme") {
        static_cast<void>(has_kind(below, value, PyKind::dict, "a table with 'file'"));
      } else if (key.text == "optional-dependencies") {
        each(below, value, [&](const PyValue&, const PyValue& group, const std::string& inner) {
          directive(inner, group, false);
        });
      } else if (std::find(std::begin(names), std::end(names), key.text) != std::end(names)) {
        directive(below, value, key.text == "version");
      } else {
        unknown_key(path, key);
      }
    });
  }

  void check(const std::string& path, const PyValue& value, Shape shape) const {
    switch (shape) {
      case Shape::any:
        return;
      case Shape::flag:
        static_cast<void>(has_kind(path, value, PyKind::boolean, "a boolean"));
        return;
      case Shape::text:
        static_cast<void>(has_kind(path, value, PyKind::string, "a string"));
        return;
      case Shape::name:
        return formatted(path, value, is_valid_distribution_name,
                         "consist of letters, digits, '.', '_' and '-'");
      case Shape::version:
        return formatted(path, value, is_version, "be a version by PEP 440");
      case Shape::url:
        return formatted(path, value, is_url, "be a URL");
      case Shape::module:
        return formatted(path, value, is_module_name, "be the dotted name of a module");
      case Shape::class_name:
        return formatted(path, value, is_dotted_name, "name a class as 'module.Class'");
      case Shape::reference:
        return formatted(path, value, is_object_reference, "name an object as 'module:function'");
      case Shape::requirement:
        return formatted(path, value, is_not_empty, "be a requirement by PEP 508");
      case Shape::texts:
        return list_of(Shape::text, path, value);
      case Shape::names:
        return list_of(Shape::name, path, value);
      case Shape::modules:
        return list_of(Shape::module, path, value);
      case Shape::requirements:
        return list_of(Shape::requirement, path, value);
      default:
        return check_table(path, value, shape);
    }
  }

  void check_table(const std::string& path, const PyValue& value, Shape shape) const {
    switch (shape) {
      case Shape::people:
        if (!has_kind(path, value, PyKind::list, "a list of tables with 'name' and 'email'"))
          return;
        for (size_t i = 0; i < value.items->items.size(); ++i)
          person(fmt::format("{}[{}]", path, i), value.items->items[i]);
        return;
      case Shape::text_table:
        return table_of(Shape::text, path, value);
      case Shape::texts_table:
        return table_of(Shape::texts, path, value);
      case Shape::url_table:
        return table_of(Shape::url, path, value, is_not_empty);
      case Shape::class_table:
        return table_of(Shape::class_name, path, value);
      case Shape::reference_table:
        return table_of(Shape::reference, path, value, is_not_empty);
      case Shape::reference_groups:  // the schema does not ask whether it is a table
        if (value.is(PyKind::dict)) reference_groups(path, value);
        return;
      case Shape::extras:
        return table_of(Shape::requirements, path, value, is_valid_distribution_name);
      case Shape::folders:
        return table_of(Shape::text, path, value, is_module_or_root);
      case Shape::patterns:
        return table_of(Shape::texts, path, value, is_module_or_all);
      case Shape::readme:
        return readme(path, value);
      case Shape::license:
        return license(path, value);
      case Shape::packages:
        return packages(path, value);
      case Shape::dynamic:
        return dynamic(path, value);
      case Shape::directives:
        return directives(path, value);
      default:
        return;
    }
  }

  void project_table(const PyValue& metadata) const {
    fields("project", metadata, project_fields);
    if (!metadata.is(PyKind::dict)) return;
    const PyValue* dynamic = dict_get(metadata, "dynamic");
    auto is_dynamic = [&](std::string_view field) {
      const auto is_it = [&](const PyValue& one) {
        return one.is(PyKind::string) && one.text == field;
      };
      return dynamic && dynamic->is(PyKind::list) &&
             std::any_of(dynamic->items->items.begin(), dynamic->items->items.end(), is_it);
    };
    if (!dict_get(metadata, "name")) refuse("[project] must contain 'name'", metadata.place);
    if (!dict_get(metadata, "version") && !is_dynamic("version"))
      refuse("[project] must contain 'version', or list it as dynamic", metadata.place);
    each("project", metadata, [&](const PyValue& key, const PyValue&, const std::string& path) {
      if (is_dynamic(key.text))
        refuse(fmt::format("'{}' is given, and listed as dynamic", path), key.place);
    });
  }

  // Before pip asks any backend (pip/_internal/pyproject.py).
  void build_system(const PyValue& table) const {
    auto refused_by_pip = [&](std::string message, const Place& place) {
      refuse(std::move(message), place, Refuser::pip);
    };
    const PyValue* list = dict_get(table, "requires");
    if (!table.is(PyKind::dict) || !list)
      return refused_by_pip("[build-system] must contain 'requires'", table.place);
    if (!is_list_of_strings(*list))
      return refused_by_pip("'build-system.requires' must be a list of strings", list->place);
    for (const PyValue& one : list->items->items)
      if (Result<ParsedRequirement> parsed = parse_requirement(one.text); !parsed)
        refused_by_pip(fmt::format("'{}' in build-system.requires is no requirement by PEP 508: {}",
                                   one.text, parsed.error()),
                       one.place);
    const PyValue* backend = dict_get(table, "build-backend");
    if (!backend || !backend->is(PyKind::string)) return;
    const bool own = backend->text.starts_with("setuptools.") && !dict_get(table, "backend-path");
    if (own && backend->text != "setuptools.build_meta" &&
        backend->text != "setuptools.build_meta:__legacy__")
      refused_by_pip(fmt::format("there is no build backend '{}'", backend->text), backend->place);
    else if (own && !list->items->items.empty() && lacks_setuptools(list->items->items))
      refused_by_pip(
          fmt::format("'{}' cannot be imported, since build-system.requires names no setuptools",
                      backend->text),
          backend->place);
  }
};

}  // namespace

void check_pyproject(const PyValue& pyproject, Project& project) {
  const Checker checker{project};
  const PyValue* tools = dict_get(pyproject, "tool");
  const PyValue* tool = tools ? dict_get(*tools, "setuptools") : nullptr;
  if (const PyValue* metadata = dict_get(pyproject, "project")) checker.project_table(*metadata);
  if (tool) checker.fields("tool.setuptools", *tool, tool_fields);
}

void check_build_system(const PyValue& pyproject, Project& project) {
  if (const PyValue* table = dict_get(pyproject, "build-system"))
    Checker{project}.build_system(*table);
}

}  // namespace trainlint
