// setup.cfg: [metadata] and [options] ("Configuring setuptools using setup.cfg files").
#include <algorithm>

#include "lint/project/fields.h"
#include "lint/project/ini.h"
#include "lint/project/pep440.h"
#include "lint/project/settings.h"

namespace trainlint {

namespace {

const std::string file_name = "setup.cfg";

std::string_view trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

struct Config {
  const SourceTree& tree;
  const Folders& folders;
  Project& project;
  Ini ini;

  Place place(const IniOption& option) const { return {file_name, option.span}; }

  // The option's value, with %% and %(name)s carried out.
  PyValue value(const IniSection& section, const IniOption& option) const {
    std::string raw = option.value(), out;
    for (size_t at = 0; at < raw.size(); at++) {
      if (raw[at] != '%') {
        out.push_back(raw[at]);
        continue;
      }
      size_t close = raw.find(")s", at);
      bool named = at + 1 < raw.size() && raw[at + 1] == '(' && close != std::string::npos;
      const IniOption* other = named ? section.find(raw.substr(at + 2, close - at - 2)) : nullptr;
      if (raw.substr(at).starts_with("%%")) {
        out.push_back('%'), at++;
      } else if (other && other != &option && other->value().find('%') == std::string::npos) {
        out += other->value(), at = close + 1;
      } else {
        return py_unknown("'%' that ConfigParser cannot replace", place(option));
      }
    }
    Place at = place(option);
    // Exact where the value stands on one line.
    if (option.lines.size() == 1 && out == option.lines[0].text)
      at.span =
          Span{option.lines[0].begin, option.lines[0].begin + static_cast<uint32_t>(out.size())};
    return py_string(out, at);
  }

  // Items of a list option: by lines where there are several, else by the separator.
  PyValue list(const PyValue& text, const IniOption& option, char separator) const {
    if (!text.is(PyKind::string)) return text;
    PyValue out = py_container(PyKind::list, {}, place(option));
    bool lines = text.text.find('\n') != std::string::npos;
    char at_char = lines ? '\n' : separator;
    for (size_t begin = 0, number = 0; begin <= text.text.size(); ++number) {
      size_t end = std::min(text.text.find(at_char, begin), text.text.size());
      std::string_view part = trimmed(std::string_view(text.text).substr(begin, end - begin));
      if (!part.empty()) {
        PyValue item =
            py_piece(text, static_cast<size_t>(part.data() - text.text.data()), part.size());
        if (lines) item.place = line_place(option, number, part, item.place);
        out.items->items.push_back(std::move(item));
      }
      begin = end + 1;
    }
    return out;
  }

  // Where the line of this number stands in a value, if it is written as it is read.
  static Place line_place(const IniOption& option, size_t number, std::string_view text,
                          Place otherwise) {
    if (number >= option.lines.size() || option.lines[number].text != text) return otherwise;
    const uint32_t begin = option.lines[number].begin;
    return {file_name, Span{begin, begin + static_cast<uint32_t>(text.size())}};
  }

  PyValue dict(const PyValue& text, const IniOption& option) const {
    PyValue items = list(text, option, ','), out = py_container(PyKind::dict, {}, place(option));
    if (!items.is(PyKind::list)) return items;
    for (const PyValue& item : items.items->items) {
      size_t equals = item.text.find('=');
      if (equals == std::string::npos)
        return py_unknown("'" + item.text + "' is not of the form key = value", item.place);
      dict_set(*out.items, py_string(std::string(trimmed(item.text.substr(0, equals)))),
               py_string(std::string(trimmed(item.text.substr(equals + 1))), item.place));
    }
    return out;
  }

  static Strings file_paths(std::string_view directive) {
    Strings paths;
    directive.remove_prefix(5);
    for (size_t begin = 0; begin <= directive.size();) {
      size_t end = std::min(directive.find(',', begin), directive.size());
      paths.emplace_back(trimmed(directive.substr(begin, end - begin)));
      begin = end + 1;
    }
    return paths;
  }

  // A value that may be "file: a, b".
  PyValue with_files(const PyValue& text) const {
    if (!text.is(PyKind::string) || !text.text.starts_with("file:")) return text;
    return read_named_files(tree, project, file_paths(text.text), text.place);
  }

  PyValue requirements(const IniSection& section, const IniOption& option) const {
    PyValue text = value(section, option), content = with_files(text);
    if (!content.is(PyKind::string)) return content;
    PyValue out = list(content, option, ';');
    if (content.text != text.text) out = py_container(PyKind::list, {content}, content.place);
    return out;
  }

