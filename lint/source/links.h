#pragma once

#include <vector>

#include "lint/source/listing.h"

namespace trainlint {

struct ListedMember {
  SourceFile file;
  uint32_t id = no_content;
};

// Takes stored members in byte order of their (plain, unique) names, all folders among them. Links
// to a file get its content; links to a folder become a folder that holds the same members again;
// all others stay links with a problem. The result is in no particular order.
std::vector<ListedMember> follow_links(const std::vector<StoredMember>& members);

}  // namespace trainlint
