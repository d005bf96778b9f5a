#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lint/lsp/document.h"
#include "lint/lsp/live_folder.h"

namespace trainlint {

// A file in one of the packages that were linted.
struct FileInRun {
  const Run* run = nullptr;
  std::string path;  // below the package's root
};

// All that the editor has open, what was found in it, and what has changed of that. Files are named
// by absolute paths as the client writes their folder.
class Workspace {
 public:
  explicit Workspace(Sources sources) : base_(std::move(sources)) {}

  // Replaces the folders of the workspace, by path.
  void set_folders(std::vector<std::string> folders);
  const std::vector<std::string>& folders() const { return folders_; }
  // What the editor says for one folder; "" for all that have nothing of their own.
  void set_settings(const std::string& folder, const Layer& layer);

  void open(Document document);
  Result<int64_t> change(const std::string& uri, const Json& changes, int64_t version);
  void close(const std::string& uri);
  const Document* document(const std::string& uri) const;
  bool has_document_at(const std::string& file) const { return uris_.count(file) > 0; }

  // Looks on disk for changes. With `now` false only if that has not been done for a while.
  void refresh(bool now);
  void lint_all_again();

  // Lints one package that waits, those of the file edited last first. False when none is left.
  bool step();
  size_t waiting();
  // Lints what waits and holds this file.
  void finish(const std::string& file);

  // The files whose diagnostics may have changed since the last call.
  std::set<std::string> take_changed();
  const Json& diagnostics(const std::string& file) const;
  const std::map<std::string, Json>& all_diagnostics() const { return merged_; }

  void set_related(bool offered) { form_.related = offered; }
  // As the client writes it, for a file that is open.
  std::string uri_of(const std::string& file) const;
  std::string file_of(const std::string& uri) const;  // "" for what is in no project
  std::vector<FileInRun> runs_with(const std::string& file) const;

 private:
  struct Opened {
    std::unique_ptr<LiveFolder> project;
    std::vector<std::map<std::string, Json>> shown;  // diagnostics by file, for each run
    bool for_folder = false;                         // of the workspace, not only for a file
  };
  const Sources& sources_of(const std::string& folder) const;
  Opened* opened_with(const std::string& canonical);
  void open_project(const Location& location, bool for_folder);
  void lay_over(const Document& document);
  void close_unused();
  void collect(Opened& opened);
  void merge(const std::string& file);
  std::string shown_file(const LiveFolder& project, const std::string& below) const;

  Sources base_;
  std::map<std::string, Sources> settings_;  // by folder
  std::vector<std::string> folders_;
  std::map<std::string, Opened> projects_;     // by canonical root
  std::map<std::string, Document> documents_;  // by URI
  std::map<std::string, std::string> uris_;    // of open files
  std::string last_edited_;                    // canonical
  std::map<std::string, Json> merged_;
  std::set<std::string> changed_;
  DiagnosticForm form_;
  std::chrono::steady_clock::time_point refreshed_{};
  std::chrono::steady_clock::duration refresh_took_{};
};

}  // namespace trainlint
