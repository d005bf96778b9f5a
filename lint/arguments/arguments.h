#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/launch/launch.h"
#include "lint/project/interpreter.h"
#include "lint/python/module.h"
#include "lint/source/tree.h"

namespace trainlint {

// What command line the entry module takes: found by carrying out its statements, and those of what
// it imports and calls, as far as the package's own files tell. Values that are not known are
// unknown values; a parser that may have options which were not seen is open.

enum class ActionKind : uint8_t {
  store,
  store_const,
  store_true,
  store_false,
  append,
  append_const,
  extend,
  count,
  help,
  version,
  commands,  // add_subparsers()
  boolean,   // BooleanOptionalAction
  custom,    // a class of the package's own, or one that is not known
};

enum class Nargs : uint8_t {
  one,        // not given: one argument, no list
  number,     // N: a list; 0 for actions without arguments
  optional,   // ?
  any,        // *
  some,       // +
  remainder,  // ...
  parser,     // A...: a sub-command and its arguments
  suppress,
  unknown,
};

// Whose rules a command line is read by.
enum class ArgumentLibrary : uint8_t { argparse, absl, tf_flags, click, typer, fire, docopt, argv };

struct ArgumentParser;

// One add_argument(), DEFINE_...() or click.option().
struct Option {
  std::vector<std::string> flags;  // "--job-dir"; none for a positional argument
  std::string dest;
  bool no_dest = false;  // dest is argparse.SUPPRESS
  bool dest_known = true;
  ActionKind action = ActionKind::store;
  Nargs nargs = Nargs::one;
  int64_t count = 0;                   // of Nargs::number
  PyValue constant;                    // const=, None where it is not given
  PyValue preset;                      // default=
  bool no_default = false;             // default is argparse.SUPPRESS
  PyValue type;                        // None, a library's name such as "int", a function
  PyValue choices;                     // None where any value will do
  PyValue lowest, highest;             // bounds of absl and click, None where there are none
  bool ignores_case = false;           // of choices
  std::vector<std::string> negations;  // click's "--no-shuffle"
  std::string doubt;  // why a value of its may be refused after all; "" where none is
  std::string metavar;
  bool required = false;
  bool required_known = true;
  bool hidden = false;  // help=argparse.SUPPRESS
  std::vector<std::pair<std::string, std::shared_ptr<ArgumentParser>>> commands;
  Place place;       // the call
  Place type_place;  // of type=, default= and nargs= where they are written
  Place default_place;
  Place nargs_place;

  bool positional() const { return flags.empty(); }
};

struct ExclusiveGroup {
  bool required = false;
  std::vector<std::shared_ptr<Option>> options;
};

struct ArgumentParser {
  ArgumentLibrary library = ArgumentLibrary::argparse;
  std::vector<std::shared_ptr<Option>> options;  // in the order in which they were added
  std::vector<std::pair<std::string, std::shared_ptr<Option>>> flags;  // each option string
  std::vector<ExclusiveGroup> exclusive;
  std::vector<std::pair<std::string, PyValue>> defaults;  // set_defaults()
  std::string program;                                    // "" is the file's name
  std::string prefixes = "-";
  std::string file_prefixes;  // fromfile_prefix_chars
  std::optional<PyValue> argument_default;
  bool abbreviations = true;
  bool resolves_conflicts = false;
  bool exits_on_error = true;
  bool negative_number_flags = false;
  bool ignores_unknown = false;       // click's ignore_unknown_options
  bool allows_extra = false;          // and allow_extra_args
  bool interspersed = true;           // options may follow arguments
  bool runs_without_command = false;  // invoke_without_command of a click group
  std::string doubt;                  // why a command line that fits may be refused all the same
  std::optional<std::string> open;    // why there may be options that were not seen
  std::optional<Place> open_place;
  Place place;

  const Option* find(std::string_view flag) const;  // exactly this option string
};

enum class ParseKind : uint8_t { strict, known, intermixed, known_intermixed };

// What a parser is given to read.
enum class ParseInput : uint8_t {
  command_line,  // sys.argv[1:]
  rest,          // what an earlier parse_known_args() has left
  other,         // something written out, or not known
};

// One call of parse_args() or a relative of it, with the parser as it was then.
struct Parse {
  std::shared_ptr<const ArgumentParser> parser;
  ParseKind kind = ParseKind::strict;
  ParseInput input = ParseInput::command_line;
  bool certain = true;          // carried out whenever the program gets that far
  bool into_namespace = false;  // namespace= is given
  Place place;
};

// A call that argparse answers with an exception.
struct ParserFault {
  std::string message;
  std::string flag;  // the option string that is there already, for a conflict
  Place place;
  Place first;  // where the same option was added before
};

// An element of sys.argv that the program reads; not `sure` where that may not come to pass.
struct ArgvElement {
  int64_t index = 0;
  bool sure = false;
  Place place;
};

struct Arguments {
  std::string program;        // the file's name, as argparse prints it
  std::vector<Parse> parses;  // in the order in which they are carried out
  std::optional<ParserFault> fault;
  std::vector<ArgvElement> elements;
  std::shared_ptr<Interpreter> interpreter;  // for conversions by the package's own functions
  std::shared_ptr<PyExtension> extension;    // what it works with

  // The one parser that reads the command line, where there is just one such call that is certain.
  const Parse* only_parse() const;
};

// `modules` are all of the tree; `entry` is the index of the one that is run. Both, and the tree,
// must outlive the result.
Arguments collect_arguments(const SourceTree& tree, const std::vector<Module>& modules,
                            const Module& entry, const Launch& launch);

// What a command line comes to.
enum class Outcome : uint8_t { accepted, refused, exits, not_known };

struct Received {
  std::string dest;
  PyValue value;
};

// Why it is refused.
enum class Refusal : uint8_t { none, unknown_option, missing, other };

struct Judgement {
  Outcome outcome = Outcome::accepted;
  Refusal refusal = Refusal::none;  // of libraries other than argparse
  std::string word;                 // the word that it is refused for, where there is one
  std::string message;              // after "error: " for refused; why for not_known
  std::string program;              // "task.py", or "task.py train" for a sub-command's error
  std::vector<Received> received;   // in the order in which argparse sets them
  std::vector<std::string> extras;  // what parse_known_args() leaves
  std::vector<std::string> given;   // the destinations that the command line itself sets
  const Option* option = nullptr;   // what the error is about, where it is one
};

// As parse_args() of CPython 3.11 would (parse_known_args() for a known parse).
Judgement judge(const Arguments& arguments, const Parse& parse,
                const std::vector<std::string>& words);

// The line that a refused program ends with: "task.py: error: ...", "Error: No such option: ...".
std::string last_words(const ArgumentParser& parser, const Judgement& judgement);
// What is said of an option string that there is not: "unrecognized arguments: --x".
std::string unknown_option_message(const ArgumentParser& parser, std::string_view flag);

std::string dump_arguments(const Arguments& arguments);
// One line with the outcome, then "  dest = value" lines in Python's notation.
std::string dump_judgement(const Judgement& judgement);
std::string_view to_string(Outcome outcome);

}  // namespace trainlint
