// What gcloud's argument types take: lib/googlecloudsdk/calliope/arg_parsers.py.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "lint/launch/gcloud.h"
#include "rules/facts/gcloud.h"

namespace trainlint {

namespace {

using Choices = std::span<const std::string_view>;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

bool among(Choices choices, std::string_view value) {
  return std::find(choices.begin(), choices.end(), value) != choices.end();
}

// Python's int() takes blanks around and underscores inside as well.
bool is_integer(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  bool digit = false;
  for (char c : text) {
    bool now = c >= '0' && c <= '9';
    if (!now && (c != '_' || !digit)) return false;
    digit = now;
  }
  return digit;
}

bool is_positive(std::string_view text) {
  return is_integer(text) && text.find('-') == std::string_view::npos &&
         text.find_first_of("123456789") != std::string_view::npos;
}

struct Entry {
  std::string_view key, value;
  bool has_value = false;
};

std::vector<Entry> entries_of(std::string_view value) {
  std::vector<Entry> entries;
  for (std::string_view part : gcloud_list(value)) {
    size_t equals = part.find('=');
    if (equals == std::string_view::npos)
      entries.push_back({part, "", false});
    else
      entries.push_back({part.substr(0, equals), part.substr(equals + 1), true});
  }
  return entries;
}

// Bucket names: https://cloud.google.com/storage/docs/buckets#naming, as gcloud checks them.
bool is_bucket_name(std::string_view name) {
  auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (name.size() < 3 || name.size() > 222 || !plain(name.front()) || !plain(name.back()))
    return false;
  for (std::string_view rest = name; rest.size() > 63;) {
    const size_t dot = rest.find('.');
    if (dot > 63) return false;
    rest.remove_prefix(dot + 1);
  }
  // Four numbers would be an IP address.
  if (std::count(name.begin(), name.end(), '.') == 3 &&
      name.find_first_not_of("0123456789.") == std::string_view::npos)
    return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; });
}

std::string bucket_fault(std::string_view value, bool object) {
  std::string form = object ? "gs://bucket/object" : "gs://bucket";
  if (!value.starts_with("gs://")) return fmt::format("'{}' is not of the form {}", value, form);
  std::string_view rest = value.substr(5);
  size_t slash = rest.find('/');
  // A bucket alone where an object is wanted is taken as it is.
  const bool alone = slash == std::string_view::npos || slash + 1 == rest.size();
  if (object && alone && slash != 0 && !rest.empty()) return "";
  if (!is_bucket_name(rest.substr(0, slash)))
    return fmt::format("'{}' is no name of a bucket", rest.substr(0, slash));
  if (!object && slash != std::string_view::npos && slash + 1 < rest.size())
    return fmt::format("'{}' names an object, but a bucket is wanted: {}", value, form);
  return "";
}

// gcloud takes either letter case, and '_' for '-'.
std::string plain_choice(std::string_view value) {
  std::string plain = lower(value);
  std::replace(plain.begin(), plain.end(), '_', '-');
  return plain;
}

std::string accelerator_fault(std::string_view value) {
  bool type = false, count = false;
  for (const Entry& entry : entries_of(value)) {
    if (entry.key != "type" && entry.key != "count")
      return fmt::format("'{}' is neither type nor count", entry.key);
    if (entry.key == "count" && !is_positive(entry.value))
      return fmt::format("count: '{}' is no positive integer", entry.value);
    if (entry.key == "type" && !among(facts::gcloud::accelerators, plain_choice(entry.value)))
      return fmt::format("type: there is no '{}'", entry.value);
    (entry.key == "type" ? type : count) = true;
  }
  return type && count ? "" : "both type=... and count=... are wanted";
}

std::string worker_pool_fault(std::string_view value) {
  for (const Entry& entry : entries_of(value)) {
    if (!among(facts::gcloud::worker_pool_keys, entry.key))
      return fmt::format("there is no key '{}'", entry.key);
    if (!entry.has_value) return fmt::format("'{}' has no value", entry.key);
    bool number = entry.key == "replica-count" || entry.key == "accelerator-count";
    if (number && !is_integer(entry.value))
      return fmt::format("{}: '{}' is no integer", entry.key, entry.value);
  }
  return "";
}