  // setup.py names one of them: it may write it.
  bool is_written(const Strings& paths) const {
    Result<Bytes> script = tree.read("setup.py");
    return script && std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
             return (*script)->find(path) != std::string::npos;
           });
  }

  PyValue version(const PyValue& text) const {
    if (!text.is(PyKind::string)) return text;
    if (text.text.starts_with("attr:"))
      return version_text(
          read_attribute(tree, project, std::string(trimmed(text.text.substr(5))), text.place));
    PyValue content = with_files(text);
    if (content.is(PyKind::string)) content.text = trimmed(content.text);
    // setuptools looks at what a file gives before it has the version.
    if (text.text.starts_with("file:") && content.is(PyKind::string) && !project.failure &&
        !parse_version(content.text) && !is_written(file_paths(text.text)))
      project.failure = {"the version that '" + text.text + "' gives is '" + content.text +
                             "', which is none by PEP 440",
                         text.place};
    return content;
  }

  PyValue packages(const PyValue& text, const IniOption& option) const {
    if (!text.is(PyKind::string)) return text;
    std::string_view directive = trimmed(text.text);
    if (directive != "find:" && directive != "find_namespace:") return list(text, option, ',');
    FindOptions options;
    options.namespaces = directive == "find_namespace:";
    const IniSection* section = ini.find("options.packages.find");
    for (const IniOption& given : section ? section->options : std::vector<IniOption>{}) {
      PyValue items = list(value(*section, given), given, ',');
      if (!items.is(PyKind::list)) return items;
      Strings texts;
      for (const PyValue& item : items.items->items) texts.push_back(item.text);
      if (texts.empty()) continue;
      if (given.name == "where") options.where = collapsed_path(texts[0]);
      if (given.name == "include") options.include = texts;
      if (given.name == "exclude") options.exclude = texts;
    }
    return find_for_settings(folders, options, project, place(option));
  }

  // setuptools passes over what setup() gave already; what is unknown may or may not be empty.
  template <class T>
  static bool open(const Value<T>& field) {
    if (field.is_unknown()) return false;
    if constexpr (std::is_same_v<T, bool>)
      return field.is_absent() || !field.value;
    else
      return field.is_absent() || field.value.empty();
  }

  template <class T>
  void fill(Value<T>& field, const std::string& name, const PyValue& content) {
    if (!open(field)) return;
    field = {};
    apply_field(name, content, project);
  }

