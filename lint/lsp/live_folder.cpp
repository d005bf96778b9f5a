#include "lint/lsp/live_folder.h"

#include <algorithm>
#include <iterator>

#include "lint/cli/accepted.h"
#include "lint/cli/packages.h"
#include "lint/cli/shared_findings.h"
#include "lint/launch/commands.h"
#include "lint/launch/submissions.h"
#include "lint/lsp/uri.h"
#include "lint/text/path.h"

namespace trainlint {

static bool holds(std::string_view folder, std::string_view path) {
  return folder.empty() || path == folder ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

static bool same_package(const PackageRoot& left, const PackageRoot& right) {
  return left.root == right.root && left.package_folder == right.package_folder &&
         left.module == right.module;
}

Result<std::unique_ptr<LiveFolder>> LiveFolder::open(const Location& location, SourcesOf sources) {
  Result<OpenTree> opened = open_location(location);
  if (!opened) return Error{opened.error()};
  if (opened->kind != TreeKind::folder) return Error{"not a folder"};
  auto project = std::make_unique<LiveFolder>();
  project->location_ = location;
  project->sources_ = std::move(sources);
  project->tree_ =
      std::make_unique<KeptTree>(canonical_path(location.open), std::move(opened->tree));
  return project;
}

void LiveFolder::add_target(const std::string& target) {
  if (targets_.insert(target == "." ? "" : target).second) packages_known_ = false;
}

std::string LiveFolder::below_root(const std::string& canonical) const {
  const std::string& top = root();
  if (top == "/") return canonical.substr(1);
  if (!holds(top, canonical) || canonical.size() == top.size()) return "";
  return canonical.substr(top.size() + 1);
}

// Everything in a package's root may matter to it, and so may the configuration above it. Which
// packages there are depends on metadata and scripts.
void LiveFolder::touched(const std::string& path) {
  const std::string_view name = file_name(path);
  const bool configures = name == "trainlint.toml" || name == "pyproject.toml";
  if (!path.ends_with(".py") || name == "setup.py") packages_known_ = false;
  for (Kept& kept : kept_)
    if (holds(kept.package.root, path) ||
        (configures && holds(parent_folder(path), kept.package.root)))
      kept.waits = true;
}

void LiveFolder::lay_over(const std::string& path, Bytes text) {
  const bool fresh = !tree_->has_file(path);
  if (!tree_->lay_over(path, std::move(text))) return;
  if (fresh) packages_known_ = false;
  touched(path);
}

void LiveFolder::uncover(const std::string& path) {
  tree_->uncover(path);
  if (!tree_->has_file(path)) packages_known_ = false;
  touched(path);
}

bool LiveFolder::refresh() {
  Result<OpenTree> opened = open_location(location_);
  if (!opened || opened->kind != TreeKind::folder) return false;
  std::vector<std::string> before;
  for (const SourceFile& file : tree_->files()) before.push_back(file.path);
  const std::set<std::string> changed = tree_->refresh(std::move(opened->tree));
  const bool same_names =
      std::equal(before.begin(), before.end(), tree_->files().begin(), tree_->files().end(),
                 [](const std::string& path, const SourceFile& file) { return path == file.path; });
  if (!same_names) packages_known_ = false;
  for (const std::string& path : changed) touched(path);
  return !changed.empty();
}

void LiveFolder::lint_all_again() {
  packages_known_ = false;
  for (Kept& kept : kept_) kept.waits = true;
}

// As the command line chooses for a path.
std::vector<PackageRoot> LiveFolder::chosen_packages() {
  std::vector<PackageRoot> chosen;
  for (const std::string& target : targets_) {
    const std::string folder = tree_->has_folder(target) ? target : parent_folder(target);
    const Config config =
        config_for(*tree_, folder, root(), sources_(shown_path(location_.shown, folder)));
    for (PackageRoot& package : packages_meant(*tree_, found_, target, config, ""))
      if (std::none_of(chosen.begin(), chosen.end(),
                       [&](const PackageRoot& other) { return same_package(other, package); }))
        chosen.push_back(std::move(package));
  }
  return chosen;
}

void LiveFolder::find_packages() {
  packages_known_ = true;
  const std::vector<ScriptCommand> commands = find_gcloud_commands(*tree_);
  found_ = find_packages_in(*tree_, commands);
  std::vector<PackageRoot> submissions = find_submissions(*tree_, commands, found_);
  std::move(submissions.begin(), submissions.end(), std::back_inserter(found_));
  std::vector<Kept> kept;
  std::vector<Run> runs;
  for (PackageRoot& package : chosen_packages()) {
    auto old = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& each) {
      return each.known && same_package(each.package, package);
    });
    if (old == kept_.end()) {
      kept.push_back({std::move(package), std::make_unique<KnownModules>(), {}, true});
      runs.emplace_back();
      continue;
    }
    // What commands say of it may be new.
    if (!package.commands.empty() || !old->package.commands.empty()) old->waits = true;
    old->package = std::move(package);
    runs.push_back(std::move(runs_[static_cast<size_t>(old - kept_.begin())]));
    kept.push_back(std::move(*old));
  }
  kept_ = std::move(kept);
  runs_ = std::move(runs);
  for (size_t i = 0; i < runs_.size(); ++i) linted_.insert(i);
}

