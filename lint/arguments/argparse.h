#pragma once

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "lint/arguments/arguments.h"

namespace trainlint {

// argparse, as the interpreter of lint/project calls it: keeps the parsers that a program makes.
class Argparse : public PyExtension {
 public:
  Argparse(const std::vector<Module>& modules, Arguments& result);

  std::optional<PyValue> call(Interpreter& interpreter, const std::string& function,
                              const PyArguments& arguments) override;
  std::optional<PyValue> method(Interpreter& interpreter, const PyValue& object,
                                std::string_view name, const PyArguments& arguments) override;
  const Syntax* parsed(const std::string& path) const override;

  Arguments* result = nullptr;  // while collecting; null once conversions are all that is asked

 private:
  enum class Role : uint8_t { parser, group, exclusive, commands };
  // What an object of Python's stands for.
  struct Handle {
    Role role;
    std::shared_ptr<ArgumentParser> parser;
    size_t exclusive = 0;            // index in parser->exclusive
    std::shared_ptr<Option> option;  // of commands
    std::shared_ptr<PyItems> known;  // lost when something unknown may have changed it
  };

  PyValue make_object(Handle handle, const Place& place);
  PyValue make_parser(Interpreter& interpreter, const PyArguments& arguments, std::string program);
  void add_parents(Interpreter& interpreter, ArgumentParser& parser, const PyArguments& arguments);
  void copy_parent(Interpreter& interpreter, ArgumentParser& parser, const Handle& parent,
                   const Place& place);
  PyValue make_group(const Handle& handle, const PyArguments& arguments, bool exclusive);
  PyValue add_argument(Interpreter& interpreter, const Handle& handle,
                       const PyArguments& arguments);
  PyValue add_commands(const Handle& handle, const PyArguments& arguments);
  bool refuses_command(const Option& option, const std::vector<std::string>& names,
                       const Place& place);
  PyValue add_command(Interpreter& interpreter, const Handle& handle, const PyArguments& arguments);
  bool add_option(Interpreter& interpreter, ArgumentParser& parser, std::shared_ptr<Option> option);
  PyValue set_defaults(const Handle& handle, const PyArguments& arguments);
  PyValue parse(Interpreter& interpreter, const Handle& handle, std::string_view name,
                const PyArguments& arguments);
  std::shared_ptr<ArgumentParser> snapshot(const ArgumentParser& parser) const;

  const std::vector<Module>& modules_;
  std::vector<Handle> handles_;
};

// The option that the arguments of add_argument() describe; nullptr where its names are not known.
// `fault` is what argparse raises for them.
std::shared_ptr<Option> read_option(const ArgumentParser& parser, const PyArguments& arguments,
                                    std::string& fault);

// There may be options that are not seen; the first reason stays.
void open_up(ArgumentParser& parser, std::string reason, const Place& place);

// argparse.SUPPRESS, which is also the text "==SUPPRESS==".
bool is_suppress(const PyValue& value);

}  // namespace trainlint
