#include "lint/distribution/dump.h"

#include <set>

#include <fmt/format.h>

namespace trainlint {

static std::string file_lines(const std::vector<InstalledFile>& files) {
  std::string text;
  for (const InstalledFile& file : files)
    // A file without a source is made by the route itself.
    text += file.path == file.source || file.source.empty()
                ? fmt::format("  {}\n", file.path)
                : fmt::format("  {}  <- {}\n", file.path, file.source);
  return text;
}

static std::string section(std::string_view title, const std::string& lines) {
  return lines.empty() ? "" : fmt::format("{}\n{}", title, lines);
}

static std::string state_lines(const Distribution& distribution) {
  std::string text;
  if (distribution.fault)
    text += fmt::format(
        "{}: {}\n",
        distribution.fault->on_worker ? "pip stops on the worker" : "the sdist cannot be made",
        distribution.fault->message);
  if (!distribution.complete)
    text += fmt::format("incomplete: {}\n", distribution.incomplete_reason);
  else if (!distribution.data_complete)
    text += "incomplete: which data files are installed is not known\n";
  if (distribution.generated_modules) text += "the build may make modules that are not here\n";
  return text;
}

std::string dump_distribution(const Distribution& distribution) {
  std::set<std::string_view> installed;
  for (const InstalledFile& file : distribution.installed) installed.insert(file.source);
  for (const InstalledFile& file : distribution.outside) installed.insert(file.source);
  std::set<std::string_view> packed(distribution.sdist.begin(), distribution.sdist.end());
  std::string extensions, sdist_only, behind;
  for (const std::string& module : distribution.extension_modules)
    extensions += fmt::format("  {}\n", module);
  for (const std::string& file : distribution.sdist)
    if (installed.count(file) == 0) sdist_only += fmt::format("  {}\n", file);
  for (const LeftOut& file : distribution.left_out)
    if (packed.count(file.source) == 0 || file.source.ends_with(".py"))
      behind += fmt::format("  {}: {}\n", file.source, file.reason);
  return state_lines(distribution) + section("on the worker:", file_lines(distribution.installed)) +
         section("on the worker, outside site-packages:", file_lines(distribution.outside)) +
         section("extension modules:", extensions) + section("in the sdist only:", sdist_only) +
         section("left out:", behind);
}

}  // namespace trainlint
