// Options of other libraries, known where their names are written out.
#include "lint/arguments/argparse.h"

namespace trainlint {

// What a call is, by the name it goes by in the module.
static std::optional<ArgumentLibrary> library_of(std::string_view callee, bool& names_option) {
  names_option = false;
  size_t dot = callee.rfind('.');
  std::string_view last = callee.substr(dot == std::string_view::npos ? 0 : dot + 1);
  std::string_view before = dot == std::string_view::npos ? "" : callee.substr(0, dot);
  if (last.starts_with("DEFINE_") || last == "mark_flag_as_required") {
    names_option = last.starts_with("DEFINE_");
    bool tensorflow = before.find("app.flags") != std::string_view::npos;
    return tensorflow ? ArgumentLibrary::tf_flags : ArgumentLibrary::absl;
  }
  if (callee == "click.option" || callee == "click.argument") {
    names_option = callee == "click.option";
    return ArgumentLibrary::click;
  }
  if (callee == "typer.Option" || callee == "typer.run" || callee == "typer.Typer")
    return ArgumentLibrary::typer;
  if (callee == "fire.Fire" || callee == "Fire") return ArgumentLibrary::fire;
  if (callee == "docopt" || callee == "docopt.docopt") return ArgumentLibrary::docopt;
  return std::nullopt;
}

static void add_names(const Module& module, const Call& call, OtherOption option,
                      std::vector<OtherOption>& out) {
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const Argument& argument = module.arguments[call.first_argument + i];
    if (!argument.keyword.empty()) break;
    std::optional<std::string> text = string_value(module.syntax, argument.value);
    if (!text) break;
    bool click = option.library == ArgumentLibrary::click;
    if (click && !text->starts_with("-")) continue;  // the parameter's own name
    option.name = text->substr(std::min(text->find_first_not_of('-'), text->size()));
    out.push_back(option);
    if (!click) break;  // what follows is the default
  }
}

void find_other_options(const std::vector<Module>& modules, Arguments& arguments) {
  for (const Module& module : modules) {
    if (module.syntax.nodes().empty()) continue;
    for (const Call& call : module.calls) {
      bool names_option = false;
      std::optional<ArgumentLibrary> library = library_of(call.callee, names_option);
      if (!library) continue;
      OtherOption option{*library, "", {module.path, module.syntax.span(call.node)}};
      if (names_option)
        add_names(module, call, option, arguments.others);
      else
        arguments.others.push_back(option);
    }
    arguments.uses_argv |= module.text().find("sys.argv") != std::string_view::npos;
  }
}

}  // namespace trainlint
