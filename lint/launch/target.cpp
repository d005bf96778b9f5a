#include "lint/launch/target.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/project/pep440.h"
#include "lint/python/known_pythons.h"
#include "rules/facts/images.h"

namespace trainlint {

static constexpr int most_patches = 40;  // no Python 3.x has had more patch releases

std::optional<PrebuiltImage> find_prebuilt_image(std::string_view uri) {
  const auto& hosts = facts::images::hosts;
  const size_t slash = uri.find('/');
  if (slash == std::string_view::npos ||
      std::find(hosts.begin(), hosts.end(), uri.substr(0, slash)) == hosts.end())
    return std::nullopt;
  uri.remove_prefix(slash + 1);
  if (!uri.starts_with(facts::images::repository)) return std::nullopt;
  uri.remove_prefix(facts::images::repository.size());
  if (!uri.starts_with('/')) return std::nullopt;
  std::string_view name = uri.substr(1, uri.find_first_of(":@") - 1);
  for (const facts::images::Image& image : facts::images::images) {
    if (image.name != name) continue;
    std::optional<PythonVersion> python = parse_python_version(image.python);
    if (!python) return std::nullopt;
    return PrebuiltImage{image.name, *python, image.end_of_availability,
                         image.end_of_availability < facts::images::date};
  }
  return std::nullopt;
}

PythonVersion oldest_prebuilt_python() {
  PythonVersion oldest;
  for (const facts::images::Image& image : facts::images::images)
    if (image.end_of_availability >= facts::images::date)
      oldest = std::min(oldest, parse_python_version(image.python).value_or(oldest));
  return oldest;
}

static bool allows(const SpecifierSet& set, PythonVersion python) {
  for (int patch = 0; patch <= most_patches; ++patch) {
    std::optional<Version> version =
        parse_version(fmt::format("{}.{}.{}", python.major, python.minor, patch));
    if (version && contains(set, *version)) return true;
  }
  return false;
}

// Of the Pythons that the package may be installed on: the default, else the nearest above, since
// packages rarely name an upper limit without a reason, else the nearest below.
static std::optional<PythonVersion> nearest_allowed(const SpecifierSet& set) {
  const PythonVersion preferred;
  if (allows(set, preferred)) return preferred;
  for (int minor = preferred.minor + 1; minor <= newest_python.minor; ++minor)
    if (allows(set, {3, minor})) return PythonVersion{3, minor};
  for (int minor = preferred.minor - 1; minor >= 5; --minor)
    if (allows(set, {3, minor})) return PythonVersion{3, minor};
  return std::nullopt;
}

static void use_python_requires(Launch& launch, const Project& project) {
  if (!project.python_requires.is_known()) return;
  const std::string& text = project.python_requires.value;
  std::optional<SpecifierSet> set = parse_specifier_set(text);
  std::optional<PythonVersion> python = set ? nearest_allowed(*set) : std::nullopt;
  if (!python || *python == PythonVersion{}) return;
  launch.python = *python;
  launch.python_source = PythonSource::python_requires;
  launch.python_text = text;
  launch.python_place = project.python_requires.place;
}

// The image that the last stage of a Dockerfile begins with, "" when there is none.
static std::string_view base_image(std::string_view dockerfile) {
  std::string_view base;
  while (!dockerfile.empty()) {
    size_t end = std::min(dockerfile.find_first_of("\r\n"), dockerfile.size());
    std::string_view line = dockerfile.substr(0, end);
    dockerfile.remove_prefix(std::min(end + 1, dockerfile.size()));
    if (!line.starts_with("FROM ") && !line.starts_with("from ")) continue;
    size_t begin = line.find_first_not_of(" \t", 5);
    while (begin != line.npos && line.substr(begin).starts_with("--"))  // --platform=...
      begin = line.find_first_not_of(" \t", line.find_first_of(" \t", begin));
    if (begin == line.npos) continue;
    base = line.substr(begin, line.find_first_of(" \t", begin) - begin);
  }
  return base;
}

// Docker's own image: "python:3.9-slim", also from a mirror.
static std::optional<PythonVersion> python_of_image(std::string_view image) {
  if (std::optional<PrebuiltImage> prebuilt = find_prebuilt_image(image)) return prebuilt->python;
  std::string_view name = image.substr(image.rfind('/') + 1);
  if (!name.starts_with("python:")) return std::nullopt;
  name.remove_prefix(std::string_view("python:").size());
  name = name.substr(0, name.find_first_not_of("0123456789."));
  if (name.find('.') == name.npos) return std::nullopt;  // "3" is whatever is newest
  std::optional<PythonVersion> python = parse_python_version(name);
  return python && is_known_python(*python) ? python : std::nullopt;
}

static void use_dockerfile(Launch& launch, const SourceTree& tree) {
  launch.python_source = PythonSource::unknown;
  Result<Bytes> bytes = tree.read(launch.dockerfile);
  if (!bytes) return;
  std::string_view base = base_image(**bytes);
  std::optional<PythonVersion> python = python_of_image(base);
  if (!python) return;
  launch.python = *python;
  launch.python_source = PythonSource::dockerfile;
  launch.python_text = base;
  launch.python_place = {launch.dockerfile, std::nullopt};
}

void choose_python(Launch& launch, const SourceTree& tree, const Project& project,
                   const LaunchOptions& options) {
  if (!options.runtime_version.empty())
    launch.asked.push_back({AskedEnvironment::runtime_version, options.runtime_version, {}});
  if (!options.image_uri.empty()) {
    launch.asked.push_back({AskedEnvironment::image_uri, options.image_uri, {}});
    std::optional<PrebuiltImage> image = find_prebuilt_image(options.image_uri);
    if (image && !image->retired) {
      launch.python = image->python;
      launch.python_source = PythonSource::image;
      launch.python_text = image->name;
      return;
    }
    if (!image) launch.python_source = PythonSource::unknown;
  }
  if (options.python_version && options.runtime_version.empty()) {
    launch.python = *options.python_version;
    launch.python_source = PythonSource::python_version;
    return;
  }
  if (launch.python_source == PythonSource::unknown) return;
  if (!launch.dockerfile.empty()) return use_dockerfile(launch, tree);
  use_python_requires(launch, project);
}

std::optional<Place> place_of_python(const Launch& launch) {
  if (launch.python_place.path.empty()) return std::nullopt;
  return launch.python_place;
}

std::string describe_python(const Launch& launch) {
  switch (launch.python_source) {
    case PythonSource::image:
      return fmt::format("the image '{}' has Python {}", launch.python_text,
                         to_string(launch.python));
    case PythonSource::python_version:
      return fmt::format("--python-version asks for Python {}", to_string(launch.python));
    case PythonSource::python_requires:
      return fmt::format("python_requires is '{}', so Python {} is taken", launch.python_text,
                         to_string(launch.python));
    case PythonSource::dockerfile:
      return fmt::format("the container starts from '{}'", launch.python_text);
    case PythonSource::by_default:
    case PythonSource::unknown:
      break;
  }
  return fmt::format("Python {} is the newest that Vertex AI's prebuilt images have",
                     to_string(launch.python));
}

}  // namespace trainlint
