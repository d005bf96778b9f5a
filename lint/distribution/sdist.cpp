#include <string_view>

#include "lint/distribution/glob.h"
#include "lint/distribution/setuptools.h"

// The order of the steps is that of setuptools.command.egg_info.manifest_maker: what a later
// step takes out, an earlier one may have put in.

namespace trainlint {

static void add(FileList& list, const FileView& view, const std::string& path) {
  if (view.exists(path)) list.files.push_back(path);
}

static void add_matching(FileList& list, const FileView& view, const std::string& pattern) {
  for (const std::string& path : glob(view, pattern, false, GlobDialect::python))
    if (view.is_file(path)) list.files.push_back(path);
}

static void add_standard_files(const Layout& layout, const FileView& view, FileList& list) {
  for (const char* readme : {"README", "README.rst", "README.txt", "README.md"}) {
    if (!view.exists(readme)) continue;
    list.files.emplace_back(readme);
    break;
  }
  add(list, view, "setup.py");
  add_matching(list, view, "test/test*.py");
  if (view.is_file("setup.cfg")) list.files.emplace_back("setup.cfg");
  if (view.is_file("pyproject.toml")) list.files.emplace_back("pyproject.toml");
  for (const BuiltFile& module : built_modules(layout, view)) list.files.push_back(module.source);
  for (const BuiltFile& data : built_data(layout, view, {})) list.files.push_back(data.source);
  for (const auto& [folder, files] : layout.data_files)
    for (const std::string& file : files)
      if (view.is_file(file)) list.files.push_back(file);
  for (const std::string& script : layout.scripts) add(list, view, script);
}

static std::string_view strip(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\r\f\v";
  size_t begin = text.find_first_not_of(blanks);
  return begin == text.npos ? std::string_view()
                            : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

Strings parse_sources(std::string_view text) {
  Strings lines;
  while (!text.empty()) {
    size_t end = text.find('\n');
    std::string_view line = strip(text.substr(0, end));
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    if (!line.empty() && !line.starts_with('#')) lines.emplace_back(line);
  }
  return lines;
}

// Version control folders never go in: "(^|/)(RCS|CVS|\.svn)/".
static bool in_version_control(std::string_view path) {
  for (;;) {
    size_t slash = path.find('/');
    if (slash == path.npos) return false;
    std::string_view part = path.substr(0, slash);
    if (part == "RCS" || part == "CVS" || part == ".svn") return true;
    path.remove_prefix(slash + 1);
  }
}

static void remove_own_folders(const Layout& layout, FileList& list) {
  remove_matching(list, "build/**", "setuptools itself ('build' is where it builds)");
  if (!layout.release_folder.empty())
    remove_matching(list, layout.release_folder + "/**",
                    "setuptools itself (the release's folder)");
  std::erase_if(list.files, [&](const std::string& file) {
    if (!in_version_control(file)) return false;
    list.removed[normal_path(file)] = "setuptools itself (a version control folder)";
    return true;
  });
}

FileList sdist_files(const Layout& layout, const FileView& view, std::string_view manifest_in,
                     const Strings& old_sources) {
  FileList list;
  add_standard_files(layout, view, list);
  add(list, view, "MANIFEST.in");
  for (const std::string& file : old_sources) add(list, view, file);
  ManifestLine egg_info;
  egg_info.action = ManifestAction::graft;
  egg_info.folder = layout.egg_info;
  if (!layout.egg_info.empty()) apply(egg_info, view, list);
  for (const ManifestLine& line : parse_manifest(manifest_in)) apply(line, view, list);
  for (const std::string& pattern : layout.license_patterns)
    for (const std::string& path : glob(view, pattern, false, GlobDialect::python))
      if (view.is_file(path) && !path.ends_with('~')) list.files.push_back(path);
  for (const std::string& file : layout.referenced_files) add(list, view, file);
  remove_own_folders(layout, list);
  return list;
}

}  // namespace trainlint
