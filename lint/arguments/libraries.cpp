#include "lint/arguments/libraries.h"

#include <algorithm>

#include "lint/graph/standard_library.h"

namespace trainlint {

void note_parse(Interpreter& interpreter, Arguments& result, ArgumentParser parser,
                const PyArguments& call, ParseKind kind, ParseInput input) {
  Parse parse;
  parse.kind = kind;
  parse.input = input;
  parse.certain = !interpreter.may_have_returned;
  parse.place = parser.place = call.place;
  parse.parser = std::make_shared<const ArgumentParser>(std::move(parser));
  result.parses.push_back(std::move(parse));
  interpreter.limit(20'000);  // the training itself is of no interest, a second parser is
  interpreter.uncertain();
}

void add_flag(ArgumentParser& parser, const std::string& flag,
              const std::shared_ptr<Option>& option) {
  parser.flags.emplace_back(flag, option);
}

// Libraries that are known not to ask for absl, by their import names.
constexpr std::string_view without_flags[] = {
    "PIL",     "absl",     "cv2",     "gcsfs",   "google", "h5py", "hypertune",   "joblib",
    "numpy",   "lightgbm", "pandas",  "psutil",  "scipy",  "six",  "torchvision", "matplotlib",
    "pyarrow", "requests", "sklearn", "xgboost", "tqdm",   "yaml"};

static bool is_in_tree(const std::vector<Module>& modules, std::string_view name) {
  const std::string file = std::string(name) + ".py", folder = std::string(name) + "/";
  return std::any_of(modules.begin(), modules.end(), [&](const Module& module) {
    return module.path == file || module.path.ends_with("/" + file) ||
           module.path.starts_with(folder) || module.path.find("/" + folder) != std::string::npos;
  });
}

// The first library imported anywhere that may define flags of absl, "" where there is none.
static std::string may_define_flags(const std::vector<Module>& modules) {
  for (const Module& module : modules)
    for (const Block& block : module.blocks)
      for (const Step& step : block) {
        const bool import = step.kind == StepKind::import_module ||
                            (step.kind == StepKind::import_from && step.level == 0);
        if (!import) continue;
        const std::string_view name = step.text.substr(0, step.text.find('.'));
        const bool known = std::find(std::begin(without_flags), std::end(without_flags), name) !=
                           std::end(without_flags);
        if (!known && !is_standard_library(name, {3, 11}) && !is_in_tree(modules, name))
          return std::string(name);
      }
  return {};
}

ArgumentLibraries::ArgumentLibraries(const std::vector<Module>& modules, Arguments& result)
    : result_(&result),
      argparse_(modules, result),
      flags_(result, may_define_flags(modules)),
      click_(result) {}

const Syntax* ArgumentLibraries::parsed(const std::string& path) const {
  return argparse_.parsed(path);
}

void ArgumentLibraries::finish() {
  result_ = nullptr;
  argparse_.result = nullptr;
}

std::optional<PyValue> ArgumentLibraries::call(Interpreter& interpreter,
                                               const std::string& function,
                                               const PyArguments& arguments) {
  if (std::optional<PyValue> value = argparse_.call(interpreter, function, arguments)) return value;
  if (std::optional<PyValue> value =
          flags_.call(interpreter, function, arguments, result_ != nullptr))
    return value;
  if (result_ == nullptr) return std::nullopt;
  if (function.starts_with("click.") || function.starts_with("typer."))
    return click_.call(interpreter, function, arguments);
  if (function == "fire.Fire" || function == "fire.core.Fire")
    return call_fire(interpreter, *result_, arguments);
  if (function == "docopt.docopt") return call_docopt(interpreter, *result_, arguments);
  return std::nullopt;
}

std::optional<PyValue> ArgumentLibraries::method(Interpreter& interpreter, const PyValue& object,
                                                 std::string_view name,
                                                 const PyArguments& arguments) {
  if (result_ == nullptr) return std::nullopt;
  return object.text.starts_with("click ") ? click_.method(interpreter, object, name, arguments)
                                           : argparse_.method(interpreter, object, name, arguments);
}

std::optional<PyValue> ArgumentLibraries::apply(Interpreter& interpreter, const PyValue& object,
                                                const PyArguments& arguments) {
  if (result_ == nullptr || !object.text.starts_with("click ")) return std::nullopt;
  return click_.apply(interpreter, object, arguments);
}

bool ArgumentLibraries::decorates(std::string_view function) const {
  return result_ != nullptr && Click::decorates(function);
}

}  // namespace trainlint
