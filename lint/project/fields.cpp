#include "lint/project/fields.h"

#include <algorithm>

#include "lint/project/discovery.h"

namespace trainlint {

// No field is nested deeper than a dict of lists of tuples.
static constexpr int deepest_field = 4;

static std::optional<PyValue> unusable(const PyValue& value, int depth) {
  if (value.is(PyKind::library)) return py_unknown("uses " + value.text, value.place);
  if (value.is(PyKind::iterator))
    return py_unknown("an iterator, which can be read only once", value.place);
  if (value.is(PyKind::string) && mentions_root(value.text))
    return py_unknown("depends on the folder's name", value.place);
  if (value.kind > PyKind::path)
    return py_unknown("a value of a kind that is not evaluated", value.place);
  if (value.container() && depth < deepest_field)
    for (const PyValue& item : value.items->items)
      if (auto why = unusable(item, depth + 1)) return why;
  return std::nullopt;
}

// Why a value that is not known is not known, and nullopt for one that can be used.
static std::optional<PyValue> obstacle(const PyValue& value) {
  if (auto why = first_unknown(value)) return why;
  return unusable(value, 0);
}

static void refuse(Project& project, const std::string& message, const PyValue& value) {
  if (!project.failure) project.failure = {message, value.place};
}

static void take_text(const PyValue& value, Value<std::string>& field) {
  if (value.is(PyKind::none)) return;
  if (auto why = obstacle(value)) return set_unknown(field, *why);
  // setuptools turns numbers into strings.
  if (auto text = value.container() || value.is(PyKind::bytes) ? std::nullopt : python_str(value))
    return set_known(field, *text, value.place);
  set_unknown(field,
              py_unknown("a " + std::string(type_name(value)) + ", not a string", value.place));
}

static std::optional<Strings> texts_of(const PyValue& value) {
  Strings out;
  if (value.is(PyKind::string)) {  // goes through as its letters
    for (char c : value.text) out.emplace_back(1, c);
    return out;
  }
  if (!value.container() || value.is(PyKind::dict)) return std::nullopt;
  for (const PyValue& item : value.items->items) {
    if (!item.is(PyKind::string)) return std::nullopt;
    out.push_back(item.text);
  }
  return out;
}

static void take_texts(const PyValue& value, Value<Strings>& field) {
  if (value.is(PyKind::none)) return;
  if (auto why = obstacle(value)) return set_unknown(field, *why);
  if (auto texts = texts_of(value)) return set_known(field, std::move(*texts), value.place);
  set_unknown(field, py_unknown("a " + std::string(type_name(value)) + ", not a list of strings",
                                value.place));
}

static void take_patterns(const PyValue& value, std::string_view name, Value<PatternMap>& field,
                          Project& project) {
  if (value.is(PyKind::none)) return;
  if (auto why = obstacle(value)) return set_unknown(field, *why);
  PatternMap out;
  bool valid = value.is(PyKind::dict);
  for (size_t i = 0; valid && i + 1 < value.items->items.size(); i += 2) {
    const PyValue &key = value.items->items[i], &list = value.items->items[i + 1];
    std::optional<Strings> texts = list.sequence() ? texts_of(list) : std::nullopt;
    valid = key.is(PyKind::string) && texts;
    if (valid) out[key.text == "*" ? "" : key.text] = std::move(*texts);
  }
  if (valid) return set_known(field, std::move(out), value.place);
  set_unknown(field, py_unknown("not a dict of lists of strings", value.place));
  refuse(project,
         "'" + std::string(name) +
             "' must be a dictionary mapping package names to lists of string wildcard patterns",
         value);
}

static void take_package_dir(const PyValue& value, Project& project) {
  auto& field = project.package_dir;
  if (value.is(PyKind::none)) return;
  if (!value.is(PyKind::dict) || first_unknown(value))
    return set_unknown(field, obstacle(value).value_or(py_unknown("not a dict", value.place)));
  std::map<std::string, std::string> out;
  for (size_t i = 0; i + 1 < value.items->items.size(); i += 2) {
    const PyValue &key = value.items->items[i], &folder = value.items->items[i + 1];
    std::string path = folder.text;
    if (path.starts_with(root_path))
      path = collapsed_path(std::string_view(path).substr(root_path.size()));
    if (!key.is(PyKind::string) || !folder.is(PyKind::string) || mentions_root(path))
      return set_unknown(
          field, obstacle(value).value_or(py_unknown("not a dict of strings", value.place)));
    out[key.text] = path;
  }
  set_known(field, std::move(out), value.place);
}

static void take_data_files(const PyValue& value, Project& project) {
  auto& field = project.data_files;
  if (value.is(PyKind::none)) return;
  if (auto why = obstacle(value)) return set_unknown(field, *why);
  std::vector<std::pair<std::string, Strings>> out;
  if (!value.container() || value.is(PyKind::dict))
    return set_unknown(field, py_unknown("not a list", value.place));
  for (const PyValue& item : value.items->items) {
    if (item.is(PyKind::string)) {
      out.push_back({"", {item.text}});
      continue;
    }
    std::optional<Strings> files;
    bool pair =
        item.sequence() && item.items->items.size() == 2 && item.items->items[0].is(PyKind::string);
    if (pair && item.items->items[1].container()) files = texts_of(item.items->items[1]);
    if (!files) return set_unknown(field, py_unknown("not a list of (folder, files)", item.place));
    out.push_back({item.items->items[0].text, std::move(*files)});
  }
  set_known(field, std::move(out), value.place);
}

static void take_extensions(const PyValue& value, Value<Strings>& field) {
  if (value.is(PyKind::none)) return;
  if (!value.sequence() || first_unknown(value))
    return set_unknown(field, obstacle(value).value_or(py_unknown("not a list", value.place)));
  Strings names;
  for (const PyValue& item : value.items->items) {
    bool extension = item.is(PyKind::library) && item.text == "Extension" && item.items;
    if (!extension)
      return set_unknown(field,
                         obstacle(item).value_or(py_unknown("not an Extension", item.place)));
    const PyValue& name = item.items->items[0];
    if (auto why = obstacle(name)) return set_unknown(field, *why);
    names.push_back(name.text);
  }
  set_known(field, std::move(names), value.place);
}

// `pending` is what lines that end with '\' have begun; it goes on in the next text of a list.
static void append_lines(const PyValue& text, std::string& pending, std::vector<Requirement>& out) {
  for (size_t begin = 0; begin <= text.text.size();) {
    size_t end = std::min(text.text.find('\n', begin), text.text.size());
    std::string_view line = std::string_view(text.text).substr(begin, end - begin);
    size_t first = std::min(line.find_first_not_of(" \t\r\f\v"), line.size());
    line.remove_prefix(first);
    // As pkg_resources does: comments from '#' at the start or after a space, '\' continues.
    if (line.starts_with('#')) line = {};
    line = line.substr(0, line.find(" #"));
    while (!line.empty() &&
           std::string_view(" \t\r\f\v").find(line.back()) != std::string_view::npos)
      line.remove_suffix(1);
    bool continued = line.ends_with('\\');
    if (continued) {
      line.remove_suffix(1);
      while (line.ends_with(' ')) line.remove_suffix(1);
      pending += line;
    } else if (!line.empty()) {
      bool whole = line.size() == text.text.size() && pending.empty();
      Place place = whole ? text.place : py_piece(text, begin + first, line.size()).place;
      out.push_back({pending + std::string(line), place});
      pending.clear();
    }
    begin = end + 1;
  }
}

void append_requirements(const PyValue& text, std::vector<Requirement>& out) {
  std::string pending;
  append_lines(text, pending, out);
}

// setuptools takes lists in lists as well.
static bool append_nested(const PyValue& value, std::string& pending,
                          std::vector<Requirement>& out) {
  if (value.is(PyKind::string)) return append_lines(value, pending, out), true;
  if (!value.container() || value.is(PyKind::dict)) return false;
  for (const PyValue& item : value.items->items)
    if (!append_nested(item, pending, out)) return false;
  return true;
}

static bool append_all(const PyValue& value, std::vector<Requirement>& out) {
  std::string pending;
  return append_nested(value, pending, out);
}

static void take_requirements(const PyValue& value, Project& project) {
  auto& field = project.install_requires;
  if (value.is(PyKind::none)) return;
  if (auto why = obstacle(value)) return set_unknown(field, *why);
  std::vector<Requirement> all;
  if (append_all(value, all))
    set_known(field, std::move(all), value.place);
  else
    set_unknown(field, py_unknown("not a string or list of strings", value.place));
  if (value.is(PyKind::set) || value.is(PyKind::dict) || value.numeric())
    refuse(project, "'install_requires' must be a string or list of strings", value);
}

static void take_extras(const PyValue& value, Project& project) {
  auto& field = project.extras_require;
  if (value.is(PyKind::none)) return;
  if (auto why = obstacle(value)) return set_unknown(field, *why);
  std::map<std::string, std::vector<Requirement>> out;
  bool valid = value.is(PyKind::dict);
  if (!valid)
    refuse(project,
           "'extras_require' must be a dictionary whose values are strings or lists of strings",
           value);
  for (size_t i = 0; valid && i + 1 < value.items->items.size(); i += 2) {
    const PyValue& key = value.items->items[i];
    valid = key.is(PyKind::string) && append_all(value.items->items[i + 1], out[key.text]);
  }
  if (valid) return set_known(field, std::move(out), value.place);
  set_unknown(field, py_unknown("not a dict of requirement lists", value.place));
}

std::map<std::string, Strings> entry_point_groups(std::string_view text) {
  std::map<std::string, Strings> groups;
  std::string group;
  for (size_t begin = 0; begin <= text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) continue;
    line = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
    if (line[0] == '#') continue;
    if (line.starts_with('[') && line.ends_with(']'))
      groups[group = line.substr(1, line.size() - 2)];
    else
      groups[group].emplace_back(line);
  }
  return groups;
}

