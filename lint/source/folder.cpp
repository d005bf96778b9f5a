#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "lint/source/around.h"
#include "lint/source/listing.h"

#ifndef _WIN32
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace trainlint {

namespace {

namespace fs = std::filesystem;

// The bytes of a name with '/' between its parts; the system's own on POSIX, UTF-8 on Windows.
std::string bytes_of(const fs::path& path) {
#ifdef _WIN32
  std::u8string text = path.generic_u8string();
  return std::string(text.begin(), text.end());
#else
  return path.native();
#endif
}

fs::path path_of(std::string_view bytes) {
#ifdef _WIN32
  return fs::path(std::u8string(bytes.begin(), bytes.end()));
#else
  return fs::path(bytes);
#endif
}

std::string reason(std::error_code error) {
  std::string text = error.message();
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
  return text;
}

// Fills in the size of a regular file, and why it cannot be read: with one call of the system
// where there is one for both, as these calls are most of the time that listing takes.
void describe(const fs::path& path, SourceFile& file) {
#ifdef _WIN32
  std::error_code error;
  file.size = fs::file_size(path, error);
  bool readable = !error && std::ifstream(path, std::ios::binary).is_open();
#else
  struct stat facts {};
  std::error_code error;
  if (stat(path.c_str(), &facts) != 0) error.assign(errno, std::generic_category());
  file.size = static_cast<uint64_t>(facts.st_size);
  constexpr mode_t all = S_IRUSR | S_IRGRP | S_IROTH;
  bool readable = !error && ((facts.st_mode & all) == all || access(path.c_str(), R_OK) == 0);
#endif
  if (error) file.size = 0;
  file.problem = error ? reason(error) : !readable ? "permission denied" : size_problem(file.size);
}

// What tools keep beside the code and nobody packs.
bool is_tool_folder(std::string_view name) {
  static constexpr std::string_view names[] = {
      ".git", ".hg",         ".svn",          "node_modules",       "__pycache__", ".tox",
      ".nox", ".mypy_cache", ".pytest_cache", ".ipynb_checkpoints", ".ruff_cache"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

using Entries = std::vector<fs::directory_entry>;

bool has_entry(const Entries& entries, std::initializer_list<const char*> names) {
  return std::any_of(entries.begin(), entries.end(), [&](const fs::directory_entry& entry) {
    return std::find(names.begin(), names.end(), entry.path().filename()) != names.end();
  });
}

bool is_virtual_environment(const Entries& entries) {
  return has_entry(entries, {"pyvenv.cfg", "conda-meta"});
}

// A handle is held only as long as one folder is read: the way down may be long.
Entries entries_of(const fs::path& folder, std::error_code& error) {
  Entries entries;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    entries.push_back(*at);
    if (entries.size() > most_members) break;
  }
  return entries;
}

// More than a folder of code beside a package holds.
constexpr size_t most_beside = 2000;

class FolderLister {
 public:
  // With `package`, of the other folders at the top those that hold too much are left out.
  FolderLister(fs::path root, std::string package)
      : root_(std::move(root)), package_(std::move(package)) {
    chain_.push_back(root_);
  }

  // Gives why the root cannot be listed, or nothing.
  std::error_code list_root() {
    std::error_code error;
    Entries entries = entries_of(root_, error);
    if (!error) list(entries, "");
    return error;
  }

  std::vector<SourceFile> take() { return std::move(files_); }

 private:
  // Adds all that a folder holds, whose path below the tree's root is `prefix` ("" or "a/b/").
  void list(const Entries& entries, const std::string& prefix) {
    bool is_project = has_entry(entries, {"setup.py", "setup.cfg", "pyproject.toml"});
    for (const fs::directory_entry& entry : entries) {
      if (files_.size() > most_) return;
      add(entry, prefix, is_project);
    }
  }

  void add(const fs::directory_entry& entry, const std::string& prefix, bool beside_project) {
    std::string name = bytes_of(entry.path().filename());
    SourceFile file;
    file.path = prefix + name;
    if (links_ > 0 && ++linked_ > most_linked_members) return;
    std::error_code error;
    switch (entry.symlink_status(error).type()) {
      case fs::file_type::directory:
        if (!is_left_out(entry.path(), name, beside_project)) add_folder(entry.path(), file);
        return;
      case fs::file_type::symlink:
        add_link(entry.path(), file);
        return;
      case fs::file_type::regular:
        describe(entry.path(), file);
        break;
      default:
        file.kind = FileKind::other;
        file.problem = error ? reason(error) : "neither a file nor a folder";
    }
    files_.push_back(std::move(file));
  }

  // `build` and `dist` are what setup.py leaves behind, except where somebody's package has that
  // name.
  static bool is_left_out(const fs::path& path, std::string_view name, bool beside_project) {
    if (is_tool_folder(name)) return true;
    return beside_project && (name == "build" || name == "dist") && !is_there(path / "__init__.py");
  }

  // False when the folder is left out.
  bool add_folder(const fs::path& path, SourceFile file) {
    std::error_code error;
    Entries entries = entries_of(path, error);
    if (!error && is_virtual_environment(entries)) return false;
    file.kind = FileKind::folder;
    if (error) file.problem = fmt::format("a folder that cannot be listed: {}", reason(error));
    bool neighbour = !package_.empty() && file.path != package_ && chain_.size() == 1;
    const size_t before = files_.size();
    if (neighbour) most_ = std::min<size_t>(most_members, before + most_beside);
    std::string prefix = file.path + "/";
    files_.push_back(std::move(file));
    chain_.push_back(path);
    list(entries, prefix);
    chain_.pop_back();
    if (!neighbour) return true;
    const bool too_much = files_.size() > most_;
    if (too_much) files_.resize(before);
    most_ = most_members;
    return !too_much;
  }

  void add_link(const fs::path& path, SourceFile& file) {
    std::error_code error;
    file.kind = FileKind::link;
    file.target = bytes_of(fs::read_symlink(path, error));
    fs::path target = fs::canonical(path, error);
    if (error) {
      bool round = error == std::errc::too_many_symbolic_link_levels;
      file.problem = error == std::errc::permission_denied
                         ? reason(error)
                         : link_problem(file.target, round ? leads_round : leads_nowhere);
    } else if (!is_inside(target)) {
      file.problem = link_problem(file.target, leads_out);
    } else {
      follow(target, file);
      return;
    }
    files_.push_back(std::move(file));
  }

  // Inside the tree a link is what it leads to. A folder that is being listed already would be
  // listed for ever; one that is merely listed twice ends at a limit.
  void follow(const fs::path& target, SourceFile& file) {
    std::error_code error;
    fs::file_status status = fs::status(target, error);
    if (status.type() == fs::file_type::directory) {
      bool round = std::find(chain_.begin(), chain_.end(), target) != chain_.end();
      if (!round && linked_ < most_linked_members) {
        ++links_;
        size_t place = files_.size();
        bool added = add_folder(target, file);
        --links_;
        if (added && linked_ > most_linked_members)
          files_[place].problem = link_problem(file.target, leads_to_too_much);
        return;
      }
      file.problem = link_problem(file.target, round ? leads_round : leads_to_too_much);
    } else if (status.type() == fs::file_type::regular) {
      file.kind = FileKind::file;
      describe(target, file);
    } else {
      file.kind = FileKind::other;
      file.problem = "neither a file nor a folder";
    }
    files_.push_back(std::move(file));
  }

  bool is_inside(const fs::path& path) const {
    return std::mismatch(root_.begin(), root_.end(), path.begin(), path.end()).first == root_.end();
  }

  fs::path root_;  // canonical
  std::string package_;
  size_t most_ = most_members;   // no more files are listed
  std::vector<fs::path> chain_;  // folders that are being listed, canonical
  std::vector<SourceFile> files_;
  int links_ = 0;  // how many links led to where the lister is
  size_t linked_ = 0;
};

class FolderTree final : public SourceTree {
 public:
  FolderTree(fs::path root, std::vector<SourceFile> files)
      : root_(std::move(root)), files_(std::move(files)) {}

  const std::vector<SourceFile>& files() const override { return files_; }

  Result<Bytes> read(std::string_view path) const override {
    const SourceFile* file = find(path);
    if (!file) return Error{"no such file"};
    if (!file->problem.empty()) return Error{file->problem};
    if (file->kind != FileKind::file) return Error{"not a file"};
    std::ifstream stream(root_ / path_of(path), std::ios::binary);
    if (!stream) return Error{reason(std::error_code(errno, std::generic_category()))};
    std::string content(file->size, '\0');
    stream.read(content.data(), static_cast<std::streamsize>(content.size()));
    if (stream.bad()) return Error{"an input error"};
    content.resize(static_cast<size_t>(stream.gcount()));
    // It may have grown since it was listed.
    char more[4096];
    while (stream && content.size() <= largest_file) {
      stream.read(more, sizeof more);
      content.append(more, static_cast<size_t>(stream.gcount()));
    }
    if (std::string problem = size_problem(content.size()); !problem.empty()) return Error{problem};
    return Bytes(std::make_shared<const std::string>(std::move(content)));
  }

 private:
  fs::path root_;
  std::vector<SourceFile> files_;
};

}  // namespace

Result<std::unique_ptr<SourceTree>> open_folder_around(const std::string& path,
                                                       const std::string& package) {
  std::error_code error;
  fs::path root = fs::canonical(path_of(path), error);
  if (error) return Error{fmt::format("'{}' cannot be opened: {}", path, reason(error))};
  FolderLister lister(root, package);
  if (error = lister.list_root(); error)
    return Error{fmt::format("'{}' cannot be listed: {}", path, reason(error))};
  std::vector<SourceFile> files = lister.take();
  if (files.size() > most_members)
    return Error{fmt::format("'{}' holds more than {} files", path, most_members)};
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return std::unique_ptr<SourceTree>(
      std::make_unique<FolderTree>(std::move(root), std::move(files)));
}

Result<std::unique_ptr<SourceTree>> open_folder(const std::string& path) {
  return open_folder_around(path, "");
}

}  // namespace trainlint
