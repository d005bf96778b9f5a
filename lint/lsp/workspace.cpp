#include "lint/lsp/workspace.h"

#include <algorithm>
#include <filesystem>

#include "lint/lsp/uri.h"

namespace trainlint {

using Clock = std::chrono::steady_clock;

static bool below_or_same(const std::string& path, const std::string& folder) {
  return path == folder || folder == "/" ||
         (path.starts_with(folder) && path[folder.size()] == '/');
}

const Sources& Workspace::sources_of(const std::string& folder) const {
  const Sources* best = &base_;
  size_t longest = 0;
  for (const auto& [name, sources] : settings_) {
    if (name.size() < longest || (!name.empty() && !below_or_same(folder, name))) continue;
    best = &sources;
    longest = name.size();
  }
  return *best;
}

void Workspace::set_settings(const std::string& folder, const Layer& layer) {
  Sources& sources = settings_[folder] = base_;
  sources.flags.insert(sources.flags.end(), layer.begin(), layer.end());
  lint_all_again();
}

void Workspace::lint_all_again() {
  for (auto& [root, opened] : projects_) opened.project->lint_all_again();
}

void Workspace::open_project(const Location& location, bool for_folder) {
  std::string root = canonical_path(location.open);
  auto [entry, fresh] = projects_.try_emplace(root);
  Opened& opened = entry->second;
  if (fresh) {
    auto sources = [this](const std::string& folder) -> const Sources& {
      return sources_of(folder);
    };
    Result<std::unique_ptr<LiveFolder>> project = LiveFolder::open(location, sources);
    if (!project) {
      projects_.erase(entry);
      return;
    }
    opened.project = std::move(*project);
  }
  opened.for_folder = opened.for_folder || for_folder;
  opened.project->add_target(location.target);
  for (const auto& [uri, document] : documents_) lay_over(document);
}

void Workspace::set_folders(std::vector<std::string> folders) {
  folders_ = std::move(folders);
  std::vector<Location> locations;
  for (const std::string& folder : folders_)
    if (Result<std::optional<Location>> location = locate(folder); location && *location)
      locations.push_back(std::move(**location));
  for (auto& [root, opened] : projects_) opened.for_folder = false;
  for (const Location& location : locations) {
    const std::string root = canonical_path(location.open);
    // What lies in another folder of the workspace is linted there.
    const bool inside = std::any_of(locations.begin(), locations.end(), [&](const Location& other) {
      const std::string around = canonical_path(other.open);
      return other.target.empty() && around != root && below_or_same(root, around);
    });
    if (!inside) open_project(location, true);
  }
  close_unused();
}

// The innermost project that a file lies in.
Workspace::Opened* Workspace::opened_with(const std::string& canonical) {
  Opened* best = nullptr;
  for (auto& [root, opened] : projects_)
    if (below_or_same(canonical, root) && (!best || best->project->root().size() < root.size()))
      best = &opened;
  return best;
}

std::string Workspace::shown_file(const LiveFolder& project, const std::string& below) const {
  return absolute_path(shown_path(project.location().shown, below), {});
}

void Workspace::lay_over(const Document& document) {
  Opened* opened = opened_with(document.path);
  if (!opened) return;
  std::string below = opened->project->below_root(document.path);
  uris_[shown_file(*opened->project, below)] = document.uri;
  opened->project->lay_over(below, document.text);
}

void Workspace::open(Document document) {
  last_edited_ = document.path;
  Document& kept = documents_[document.uri] = std::move(document);
  Opened* opened = opened_with(kept.path);
  if (!opened || !opened->for_folder) {
    std::optional<std::string> path = path_of_uri(kept.uri);
    if (std::optional<Location> location = path ? locate_changed(*path) : std::nullopt)
      open_project(*location, false);
  }
  lay_over(kept);
  if (const std::string file = file_of(kept.uri); !file.empty()) changed_.insert(file);
}

Result<int64_t> Workspace::change(const std::string& uri, const Json& changes, int64_t version) {
  auto found = documents_.find(uri);
  if (found == documents_.end()) return Error{"the document is not open"};
  Document& document = found->second;
  Result<std::string> text = changed_text(*document.text, changes);
  if (!text) return Error{text.error()};
  document.text = std::make_shared<const std::string>(std::move(*text));
  document.version = version;
  last_edited_ = document.path;
  lay_over(document);
  if (const std::string file = file_of(uri); !file.empty()) changed_.insert(file);
  return version;
}

void Workspace::close(const std::string& uri) {
  auto found = documents_.find(uri);
  if (found == documents_.end()) return;
  const std::string file = file_of(uri);
  if (Opened* opened = opened_with(found->second.path))
    opened->project->uncover(opened->project->below_root(found->second.path));
  documents_.erase(found);
  if (!file.empty()) {
    changed_.insert(file);
    uris_.erase(file);
  }
  close_unused();
}

const Document* Workspace::document(const std::string& uri) const {
  auto found = documents_.find(uri);
  return found == documents_.end() ? nullptr : &found->second;
}

// A project that was opened for a file goes when the last of its files is closed.
void Workspace::close_unused() {
  for (auto at = projects_.begin(); at != projects_.end();) {
    Opened& opened = at->second;
    const bool used = opened.for_folder ||
                      std::any_of(documents_.begin(), documents_.end(), [&](const auto& entry) {
                        return opened_with(entry.second.path) == &opened;
                      });
    if (used) {
      ++at;
      continue;
    }
    std::vector<std::map<std::string, Json>> shown = std::move(opened.shown);
    at = projects_.erase(at);
    for (const auto& files : shown)
      for (const auto& [file, diagnostics] : files) merge(file);
  }
}

void Workspace::refresh(bool now) {
  // A large folder takes long to list: at most a fiftieth of the time goes there.
  const auto pause = std::max<Clock::duration>(std::chrono::seconds(1), 50 * refresh_took_);
  const Clock::time_point begin = Clock::now();
  if (!now && begin - refreshed_ < pause) return;
  for (auto& [root, opened] : projects_) opened.project->refresh();
  refreshed_ = Clock::now();
  refresh_took_ = refreshed_ - begin;
}

size_t Workspace::waiting() {
  size_t count = 0;
  for (auto& [root, opened] : projects_) count += opened.project->waiting();
  return count;
}

bool Workspace::step() {
  Opened* next = opened_with(last_edited_);
  if (!next || next->project->waiting() == 0) {
    next = nullptr;
    for (auto& [root, opened] : projects_)
      if (!next && opened.project->waiting() > 0) next = &opened;
  }
  if (!next) return false;
  next->project->lint_next(next->project->below_root(last_edited_));
  collect(*next);
  return true;
}

void Workspace::finish(const std::string& file) {
  const std::string canonical = canonical_path(file);
  Opened* opened = opened_with(canonical);
  if (!opened) return;
  const std::string below = opened->project->below_root(canonical);
  while (opened->project->waits_for(below)) {
    opened->project->lint_next(below);
    collect(*opened);
  }
}

void Workspace::collect(Opened& opened) {
  form_.uri = [this](const std::string& file) { return uri_of(file); };
  std::set<size_t> changed = opened.project->settle();
  std::set<std::string> files;
  std::span<const Run> runs = opened.project->runs();
  for (size_t i = runs.size(); i < opened.shown.size(); ++i) changed.insert(i);
  opened.shown.resize(std::max(opened.shown.size(), runs.size()));
  for (size_t i : changed) {
    for (const auto& [file, diagnostics] : opened.shown[i]) files.insert(file);
    opened.shown[i].clear();
    if (i < runs.size()) opened.shown[i] = diagnostics_of(runs[i], form_);
    for (const auto& [file, diagnostics] : opened.shown[i]) files.insert(file);
  }
  opened.shown.resize(runs.size());
  for (const std::string& file : files) merge(file);
}

// What all packages that hold a file have to say about it.
void Workspace::merge(const std::string& file) {
  Json all = Json::array();
  bool known = false;
  for (const auto& [root, opened] : projects_) {
    for (const auto& files : opened.shown) {
      auto found = files.find(file);
      if (found == files.end()) continue;
      known = true;
      for (const Json& each : found->second)
        if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(each);
    }
  }
  auto [entry, fresh] = merged_.try_emplace(file, Json::array());
  if (entry->second != all) changed_.insert(file);
  if (known)
    entry->second = std::move(all);
  else
    merged_.erase(entry);
}

std::set<std::string> Workspace::take_changed() {
  return std::exchange(changed_, {});
}

const Json& Workspace::diagnostics(const std::string& file) const {
  static const Json none = Json::array();
  auto found = merged_.find(file);
  return found == merged_.end() ? none : found->second;
}

std::string Workspace::uri_of(const std::string& file) const {
  auto open = uris_.find(file);
  return open == uris_.end() ? file_uri(file) : open->second;
}

std::string Workspace::file_of(const std::string& uri) const {
  std::optional<std::string> path = path_of_uri(uri);
  if (!path) return "";
  const std::string canonical = canonical_path(*path);
  const LiveFolder* best = nullptr;
  for (const auto& [root, opened] : projects_)
    if (below_or_same(canonical, root) && (!best || best->root().size() < root.size()))
      best = opened.project.get();
  return best ? shown_file(*best, best->below_root(canonical)) : "";
}

std::vector<FileInRun> Workspace::runs_with(const std::string& file) const {
  std::vector<FileInRun> found;
  for (const auto& [root, opened] : projects_) {
    for (const Run& run : opened.project->runs()) {
      const std::string folder = absolute_path(run.package.root, {});
      if (run.tree && below_or_same(file, folder) && file.size() > folder.size())
        found.push_back({&run, file.substr(folder == "/" ? 1 : folder.size() + 1)});
    }
  }
  return found;
}

}  // namespace trainlint
