#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/source/tree.h"

namespace trainlint {

// How the members of an archive or a map become the listing of a source tree: names are made
// plain, folders that are only implied by their files are added, and links are followed inside it.

inline constexpr uint64_t largest_file = uint64_t{16} << 20;  // bytes; above, nothing is read
inline constexpr size_t most_members = 1'000'000;             // of a folder
inline constexpr size_t most_archive_members = 200'000;
inline constexpr size_t most_linked_members = 50'000;  // that are reached through a folder's link
inline constexpr uint32_t no_content = UINT32_MAX;

// A member as it is stored. `id` names its content for whoever reads it.
struct StoredMember {
  std::string name;
  FileKind kind = FileKind::file;
  uint64_t size = 0;
  std::string problem;
  std::string target;      // of a symbolic link (relative to its folder) or hard link (to the root)
  bool hard_link = false;  // kind is `file`; its content is the target's
  uint32_t id = no_content;
};

// `ids[i]` is the content of `files[i]`; no_content for all that is no readable file.
struct Listing {
  std::vector<SourceFile> files;
  std::vector<uint32_t> ids;
};

// Of members with the same name the last one holds, as when they are unpacked one after another.
// Absolute names and names with ".." stay as they are, with a problem. Fails when the listing
// would be larger than the limits above.
Result<Listing> list_members(std::vector<StoredMember> members);

// Where one folder holds everything ("trainer-0.1/"), paths become relative to it. As pip does,
// but for a folder that is an import package and no project: pip finds nothing to build either way,
// and whoever packed "trainer/" means the package. Members with a name that cannot be unpacked do
// not count.
// Gives the folder's name, or "".
std::string strip_top_folder(Listing& listing);

// In a vector in byte order of paths; null when there is none.
const SourceFile* find_file(const std::vector<SourceFile>& files, std::string_view path);

// Why a member cannot be read, as `SourceFile::problem` says it: a noun phrase.
std::string size_problem(uint64_t size);  // "" for a size that can be read
std::string link_problem(std::string_view target, std::string_view fault);
inline constexpr std::string_view leads_nowhere = "leads nowhere";
inline constexpr std::string_view leads_out = "leads out of the tree";
inline constexpr std::string_view leads_round = "leads in a circle";
inline constexpr std::string_view leads_to_too_much = "repeats too many folders";

}  // namespace trainlint
