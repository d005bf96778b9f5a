#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/distribution/file_view.h"

namespace trainlint {

// Three pattern languages meet in one build, and they differ; each is followed exactly.

// Python's fnmatch on POSIX: '*' and '?' match '/' too, "[a-z]" and "[!a]" are sets.
bool fnmatch(std::string_view name, std::string_view pattern);

// setuptools' own translation for the excluding lines of MANIFEST.in, matched against whole paths:
// '*' and '?' stop at '/', a part "**" matches any number of folders, and a set takes its
// characters literally, so that "[a-c]" is 'a', '-' or 'c'.
bool manifest_match(std::string_view path, std::string_view pattern);

enum class GlobDialect : uint8_t {
  python,      // glob.glob(): '*' and "**" skip names that start with a dot
  setuptools,  // setuptools.glob: they do not
};

// The files and folders that match, with the spelling that the pattern gives them: "./a/*" finds
// "./a/b". `recursive` gives "**" its meaning; without it "**" is "*".
std::vector<std::string> glob(const FileView& files, const std::string& pattern, bool recursive,
                              GlobDialect dialect);

}  // namespace trainlint
