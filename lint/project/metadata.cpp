#include "lint/project/metadata.h"

#include <algorithm>
#include <cctype>

#include "lint/project/requirement.h"
#include "lint/text/path.h"

namespace trainlint {

static std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

Metadata parse_metadata(std::string_view text) {
  Metadata metadata;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    size_t next = end + 1;
    if (line.empty()) break;
    size_t colon = line.find(':');
    if (line[0] == ' ' || line[0] == '\t') {
      if (!metadata.fields.empty()) metadata.fields.back().value += "\n" + std::string(line);
    } else if (colon != std::string_view::npos) {
      size_t value = std::min(line.find_first_not_of(" \t", colon + 1), line.size());
      metadata.fields.push_back(
          {lower(line.substr(0, colon)),
           std::string(line.substr(value)),
           {static_cast<uint32_t>(begin + value), static_cast<uint32_t>(begin + line.size())}});
    }
    begin = next;
  }
  for (const MetadataField& field : metadata.fields) {
    if (field.name == "name" && metadata.name.empty()) metadata.name = field.value;
    if (field.name == "version" && metadata.version.empty()) metadata.version = field.value;
  }
  return metadata;
}

// "x; extra == 'gpu'" is asked for by nobody who installs the archive alone.
static bool is_for_extra(const std::string& text) {
  size_t marker = text.find(';');
  return marker != std::string::npos && text.find("extra", marker) != std::string::npos;
}

static void fill(Value<std::string>& value, const MetadataField& field, const std::string& file) {
  if (!value.is_unknown() || field.value == "UNKNOWN") return;
  value.state = Value<std::string>::known;
  value.value = field.value;
  value.place = {file, field.span};
}

// setuptools' own list: requirements a line, then those of "[extra]" and "[:marker]".
static std::vector<Requirement> parse_requires(std::string_view text, const std::string& file) {
  std::vector<Requirement> found;
  std::string marker;
  bool wanted = true;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string line(text.substr(begin, end - begin));
    if (line.ends_with('\r')) line.pop_back();
    const Span span{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + line.size())};
    begin = end + 1;
    if (line.empty()) continue;
    if (line.starts_with('[') && line.ends_with(']')) {
      wanted = line[1] == ':';
      marker = wanted ? "; " + line.substr(2, line.size() - 3) : "";
    } else if (wanted) {
      found.push_back({line + marker, {file, span}});
    }
  }
  return found;
}

void fill_from_sdist(const SourceTree& tree, Project& project) {
  const std::string file = "PKG-INFO";
  Result<Bytes> text = tree.read(file);
  if (!text) return;
  for (const MetadataField& field : parse_metadata(**text).fields) {
    if (field.name == "name") fill(project.name, field, file);
    if (field.name == "version") fill(project.version, field, file);
    if (field.name == "requires-python") fill(project.python_requires, field, file);
  }
  Value<std::vector<Requirement>>& requirements = project.install_requires;
  if (!requirements.is_unknown()) return;
  for (const SourceFile& one : tree.files()) {
    if (file_name(one.path) != "requires.txt" || !parent_folder(one.path).ends_with(".egg-info"))
      continue;
    Result<Bytes> listed = tree.read(one.path);
    if (!listed) return;
    requirements.state = Value<std::vector<Requirement>>::known;
    requirements.value = parse_requires(**listed, one.path);
    requirements.place = {one.path, std::nullopt};
    return;
  }
}

Project read_wheel_project(const SourceTree& tree) {
  Project project;
  project.origin = ProjectOrigin::archive;
  auto file = std::find_if(tree.files().begin(), tree.files().end(), [](const SourceFile& one) {
    size_t slash = one.path.find('/');
    return slash != std::string::npos && one.path.find('/', slash + 1) == std::string::npos &&
           one.path.ends_with(".dist-info/METADATA");
  });
  if (file == tree.files().end()) return project;
  Result<Bytes> text = tree.read(file->path);
  if (!text) return project;
  auto take = [&](Value<std::string>& value, const MetadataField& field) {
    value.state = Value<std::string>::known;
    value.value = field.value;
    value.place = {file->path, field.span};
  };
  project.install_requires.state = Value<std::vector<Requirement>>::known;
  project.install_requires.place = {file->path, std::nullopt};
  for (const MetadataField& field : parse_metadata(**text).fields) {
    if (field.name == "name") take(project.name, field);
    if (field.name == "version") take(project.version, field);
    if (field.name == "requires-python") take(project.python_requires, field);
    if (field.name == "requires-dist" && !is_for_extra(field.value))
      project.install_requires.value.push_back({field.value, {file->path, field.span}});
  }
  return project;
}

}  // namespace trainlint
