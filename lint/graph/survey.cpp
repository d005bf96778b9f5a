#include "lint/graph/survey.h"

#include <algorithm>
#include <utility>

#include "lint/text/ascii.h"

namespace trainlint {

static void add_parts(std::string_view dotted, std::unordered_set<std::string_view>& parts) {
  for (size_t begin = 0; begin <= dotted.size();) {
    size_t end = std::min(dotted.find('.', begin), dotted.size());
    parts.insert(dotted.substr(begin, end - begin));
    begin = end + 1;
  }
}

namespace {

struct Surveyor {
  const Module& module;
  Survey& survey;
  Survey::Names& names;
  std::unordered_set<std::string_view> classes = {};
  std::vector<std::pair<std::string_view, std::string_view>> attributes = {};

  void count(std::string_view name, bool at_top) {
    ++names.bound_anywhere[name];
    names.other_letters = names.other_letters || !is_ascii(name);
    if (at_top) ++names.bound[name];
  }

  void add(const Step& step, bool in_function, bool at_top) {
    switch (step.kind) {
      case StepKind::bind:
        if (size_t dot = step.text.rfind('.'); dot != std::string_view::npos)
          attributes.push_back({step.text.substr(0, dot), step.text.substr(dot + 1)});
        else
          count(step.text, at_top);
        break;
      case StepKind::import_module:
        count(step.bound, at_top);
        names.imported.insert(step.text.substr(0, step.text.find('.')));
        if (in_function) add_parts(step.text, survey.imported_in_functions);
        break;
      case StepKind::import_from:
        names.stars = names.stars || step.star;
        if (step.level == 0) names.imported.insert(step.text.substr(0, step.text.find('.')));
        for (uint32_t i = 0; i < step.name_count; ++i) {
          const ImportedName& name = module.names[step.first_name + i];
          count(name.bound, at_top);
          if (in_function) survey.imported_in_functions.insert(name.name);
        }
        if (in_function) add_parts(step.text, survey.imported_in_functions);
        break;
      case StepKind::class_body:
        classes.insert(step.text);
        break;
      case StepKind::global:
        names.global.insert(step.text);
        break;
      case StepKind::use:
        if (step.text.find(".__all__") != std::string_view::npos) survey.exports_touched = true;
        if (size_t table = step.text.find(".__dict__"); table != std::string_view::npos)
          survey.patched.insert(step.text.substr(0, table));
        break;
      case StepKind::call: {
        const Call& call = module.calls[step.index];
        const bool sets = call.callee == "setattr" || call.callee == "vars";
        if (sets && call.argument_count > 0)
          survey.patched.insert(module.syntax.text(module.arguments[call.first_argument].value));
        break;
      }
      default:
        break;
    }
  }

  struct Pending {
    uint32_t block;
    bool in_function, at_top;
  };

  // An attribute of a class that the module defines is no name of a module.
  void add_attributes() {
    for (const auto& [object, name] : attributes)
      if (!classes.contains(object)) survey.attributes.insert(name);
  }

  void run() {
    std::vector<Pending> pending{{0, false, true}};
    std::vector<bool> seen(module.blocks.size());
    while (!pending.empty()) {
      Pending here = pending.back();
      pending.pop_back();
      if (here.block >= module.blocks.size() || seen[here.block]) continue;
      seen[here.block] = true;
      for (const Step& step : module.blocks[here.block]) {
        add(step, here.in_function, here.at_top);
        const bool function = step.kind == StepKind::function;
        const bool scope =
            function || step.kind == StepKind::class_body || step.kind == StepKind::comprehension;
        for (uint32_t i = 0; i < step.block_count; ++i)
          pending.push_back({module.block_lists[step.first_block + i], here.in_function || function,
                             here.at_top && !scope});
      }
    }
    add_attributes();
  }
};

bool binds_unknown_names(const Module& module) {
  return std::any_of(module.blocks.begin(), module.blocks.end(), [](const Block& block) {
    return std::any_of(block.begin(), block.end(),
                       [](const Step& step) { return step.kind == StepKind::opaque; });
  });
}

}  // namespace

Survey survey(const std::vector<Module>& modules) {
  Survey result;
  result.modules.resize(modules.size());
  for (size_t i = 0; i < modules.size(); ++i) {
    if (!modules[i].blocks.empty()) Surveyor{modules[i], result, result.modules[i]}.run();
    result.modules[i].opaque = binds_unknown_names(modules[i]);
  }
  // `plugins.BACKEND = ...` binds the name once more, in whichever module it is.
  for (Survey::Names& names : result.modules)
    for (auto& [name, count] : names.bound_anywhere)
      if (result.attributes.contains(name)) ++count;
  return result;
}

}  // namespace trainlint
