#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/text/result.h"
#include "lint/text/span.h"

namespace trainlint {

// A job file: what gcloud reads with --config, YAML or JSON.

enum class JobShape : uint8_t {
  nothing,  // null, or no value at all
  text,
  boolean,
  integer,
  number,
  date,  // which no field of the services takes
  list,
  mapping,
};

struct JobEntry;

// A value of the file as gcloud's reader (YAML 1.1) takes it, so that `y` is a truth value and 2.10
// the number 2.1.
struct JobValue {
  JobShape shape = JobShape::nothing;
  std::string text;   // of a scalar, without quotes
  Span span;          // of a list or mapping: its first line
  bool known = true;  // false: it holds a variable that is replaced before gcloud reads the file
  std::vector<JobValue> items;
  std::vector<JobEntry> entries;  // in the order of the file; of keys given twice the first

  bool scalar() const { return shape != JobShape::list && shape != JobShape::mapping; }
  bool empty() const;                                // unset, as far as gcloud is concerned
  const JobValue* find(std::string_view key) const;  // null where it is not there or unset
  // Where one leads through mappings: "trainingInput", "hyperparameters".
  const JobValue* find(std::initializer_list<std::string_view> keys) const;
  // The value as a list: a repeated field takes one value without the brackets.
  std::vector<const JobValue*> each() const;
};

struct JobEntry {
  std::string key;
  Span key_span;
  JobValue value;
};

enum class JobKind : uint8_t {
  training,    // AI Platform: a Job with trainingInput
  custom_job,  // Vertex AI: a CustomJobSpec with workerPoolSpecs
  hp_tuning,   // Vertex AI: a HyperparameterTuningJob with studySpec
};

// Why a file is taken to be about a package.
enum class JobBinding : uint8_t {
  given,    // by --job-config
  command,  // a command names both
  folder,   // it is the nearest package to its folder
};

struct JobFile {
  std::string path;  // below the package's root, or "../x"
  JobKind kind = JobKind::training;
  JobBinding binding = JobBinding::folder;
  bool alone = true;  // there is no other package that it may be about
  bool sdk = false;   // no file: what a Python program hands to Vertex AI's SDK
  std::string text;
  JobValue root;
};

// The worker pools of a Vertex AI job, or of the trials of its study; none where they are not
// given.
std::vector<const JobValue*> worker_pools(const JobFile& file);

// The values of a text. Fails for what is no YAML, or too large or deep to be a job file.
Result<JobValue> read_job_values(std::string_view text);

// Which service's file the values are, by their top-level keys; "training_input" counts as well.
// nullopt for any other file.
std::optional<JobKind> recognise_job(const JobValue& root);

// Whether a text may be a job file at all, before it is parsed.
bool mentions_job(std::string_view text);

std::string_view to_string(JobKind kind);

}  // namespace trainlint
