#include "lint/rule/job_fields.h"

#include <algorithm>
#include <charconv>

#include "lint/arguments/convert.h"
#include "lint/rule/import_failure.h"
#include "rules/facts/job_fields.h"

namespace trainlint {

namespace {

using facts::job_fields::Enumeration;
using facts::job_fields::Field;

const Field* find_field(std::string_view message, std::string_view name) {
  for (const Field& field : facts::job_fields::fields)
    if (field.message == message && field.name == name) return &field;
  return nullptr;
}

std::string plain(std::string_view name) {
  std::string letters;
  for (char c : name)
    if (c != '_' && c != '-') letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return letters;
}

void find_nearest(JobFault& fault, std::string_view wanted, const std::vector<std::string>& names) {
  fault.nearest = nearest_name(wanted, names);
  for (const std::string& name : names) {
    if (plain(name) != plain(wanted)) continue;
    fault.nearest = name;
    fault.other_spelling = true;
  }
}

std::vector<std::string> fields_of(std::string_view message) {
  std::vector<std::string> names;
  for (const Field& field : facts::job_fields::fields)
    if (field.message == message) names.emplace_back(field.name);
  return names;
}

bool is_python_number(const JobValue& value, bool real) {
  switch (value.shape) {
    case JobShape::boolean:
    case JobShape::integer:
      return true;
    case JobShape::number:
      return real;
    case JobShape::text:
      return real ? python_float(value.text).has_value() : python_int(value.text).has_value();
    default:
      return false;
  }
}

// What gcloud's decoder (apitools) takes for a field of this type: one value, not null.
bool decodes(std::string_view type, const JobValue& value) {
  if (value.shape == JobShape::date) return false;
  if (type == "string" || type == "bytes") return value.shape == JobShape::text;
  if (type == "bool") return value.shape == JobShape::boolean;
  if (type == "int32" || type == "int64") return is_python_number(value, false);
  if (type == "double") return is_python_number(value, true);
  if (type == "message" || type == "map") return value.shape == JobShape::mapping;
  return true;  // an enumeration is looked at elsewhere
}

std::string_view wanted_for(std::string_view type) {
  if (type == "string" || type == "bytes") return "a string";
  if (type == "bool") return "true or false";
  if (type == "int32" || type == "int64") return "an integer";
  if (type == "double") return "a number";
  return "a mapping";
}

class Decoder {
 public:
  explicit Decoder(const JobFile& file) : file_(file) {}

  std::vector<JobFault> decode(std::string_view message) {
    // gcloud looks for the scale tier before it decodes anything.
    for (const JobEntry& entry : file_.root.entries)
      if (entry.key == "trainingInput" && file_.kind == JobKind::training && entry.value.known &&
          entry.value.empty())
        wrong_type(entry, entry.value, "a mapping", "");
    if (file_.root.shape == JobShape::mapping) mapping(file_.root, message, "");
    return std::move(faults_);
  }

 private:
  JobFault& add(JobFaultKind kind, Span span, const std::string& key, const std::string& path) {
    faults_.push_back({kind, {file_.path, span}, key, path, "", "", std::nullopt});
    return faults_.back();
  }

  void wrong_type(const JobEntry& entry, const JobValue& value, std::string_view wanted,
                  const std::string& path) {
    JobFault& fault = add(JobFaultKind::wrong_type, value.span, entry.key, path);
    fault.found = shown_value(value);
    fault.wanted = wanted;
  }

  // A number of the enumeration: Google's JSON takes it as well. Truth values are numbers to
  // Python.
  static bool is_number(const JobValue& value) {
    return value.shape == JobShape::boolean || value.shape == JobShape::integer;
  }

  // gcloud's decoder stumbles over what is false to Python, and is lenient about all else.
  static bool is_false(const JobValue& value) {
    static constexpr std::string_view words[] = {"n", "no", "false", "off"};
    std::string text = plain(value.text);
    return (value.shape == JobShape::mapping && value.entries.empty()) ||
           (value.shape == JobShape::boolean &&
            std::find(std::begin(words), std::end(words), text) != std::end(words));
  }

