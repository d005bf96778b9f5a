#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/distribution/file_view.h"
#include "lint/distribution/manifest.h"
#include "lint/project/project.h"

namespace trainlint {

// What setuptools' sdist and build_py commands do with the files of a tree. The reference is
// setuptools 66 (Debian 12); the prediction is compared with it on generated projects.

// The part of a project that decides about files, with everything unknown left empty.
struct Layout {
  Strings packages;
  std::map<std::string, std::string> package_dir;
  PatternMap package_data;
  PatternMap exclude_package_data;
  bool include_package_data = false;
  Strings py_modules;
  Strings scripts;
  std::vector<std::pair<std::string, Strings>> data_files;
  Strings license_patterns;
  Strings referenced_files;
  std::string egg_info;         // "src/my_trainer.egg-info"; empty when the name is not known
  std::string dashed_egg_info;  // "src/my-trainer.egg-info": used instead where it exists
  std::string release_folder;   // "trainer-0.1", left out of an sdist; empty when not known
};

Layout layout_of(const Project& project);

// The folder that holds a package's modules, spelled as package_dir spells it.
std::string package_folder(const Layout& layout, const std::string& package);

// A file as the build finds it, and where it puts it.
struct BuiltFile {
  std::string source;     // as setuptools spells it
  std::string installed;  // normal path below site-packages
};

// The first package folder that is not there: setuptools stops at it with an error.
std::optional<std::string> missing_package_folder(const Layout& layout, const FileView& view);

// Modules: every *.py file directly in a listed package's folder, and py_modules.
std::vector<BuiltFile> built_modules(const Layout& layout, const FileView& view);

// Data: what package_data matches and, with include_package_data, what `listed` holds.
std::vector<BuiltFile> built_data(const Layout& layout, const FileView& view,
                                  const std::vector<std::string>& listed);

// What the sdist command packs, without the files it writes itself (PKG-INFO, *.egg-info).
// `manifest_in` is the text of MANIFEST.in. `old_sources` are the lines of the SOURCES.txt that an
// earlier build left: setuptools reads it again, so what once was packed is packed for ever.
FileList sdist_files(const Layout& layout, const FileView& view, std::string_view manifest_in,
                     const Strings& old_sources);

// The lines of a SOURCES.txt.
Strings parse_sources(std::string_view text);

}  // namespace trainlint
