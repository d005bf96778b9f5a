#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/arguments/arguments.h"
#include "lint/rule/job_fields.h"

namespace trainlint {

// What a job file tunes, for AI Platform and Vertex AI alike.

struct TunedParameter {
  const JobFile* file = nullptr;
  std::string name;  // "" where it is not given or not known
  Place place;       // of the name, else of the parameter
  std::string type;  // DOUBLE, INTEGER, CATEGORICAL, DISCRETE; "" where it is not known
  Place type_place;
  const JobValue* values =
      nullptr;                      // that hold minValue, maxValue: the parameter or its value spec
  const JobValue* list = nullptr;   // of a CATEGORICAL or DISCRETE one
  const JobValue* scale = nullptr;  // scaleType
  const JobValue* spec = nullptr;   // all of it
  bool conditional = false;         // part of some trials only
};

// Those at the top, in order; conditional ones are left out.
std::vector<TunedParameter> tuned_parameters(const JobFile& file);
// With those below conditionalParameterSpecs, after the ones at the top.
std::vector<TunedParameter> all_tuned_parameters(const JobFile& file);

// Whether a file tunes a parameter of this name, at the top or below a condition.
bool is_tuned(const JobFile& file, const std::string& name);

// The hyperparameters or studySpec; null where the file tunes nothing.
const JobValue* tuning_spec(const JobFile& file);

// What becomes of "--name=value" on the trainer's command line.
struct TunedOption {
  const Option* option = nullptr;  // that takes it
  bool abbreviated = false;        // by the first letters of its name
};

// nullopt where the trainer's parser is not known well enough to say; `option` is null where it has
// none of this name.
std::optional<TunedOption> option_for(const ArgumentParser& parser, const std::string& name);

// A tuned parameter that has a name, and what the parser it meets makes of it.
struct MetParameter {
  TunedParameter parameter;
  const Parse* parse = nullptr;
  TunedOption taker;
};

// Those of all job files, conditional ones as well, where the parser is known well enough to say.
std::vector<MetParameter> met_parameters(const Package& package);

// The trainer's arguments of a job file: those under `args` and, as the service adds them to each
// trial, the tuned parameters with a value of theirs. `complete` is false where some are not known,
// or where the file may not be about this package.
struct JobArguments {
  bool complete = true;
  bool has_args = false;  // the file gives `args` at all
  std::vector<std::string> args, tuned;
  std::vector<Place> places;  // of `args`
};
JobArguments arguments_of(const Package& package, const JobFile& file);

// How a program ends that is started with "--name=value", whatever else it is given; nullopt where
// `option`, which takes the word, does not refuse it, or that is not known.
std::optional<Judgement> refusal_of(const Package& package, const Parse& parse,
                                    const Option& option, const std::string& word);

// Adds the tuned words that an option takes, each of them a good value on its own: what none takes,
// and what is refused, is told at the parameter itself. False where a word is left out for
// another reason than that no option takes it.
bool add_tuned_words(const Package& package, const Parse& parse,
                     const std::vector<std::string>& tuned, std::vector<std::string>& words);

// The parser that the parameters of a file meet; null where that is not known, or where the file
// may be about another package.
const Parse* parser_for(const Package& package, const JobFile& file);

}  // namespace trainlint
