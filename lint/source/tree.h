#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lint/text/result.h"

namespace trainlint {

// What a file holds; shared, so that views of it stay valid while any stage keeps it.
using Bytes = std::shared_ptr<const std::string>;

enum class FileKind : uint8_t {
  file,    // can be read; also a link to a file inside the same tree
  folder,  // listed although nothing may be in it; also a link to a folder inside the tree
  link,    // a symbolic link that leads nowhere, in a circle, or out of the tree: never followed
  other,   // socket, device, pipe: never opened
};

// One member of a source tree. `path` is relative to the root, with '/' between parts, as the bytes
// that the file system or archive gave (which need not be UTF-8).
struct SourceFile {
  std::string path;
  FileKind kind = FileKind::file;
  uint64_t size = 0;    // bytes, for files
  std::string problem;  // why it cannot be read, when that is known without reading; else empty
  std::string target;   // of a link, as stored
};

struct ArchiveFacts;  // lint/source/archive_facts.h

// Files by path, wherever they are: a folder, an archive, memory, a folder with open buffers laid
// over it. No stage after this one can tell the difference.
class SourceTree {
 public:
  virtual ~SourceTree() = default;

  // All members in byte order of their paths. Paths are unique.
  virtual const std::vector<SourceFile>& files() const = 0;
  // The content of a file. Fails for what is not there, not a file, or not readable.
  virtual Result<Bytes> read(std::string_view path) const = 0;
  // What the archive that holds the files shows besides them; null where they are in none.
  virtual const ArchiveFacts* archive() const { return nullptr; }

  const SourceFile* find(std::string_view path) const;  // null when there is none
  bool has_file(std::string_view path) const;
  bool has_folder(std::string_view path) const;  // "" is the root, which always is one
};

enum class TreeKind : uint8_t { folder, sdist, wheel };

struct OpenTree {
  std::unique_ptr<SourceTree> tree;
  TreeKind kind = TreeKind::folder;
};

// A folder or an archive; its content decides what an archive is, not its name. For an sdist with
// the usual single top folder ("trainer-0.1/") the tree's root is that folder.
Result<OpenTree> open_path(const std::string& path);

Result<std::unique_ptr<SourceTree>> open_folder(const std::string& path);
// `name` (for messages and for telling a wheel, *.whl, from a zipped sdist) need not exist on disk.
Result<OpenTree> open_archive(std::string name, Bytes content);

std::unique_ptr<SourceTree> memory_tree(std::map<std::string, std::string> files);
// The files of a text in the txtar form of Go's tools: "-- path --" lines, each followed by the
// file's content. Text before the first such line is dropped.
std::map<std::string, std::string> parse_txtar(std::string_view text);

// The part of a tree below a folder, with paths relative to it. `tree` must outlive the result.
std::unique_ptr<SourceTree> subtree(const SourceTree& tree, std::string_view folder);
// Only these files of a tree, and the folders that hold them. `tree` must outlive the result.
std::unique_ptr<SourceTree> selection(const SourceTree& tree,
                                      const std::vector<std::string>& files);
// `below` with some files replaced or added. `below` must outlive the result.
std::unique_ptr<SourceTree> overlay(const SourceTree& below, std::map<std::string, Bytes> files);

}  // namespace trainlint
