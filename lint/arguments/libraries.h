#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/arguments/argparse.h"

namespace trainlint {

// Libraries other than argparse that read command lines. Each notes in `Arguments` what it would
// read, with the options that are written out; what cannot be seen makes a parser open.

// Notes a parser that reads the command line here.
void note_parse(Interpreter& interpreter, Arguments& result, ArgumentParser parser,
                const PyArguments& call, ParseKind kind, ParseInput input);
// The same option, also under this option string.
void add_flag(ArgumentParser& parser, const std::string& flag,
              const std::shared_ptr<Option>& option);

// absl.flags, and tf.app.flags, which is the same with another runner.
class Flags {
 public:
  // `others` is what may define flags too, "" for nothing.
  Flags(Arguments& result, std::string others);
  // A call of DEFINE_string(), FLAGS(sys.argv), app.run(main) and their relatives.
  std::optional<PyValue> call(Interpreter& interpreter, const std::string& function,
                              const PyArguments& arguments, bool collecting);

 private:
  void define(Interpreter& interpreter, std::string_view kind, const PyArguments& arguments);
  bool add_rest(Interpreter& interpreter, Option& option, std::string_view kind,
                const PyArguments& arguments);
  void define_alias(const PyArguments& arguments);
  void require(const PyValue* name);
  std::optional<PyValue> run(Interpreter& interpreter, const std::string& function,
                             const PyArguments& arguments, bool collecting);

  Arguments& result_;
  std::string others_;
  ArgumentParser parser_;
  bool defined_ = false;
};

// click and, built on it, typer.
class Click {
 public:
  explicit Click(Arguments& result) : result_(result) {}
  static bool decorates(std::string_view function);
  std::optional<PyValue> call(Interpreter& interpreter, const std::string& function,
                              const PyArguments& arguments);
  std::optional<PyValue> method(Interpreter& interpreter, const PyValue& object,
                                std::string_view name, const PyArguments& arguments);
  // A decorator is given its function, or a command is run.
  std::optional<PyValue> apply(Interpreter& interpreter, const PyValue& object,
                               const PyArguments& arguments);

 private:
  enum class Role : uint8_t { option, argument, command, other, function, made, typer };
  // What an object of Python's stands for.
  struct Handle {
    Role role;
    PyArguments arguments;            // of click.option() and click.command()
    bool group = false;               // of a command
    std::optional<size_t> above;      // the group that the command is added to
    PyValue function;                 // what is decorated
    std::vector<PyArguments> params;  // in the order of decoration, which is the reverse
    std::vector<bool> is_option;
    std::string doubt;  // what else may have added parameters
    std::shared_ptr<ArgumentParser> parser;
    std::string name;  // of the command
    std::shared_ptr<PyItems> known;
    std::shared_ptr<std::vector<std::pair<std::string, PyValue>>> commands;  // of a Typer()
  };

  PyValue make_object(Handle handle, const Place& place);
  std::optional<PyValue> call_typer(Interpreter& interpreter, const std::string& function,
                                    const PyArguments& arguments);
  ArgumentParser typer_parser(const PyValue& function, const Place& place);
  PyValue run_typer(Interpreter& interpreter, const Handle& app, const PyArguments& arguments);
  std::optional<PyValue> typer_method(const PyValue& object, std::string_view name,
                                      const PyArguments& arguments);
  PyValue decorate(Interpreter& interpreter, const Handle& decorator, const PyValue& target,
                   const Place& place);
  PyValue make_command(Interpreter& interpreter, const Handle& decorator, Handle function,
                       const Place& place);
  void add_command(const Handle& group, const Handle& command, const std::string& name);
  PyValue run(Interpreter& interpreter, const Handle& command, const PyArguments& arguments);

  Arguments& result_;
  std::vector<Handle> handles_;
};

// One click.option() or click.argument(); nullptr where its names are not known.
std::shared_ptr<Option> read_click_option(ArgumentParser& parser, const PyArguments& arguments);
std::shared_ptr<Option> read_click_argument(ArgumentParser& parser, const PyArguments& arguments);

// The parameters of a function as typer reads them. `settings_of` gives the arguments of
// typer.Option() or typer.Argument() where a default is one of these, and which of the two.
using SettingsOf = std::function<const PyArguments*(const PyValue& preset, bool& is_option)>;
void add_typer_parameters(ArgumentParser& parser, const PyFunction& function,
                          const SettingsOf& settings_of);

// fire.Fire() of a function, and docopt() of a text.
std::optional<PyValue> call_fire(Interpreter& interpreter, Arguments& result,
                                 const PyArguments& arguments);
std::optional<PyValue> call_docopt(Interpreter& interpreter, Arguments& result,
                                   const PyArguments& arguments);

// A parser for what was read of sys.argv itself, where no library reads the command line.
void note_argv(const std::vector<Module>& modules, Arguments& arguments);

// What each makes of a command line.
Judgement judge_flags(const ArgumentParser& parser, ParseKind kind,
                      const std::vector<std::string>& words);
Judgement judge_click(const ArgumentParser& parser, const std::vector<std::string>& words);
Judgement judge_fire(const ArgumentParser& parser, const std::vector<std::string>& words);
Judgement judge_docopt(const ArgumentParser& parser, const std::vector<std::string>& words);
Judgement judge_argv(const ArgumentParser& parser, const std::vector<std::string>& words);

// What those that read a whole command line have in common: the first word that decides stands.
class LibraryReader {
 protected:
  explicit LibraryReader(const ArgumentParser& parser) : parser_(parser) {}
  bool stopped() const { return judgement_.outcome != Outcome::accepted; }
  void refuse(Refusal why, const std::string& word, std::string message,
              const Option* option = nullptr) {
    if (stopped()) return;
    judgement_.outcome = Outcome::refused;
    judgement_.refusal = why;
    judgement_.word = word;
    judgement_.message = std::move(message);
    judgement_.option = option;
  }
  void give_up(std::string why) {
    if (stopped()) return;
    judgement_.outcome = Outcome::not_known;
    judgement_.message = std::move(why);
  }

  const ArgumentParser& parser_;
  Judgement judgement_;
};

// The value that a word has for an absl flag.
struct FlagValue {
  bool refused = false;
  bool may_refuse = false;
  PyValue value;
};
FlagValue flag_value(const Option& option, const std::string& word);

// All libraries, as what the interpreter asks.
class ArgumentLibraries : public PyExtension {
 public:
  ArgumentLibraries(const std::vector<Module>& modules, Arguments& result);
  std::optional<PyValue> call(Interpreter& interpreter, const std::string& function,
                              const PyArguments& arguments) override;
  std::optional<PyValue> method(Interpreter& interpreter, const PyValue& object,
                                std::string_view name, const PyArguments& arguments) override;
  std::optional<PyValue> apply(Interpreter& interpreter, const PyValue& object,
                               const PyArguments& arguments) override;
  bool decorates(std::string_view function) const override;
  void reads_argv(Interpreter& interpreter, const PyValue& index, const Place& place) override;
  const Syntax* parsed(const std::string& path) const override;
  // The program has been carried out: only conversions are asked for from here on.
  void finish();

 private:
  Arguments* result_;
  Argparse argparse_;
  Flags flags_;
  Click click_;
};

}  // namespace trainlint
