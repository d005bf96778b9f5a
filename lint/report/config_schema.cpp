#include <set>

#include "lint/config/keys.h"
#include "lint/report/json_parts.h"
#include "lint/report/report.h"

namespace trainlint {

namespace {

Json names_json() {
  std::set<std::string> names;
  for (const RuleEntry& entry : all_rules()) {
    names.emplace(entry.rule->name);
    names.emplace(entry.group);
  }
  return Json(names);
}

Json list_of(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

Json type_json(const Key& key) {
  switch (key.type) {
    case KeyType::text:
      return {{"type", "string"}};
    case KeyType::boolean:
      return {{"type", "boolean"}};
    case KeyType::choice:
      return {{"enum", split(key.choices, '|')}};
    case KeyType::texts:
      return list_of({{"type", "string"}});
    case KeyType::names:
      return list_of({{"$ref", "#/definitions/name"}});
    case KeyType::severities:
      return {{"type", "object"},
              {"propertyNames", {{"$ref", "#/definitions/name"}}},
              {"additionalProperties", {{"enum", split(key.choices, '|')}}}};
    case KeyType::name_tables:
      return {{"type", "object"},
              {"additionalProperties", list_of({{"$ref", "#/definitions/name"}})}};
    case KeyType::text_tables:
      return {{"type", "object"}, {"additionalProperties", list_of({{"type", "string"}})}};
    case KeyType::text_values:
      return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
  }
  return Json::object();
}

}  // namespace

std::string config_schema() {
  Json properties = Json::object();
  for (const Key& key : all_keys()) {
    Json property = {{"description", std::string(key.help)}};
    property.update(type_json(key));
    if (key.name == "python-version") property["pattern"] = "^[0-9]+\\.[0-9]+(\\.[0-9]+)?$";
    if (key.name == "preinstalled")
      property["items"]["pattern"] = "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$";
    if (key.type == KeyType::boolean)
      property["default"] = key.standard == "true";
    else if (!key.standard.empty())
      property["default"] = std::string(key.standard);
    properties[std::string(key.name)] = std::move(property);
  }
  Json name = {{"description", "a rule or a group of rules"}, {"enum", names_json()}};
  return written({{"$schema", "http://json-schema.org/draft-07/schema#"},
                  {"title", "trainlint.toml"},
                  {"description", "Also the table [tool.trainlint] of pyproject.toml."},
                  {"type", "object"},
                  {"properties", std::move(properties)},
                  {"additionalProperties", false},
                  {"definitions", {{"name", std::move(name)}}}});
}

}  // namespace trainlint