std::string labels_fault(std::string_view value) {
  auto allowed = [](unsigned char c) {
    return c >= 0x80 || std::islower(c) || std::isdigit(c) || c == '_' || c == '-';
  };
  for (const Entry& entry : entries_of(value)) {
    if (!entry.has_value) return fmt::format("'{}' has no value", entry.key);
    bool good = !entry.key.empty() && entry.key.size() <= 63 &&
                (std::islower(static_cast<unsigned char>(entry.key[0])) ||
                 static_cast<unsigned char>(entry.key[0]) >= 0x80) &&
                std::all_of(entry.key.begin(), entry.key.end(), allowed);
    if (!good)
      return fmt::format("the key '{}' has other characters than a-z, 0-9, '_' and '-'", entry.key);
    if (entry.value.size() > 63 || !std::all_of(entry.value.begin(), entry.value.end(), allowed))
      return fmt::format("the value '{}' has other characters than a-z, 0-9, '_' and '-'",
                         entry.value);
  }
  return "";
}

std::string choice_fault(Choices choices, std::string_view value) {
  if (among(choices, plain_choice(value))) return "";
  return fmt::format("'{}' is none of {}", value, fmt::join(choices, ", "));
}

bool is_service_account(std::string_view value) {
  bool number = !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
  size_t at = value.find('@', 1);
  size_t dot = at == std::string_view::npos ? at : value.find('.', at + 2);
  return number || (dot != std::string_view::npos && dot + 1 < value.size());
}

}  // namespace

std::vector<std::string_view> gcloud_list(std::string_view value) {
  std::string_view separator = ",";
  if (value.size() > 1 && value[0] == '^') {
    size_t end = value.find('^', 1);
    if (end != std::string_view::npos && end > 1) {
      separator = value.substr(1, end - 1);
      value.remove_prefix(end + 1);
    }
  }
  std::vector<std::string_view> parts;
  if (value.empty()) return parts;
  for (size_t at; (at = value.find(separator)) != std::string_view::npos;) {
    parts.push_back(value.substr(0, at));
    value.remove_prefix(at + separator.size());
  }
  if (!value.empty()) parts.push_back(value);  // gcloud passes over a comma at the end
  return parts;
}

std::string gcloud_repeated_element(std::string_view kind, std::string_view first,
                                    std::string_view second) {
  auto told_by = [&](std::string_view part) {
    return kind == "list" ? part : part.substr(0, part.find('='));
  };
  for (std::string_view a : gcloud_list(first))
    for (std::string_view b : gcloud_list(second))
      if (told_by(a) == told_by(b)) return std::string(told_by(a));
  return "";
}

std::string gcloud_value_fault(std::string_view kind, Choices choices, std::string_view value) {
  auto refused = [&](bool good, std::string_view wanted) {
    return good ? "" : fmt::format("'{}' is no {}", value, wanted);
  };
  if (kind == "int") return refused(is_integer(value), "integer");
  if (kind == "count")
    return refused(value == "unlimited" || is_positive(value), "positive integer");
  if (kind == "bool") {
    std::string word = lower(value);
    return refused(word == "true" || word == "false" || word == "yes" || word == "no",
                   "true or false");
  }
  if (kind == "bucket" || kind == "object") return bucket_fault(value, kind == "object");
  if (kind == "accelerator") return accelerator_fault(value);
  if (kind == "worker_pool") return worker_pool_fault(value);
  if (kind == "labels") return labels_fault(value);
  if (kind == "choice") return choice_fault(choices, value);
  if (kind == "word" && !among(choices, value))
    return fmt::format("'{}' is none of {}", value, fmt::join(choices, ", "));
  if (kind == "service_account") return refused(is_service_account(value), "service account");
  return "";
}

}  // namespace trainlint
