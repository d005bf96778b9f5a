#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/source/listing.h"
#include "lint/source/tree.h"

namespace trainlint {

// Where an archive's bytes are: in memory, or in a file that is read piece by piece.
struct ArchiveBytes {
  std::string name;  // for messages
  std::string path;  // of the file, when `content` is null
  Bytes content;
};

// An opened archive: its members as stored, and a way to their contents, which any thread may use.
struct StoredArchive {
  std::vector<StoredMember> members;
  std::function<Result<Bytes>(uint32_t id)> read;
};

// Both fail, with the reason alone ("truncated gzip input"), for what is not such an archive or
// is too damaged to list.
Result<StoredArchive> open_tar(const ArchiveBytes& bytes);  // plain, or packed by gzip, bzip2, xz
Result<StoredArchive> open_zip(const ArchiveBytes& bytes);

uint64_t archive_size(const ArchiveBytes& bytes);

// Why an archive of `packed` bytes whose members add up to `total` is not read: it holds what no
// package does, but a bomb may. "" for one that can be read.
std::string total_problem(uint64_t total, uint64_t packed);
// Sizes are only what an archive says, and may be anything.
uint64_t sum_of_sizes(uint64_t a, uint64_t b);

Result<OpenTree> open_archive(const ArchiveBytes& bytes);

}  // namespace trainlint