size_t LiveFolder::waiting() {
  if (!packages_known_) find_packages();
  return static_cast<size_t>(
      std::count_if(kept_.begin(), kept_.end(), [](const Kept& kept) { return kept.waits; }));
}

bool LiveFolder::waits_for(const std::string& path) {
  if (waiting() == 0) return false;
  return std::any_of(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.waits && holds(kept.package.root, path);
  });
}

void LiveFolder::lint_next(const std::string& first) {
  if (waiting() == 0) return;
  size_t next = kept_.size();
  for (size_t i = 0; i < kept_.size(); ++i) {
    if (!kept_[i].waits) continue;
    if (next == kept_.size()) next = i;
    if (!first.empty() && holds(kept_[i].package.root, first)) {
      next = i;
      break;
    }
  }
  lint(next);
}

void LiveFolder::lint(size_t index) {
  Kept& kept = kept_[index];
  kept.waits = false;
  linted_.insert(index);
  Run& run = runs_[index];
  kept.known->give_back(std::move(run.package.modules));
  const PackageRoot& package = kept.package;
  std::string shown = shown_path(location_.shown, package.root);
  Config config = config_for(*tree_, package.root, root(), sources_(shown));
  if (excluded(config, package.package_folder)) {
    run = Run{};
  } else {
    run = lint_package(subtree(*tree_, package.root), TreeKind::folder, package, {}, all_rules(),
                       config, {.known = kept.known.get()});
  }
  run.package.root = std::move(shown);
  run.opened = location_.shown;
  kept.all = run.findings;
}

std::set<size_t> LiveFolder::settle() {
  std::vector<size_t> before;
  std::vector<PackageRoot> chosen;
  for (const Kept& kept : kept_) chosen.push_back(kept.package);
  for (size_t i = 0; i < runs_.size(); ++i) {
    runs_[i].whole_root = has_whole_root(found_, chosen, chosen[i].root);
    before.push_back(runs_[i].findings.size());
    runs_[i].findings = kept_[i].all;
    drop_known(runs_[i], std::span(runs_).first(i));
  }
  drop_used_elsewhere(runs_);
  const bool accepts = std::any_of(runs_.begin(), runs_.end(), [](const Run& run) {
    return !run.config.text("baseline").empty();
  });
  // A baseline that cannot be read accepts nothing; the command line says why.
  if (accepts) static_cast<void>(apply_baselines(runs_, {}, {}));
  std::set<size_t> changed = std::move(linted_);
  linted_.clear();
  for (size_t i = 0; i < runs_.size(); ++i)
    if (runs_[i].findings.size() != before[i]) changed.insert(i);
  return changed;
}

}  // namespace trainlint
