#include "lint/cli/runs.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "lint/cli/locate.h"
#include "lint/cli/output.h"
#include "lint/cli/packages.h"
#include "lint/cli/progress.h"
#include "lint/cli/shared_findings.h"
#include "lint/cli/sources.h"
#include "lint/launch/job/find.h"
#include "lint/launch/notebooks.h"
#include "lint/launch/submissions.h"
#include "lint/report/files.h"
#include "lint/source/cells.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

// A tree that was opened, with what was found in it: shared by all paths that lie in it.
struct Opened {
  std::string path;  // canonical
  const SourceTree* tree = nullptr;
  TreeKind kind = TreeKind::folder;
  std::string notebook;  // below the tree's root, for a view of its packages; else ""
  std::vector<PackageRoot> packages;
  std::vector<PackageRoot> submissions{};
  std::vector<Opened> others{};         // views of the tree, one for each that writes packages
  std::unique_ptr<ModulesAhead> ahead;  // of the package that the whole tree may be
};

// Where the packages are that one path stands for.
struct Chosen {
  const Opened* opened = nullptr;
  Location location;
  std::vector<PackageRoot> packages;
};

class Linter {
 public:
  Linter(const Options& options, const Sources& sources, std::span<const RuleEntry> rules,
         std::optional<JobFile> job, Progress* progress)
      : options_(options),
        sources_(sources),
        rules_(rules),
        job_(std::move(job)),
        progress_(progress) {
    if (!options.stdin_name.empty()) stdin_text_ = std::make_shared<std::string>(read_stdin());
  }

  Result<Chosen> packages_of(const std::string& path);
  Result<Chosen> given_package(const std::string& path);
  // What else the path stands for, or holds: packages that notebooks write, and commands and job
  // files that are about no package.
  std::vector<Chosen> others_in(const Chosen& chosen) const;
  void lint(const Chosen& chosen);
  // The command of `submit` that packs nothing, with its job file.
  void lint_submitted();
  // With the others; gives whether there was anything to lint.
  bool lint_all(const Chosen& chosen);
  size_t excluded_packages() const { return excluded_; }
  Runs take() { return std::move(result_); }

 private:
  Result<const Opened*> open(const Location& location);
  Result<Chosen> packages_in(const Location& location);
  PackageRoot with_given_job(const Opened& opened, PackageRoot package) const;
  PackageRoot as_submitted(const Opened& opened, PackageRoot package) const;
  const SourceTree* with_stdin(std::unique_ptr<SourceTree> tree, const std::string& path);
  const Config& config_of(const Opened& opened, const std::string& folder);

  const Options& options_;
  const Sources& sources_;
  std::span<const RuleEntry> rules_;
  std::optional<JobFile> job_;  // of --job-config
  Progress* progress_;          // or null
  Bytes stdin_text_;            // null unless there is a --stdin-filename
  size_t excluded_ = 0;
  Runs result_;
  // By canonical path and the package around which a folder was opened, if so.
  std::map<std::pair<std::string, std::string>, Opened> opened_;
  std::map<std::pair<const Opened*, std::string>, Config> configs_;  // by folder in a tree
  // What was linted, by canonical root, whichever tree it was reached through.
  std::set<std::tuple<std::string, std::string, std::string>> done_;
};

// The tree, with the text on stdin laid over the file of it that --stdin-filename names.
const SourceTree* Linter::with_stdin(std::unique_ptr<SourceTree> tree, const std::string& path) {
  const SourceTree* below = result_.trees.emplace_back(std::move(tree)).get();
  if (!stdin_text_) return below;
  std::error_code error;
  std::string name = std::filesystem::weakly_canonical(options_.stdin_name, error)
                         .lexically_relative(path)
                         .generic_string();
  if (name.empty() || name == "." || name.starts_with("..")) return below;
  return result_.trees.emplace_back(overlay(*below, {{name, stdin_text_}})).get();
}

