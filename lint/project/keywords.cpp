#include "lint/project/keywords.h"

#include <algorithm>
#include <array>

#include "lint/project/interpreter.h"

namespace trainlint {

// distutils.dist.Distribution, setuptools.dist.Distribution and the entry points
// "distutils.setup_keywords" of setuptools 66.
static constexpr auto known_keywords =
    std::to_array<std::string_view>({"author",
                                     "author_email",
                                     "classifiers",
                                     "cmdclass",
                                     "command_options",
                                     "command_packages",
                                     "data_files",
                                     "dependency_links",
                                     "description",
                                     "distclass",
                                     "download_url",
                                     "eager_resources",
                                     "entry_points",
                                     "exclude_package_data",
                                     "ext_modules",
                                     "ext_package",
                                     "extras_require",
                                     "features",
                                     "fullname",
                                     "headers",
                                     "include_dirs",
                                     "include_package_data",
                                     "install_requires",
                                     "keywords",
                                     "libraries",
                                     "license",
                                     "license_expression",
                                     "license_file",
                                     "license_files",
                                     "long_description",
                                     "long_description_content_type",
                                     "maintainer",
                                     "maintainer_email",
                                     "name",
                                     "namespace_packages",
                                     "obsoletes",
                                     "obsoletes_dist",
                                     "options",
                                     "package_data",
                                     "package_dir",
                                     "packages",
                                     "password",
                                     "platforms",
                                     "project_urls",
                                     "provides",
                                     "provides_dist",
                                     "provides_extras",
                                     "py_modules",
                                     "python_requires",
                                     "requires",
                                     "requires_dist",
                                     "script_args",
                                     "script_name",
                                     "scripts",
                                     "setup_requires",
                                     "test_loader",
                                     "test_runner",
                                     "test_suite",
                                     "tests_require",
                                     "url",
                                     "use_2to3",
                                     "version",
                                     "zip_safe"});

// How many letters are put in, taken out or changed.
static size_t distance(std::string_view left, std::string_view right) {
  std::vector<size_t> row(right.size() + 1);
  for (size_t i = 0; i < row.size(); i++) row[i] = i;
  for (size_t i = 1; i <= left.size(); i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t k = 1; k <= right.size(); k++) {
      const size_t changed = diagonal + (left[i - 1] == right[k - 1] ? 0 : 1);
      diagonal = row[k];
      row[k] = std::min({row[k] + 1, row[k - 1] + 1, changed});
    }
  }
  return row.back();
}

std::string meant_keyword(const std::string& name) {
  constexpr size_t shortest = 7, longest = 40, most = 2;
  if (name.size() < shortest || name.size() > longest ||
      std::find(known_keywords.begin(), known_keywords.end(), name) != known_keywords.end())
    return "";
  std::string meant;
  size_t nearest = most + 1;
  for (std::string_view known : known_keywords) {
    const size_t letters = known.size() < shortest ? nearest : distance(name, known);
    if (letters >= nearest) continue;
    nearest = letters;
    meant = known;
  }
  return meant;
}

std::optional<SetupCall> read_setup_call(const SourceTree& tree) {
  Result<Bytes> text = tree.read("setup.py");
  if (!text) return std::nullopt;
  Interpreter interpreter(tree);
  interpreter.run_script("setup.py", **text);
  if (!interpreter.setup || interpreter.setup->lost) return std::nullopt;
  SetupCall call{interpreter.setup->place, {}};
  for (const auto& [name, value] : interpreter.setup->keywords) {
    const bool nothing = value.is(PyKind::none) || truth(value) == std::optional<bool>(false);
    call.keywords.push_back({name, nothing, value.place.path.empty() ? call.place : value.place});
  }
  return call;
}

}  // namespace trainlint