static void take_entry_points(const PyValue& value, Project& project) {
  auto& field = project.entry_points;
  if (value.is(PyKind::none)) return;
  if (auto why = obstacle(value)) return set_unknown(field, *why);
  if (value.is(PyKind::string))
    return set_known(field, entry_point_groups(value.text), value.place);
  std::map<std::string, Strings> out;
  bool valid = value.is(PyKind::dict);
  for (size_t i = 0; valid && i + 1 < value.items->items.size(); i += 2) {
    const PyValue &key = value.items->items[i], &list = value.items->items[i + 1];
    valid = key.is(PyKind::string);
    if (!valid) break;
    std::optional<Strings> lines =
        list.is(PyKind::string) ? entry_point_groups(list.text)[""] : texts_of(list);
    valid = lines.has_value();
    if (valid) out[key.text] = std::move(*lines);
  }
  if (valid) return set_known(field, std::move(out), value.place);
  set_unknown(field, py_unknown("not a dict of lists of strings", value.place));
}

static void take_commands(const PyValue& value, Project& project) {
  if (value.is(PyKind::none)) return;
  bool complete = value.is(PyKind::dict) && value.items->lost.empty();
  for (size_t i = 0; complete && i + 1 < value.items->items.size(); i += 2) {
    if (value.items->items[i].is(PyKind::string))
      project.custom_commands.push_back(value.items->items[i].text);
    else
      complete = false;
  }
  if (complete) return;
  project.custom_commands.push_back("*");
  PyValue why = obstacle(value).value_or(py_unknown("not a dict of strings", value.place));
  project.notes.emplace_back("cmdclass: " + why.text, why.place);
}