Result<const Opened*> Linter::open(const Location& location) {
  std::error_code error;
  std::string path = std::filesystem::weakly_canonical(location.open, error).string();
  auto [entry, fresh] = opened_.try_emplace({path, opened_around(location)});
  Opened& opened = entry->second;
  if (!fresh) return &opened;
  if (progress_) progress_->begin(1, 1, location.shown);
  Result<OpenTree> tree = open_location(location);
  if (!tree) {
    opened_.erase(entry);
    return Error{tree.error()};
  }
  opened.path = std::move(path);
  opened.kind = tree->kind;
  const SourceTree* whole = with_stdin(std::move(tree->tree), opened.path);
  auto ahead = std::make_unique<ModulesAhead>(*whole);
  for (ViewedPackages& view : find_packages_and_notebooks(*whole)) {
    Opened viewed{opened.path, whole, opened.kind, view.notebook, std::move(view.packages)};
    viewed.submissions = std::move(view.submissions);
    if (view.tree) viewed.tree = result_.trees.emplace_back(std::move(view.tree)).get();
    if (opened.tree == nullptr)
      opened = std::move(viewed);
    else
      opened.others.push_back(std::move(viewed));
  }
  opened.ahead = std::move(ahead);
  return &opened;
}

// Those that a command of the notebook names.
static std::vector<PackageRoot> submitted_by(const Opened& opened,
                                             const std::vector<PackageRoot>& roots,
                                             const std::string& notebook) {
  std::vector<PackageRoot> chosen;
  for (const PackageRoot& package : roots) {
    const bool named = std::any_of(
        package.commands.begin(), package.commands.end(), [&](const ScriptCommand& script) {
          const std::string path = join_path(package.root, script.path);
          const CellText* cells = cells_of(*opened.tree, path);
          return cells != nullptr &&
                 normal_path(join_path(parent_folder(path), cells->notebook)) == notebook;
        });
    if (named) chosen.push_back(package);
  }
  return chosen;
}

static bool lies_in(const std::string& path, const std::string& target) {
  return target.empty() || target == "." || path == target || path.starts_with(target + "/");
}

std::vector<Chosen> Linter::others_in(const Chosen& chosen) const {
  std::vector<Chosen> others;
  if (chosen.opened == nullptr) return others;
  const Location& location = chosen.location;
  for (const Opened& view : chosen.opened->others) {
    const bool meant = location.notebook.empty() ? lies_in(view.notebook, location.target)
                                                 : view.notebook == location.notebook;
    if (meant && !view.packages.empty()) others.push_back({&view, location, view.packages});
    std::vector<PackageRoot> submissions = view.submissions;
    if (!location.notebook.empty())
      submissions = submitted_by(view, submissions, location.notebook);
    std::erase_if(submissions,
                  [&](const PackageRoot& root) { return !lies_in(root.root, location.target); });
    if (!submissions.empty()) others.push_back({&view, location, std::move(submissions)});
  }
  return others;
}

Result<Chosen> Linter::packages_in(const Location& location) {
  Result<const Opened*> opened = open(location);
  if (!opened) return Error{opened.error()};
  if (!location.notebook.empty())
    return Chosen{*opened, location,
                  submitted_by(**opened, (*opened)->packages, location.notebook)};
  const SourceTree& tree = *(*opened)->tree;
  const Config& config = config_of(**opened, location.target);
  const std::string named = join_path(location.target, package_path(config));
  if ((*opened)->kind == TreeKind::folder && tree.has_folder(location.target) &&
      !package_path(config).empty() && !tree.has_folder(named))
    return Error{fmt::format("package-path: '{}' is no folder", shown_path(location.shown, named))};
  return Chosen{*opened, location,
                packages_meant(tree, (*opened)->packages, location.target, config,
                               options_.launch.module_name)};
}

