#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lint/cli/locate.h"
#include "lint/lsp/kept_tree.h"
#include "lint/pipeline.h"
#include "lint/report/diagnostics.h"

namespace trainlint {

// A folder that was opened, its trainer packages and what was found in each, kept current while
// files change: a package is linted again when something below its root has changed.
class LiveFolder {
 public:
  // Where settings come from for the package in a folder (absolute, as the client writes it).
  using SourcesOf = std::function<const Sources&(const std::string& folder)>;

  static Result<std::unique_ptr<LiveFolder>> open(const Location& location, SourcesOf sources);

  const Location& location() const { return location_; }
  const std::string& root() const { return tree_->root(); }  // canonical
  // The packages of a file or folder below the root are linted from now on; "" is all of them.
  void add_target(const std::string& target);

  // A path below the root for a canonical path; "" for what is not below it, and for itself.
  std::string below_root(const std::string& canonical) const;

  // An open buffer instead of a file, which is named by its path below the root.
  void lay_over(const std::string& path, Bytes text);
  void uncover(const std::string& path);
  // Looks at the folder on disk for what has changed since. Gives whether anything has.
  bool refresh();
  void lint_all_again();

  // Packages that wait to be linted. The one that holds `first` comes first.
  size_t waiting();
  void lint_next(const std::string& first);
  // Whether a package that a file may matter to waits.
  bool waits_for(const std::string& path);
  // After linting: what several packages say of one file is said once, accepted findings go.
  // Gives the packages, by number, whose findings may differ from before.
  std::set<size_t> settle();

  std::span<const Run> runs() const { return runs_; }

 private:
  struct Kept {
    PackageRoot package;
    std::unique_ptr<KnownModules> known;
    std::vector<Finding> all;  // of the run, before settle() has dropped any
    bool waits = true;
  };
  void find_packages();
  void touched(const std::string& path);
  void lint(size_t index);
  std::vector<PackageRoot> chosen_packages();

  Location location_;
  SourcesOf sources_;
  std::unique_ptr<KeptTree> tree_;
  std::set<std::string> targets_;
  std::vector<PackageRoot> found_;
  std::vector<Kept> kept_;
  std::vector<Run> runs_;        // one for each of `kept_`
  std::set<size_t> linted_;      // since settle()
  bool packages_known_ = false;  // false: `found_` is to be found again
};

}  // namespace trainlint
