#include "lint/project/dump.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "lint/text/line_map.h"

namespace trainlint {

namespace {

struct Printer {
  const SourceTree& tree;
  std::string out;

  std::string show(const Place& place) const {
    if (place.path.empty() || !place.span) return place.path;
    Result<Bytes> text = tree.read(place.path);
    if (!text) return place.path;
    Position position = LineMap(**text).position(place.span->begin);
    return fmt::format("{}:{}:{}", place.path, position.line, position.column);
  }

  void line(const std::string& text, const Place& place) {
    std::string at = show(place);
    out += text + (at.empty() ? "\n" : "  (" + at + ")\n");
  }

  void value(const std::string& text) { out += " " + text; }
  void value(bool truth) { out += truth ? " true" : " false"; }
  void value(const Strings& texts) {
    if (texts.empty()) out += " none";
    for (const std::string& text : texts) out += "\n    " + text;
  }
  void value(const std::vector<Requirement>& all) {
    if (all.empty()) out += " none";
    for (const Requirement& one : all) out += "\n    " + one.text + "  (" + show(one.place) + ")";
  }
  template <class T>
  void value(const std::map<std::string, T>& map) {
    if (map.empty()) out += " none";
    for (const auto& [key, item] : map) {
      out += "\n    " + (key.empty() ? std::string("(all)") : key) + ":";
      inner(item);
    }
  }
  void inner(const std::string& text) { out += " " + text; }
  void inner(const Strings& texts) {
    for (const std::string& text : texts) out += " '" + text + "'";
  }
  void inner(const std::vector<Requirement>& all) {
    for (const Requirement& one : all) out += " '" + one.text + "'";
  }
  void value(const std::vector<std::pair<std::string, Strings>>& pairs) {
    if (pairs.empty()) out += " none";
    for (const auto& [folder, files] : pairs) {
      out += "\n    " + (folder.empty() ? std::string(".") : folder) + ":";
      inner(files);
    }
  }

  template <class T>
  void field(std::string_view name, const Value<T>& field) {
    if (field.is_absent()) return;
    out += fmt::format("{}:", name);
    if (field.is_unknown()) {
      line(" unknown: " + field.reason, field.place);
      return;
    }
    value(field.value);
    out += "\n";
  }

  void places(std::string_view name, const std::vector<std::pair<std::string, Place>>& all) {
    for (const auto& [text, place] : all) line(fmt::format("{}: {}", name, text), place);
  }
};

const char* origin_name(ProjectOrigin origin) {
  switch (origin) {
    case ProjectOrigin::generated:
      return "generated";
    case ProjectOrigin::setup_py:
      return "setup.py";
    case ProjectOrigin::setup_cfg:
      return "setup.cfg";
    case ProjectOrigin::pyproject:
      return "pyproject.toml";
    case ProjectOrigin::archive:
      return "archive";
  }
  return "";
}

// Calls visit(name, field) for every field.
template <class Visit>
void each_field(const Project& project, Visit visit) {
  visit("name", project.name);
  visit("version", project.version);
  visit("packages", project.packages);
  visit("package_dir", project.package_dir);
  visit("py_modules", project.py_modules);
  visit("package_data", project.package_data);
  visit("exclude_package_data", project.exclude_package_data);
  visit("include_package_data", project.include_package_data);
  visit("data_files", project.data_files);
  visit("scripts", project.scripts);
  visit("ext_modules", project.ext_modules);
  visit("install_requires", project.install_requires);
  visit("extras_require", project.extras_require);
  visit("python_requires", project.python_requires);
  visit("entry_points", project.entry_points);
}

}  // namespace

std::string dump_project(const Project& project, const SourceTree& tree) {
  Printer printer{tree, {}};
  printer.out += fmt::format("origin: {}\nbuild_backend: {}\n", origin_name(project.origin),
                             project.build_backend);
  for (const std::string& text : project.build_requires)
    printer.out += "build_requires: " + text + "\n";
  each_field(project,
             [&](std::string_view name, const auto& field) { printer.field(name, field); });
  for (const std::string& name : project.custom_commands)
    printer.out += "custom_command: " + name + "\n";
  for (const std::string& path : project.files_read) printer.out += "reads: " + path + "\n";
  printer.places("imports", project.imports);
  printer.places("note", project.notes);
  printer.places("fault", project.faults);
  if (project.failure) printer.line("failure: " + project.failure->first, project.failure->second);
  return printer.out;
}

using Json = nlohmann::ordered_json;

static Json as_json(const std::string& text) {
  return text;
}
static Json as_json(bool truth) {
  return truth;
}
static Json as_json(const Strings& texts) {
  return texts;
}
static Json as_json(const std::vector<Requirement>& all) {
  Json list = Json::array();
  for (const Requirement& one : all) list.push_back(one.text);
  return list;
}
template <class T>
static Json as_json(const std::map<std::string, T>& map) {
  Json object = Json::object();
  for (const auto& [key, value] : map) object[key] = as_json(value);
  return object;
}
static Json as_json(const std::vector<std::pair<std::string, Strings>>& pairs) {
  return pairs;
}

std::string project_json(const Project& project) {
  Json json = {{"origin", origin_name(project.origin)}, {"backend", project.build_backend}};
  json["fields"] = Json::object();
  json["unknown"] = Json::object();
  each_field(project, [&](std::string_view name, const auto& field) {
    if (field.is_known()) json["fields"][name] = as_json(field.value);
    if (field.is_unknown()) json["unknown"][name] = field.reason;
  });
  json["commands"] = project.custom_commands;
  json["reads"] = project.files_read;
  json["failure"] = project.failure ? Json(project.failure->first) : Json();
  json["faults"] = Json::array();
  for (const auto& [text, place] : project.faults) json["faults"].push_back(text);
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace trainlint
