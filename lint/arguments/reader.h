#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "lint/arguments/arguments.h"
#include "lint/arguments/convert.h"

namespace trainlint {

// Reads a command line with one parser, in the steps and in the order of argparse.py of CPython
// 3.11: options are recognised first, then positional and optional arguments take turns, then what
// is missing is reported. Stops at the first error, or where something decides that is not known.
class CommandLineReader {
 public:
  CommandLineReader(const ArgumentParser& parser, Interpreter* interpreter, std::string program)
      : parser_(parser), interpreter_(interpreter) {
    judgement_.program = parser.program;
    if (judgement_.program.empty()) judgement_.program = std::move(program);
  }

  // Values that are there before the first word is read, and the destinations given for them.
  void start_with(std::vector<Received> received, std::vector<std::string> given) {
    judgement_.received = std::move(received);
    judgement_.given = std::move(given);
  }
  // parse_known_args(words): extras are left in the result.
  Judgement read(const std::vector<std::string>& words);

 private:
  // What a word may be taken for: an option (null for one that does not exist) and what stands
  // after its "=".
  struct Recognised {
    const Option* option = nullptr;
    std::string flag;
    std::optional<std::string> attached;
  };

  // reader.cpp
  bool stopped() const { return judgement_.outcome != Outcome::accepted; }
  void refuse(std::string message, const Option* option = nullptr);
  void refuse_argument(const Option& option, const std::string& message);
  void give_up(std::string why);
  void set_defaults();
  void recognise_all();
  std::optional<Recognised> recognise(const std::string& word);
  std::vector<Recognised> abbreviated(const std::string& word) const;
  void take_turns();
  size_t take_option(size_t at);
  size_t take_attached(Recognised& found, size_t at,
                       std::vector<std::pair<Recognised, std::vector<std::string>>>& taken);
  size_t take_positionals(size_t at);
  std::optional<size_t> match(const Option& option, std::string_view pattern);
  void report_count(const Option& option);
  void check_required();
  void check_groups();
  void convert_defaults();

  // reader_values.cpp
  void take(const Option& option, std::vector<std::string> words, const std::string& flag);
  std::optional<PyValue> values_of(const Option& option, std::vector<std::string>& words,
                                   bool& is_default);
  std::optional<PyValue> default_of(const Option& option, bool& is_default);
  std::optional<PyValue> value_of(const Option& option, const std::string& word);
  bool check_choice(const Option& option, const PyValue& value);
  void act(const Option& option, PyValue value, const std::string& flag);
  void append(const Option& option, const PyValue& value, bool extend);
  void count(const Option& option);
  void run_command(const Option& option, const PyValue& value);
  bool conflicts(const Option& option);
  PyValue* find(const std::string& dest);
  void set(const Option& option, PyValue value);
  void set(const std::string& dest, PyValue value);

  const ArgumentParser& parser_;
  Interpreter* interpreter_;
  Judgement judgement_;
  std::vector<std::string> words_;
  std::string pattern_;  // of each word: O for an option, A for an argument, - for "--"
  std::map<size_t, Recognised> found_;
  std::vector<const Option*> positionals_;  // still to be read
  std::set<const Option*> seen_, seen_with_value_;
  std::vector<std::string> command_extras_;  // what sub-commands leave: after all others
};

// parse_known_intermixed_args(words).
Judgement read_intermixed(const ArgumentParser& parser, Interpreter* interpreter,
                          const std::string& program, const std::vector<std::string>& words);

// The words with those of the files that some of them name, looked for from the tree's root;
// nullopt where a file is not there.
std::optional<std::vector<std::string>> words_with_files(const ArgumentParser& parser,
                                                         const SourceTree& tree,
                                                         const std::vector<std::string>& words);

// The option as argparse names it in messages: "--name/-n", a metavar or a destination.
std::string name_of(const Option& option);

}  // namespace trainlint