  void metadata(const IniSection& section) {
    for (const IniOption& option : section.options) {
      std::string name = option.name;
      std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c == '-' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      });
      PyValue text = value(section, option);
      if (name == "name")
        fill(project.name, name, text);
      else if (name == "version" && open(project.version))
        fill(project.version, name, version(text));
      else if (name == "license_files")
        fill(project.license_files, name, list(text, option, ','));
      else if (name == "license_file" && open(project.license_files))
        fill(project.license_files, name, text);
      else if (text.text.starts_with("file:") && text.is(PyKind::string) &&
               (name.ends_with("description") || name == "classifiers"))
        with_files(text);
    }
  }

  void options(const IniSection& section) {
    // Before packages, which fill it in where it is not given.
    if (const IniOption* given = section.find("package_dir"))
      fill(project.package_dir, "package_dir", dict(value(section, *given), *given));
    for (const IniOption& option : section.options) {
      std::string name = option.name;
      std::replace(name.begin(), name.end(), '-', '_');
      PyValue text = value(section, option);
      if (name == "packages" && open(project.packages))
        fill(project.packages, name, packages(text, option));
      else if (name == "py_modules")
        fill(project.py_modules, name, list(text, option, ','));
      else if (name == "scripts")
        fill(project.scripts, name, list(text, option, ','));
      else if (name == "install_requires" && open(project.install_requires))
        fill(project.install_requires, name, requirements(section, option));
      else if (name == "python_requires")
        fill(project.python_requires, name, text);
      else if (name == "entry_points")
        fill(project.entry_points, name, with_files(text));
      else if (name == "cmdclass")
        apply_field(name, dict(text, option), project);
      else if (name == "include_package_data")
        fill(project.include_package_data, name, boolean(text));
    }
  }

  static PyValue boolean(const PyValue& text) {
    if (!text.is(PyKind::string)) return text;
    std::string lower = text.text;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    PyValue out = py_bool(lower == "1" || lower == "true" || lower == "yes");
    out.place = text.place;
    return out;
  }

  // A section whose keys are the user's: package -> patterns, extra -> requirements.
  PyValue mapping(const IniSection& section, std::string_view kind) {
    PyValue out = py_container(PyKind::dict, {}, {file_name, section.span});
    for (const IniOption& option : section.options) {
      std::string key = option.name;
      if (kind != "extras_require" && kind != "data_files")
        std::replace(key.begin(), key.end(), '-', '_');
      PyValue item = kind == "extras_require" ? requirements(section, option)
                                              : list(value(section, option), option, ',');
      if (kind == "data_files" && item.is(PyKind::list)) item = globbed(item);
      dict_set(*out.items, py_string(key), std::move(item));
    }
    return out;
  }

  PyValue globbed(const PyValue& patterns) const {
    PyValue out = py_container(PyKind::list, {}, patterns.place);
    for (const PyValue& pattern : patterns.items->items) {
      if (pattern.text.find_first_of("*?[]{}") == std::string::npos) {
        out.items->items.push_back(py_string(collapsed_path(pattern.text), pattern.place));
        continue;
      }
      for (const std::string& file : glob_files(folders, collapsed_path(pattern.text), true))
        out.items->items.push_back(py_string(file, pattern.place));
    }
    return out;
  }

  void data_files(const IniSection& section) {
    PyValue pairs = py_container(PyKind::list, {}, {file_name, section.span});
    PyValue map = mapping(section, "data_files");
    for (size_t i = 0; i + 1 < map.items->items.size(); i += 2)
      pairs.items->items.push_back(
          py_container(PyKind::tuple, {map.items->items[i], map.items->items[i + 1]}, pairs.place));
    fill(project.data_files, "data_files", pairs);
  }

  void apply_section(const IniSection& section) {
    if (section.name == "options") return options(section);
    if (!section.name.starts_with("options.")) return;
    std::string kind = section.name.substr(8);
    if (kind == "package_data")
      fill(project.package_data, kind, mapping(section, kind));
    else if (kind == "exclude_package_data")
      fill(project.exclude_package_data, kind, mapping(section, kind));
    else if (kind == "extras_require")
      fill(project.extras_require, kind, mapping(section, kind));
    else if (kind == "entry_points")
      fill(project.entry_points, kind, mapping(section, kind));
    else if (kind == "data_files")
      data_files(section);
    else if (kind != "packages.find" && !project.failure)
      project.failure = {"unsupported distribution option section: [" + section.name + "]",
                         Place{file_name, section.span}};
  }
};

}  // namespace

// distutils asks for every option of every section, those of other tools among them, and
// ConfigParser stops at a '%' that it cannot replace.
static std::string interpolation_fault(const Ini& ini, const IniSection& section,
                                       const std::string& text) {
  const IniSection* defaults = ini.find("DEFAULT");
  for (size_t at = text.find('%'); at != std::string::npos; at = text.find('%', at)) {
    if (text.compare(at, 2, "%%") == 0) {
      at += 2;
      continue;
    }
    const size_t close = text.find(')', at);
    if (text.compare(at, 2, "%(") != 0) return "'%' must be followed by '%' or '('";
    if (close == std::string::npos || close == at + 2 || text.compare(close, 2, ")s") != 0)
      return "bad interpolation variable reference '" + text.substr(at) + "'";
    const std::string name = text.substr(at + 2, close - at - 2);
    if (!section.find(name) && !(defaults && defaults->find(name)))
      return "'%(" + name + ")s' names no option of section '" + section.name + "'";
    at = close + 2;
  }
  return "";
}

static void check_interpolation(const Ini& ini, Project& project) {
  if (project.failure) return;
  for (const IniSection& section : ini.sections)
    for (const IniOption& option : section.options) {
      const std::string fault = section.name == "DEFAULT"
                                    ? std::string()
                                    : interpolation_fault(ini, section, option.value());
      if (fault.empty()) continue;
      project.failure = {fault, Place{file_name, option.span}};
      return;
    }
}

void apply_setup_cfg(const SourceTree& tree, const Folders& folders, Project& project) {
  if (!tree.has_file(file_name)) return;
  Result<Bytes> text = tree.read(file_name);
  if (!text) return;
  Config config{tree, folders, project, parse_ini(**text)};
  if (config.ini.fault) {
    project.faults.emplace_back(config.ini.fault->first,
                                Place{file_name, config.ini.fault->second});
    return;
  }
  check_interpolation(config.ini, project);
  // Options come first, so that attr: knows package_dir.
  for (const IniSection& section : config.ini.sections) config.apply_section(section);
  if (const IniSection* metadata = config.ini.find("metadata")) config.metadata(*metadata);
}

}  // namespace trainlint
