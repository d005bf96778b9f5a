#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/arguments/arguments.h"
#include "lint/rule/rule.h"

namespace trainlint {

// What the rules about the command line share.

// One add_argument() as it is written, in a module that the job imports. Nodes are none where the
// keyword is not given.
struct WrittenOption {
  const Module* module = nullptr;
  const Call* call = nullptr;
  std::vector<std::string> flags;  // "--job-dir"; "mode" alone for a positional argument
  std::string dest;
  bool unpacked = false;  // **keywords: there may be more
  Syntax::Node type = Syntax::none, preset = Syntax::none, nargs = Syntax::none,
               action = Syntax::none, required = Syntax::none, choices = Syntax::none;

  std::string_view text(Syntax::Node node) const {
    return node == Syntax::none ? std::string_view() : module->syntax.text(node);
  }
  Place place(Syntax::Node node) const { return {module->path, module->syntax.span(node)}; }
  // How the option is named in messages.
  const std::string& name() const { return flags.front(); }
};

// In order of modules and of the text. Calls whose option strings are not written out are left out.
std::vector<WrittenOption> written_options(const Package& package);

// Is the module run by the job, as far as imports tell?
bool takes_part(const Package& package, const Module& module);

// The one parser that is sure to read the command line and whose options have all been seen; null
// where there is doubt.
const Parse* closed_reader(const Package& package);
// The same where it is one of argparse.
const Parse* closed_parse(const Package& package);

// "args.py:12"-like names are left to reports: the line of the call that reads the command line.
Place first_line(const Package& package, const Place& place);

// The options that are not of argparse's own making ("--help"), flat, sub-commands' too.
std::vector<const Option*> all_options(const ArgumentParser& parser);

}  // namespace trainlint
