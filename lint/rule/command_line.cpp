#include "lint/rule/command_line.h"

#include <algorithm>

namespace trainlint {

bool takes_part(const Package& package, const Module& module) {
  auto index = static_cast<size_t>(&module - package.modules.data());
  return index == package.graph.entry ||
         (index < package.graph.reached.size() && package.graph.reached[index]);
}

static void read_keyword(WrittenOption& option, const Argument& argument) {
  if (argument.keyword == "type") option.type = argument.value;
  if (argument.keyword == "default") option.preset = argument.value;
  if (argument.keyword == "nargs") option.nargs = argument.value;
  if (argument.keyword == "action") option.action = argument.value;
  if (argument.keyword == "required") option.required = argument.value;
  if (argument.keyword == "choices") option.choices = argument.value;
  option.unpacked |= argument.keyword.starts_with("*");
}

static std::string inferred_dest(const std::vector<std::string>& flags) {
  auto is_long = [](const std::string& flag) { return flag.starts_with("--"); };
  auto found = std::find_if(flags.begin(), flags.end(), is_long);
  std::string dest = found == flags.end() ? flags.front() : *found;
  if (!dest.starts_with("-")) return dest;
  dest.erase(0, std::min(dest.find_first_not_of('-'), dest.size()));
  std::replace(dest.begin(), dest.end(), '-', '_');
  return dest;
}

static bool read_call(const Module& module, const Call& call, WrittenOption& option) {
  option.module = &module;
  option.call = &call;
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const Argument& argument = module.arguments[call.first_argument + i];
    read_keyword(option, argument);
    if (argument.keyword == "dest")
      option.dest = string_value(module.syntax, argument.value).value_or("");
    if (!argument.keyword.empty()) continue;
    std::optional<std::string> flag = string_value(module.syntax, argument.value);
    if (!flag || flag->empty()) return false;
    option.flags.push_back(*flag);
  }
  if (option.flags.empty()) return false;
  if (option.dest.empty()) option.dest = inferred_dest(option.flags);
  return true;
}

std::vector<WrittenOption> written_options(const Package& package) {
  std::vector<WrittenOption> options;
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls) {
      WrittenOption option;
      if (call.callee.ends_with(".add_argument") && read_call(module, call, option))
        options.push_back(std::move(option));
    }
  }
  return options;
}

const Parse* closed_reader(const Package& package) {
  const Parse* parse = package.arguments().only_parse();
  return parse != nullptr && !parse->parser->open && parse->kind != ParseKind::known_intermixed &&
                 !parse->into_namespace
             ? parse
             : nullptr;
}

const Parse* closed_parse(const Package& package) {
  const Parse* parse = closed_reader(package);
  const bool argparse = parse != nullptr && parse->parser->library == ArgumentLibrary::argparse;
  return argparse ? parse : nullptr;
}

Place first_line(const Package& package, const Place& place) {
  const Module* module = package.module_at(place.path);
  if (module == nullptr || !place.span) return place;
  size_t end = module->text().find('\n', place.span->begin);
  Place line = place;
  if (end < place.span->end) line.span->end = static_cast<uint32_t>(end);
  return line;
}

std::vector<const Option*> all_options(const ArgumentParser& parser) {
  std::vector<const Option*> all;
  for (const std::shared_ptr<Option>& option : parser.options) {
    if (option->action != ActionKind::help) all.push_back(option.get());
    for (const auto& [name, command] : option->commands)
      for (const Option* inner : all_options(*command)) all.push_back(inner);
  }
  return all;
}

}  // namespace trainlint
