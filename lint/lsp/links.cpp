#include "lint/lsp/links.h"

#include <algorithm>

#include "lint/launch/commands.h"
#include "lint/lsp/server.h"
#include "lint/rule/command_line.h"
#include "lint/rule/tuning.h"
#include "lint/text/path.h"

namespace trainlint {

static void add_link(const Option* option, const Place& from, std::vector<OptionLink>& links) {
  if (option && from.span && !option->flags.empty() && !option->place.path.empty())
    links.push_back({*from.span, option->flags.back(), option->place});
}

static void add_word(const Parse& parse, const std::string& word, const Place& from,
                     std::vector<OptionLink>& links) {
  if (word.starts_with('-'))
    add_link(parse.parser->find(word.substr(0, word.find('='))), from, links);
}

static void add_words_of_commands(const FileInRun& file, std::vector<OptionLink>& links) {
  const Package& package = file.run->package;
  const Parse* parse = closed_reader(package);
  for (const ScriptCommand& script : package.launch.commands) {
    if (!parse || script.path != file.path) continue;
    const std::optional<CommandWord> module = module_of(script.command);
    if (!module || module->text != package.launch.module) continue;
    for (const CommandWord& word : script.command.user_arguments)
      add_word(*parse, word.text, {script.path, word.span}, links);
  }
}

std::vector<OptionLink> option_links(const FileInRun& file) {
  const Package& package = file.run->package;
  std::vector<OptionLink> links;
  if (package.graph.entry == no_module) return links;
  for (const MetParameter& met : met_parameters(package))
    if (met.parameter.place.path == file.path)
      add_link(met.taker.option, met.parameter.place, links);
  for (const JobFile& job : package.launch.job_files) {
    const Parse* parse = job.path == file.path ? parser_for(package, job) : nullptr;
    if (!parse) continue;
    const JobArguments arguments = arguments_of(package, job);
    for (size_t i = 0; i < arguments.args.size(); ++i)
      add_word(*parse, arguments.args[i], arguments.places[i], links);
  }
  add_words_of_commands(file, links);
  return links;
}

// A line is named by the fragment, as editors read it.
Json Server::document_links(const Json& params) {
  Json all = Json::array();
  const std::string shown = workspace_.file_of(text_in(params, "textDocument/uri"));
  if (shown.empty()) return all;
  finish(shown);
  for (const FileInRun& file : workspace_.runs_with(shown)) {
    Files files(file.run->package);
    for (const OptionLink& link : option_links(file)) {
      const std::optional<Position> at = files.begin(link.place);
      const std::string target =
          absolute_path(shown_path(file.run->package.root, link.place.path), {});
      Json entry = {{"range", range_in(files, {file.path, link.span})},
                    {"target", workspace_.uri_of(target) +
                                   (at ? fmt::format("#L{}", at->line) : std::string())},
                    {"tooltip", fmt::format("{} is added here", link.option)}};
      if (std::find(all.begin(), all.end(), entry) == all.end()) all.push_back(std::move(entry));
    }
  }
  return all;
}

}  // namespace trainlint
