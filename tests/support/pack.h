#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lint/source/tree.h"

// Archives made in memory, so that no binary file is kept with the tests.

namespace trainlint {

enum class Packing : uint8_t { tar, tar_gz, tar_bz2, tar_xz, zip };

struct PackedMember {
  std::string name;
  std::string content;
  FileKind kind = FileKind::file;  // link: symbolic, to `target`; other: a named pipe
  std::string target;
  bool hard_link = false;
};

Bytes pack(const std::vector<PackedMember>& members, Packing packing);
// Files by path, each below `top` ("trainer-0.1/"; "" for none).
Bytes pack_files(const std::map<std::string, std::string>& files, Packing packing,
                 const std::string& top = "");

}  // namespace trainlint
