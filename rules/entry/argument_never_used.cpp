#include <algorithm>
#include <set>
#include <string_view>

#include "lint/rule/command_line.h"

namespace trainlint {

namespace {

// What the package's modules do with attributes, texts and names, in one walk over each.
struct Mentions {
  std::set<std::string_view> attributes;  // x in "anything.x"
  std::set<std::string> texts;            // every text that is written
  std::set<std::string_view> handed;   // names given to something that the package does not define
  std::set<std::string_view> defined;  // functions and classes of the package
  bool whole = false;                  // a namespace may be read as a whole
};

// After these the attributes of an object are read under names that do not stand in the text.
bool reads_whole(std::string_view name) {
  constexpr std::string_view names[] = {"vars",    "__dict__", "_get_kwargs",
                                        "getattr", "_asdict",  "setattr",
                                        "hasattr", "FLAGS",    "__getattribute__"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

void add_calls(const Module& module, Mentions& mentions) {
  for (const Call& call : module.calls) {
    size_t dot = call.callee.rfind('.');
    std::string_view last = call.callee.substr(dot == std::string_view::npos ? 0 : dot + 1);
    if (mentions.defined.contains(last) || last == "print") continue;
    for (uint32_t i = 0; i < call.argument_count; ++i) {
      Syntax::Node value = module.arguments[call.first_argument + i].value;
      if (module.syntax.kind(value) == sym_identifier)
        mentions.handed.insert(module.syntax.text(value));
    }
  }
}

void add_nodes(const Module& module, Mentions& mentions) {
  const Syntax& syntax = module.syntax;
  for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
    uint16_t kind = syntax.kind(node);
    if (kind == sym_identifier) {
      mentions.whole |= reads_whole(syntax.text(node));
      if (syntax[node].field == field_attribute) mentions.attributes.insert(syntax.text(node));
    } else if (kind == sym_string) {
      if (std::optional<std::string> text = string_value(syntax, node))
        mentions.texts.insert(*text);
    } else if (kind == sym_function_definition || kind == sym_class_definition) {
      mentions.defined.insert(syntax.text(syntax.field(node, field_name)));
    }
  }
}

bool is_used(const Option& option, const Mentions& mentions) {
  if (mentions.attributes.contains(option.dest)) return true;
  if (option.positional()) return true;  // its name is a text of its own
  return std::any_of(mentions.texts.begin(), mentions.texts.end(), [&](const std::string& text) {
    return text == option.dest || text.find("." + option.dest) != std::string::npos ||
           text.find("{" + option.dest) != std::string::npos ||
           text.find("(" + option.dest) != std::string::npos;
  });
}

// Options that are there so that the trainer takes what the service or a launcher passes.
bool is_for_others(std::string_view dest) {
  constexpr std::string_view names[] = {"job_dir", "local_rank", "trial_id", "local_world_size"};
  return std::find(std::begin(names), std::end(names), dest) != std::end(names);
}

// The name that holds the parsed arguments wherever its attributes are read.
bool handed_on(const Mentions& mentions) {
  constexpr std::string_view usual[] = {
      "args",       "arguments", "opts",        "options",     "params",    "hparams",
      "flags",      "config",    "parsed_args", "ARGS",        "ARGUMENTS", "HYPER_PARAMS",
      "known_args", "arg",       "opt",         "hyperparams", "cfg",       "self"};
  return std::any_of(std::begin(usual), std::end(usual), [&](std::string_view name) {
    return name != "self" && mentions.handed.contains(name);
  });
}

}  // namespace

static void check(const Package& package, Report& report) {
  const Parse* parse = closed_parse(package);
  if (parse == nullptr) return;
  Mentions mentions;
  for (const Module& module : package.modules) add_nodes(module, mentions);
  if (mentions.whole) return;
  for (const Module& module : package.modules) add_calls(module, mentions);
  if (handed_on(mentions)) return;
  std::vector<const Option*> options = all_options(*parse->parser);
  // Where nothing is read by its name, the arguments are used in a way that is not understood.
  if (std::none_of(options.begin(), options.end(),
                   [&](const Option* option) { return is_used(*option, mentions); }))
    return;
  for (const Option* option : options) {
    if (option->no_dest || !option->dest_known || option->action == ActionKind::version) continue;
    if (option->action == ActionKind::commands || option->action == ActionKind::custom) continue;
    if (is_used(*option, mentions) || is_for_others(option->dest)) continue;
    report(first_line(package, option->place),
           "'{}' is accepted and has no effect: nothing reads '{}'", option->flags.front(),
           option->dest);
  }
}

extern constinit const Rule argument_never_used = {
    .name = "argument-never-used",
    .severity = Severity::warning,
    .summary = "an option is accepted and its value is never read",
    .explanation = R"(
The option is part of the command line, appears in the log, may even be tuned, and changes nothing:
no module of the package reads `args.NAME` or names it in a text (`params["NAME"]`). Often the
value is written out a second time as a constant in the model.

Silent where the arguments are read as a whole (`vars(args)`, `args.__dict__`, `getattr`), or are
given to a function that is not the package's own. `--job-dir` may be there only because the
service passes it.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=5)
parser.add_argument("--batch-size", type=int, default=64)
args = parser.parse_args()
for epoch in range(args.num_epochs):
    print(epoch, "with batches of", 64)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=5)
parser.add_argument("--batch-size", type=int, default=64)
args = parser.parse_args()
for epoch in range(args.num_epochs):
    print(epoch, "with batches of", args.batch_size)
)",
    .check = check,
};

}  // namespace trainlint
