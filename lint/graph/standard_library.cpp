#include "lint/graph/standard_library.h"

#include <algorithm>
#include <array>

#include "rules/facts/standard_library.h"

namespace trainlint {

namespace tables = facts::standard_library;

static constexpr int no_end = 99;

bool is_standard_library(std::string_view name, PythonVersion version) {
  if (std::binary_search(tables::always.begin(), tables::always.end(), name)) return true;
  return std::any_of(tables::modules.begin(), tables::modules.end(),
                     [&](const tables::Module& module) {
                       return module.name == name && version.major == 3 &&
                              version.minor >= module.first && version.minor <= module.last;
                     });
}

bool is_loaded_at_start(std::string_view name) {
  static constexpr auto modules = std::to_array<std::string_view>(
      {"abc",       "atexit",      "builtins", "codecs",    "encodings", "errno", "faulthandler",
       "gc",        "genericpath", "io",       "itertools", "marshal",   "os",    "posix",
       "posixpath", "pwd",         "site",     "stat",      "sys",       "time",  "zipimport"});
  return name.starts_with('_') || std::find(modules.begin(), modules.end(), name) != modules.end();
}

std::optional<LibraryGap> missing_module(std::string_view name, PythonVersion version) {
  if (version.major < 3) return std::nullopt;
  for (const tables::Module& module : tables::modules)
    if (module.name == name && (version.minor < module.first || version.minor > module.last))
      return LibraryGap{name, false, module.first, module.last, module.instead};
  for (const tables::Python2Module& module : tables::python2_modules)
    if (module.name == name) return LibraryGap{name, true, 0, 0, module.instead};
  return std::nullopt;
}

static bool begins_with(std::string_view dotted, std::string_view name) {
  return dotted.starts_with(name) && (dotted.size() == name.size() || dotted[name.size()] == '.');
}

std::optional<LibraryGap> missing_name(std::string_view dotted, PythonVersion version) {
  if (version.major < 3) return std::nullopt;
  for (const tables::RemovedName& name : tables::removed_names)
    if (version.minor > name.last && begins_with(dotted, name.name))
      return LibraryGap{name.name, false, 0, name.last, name.instead};
  for (const tables::AddedName& name : tables::added_names)
    if (version.minor < name.first && begins_with(dotted, name.name))
      return LibraryGap{name.name, false, name.first, no_end, ""};
  for (const tables::Python2Name& name : tables::python2_names)
    if (begins_with(dotted, name.name)) return LibraryGap{name.name, true, 0, 0, name.instead};
  return std::nullopt;
}

}  // namespace trainlint
