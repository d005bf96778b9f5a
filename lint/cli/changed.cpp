#include "lint/cli/changed.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#ifdef _WIN32
#define popen _popen
#define pclose _pclose
#endif

namespace trainlint {

static Result<std::string> output_of(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return Error{"git cannot be started"};
  std::string out;
  char buffer[65536];
  for (size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
  if (pclose(pipe) != 0) return Error{fmt::format("'{}' failed", command)};
  return out;
}

// For the shell, which the names of branches must not get to see as anything else.
static std::string quoted(std::string_view text) {
  std::string result = "'";
  for (char c : text) {
    if (c == '\'')
      result += "'\\''";
    else
      result += c;
  }
  return result + "'";
}

Result<std::vector<std::string>> changed_files() {
  Result<std::string> top = output_of("git rev-parse --show-toplevel");
  if (!top) return Error{top.error()};
  while (top->ends_with('\n') || top->ends_with('\r')) top->pop_back();
  std::string what = "--cached";
  const char *from = std::getenv("PRE_COMMIT_FROM_REF"), *to = std::getenv("PRE_COMMIT_TO_REF");
  if (from && *from && to && *to) what = quoted(fmt::format("{}...{}", from, to));
  Result<std::string> names =
      output_of(fmt::format("git diff {} --name-only --no-renames --no-ext-diff -z --", what));
  if (!names) return Error{names.error()};
  std::vector<std::string> files;
  for (size_t at = 0; at < names->size();) {
    size_t end = std::min(names->find('\0', at), names->size());
    files.push_back(*top + "/" + names->substr(at, end - at));
    at = end + 1;
  }
  return files;
}

}  // namespace trainlint