  void word(const JobEntry& entry, const JobValue& value, const Field& field,
            const std::string& path) {
    if (is_false(value)) return wrong_type(entry, value, "one of a few words", path);
    if (is_number(value)) return;
    for (const Enumeration& one : facts::job_fields::enumerations) {
      if (one.name != field.of) continue;
      const bool is_word = value.shape == JobShape::text || value.shape == JobShape::number;
      if (is_word &&
          std::find(one.values.begin(), one.values.end(), value.text) != one.values.end())
        return;
      JobFault& fault = add(JobFaultKind::unknown_word, value.span, entry.key, path);
      fault.found = is_word ? value.text : shown_value(value);
      if (is_word) find_nearest(fault, value.text, {one.values.begin(), one.values.end()});
    }
  }

  void value(const JobEntry& entry, const JobValue& given, const Field& field,
             const std::string& path) {
    if (!given.known || field.type == "any") return;
    const std::string inner = path.empty() ? entry.key : path + "." + entry.key;
    if (field.type == "enum" && given.shape != JobShape::date) {
      word(entry, given, field, path);
    } else if (given.shape == JobShape::nothing || !decodes(field.type, given)) {
      // Nothing at all is wrong as an element of a list.
      wrong_type(entry, given, wanted_for(field.type), path);
    } else if (field.type == "message") {
      mapping(given, field.of, inner);
    } else if (field.type == "map") {
      for (const JobEntry& label : given.entries)
        if (label.value.known && label.value.shape != JobShape::text &&
            label.value.shape != JobShape::nothing)
          wrong_type(label, label.value, "a string", inner);
    }
  }

  void mapping(const JobValue& given, std::string_view message, const std::string& path) {
    for (const JobEntry& entry : given.entries) {
      const Field* field = find_field(message, entry.key);
      if (field == nullptr) {
        if (entry.key.find_first_of("${<") != std::string::npos) continue;
        JobFault& fault = add(JobFaultKind::unknown_key, entry.key_span, entry.key, path);
        find_nearest(fault, entry.key, fields_of(message));
        continue;
      }
      // Only the strict decoder minds an enumeration without a value.
      if (entry.value.empty() && (field->type != "enum" || !is_strict(file_))) continue;
      if (!field->repeated && entry.value.shape == JobShape::list && field->type != "enum" &&
          field->type != "any") {
        wrong_type(entry, entry.value, wanted_for(field->type), path);
        continue;
      }
      for (const JobValue* item :
           field->repeated ? entry.value.each() : std::vector<const JobValue*>{&entry.value})
        value(entry, *item, *field, path);
    }
  }

  const JobFile& file_;
  std::vector<JobFault> faults_;
};

}  // namespace

std::vector<JobFault> job_faults(const JobFile& file) {
  static constexpr std::string_view messages[] = {"ml.Job", "vertex.CustomJobSpec",
                                                  "vertex.HyperparameterTuningJob"};
  if (file.sdk) return {};  // what it does not take it refuses itself, in its own words
  return Decoder(file).decode(messages[static_cast<size_t>(file.kind)]);
}

std::optional<double> job_number(const JobValue* value) {
  if (value == nullptr || !value->known || !value->scalar()) return std::nullopt;
  std::string text = value->text;
  text.erase(std::remove(text.begin(), text.end(), '_'), text.end());
  if (text.starts_with('+')) text.erase(0, 1);
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const bool octal = value->shape == JobShape::integer && text.size() > 1 && text[0] == '0';
  return octal ? std::nullopt : std::optional(number);
}

const std::string* job_text(const JobValue* value) {
  return value != nullptr && value->known && value->scalar() && value->shape != JobShape::nothing
             ? &value->text
             : nullptr;
}

std::string shown_value(const JobValue& value) {
  constexpr size_t longest = 60;
  if (value.shape == JobShape::nothing) return "nothing";
  if (value.shape == JobShape::list) return "a list";
  if (value.shape == JobShape::mapping) return "a mapping";
  std::string text = value.text.substr(0, value.text.find('\n'));
  if (text.size() > longest) text = text.substr(0, longest) + "...";
  return "'" + text + "'";
}

}  // namespace trainlint