// license_file is one pattern more.
static void take_license_file(const PyValue& value, Project& project) {
  auto& field = project.license_files;
  if (value.is(PyKind::none) || field.is_unknown()) return;
  if (auto why = obstacle(value)) return set_unknown(field, *why);
  if (!value.is(PyKind::string)) return;
  Strings all = field.value;
  all.push_back(value.text);
  set_known(field, std::move(all), value.place);
}

void apply_field(const std::string& name, const PyValue& value, Project& project) {
  if (name == "name")
    take_text(value, project.name);
  else if (name == "version")
    take_text(value, project.version);
  else if (name == "python_requires")
    take_text(value, project.python_requires);
  else if (name == "packages")
    take_texts(value, project.packages),
        project.packages_found_by = value.is(PyKind::list) ? value.text : "";
  else if (name == "py_modules")
    take_texts(value, project.py_modules);
  else if (name == "scripts")
    take_texts(value, project.scripts);
  else if (name == "license_files")
    take_texts(value, project.license_files);
  else if (name == "license_file")
    take_license_file(value, project);
  else if (name == "package_data")
    take_patterns(value, name, project.package_data, project);
  else if (name == "exclude_package_data")
    take_patterns(value, name, project.exclude_package_data, project);
  else if (name == "package_dir")
    take_package_dir(value, project);
  else if (name == "data_files")
    take_data_files(value, project);
  else if (name == "ext_modules")
    take_extensions(value, project.ext_modules);
  else if (name == "install_requires")
    take_requirements(value, project);
  else if (name == "extras_require")
    take_extras(value, project);
  else if (name == "entry_points")
    take_entry_points(value, project);
  else if (name == "cmdclass")
    take_commands(value, project);
  else if (name == "include_package_data") {
    if (value.is(PyKind::none)) return;
    std::optional<bool> holds = truth(value);
    if (holds)
      set_known(project.include_package_data, *holds, value.place);
    else
      set_unknown(project.include_package_data, obstacle(value).value_or(value));
  } else if (name == "use_scm_version" && truth(value) != false) {
    set_unknown(project.version, py_unknown("set by setuptools_scm", value.place));
    project.custom_commands.push_back("*");  // write_to makes a module
  }
}

// Every field that is not given may be among what was not evaluated.
static void lose_absent(const PyValue& why, Project& project) {
  auto lose_one = [&](auto& field) {
    if (field.is_absent()) set_unknown(field, why);
  };
  lose_one(project.name), lose_one(project.version), lose_one(project.packages),
      lose_one(project.package_data);
  lose_one(project.exclude_package_data), lose_one(project.include_package_data),
      lose_one(project.package_dir);
  lose_one(project.py_modules), lose_one(project.scripts), lose_one(project.data_files),
      lose_one(project.ext_modules);
  lose_one(project.install_requires), lose_one(project.extras_require),
      lose_one(project.python_requires);
  lose_one(project.entry_points);
}

void apply_arguments(const PyArguments& arguments, Project& project) {
  for (const auto& [name, value] : arguments.keywords) apply_field(name, value, project);
  if (arguments.lost) lose_absent(*arguments.lost, project);
  if (const PyValue* pbr = arguments.keyword("pbr"); pbr && truth(*pbr) != false)
    lose_absent(py_unknown("set by pbr", pbr->place), project);
}

}  // namespace trainlint
