#include "lint/project/poetry.h"

#include <algorithm>

#include "lint/project/distribution_name.h"
#include "lint/project/fields.h"

namespace trainlint {

namespace {

// "1.2.3" as numbers; nullopt for all else.
std::optional<std::vector<long>> release_of(const std::string& text) {
  constexpr size_t most_digits = 6;
  std::vector<long> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('.', begin), text.size());
    const std::string part = text.substr(begin, end - begin);
    if (part.empty() || part.size() > most_digits ||
        part.find_first_not_of("0123456789") != std::string::npos)
      return std::nullopt;
    parts.push_back(std::stol(part));
    begin = end + 1;
  }
  return parts;
}

// The release before which `parts` ends when the number at `at` may not change: "1.2.3" and 1 give
// "1.3.0".
std::string next_release(const std::vector<long>& parts, size_t at) {
  std::string text;
  for (size_t i = 0; i < parts.size(); i++) {
    const long number = i < at ? parts[i] : i == at ? parts[i] + 1 : 0;
    text += (i ? "." : "") + std::to_string(number);
  }
  return text;
}

std::optional<std::string> range(const std::string& text, bool caret) {
  const auto parts = release_of(text);
  if (!parts) return std::nullopt;
  size_t at = parts->size() > 1 ? 1 : 0;
  if (caret)
    for (at = 0; at + 1 < parts->size() && (*parts)[at] == 0;) at++;
  return ">=" + text + ",<" + next_release(*parts, at);
}

// "1.2.*"
std::optional<std::string> wildcard(const std::string& text) {
  constexpr size_t written = 3;  // "1.0.0", however short it is
  auto parts = release_of(text.substr(0, text.size() - 2));
  if (!parts) return std::nullopt;
  const size_t at = parts->size() - 1;
  if (parts->size() < written) parts->resize(written);
  std::string from;
  for (long number : *parts) from += (from.empty() ? "" : ".") + std::to_string(number);
  return ">=" + from + ",<" + next_release(*parts, at);
}

// "~=1.4" is ">=1.4,<2.0"
std::optional<std::string> compatible(const std::string& text) {
  const auto parts = release_of(text);
  if (!parts || parts->size() < 2) return std::nullopt;
  return ">=" + text + ",<" + next_release(*parts, parts->size() - 2);
}

std::optional<std::string> single_constraint(std::string text) {
  if (text.starts_with("!=")) return text;
  if (text.starts_with("~=")) return compatible(text.substr(2));
  if (text.starts_with('^') || text.starts_with('~')) return range(text.substr(1), text[0] == '^');
  if (text.starts_with("==")) text.erase(0, 2);
  if (text.ends_with(".*")) return wildcard(text);
  if (text.empty() || text.find('*') != std::string::npos) return std::nullopt;
  return text[0] >= '0' && text[0] <= '9' ? "==" + text : text;
}

const PyValue* at(const PyValue* table, std::string_view key) {
  return table && table->is(PyKind::dict) ? dict_get(*table, key) : nullptr;
}

std::string text_of(const PyValue* value) {
  return value && value->is(PyKind::string) ? value->text : "";
}

// python = ">=3.8,<3.11" of a dependency, as a marker.
std::optional<std::string> python_marker(const std::string& text) {
  const std::optional<std::string> versions = poetry_constraint(text);
  if (!versions) return std::nullopt;
  std::string marker;
  for (size_t begin = 0; begin < versions->size();) {
    const size_t end = std::min(versions->find(',', begin), versions->size());
    const std::string one = versions->substr(begin, end - begin);
    const size_t digits = std::min(one.find_first_of("0123456789"), one.size());
    const std::string version = one.substr(digits);
    const bool full = std::count(version.begin(), version.end(), '.') > 1;
    marker += (marker.empty() ? "" : " and ") +
              std::string(full ? "python_full_version " : "python_version ") +
              one.substr(0, digits) + " \"" + version + "\"";
    begin = end + 1;
  }
  return marker;
}

std::string extras_of(const PyValue& table) {
  const PyValue* extras = at(&table, "extras");
  if (!extras || !extras->is(PyKind::list) || extras->items->items.empty()) return "";
  std::string text;
  for (const PyValue& extra : extras->items->items) text += (text.empty() ? "[" : ",") + extra.text;
  return text + "]";
}

