#pragma once

#include <optional>
#include <string>

#include "lint/arguments/arguments.h"

namespace trainlint {

// What type= makes of one word.
struct Converted {
  bool refused = false;   // it raises what argparse reports
  std::string complaint;  // the message of an ArgumentTypeError; "" for argparse's own words
  bool complaint_known = true;
  bool may_refuse = false;  // not known whether it raises
  PyValue value;            // unknown where it is not evaluated
};

// `type` as in Option; None keeps the word. Functions of the package are carried out.
Converted convert(Interpreter* interpreter, const PyValue& type, const std::string& word);

// As Python's int(text) and float(text); nullopt for ValueError. An integer that does not fit is an
// unknown value.
std::optional<PyValue> python_int(const std::string& text);
std::optional<PyValue> python_float(const std::string& text);

// type.__name__, which argparse prints.
std::string name_of_type(const PyValue& type);

}  // namespace trainlint
