// Which flags there are.
#include "lint/cli/flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "lint/rule/import_failure.h"

namespace trainlint {

namespace {

// An option given twice counts once, the last time: scripts and hooks add their own.
CLI::Option* once(CLI::Option* option) {
  return option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

template <class Enum>
std::string near(const std::string& given, const std::vector<std::pair<std::string, Enum>>& words) {
  std::vector<std::string> known;
  for (const auto& [word, unused] : words) known.push_back(word);
  std::optional<std::string> nearest = nearest_name(given, known);
  return nearest ? fmt::format("; did you mean '{}'?", *nearest) : "";
}

template <class Enum>
void add_choice(CLI::App& app, const std::string& name, Enum& value,
                const std::vector<std::pair<std::string, Enum>>& words, const std::string& help) {
  std::string listed;
  for (const auto& [word, unused] : words) listed += (listed.empty() ? "" : "|") + word;
  auto read = [&value, words, name, listed](const std::string& given) {
    for (const auto& [word, meaning] : words) {
      if (given != word) continue;
      value = meaning;
      return;
    }
    throw CLI::ValidationError(
        name, fmt::format("'{}' is none of {}{}", given, listed, near(given, words)));
  };
  once(app.add_option_function<std::string>(name, read, help))->type_name(listed);
}

void add_paths(CLI::App& app, Raw& raw) {
  app.add_option("PATH", raw.options.paths,
                 "a folder, a file in a package (it stands for the package), or an archive; "
                 "default: the current folder")
      ->type_name("");
}

void add_color(CLI::App& app, Raw& raw) {
  add_choice<ColorChoice>(app, "--color", raw.options.color,
                          {{"auto", ColorChoice::automatic},
                           {"always", ColorChoice::always},
                           {"never", ColorChoice::never}},
                          "auto: on a terminal, NO_COLOR and FORCE_COLOR obeyed");
}

// How the job is started, in the words of gcloud's flags.
constexpr std::string_view launch_flags[] = {"module-name", "package-path",   "runtime-version",
                                             "image-uri",   "python-version", "route"};

bool is_launch_flag(std::string_view name) {
  return std::find(std::begin(launch_flags), std::end(launch_flags), name) !=
         std::end(launch_flags);
}

// The flag of a setting: "select" is "--select NAMES".
void add_setting(CLI::App& app, Raw& raw, const Key& key) {
  std::string flag = fmt::format("--{}", key.name), help(key.help);
  auto given = [&raw, &key](const std::vector<std::string>& texts) {
    // A list may be given in parts; of anything else the last one counts.
    bool list = key.type >= KeyType::texts;
    std::string text = list ? fmt::format("{}", fmt::join(texts, ",")) : texts.back();
    raw.flags[std::string(key.name)] = text;
  };
  if (key.type == KeyType::boolean) {
    app.add_flag_callback(
           flag, [given] { given({"true"}); }, help)
        ->group("Settings");
    return;
  }
  if (!key.standard.empty()) help += fmt::format("; default: {}", key.standard);
  static constexpr std::string_view forms[] = {"TEXT",
                                               "",
                                               "",
                                               "PATTERNS",
                                               "NAMES",
                                               "NAME=SEVERITY",
                                               "PATTERN=NAMES",
                                               "NAME=LAYERS",
                                               "BUCKET=LOCATION"};
  std::string_view form = forms[static_cast<size_t>(key.type)];
  if (key.type == KeyType::choice) form = key.choices;
  if (key.name == "baseline") form = "FILE";
  if (key.name == "preinstalled") form = "NAMES";
  if (key.name == "source-folders") form = "FOLDERS";
  app.add_option_function<std::vector<std::string>>(flag, given, help)
      ->type_name(std::string(form))
      ->type_size(1)
      ->expected(1)
      ->allow_extra_args(false)  // what follows the value is a path
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->group("Settings");
}

void add_launch(CLI::App& app, Raw& raw) {
  LaunchOptions& launch = raw.options.launch;
  auto add = [&](const char* name, std::string& value, const char* type, const char* help) {
    once(app.add_option(name, value, help))->type_name(type)->group("Launch");
  };
  add("--module-name", launch.module_name, "MODULE", "the entry module, such as trainer.task");
  add("--package-path", launch.package_path, "FOLDER", "the package; it is built in its parent");
  add("--runtime-version", launch.runtime_version, "VERSION", "an AI Platform runtime: 2.11");
  add("--image-uri", launch.image_uri, "IMAGE", "the container image of the job");
  add("--job-config", launch.job_config, "FILE",
      "the job file: YAML or JSON, as gcloud's --config");
  add("--python-version", raw.python_version, "VERSION", "Python on the worker: 3.10");
  add_setting(app, raw, *find_key("route"));
}

std::vector<std::pair<std::string, ReportFormat>> format_words() {
  std::vector<std::pair<std::string, ReportFormat>> words;
  for (std::string_view name : report_format_names())
    words.emplace_back(name, *report_format(name));
  return words;
}

// "sarif=report.sarif"
Output output_of(const std::string& given) {
  size_t sign = given.find('=');
  std::optional<ReportFormat> format = report_format(given.substr(0, sign));
  if (sign == std::string::npos || sign + 1 == given.size())
    throw CLI::ValidationError("--output",
                               fmt::format("'{}' is not of the form FORMAT=FILE", given));
  if (!format)
    throw CLI::ValidationError("--output",
                               fmt::format("'{}' is none of {}{}", given.substr(0, sign),
                                           fmt::join(report_format_names(), "|"),
                                           near(given.substr(0, sign), format_words())));
  return {*format, given.substr(sign + 1)};
}

// The later report would take the place of the earlier one; a device or a pipe gets both.
void add_output(Output output, std::vector<Output>& outputs) {
  std::error_code error;
  auto target = [&](const Output& each) {
    return std::filesystem::weakly_canonical(each.file, error);
  };
  for (const Output& earlier : outputs) {
    if (target(earlier) != target(output)) continue;
    if (earlier.format == output.format) return;
    const auto status = std::filesystem::status(output.file, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) continue;
    throw CLI::ValidationError("--output",
                               fmt::format("'{}' cannot hold two reports", output.file));
  }
  outputs.push_back(std::move(output));
}

void add_reports(CLI::App& app, Raw& raw) {
  add_choice<ReportFormat>(app, "--format", raw.options.report_format, format_words(),
                           "the report on stdout; concise: one line a finding; default: text");
  auto read = [&raw](const std::vector<std::string>& given) {
    for (const std::string& each : given) add_output(output_of(each), raw.options.outputs);
  };
  app.add_option_function<std::vector<std::string>>(
         "--output", read, "also write a report to a file; may be given several times")
      ->type_name("FORMAT=FILE")
      ->type_size(1)
      ->expected(1)
      ->allow_extra_args(false)  // what follows the value is a path
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_config_files(CLI::App& app, Raw& raw) {
  once(app.add_option("--config", raw.options.config_file,
                      "a file in place of the nearest trainlint.toml or pyproject.toml"))
      ->type_name("FILE")
      ->group("Settings");
  app.add_flag("--no-config", raw.options.isolated, "no such file is read")->group("Settings");
}

// All settings but those that have flags of their own, as gcloud has them.
void add_settings(CLI::App& app, Raw& raw) {
  for (const Key& key : all_keys())
    if (!is_launch_flag(key.name)) add_setting(app, raw, key);
  add_config_files(app, raw);
  app.add_flag("--write-baseline", raw.options.write_baseline, "accept all that is found now")
      ->group("Settings");
  app.add_flag("--check-baseline", raw.options.check_baseline,
               "fail when the baseline accepts what is not found any more")
      ->group("Settings");
}

void add_fixes(CLI::App& app, Raw& raw) {
  app.add_flag("--fix", raw.options.fix,
               "make the changes that cannot alter what a working program does")
      ->group("Fixes");
  app.add_flag("--diff", raw.options.diff, "show the changes instead, as a patch")->group("Fixes");
  app.add_flag("--unsafe-fixes", raw.options.unsafe_fixes,
               "with --fix or --diff: the other changes as well")
      ->group("Fixes");
}

void add_check(CLI::App& app, Raw& raw) {
  CLI::App* check = app.add_subcommand("check", "lint packages (the default)");
  add_paths(*check, raw);
  add_reports(*check, raw);
  add_color(*check, raw);
  once(check->add_option("--stdin-filename", raw.options.stdin_name,
                         "the file whose text is on stdin, in place of what is on disk; for the "
                         "PATH '-'"))
      ->type_name("FILE");
  check->add_flag("--statistics", raw.options.statistics, "how often each rule was found");
  check->add_flag("--show-files", raw.options.show_files, "what would be linted, and no findings");
  add_fixes(*check, raw);
  add_settings(*check, raw);
  add_launch(*check, raw);
}

void add_submit(CLI::App& app, Raw& raw) {
  CLI::App* submit = app.add_subcommand(
      "submit", "check what a gcloud command would upload, and run it only if that is clean");
  submit->add_flag("--dry-run", raw.options.dry_run, "do not run the command");
  add_color(*submit, raw);
  add_setting(*submit, raw, *find_key("fail-on"));
  submit->footer("\ntrainlint submit -- gcloud ai-platform jobs submit training JOB ...");
}

void add_hook(CLI::App& app, Raw& raw) {
  CLI::App* hook = app.add_subcommand(
      "hook", "lint the packages that hold the given files, silently where there is nothing");
  hook->add_option("FILE", raw.options.paths,
                   "files that have changed, after '--'; they need not exist any more")
      ->type_name("");
  hook->add_flag("--git", raw.options.changed_files,
                 "the files that git has staged, or that differ between PRE_COMMIT_FROM_REF and "
                 "PRE_COMMIT_TO_REF");
  add_reports(*hook, raw);
  add_color(*hook, raw);
  add_settings(*hook, raw);
  add_launch(*hook, raw);
}

void add_audit(CLI::App& app, Raw& raw) {
  CLI::App* audit = app.add_subcommand(
      "audit", "lint all packages and archives of a list, each to one line of JSON");
  audit
      ->add_option("LIST", raw.options.paths,
                   "files that name one a line, or each up to a NUL; '-' and the default: stdin. "
                   "'merge FILE...' gives each path's record once, 'summary FILE...' counts")
      ->type_name("");
  once(audit->add_option("--records", raw.options.records, "add the lines to a file"))
      ->type_name("FILE");
  once(audit->add_option("--shard", raw.options.shard,
                         "every N-th of the list from the I-th (from 0) on; the index may come "
                         "from Slurm's array or Kubernetes' indexed job: /N"))
      ->type_name("I/N");
  audit->add_flag("--resume", raw.options.resume,
                  "pass over what --records has, made of the same content by the same rules");
  add_settings(*audit, raw);
}

void add_config(CLI::App& app, Raw& raw) {
  CLI::App* config = app.add_subcommand("config", "the settings in force, or their JSON schema");
  once(config->add_option("ACTION", raw.options.stage,
                          "show: the settings in force in a folder, and where each comes from; "
                          "schema: a JSON schema of trainlint.toml"))
      ->required()
      ->type_name("");
  add_paths(*config, raw);
  add_settings(*config, raw);
}

void add_lsp(CLI::App& app, Raw& raw) {
  CLI::App* lsp = app.add_subcommand("lsp", "the language server, for editors");
  lsp->add_flag_callback(
      "--stdio", [] {}, "messages on stdin and stdout, as always");
  add_config_files(*lsp, raw);
  lsp->footer(
      "\nThe settings of trainlint.toml may also come from the editor, below 'trainlint'.\n"
      "Nothing of a package is run. Exit status: 0 after 'shutdown', else 1.");
}

void add_other_commands(CLI::App& app, Raw& raw) {
  CLI::App* explain = app.add_subcommand("explain", "what a rule finds, why, and examples");
  once(explain->add_option("RULE", raw.options.rule, "a rule's name"))->required()->type_name("");
  add_color(*explain, raw);

  CLI::App* rules = app.add_subcommand("rules", "all rules, one a line");
  add_choice<Format>(*rules, "--format", raw.options.format,
                     {{"text", Format::text}, {"json", Format::json}}, "default: text");

  CLI::App* graph = app.add_subcommand("graph", "the import graph of a package");
  add_paths(*graph, raw);
  add_choice<Format>(*graph, "--format", raw.options.format,
                     {{"dot", Format::dot}, {"mermaid", Format::mermaid}, {"json", Format::json}},
                     "a picture, or every import as data; default: dot");
  add_launch(*graph, raw);

  CLI::App* dump = app.add_subcommand("dump", "a stage's result, to work on trainlint itself");
  once(
      dump->add_option("STAGE", raw.options.stage,
                       "source, modules, project, distribution, launch, graph, arguments or roles"))
      ->required()
      ->type_name("");
  add_paths(*dump, raw);
  add_launch(*dump, raw);
}

}  // namespace

void add_commands(CLI::App& app, Raw& raw) {
  add_check(app, raw);
  add_submit(app, raw);
  add_hook(app, raw);
  add_audit(app, raw);
  add_config(app, raw);
  add_lsp(app, raw);
  add_other_commands(app, raw);
}

}  // namespace trainlint