// "name[extra]>=1,<2 ; marker"; nullopt for what is not evaluated.
std::optional<std::string> requirement_of(const std::string& name, const PyValue& given) {
  if (given.is(PyKind::string)) {
    const auto constraint = poetry_constraint(given.text);
    return constraint ? std::optional(name + *constraint) : std::nullopt;
  }
  if (!given.is(PyKind::dict)) return std::nullopt;
  for (std::string_view source : {"git", "path", "url", "file", "platform", "source"})
    if (at(&given, source)) return std::nullopt;
  const auto constraint = poetry_constraint(text_of(at(&given, "version")));
  if (!constraint) return std::nullopt;
  std::string text = name + extras_of(given) + *constraint;
  std::string marker = text_of(at(&given, "markers"));
  if (const std::string python = text_of(at(&given, "python")); !python.empty()) {
    const auto condition = python_marker(python);
    if (!condition) return std::nullopt;
    if (!condition->empty())
      marker = marker.empty()                             ? *condition
               : marker.find(" or ") == std::string::npos ? marker + " and " + *condition
                                                          : "(" + marker + ") and " + *condition;
  }
  return marker.empty() ? text : text + " ; " + marker;
}

bool is_optional(const PyValue& given) {
  const PyValue* optional = at(&given, "optional");
  return optional && truth(*optional).value_or(false);
}

// Such a one is installed for an extra only.
bool is_in_extras(const PyValue& poetry, const std::string& name) {
  const PyValue* extras = at(&poetry, "extras");
  for (size_t i = 1; extras && extras->is(PyKind::dict) && i < extras->items->items.size();
       i += 2) {
    const PyValue& names = extras->items->items[i];
    if (names.is(PyKind::list) &&
        std::any_of(names.items->items.begin(), names.items->items.end(), [&](const PyValue& one) {
          return canonical_name(one.text) == canonical_name(name);
        }))
      return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> poetry_constraint(const std::string& text) {
  if (text == "*" || text.empty()) return "";
  std::string plain;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == '|') return std::nullopt;
    if (text[i] != ' ') {
      plain += text[i];
      continue;
    }
    // ">=1 <2": a blank between two constraints is a comma.
    const size_t next = text.find_first_not_of(' ', i);
    if (next == std::string::npos) break;
    const bool operand =
        !plain.empty() && std::string_view("<>=!~^,").find(plain.back()) != std::string_view::npos;
    if (!plain.empty() && !operand && text[next] != ',') plain += ',';
    i = next - 1;
  }
  std::string all;
  for (size_t begin = 0; begin < plain.size();) {
    const size_t end = std::min(plain.find(',', begin), plain.size());
    const auto one = single_constraint(plain.substr(begin, end - begin));
    if (!one) return std::nullopt;
    all += (all.empty() ? "" : ",") + *one;
    begin = end + 1;
  }
  return all;
}

void apply_poetry_dependencies(const PyValue& poetry, Project& project) {
  const PyValue* given_table = at(&poetry, "dependencies");
  if (!given_table || !given_table->is(PyKind::dict)) return;
  const PyValue& table = *given_table;
  std::vector<Requirement> all;
  project.install_requires = {};
  for (size_t i = 0; i + 1 < table.items->items.size(); i += 2) {
    const std::string& name = table.items->items[i].text;
    const PyValue& given = table.items->items[i + 1];
    if (name == "python") {
      const auto versions = poetry_constraint(text_of(&given));
      if (versions)
        set_known(project.python_requires, *versions, given.place);
      else
        set_unknown(project.python_requires,
                    py_unknown("poetry's 'python' is not evaluated", given.place));
      continue;
    }
    if (is_optional(given) && is_in_extras(poetry, name)) continue;
    const auto text = requirement_of(name, given);
    if (text)
      all.push_back({*text, given.place});
    else if (!project.install_requires.is_unknown())
      set_unknown(project.install_requires,
                  py_unknown("poetry's '" + name + "' is not evaluated", given.place));
  }
  if (!project.install_requires.is_unknown())
    set_known(project.install_requires, std::move(all), table.place);
}

}  // namespace trainlint