Result<Chosen> Linter::given_package(const std::string& path) {
  Result<Location> location = locate_package(options_.launch.package_path, path);
  if (!location) return Error{location.error()};
  Result<const Opened*> opened = open(*location);
  if (!opened) return Error{opened.error()};
  if (!(*opened)->tree->has_folder(location->target)) {
    return Error{fmt::format("--package-path: no folder '{}' in '{}'", location->target, path)};
  }
  const std::string& module = options_.launch.module_name;
  for (const PackageRoot& found : (*opened)->packages)
    if (module.empty() && join_path(found.root, found.package_folder) == location->target)
      return Chosen{*opened, *location, {found}};
  return Chosen{*opened, *location, {package_in(location->target, module)}};
}

Result<Chosen> Linter::packages_of(const std::string& path) {
  if (path == "-" && !options_.given_files) {
    if (options_.stdin_name.empty())
      return Error{"'-' needs --stdin-filename, to know the package"};
    std::optional<Location> named = locate_changed(options_.stdin_name);
    return named ? packages_in(*named) : Chosen{};
  }
  if (options_.given_files) {
    std::optional<Location> changed = locate_changed(path);
    return changed ? packages_in(*changed) : Chosen{};
  }
  Result<std::optional<Location>> located = locate(path);
  if (!located) return Error{located.error()};
  if (!*located) return Chosen{};
  Result<Chosen> chosen = packages_in(**located);
  if (!chosen || !chosen->packages.empty()) return chosen;
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    // A folder in which there is no package may be a part of one: trainer/data.
    std::optional<Location> around = project_around(path);
    if (around && around->open != (*located)->open) return packages_in(*around);
  } else if (!(*located)->target.empty() && !path.ends_with(".py")) {
    return Error{fmt::format("'{}' is no archive, and no trainer package holds it", path)};
  }
  return chosen;
}

// `folder` may as well be a file: its settings are those of the folder that holds it.
const Config& Linter::config_of(const Opened& opened, const std::string& folder) {
  std::string holder = opened.tree->has_folder(folder) ? folder : parent_folder(folder);
  auto [entry, fresh] = configs_.try_emplace({&opened, holder});
  if (fresh) entry->second = config_for(*opened.tree, holder, opened.path, sources_);
  return entry->second;
}

// The file of --job-config in place of those that were found.
PackageRoot Linter::with_given_job(const Opened& opened, PackageRoot package) const {
  if (!job_) return package;
  std::error_code error;
  package.job_files = {*job_};
  package.job_files.front().path = std::filesystem::weakly_canonical(job_->path, error)
                                       .lexically_relative(shown_path(opened.path, package.root))
                                       .generic_string();
  return package;
}

// The command of `submit` in place of those that scripts hold. It is shown as a file of the current
// folder, from which its paths are meant.
PackageRoot Linter::as_submitted(const Opened& opened, PackageRoot package) const {
  if (!options_.submitted) return package;
  std::error_code error;
  const std::filesystem::path here = std::filesystem::weakly_canonical(".", error);
  const std::string folder =
      here.lexically_relative(shown_path(opened.path, package.root)).generic_string();
  package.commands = {{normal_path(join_path(folder, "<command line>")), *options_.submitted,
                       package.package_folder}};
  package.asked.clear();
  package.source = {};
  if (!job_) package.job_files.clear();
  return package;
}

void Linter::lint_submitted() {
  Opened nothing;
  std::error_code error;
  nothing.path = std::filesystem::weakly_canonical(".", error).string();
  nothing.tree = result_.trees.emplace_back(memory_tree({})).get();
  const Opened& opened = opened_.insert_or_assign({"", ""}, std::move(nothing)).first->second;
  lint({&opened, {.shown = "."}, {PackageRoot()}});
}

