#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/launch/job/job_file.h"
#include "lint/rule/rule.h"

namespace trainlint {

// A job file against the messages of its service, as gcloud decodes it:
// rules/facts/job_fields.toml.

enum class JobFaultKind : uint8_t {
  unknown_key,   // no field of the message
  wrong_type,    // gcloud cannot decode the value
  unknown_word,  // none of an enumeration
};

struct JobFault {
  JobFaultKind kind;
  Place place;                         // the key, or the value
  std::string key;                     // "maxTrials"
  std::string path;                    // "trainingInput.hyperparameters"; "" for the top level
  std::string found;                   // the value as written; for a list or mapping, what it is
  std::string wanted;                  // "a string"
  std::optional<std::string> nearest;  // of the words that are known there
  bool other_spelling = false;         // `nearest` differs in '_' and letter case only
};

// In the order of the file; nothing below a key or value that is at fault.
std::vector<JobFault> job_faults(const JobFile& file);

// Whether gcloud itself refuses keys and words that it does not know; else it sends them.
inline bool is_strict(const JobFile& file) {
  return file.kind == JobKind::hp_tuning;
}

// A scalar as a number: "0.001" as well as 0.001. nullopt where it is none, or not known.
std::optional<double> job_number(const JobValue* value);
// A known text; nullptr for all else.
const std::string* job_text(const JobValue* value);

// The value in messages: letters that a line cannot hold are left out, long ones cut.
std::string shown_value(const JobValue& value);

}  // namespace trainlint
