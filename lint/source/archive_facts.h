#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lint/source/listing.h"

namespace trainlint {

enum class MemberFaultKind : uint8_t {
  outside,       // its name leads out of the folder that the archive is unpacked in: pip stops
  link_outside,  // a link does
  special,       // a device, a pipe, a socket
  repeated,      // a second member of the same name; the last one holds
  backslash,     // a name with '\' in it, as broken tools on Windows write them
  unnameable,    // a part of the name is longer than file systems take, or holds a NUL byte
};

struct MemberFault {
  std::string member;  // its name as stored
  MemberFaultKind kind = MemberFaultKind::outside;
  std::string target;  // of a link
};

// What an archive shows before it is made into a source tree.
struct ArchiveFacts {
  std::string name;  // of its file, without folders: "trainer-0.1.tar.gz"
  std::string path;  // as given; "" for one that is in memory
  bool is_zip = false;
  std::string top;  // the one folder that holds everything, "trainer-0.1"; "" where there is none
  std::string build_file;  // the setup.py or pyproject.toml nearest to where pip looks for it,
                           // which is right below `top`: "setup.py", "work/setup.py"; "" for none
  // The ending of the name says what the content is not, and pip goes by the name: "a zip",
  // "packed by gzip"; "" where both agree.
  std::string not_as_named;
  std::vector<MemberFault> faults;  // by kind, then in order of names
};

// In what order the members come does not matter.
std::vector<MemberFault> faults_of(const std::vector<StoredMember>& members);

// The nearest setup.py or pyproject.toml of a listing without its top folder.
std::string nearest_build_file(const std::vector<SourceFile>& files);

}  // namespace trainlint