void Linter::lint(const Chosen& chosen) {
  size_t number = 0;
  for (const PackageRoot& package : chosen.packages) {
    if (progress_)
      progress_->begin(++number, chosen.packages.size(),
                       shown_path(chosen.location.shown, package.root));
    const Opened& opened = *chosen.opened;
    std::string root = shown_path(opened.path, package.root) + "\n" + opened.notebook;
    if (!done_.emplace(std::move(root), package.package_folder, package.module).second) continue;
    const Config& config = config_of(opened, package.root);
    if (excluded(config, package.package_folder)) {
      ++excluded_;
      continue;
    }
    Run run = lint_package(subtree(*opened.tree, package.root), opened.kind,
                           as_submitted(opened, with_given_job(opened, package)), options_.launch,
                           rules_, config,
                           {.ahead = package.root.empty() ? opened.ahead.get() : nullptr,
                            .command = options_.submitted_text});
    const std::string& shown = chosen.location.shown;
    run.package.root = package.root.empty() ? shown : shown_path(shown, package.root);
    run.opened = shown;
    if (!opened.notebook.empty()) run.notebook = shown_path(shown, opened.notebook);
    keep_fixes_of_files(run);
    run.whole_root = has_whole_root(opened.packages, chosen.packages, package.root);
    // To submissions there is nothing but what is found in them.
    if (is_submission(package) && run.findings.empty() && options_.stage != "launch") continue;
    drop_known(run, result_.runs);
    result_.runs.push_back(std::move(run));
  }
}

bool Linter::lint_all(const Chosen& chosen) {
  std::vector<Chosen> others;
  if (options_.launch.package_path.empty() && !options_.submitted) others = others_in(chosen);
  lint(chosen);
  for (const Chosen& each : others) lint(each);
  return !chosen.packages.empty() || !others.empty();
}

}  // namespace

// Python files in no package are what a hook or an editor passes all day long: they matter only
// when there was nothing else. A folder or an archive is meant to hold a package.
static void say_what_was_empty(const std::vector<std::string>& without_package, Runs& runs) {
  std::vector<std::string> files;
  for (const std::string& path : without_package) {
    if (path.ends_with(".py") || path == "-")
      files.push_back(path);
    else
      runs.faults.push_back(fmt::format("there is no trainer package in '{}'", path));
  }
  if (files.empty() || !runs.runs.empty()) return;
  runs.warnings.push_back(
      files.size() > 1 ? fmt::format("none of {} files is in a trainer package", files.size())
                       : fmt::format("'{}' is in no trainer package", files.front()));
}

Runs lint_paths(const Options& options, std::span<const RuleEntry> rules, Progress* progress) {
  Result<Sources> sources = read_sources(options);
  if (!sources) {
    Runs none;
    none.faults = {sources.error()};
    return none;
  }
  std::optional<JobFile> job;
  if (!options.launch.job_config.empty()) {
    Result<JobFile> opened = open_job_file(options.launch.job_config);
    if (!opened) {
      Runs none;
      none.faults = {fmt::format("--job-config: {}", opened.error())};
      return none;
    }
    job = std::move(*opened);
  }
  Linter linter(options, *sources, rules, std::move(job), progress);
  std::vector<std::string> without_package, faults;
  const bool given = !options.launch.package_path.empty();
  if (given && options.paths.size() > 1) {
    Runs none;
    none.faults = {"--package-path names one package, but there are several paths"};
    return none;
  }
  for (const std::string& path : options.paths) {
    Result<Chosen> chosen = given ? linter.given_package(path) : linter.packages_of(path);
    if (!chosen) {
      faults.push_back(chosen.error());
      continue;
    }
    if (!linter.lint_all(*chosen)) without_package.push_back(path);
  }
  if (options.submitted && options.paths.empty() && !given) linter.lint_submitted();
  Runs runs = linter.take();
  drop_used_elsewhere(runs.runs);
  runs.faults = std::move(faults);
  for (std::string& message : misspelt_variables(environ))
    runs.warnings.push_back(std::move(message));
  if (options.given_files) return runs;
  say_what_was_empty(without_package, runs);
  if (const size_t count = linter.excluded_packages(); count > 0 && runs.runs.empty())
    runs.warnings.push_back(
        fmt::format("nothing is linted: 'exclude' leaves out {}",
                    count > 1 ? fmt::format("all {} packages", count) : "the one package"));
  return runs;
}

}  // namespace trainlint
