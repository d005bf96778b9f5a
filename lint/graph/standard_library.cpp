#include "lint/graph/standard_library.h"

#include <algorithm>
#include <array>

#include "rules/facts/library_names.h"
#include "rules/facts/library_stars.h"
#include "rules/facts/standard_library.h"

namespace trainlint {

namespace tables = facts::standard_library;
namespace names = facts::library_names;

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

// The row of a dotted name, or null; the rows are sorted by name.
template <class Rows>
static const typename Rows::value_type* row_of(const Rows& rows, std::string_view name) {
  auto found =
      std::lower_bound(rows.begin(), rows.end(), name,
                       [](const auto& row, std::string_view key) { return row.name < key; });
  return found != rows.end() && found->name == name ? &*found : nullptr;
}

static std::optional<LibraryGap> gap_of(std::string_view name, PythonVersion version) {
  if (const names::RemovedName* row = row_of(names::removed_names, name);
      row && version.minor > row->last)
    return LibraryGap{row->name, false, 0, row->last, row->instead};
  if (const names::AddedName* row = row_of(names::added_names, name);
      row && version.minor < row->first)
    return LibraryGap{row->name, false, row->first, no_end, ""};
  if (const names::Python2Name* row = row_of(names::python2_names, name))
    return LibraryGap{row->name, true, 0, 0, row->instead};
  return std::nullopt;
}

std::optional<LibraryGap> missing_name(std::string_view dotted, PythonVersion version) {
  if (version.major < 3) return std::nullopt;
  for (size_t dot = dotted.find('.'); dot != std::string_view::npos;) {
    dot = dotted.find('.', dot + 1);
    if (std::optional<LibraryGap> gap = gap_of(dotted.substr(0, dot), version)) return gap;
  }
  return std::nullopt;
}

std::span<const std::string_view> star_names(std::string_view module) {
  for (const facts::library_stars::Module& row : facts::library_stars::modules)
    if (row.name == module) return row.names;
  return {};
}

}  // namespace trainlint
