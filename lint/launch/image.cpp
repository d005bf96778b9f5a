#include "lint/launch/image.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "lint/text/path.h"

namespace trainlint {

static std::string_view trimmed(std::string_view text) {
  const size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

// The word that ends a here-document which begins in the line ("RUN <<EOF", "<<-'EOF'"), or "".
static std::string here_marker(std::string_view line) {
  size_t at = line.find("<<");
  if (at == line.npos) return {};
  at = line.find_first_not_of("-\"'", at + 2);
  if (at == line.npos || !std::isalpha(static_cast<unsigned char>(line[at]))) return {};
  return std::string(line.substr(at, line.find_first_of(" \"'", at) - at));
}

// Each instruction with what it spans, without comments, line breaks and here-documents.
static std::vector<std::string> instructions(std::string_view text) {
  std::vector<std::string> found;
  std::string marker;  // that ends the here-document
  bool continues = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!marker.empty()) {
      if (line == marker) marker.clear();
      continue;
    }
    if (line.empty() || line.starts_with('#')) continue;
    if (!continues) found.emplace_back();
    continues = line.ends_with('\\');
    if (continues) line.remove_suffix(1);
    found.back() += std::string(line) + " ";
    marker = here_marker(line);
  }
  return found;
}

Words words_of(std::string_view text) {
  static constexpr std::string_view between = " \t[],\"'";
  Words words;
  for (size_t at = 0; (at = text.find_first_not_of(between, at)) != text.npos;) {
    const size_t end = std::min(text.find_first_of(between, at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::string in_image(const Image& image, std::string_view path) {
  return normal_path(path.starts_with('/') ? std::string(path) : join_path(image.folder, path));
}

static void add_copies(Image& image, std::string_view text) {
  Words words = words_of(text);
  auto is_from_elsewhere = [](const std::string& word) {
    return word.starts_with("--from") || word.find("://") != word.npos || word.starts_with("<<");
  };
  if (std::any_of(words.begin(), words.end(), is_from_elsewhere)) {
    image.more_files = true;
    return;
  }
  std::erase_if(words, [](const std::string& word) { return word.starts_with("--"); });
  if (words.size() < 2) return;
  const std::string to = in_image(image, words.back());
  words.pop_back();
  for (const std::string& from : words) {
    image.copies.push_back({normal_path(from), to, false});
    image.copies.push_back({normal_path(from), join_path(to, file_name(from)), true});
  }
}

// "pip install .", "pip install -e /app", "python setup.py install"; requirements are not meant.
static bool installs(std::string_view text) {
  if (text.find("setup.py") != text.npos) return true;
  const Words words = words_of(text);
  auto install = std::find(words.begin(), words.end(), "install");
  if (install == words.begin() || install == words.end()) return false;
  if (install[-1] == "poetry") return true;
  if (!install[-1].starts_with("pip")) return false;
  return std::any_of(install, words.end(), [](const std::string& word) {
    return word.starts_with('.') || word.starts_with('/') || word.ends_with('/') ||
           word.ends_with(".whl") || word.ends_with(".tar.gz");
  });
}

// Installing other software leaves the program's own folders alone.
static bool is_harmless(Words words) {
  constexpr std::string_view known[] = {"apt",  "apt-get", "pip",  "pip3",     "conda",
                                        "echo", "rm",      "set",  "chmod",    "mkdir",
                                        "yes",  "export",  "true", "ldconfig", "apk"};
  // "--mount=type=cache,...", "DEBIAN_FRONTEND=noninteractive"
  auto is_setting = [](const std::string& word) {
    return word.starts_with("--") || word.find('=') != word.npos;
  };
  words.erase(words.begin(), std::find_if_not(words.begin(), words.end(), is_setting));
  if (words.empty()) return true;
  if (words.size() > 2 && words[0].starts_with("python") && words[1] == "-m")
    return words[2] == "pip";
  return std::find(std::begin(known), std::end(known), words[0]) != std::end(known);
}

static bool makes_files(std::string_view text) {
  while (!text.empty()) {
    const size_t end = std::min({text.find("&&"), text.find('|'), text.find(';'), text.size()});
    if (!is_harmless(words_of(text.substr(0, end)))) return true;
    text.remove_prefix(end);
    text.remove_prefix(std::min(text.find_first_not_of("&|;"), text.size()));
  }
  return false;
}

static std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

// "FROM --platform=linux/amd64 python:3.11 AS base": what an earlier stage has done is kept.
static Image begin_stage(std::map<std::string, Image>& stages, std::string& stage,
                         const Image& before, std::string_view text) {
  if (!stage.empty()) stages[stage] = before;
  Words words = words_of(text);
  std::erase_if(words, [](const std::string& word) { return word.starts_with("--"); });
  stage = words.size() == 3 && upper(words[1]) == "AS" ? words[2] : "";
  const auto base = words.empty() ? stages.end() : stages.find(words[0]);
  if (base != stages.end()) return base->second;
  Image image;
  if (!words.empty()) image.base = words[0];
  return image;
}

Image read_image(std::string_view text) {
  Image image;
  std::map<std::string, Image> stages;
  std::string stage;
  for (const std::string& instruction : instructions(text)) {
    const size_t blank = instruction.find_first_of(" \t");
    const std::string name = upper(instruction.substr(0, blank));
    const std::string_view rest = trimmed(std::string_view(instruction).substr(blank));
    const Words words = words_of(rest);
    if (name == "FROM") image = begin_stage(stages, stage, image, rest);
    if (name == "WORKDIR" && !words.empty()) image.folder = in_image(image, words[0]);
    if (name == "COPY" || name == "ADD") add_copies(image, rest);
    if (name == "ENV" && rest.find("PYTHONPATH") != rest.npos) image.path_set = true;
    if (name == "RUN" && installs(rest)) image.installed = true;
    if (name == "RUN" && !image.copies.empty() && makes_files(rest)) image.more_files = true;
    if (name == "ENTRYPOINT") image.entrypoint = rest;
    if (name == "CMD") image.command = rest;
  }
  return image;
}

bool mixes_folders(const SourceTree& tree, const Image& image) {
  for (const Copy& inner : image.copies)
    for (const Copy& outer : image.copies)
      if (!inner.by_name && !outer.by_name && inner.from != outer.from &&
          tree.has_folder(inner.from) && tree.has_folder(outer.from) &&
          inner.to.starts_with(outer.to + "/"))
        return true;
  return false;
}

// The tree's path of what COPY names, beside the Dockerfile or in the root; nothing where it is not
// there.
static std::optional<std::string> copied_from(const SourceTree& tree, const std::string& beside,
                                              const std::string& from) {
  for (const std::string& context : {beside, std::string()}) {
    std::string path = normal_path(join_path(context, from));
    if (tree.has_file(path) || tree.has_folder(path)) return path;
  }
  return std::nullopt;
}

// The rest of an absolute path below a folder, empty for the folder itself; nothing for other
// paths.
static std::optional<std::string> below(std::string_view path, std::string_view folder) {
  if (path == folder) return std::string();
  const std::string start = folder == "/" ? "/" : std::string(folder) + "/";
  if (!path.starts_with(start)) return std::nullopt;
  return std::string(path.substr(start.size()));
}

// The image's folder holds the modules of the tree's folder and no others.
static bool holds_the_same(const SourceTree& tree, const Image& image, const std::string& beside,
                           const std::string& in_image, const std::string& folder) {
  for (const Copy& copy : image.copies) {
    const std::optional<std::string> to_folder = below(in_image, copy.to);
    const std::optional<std::string> in_folder = below(copy.to, in_image);
    if (!to_folder && !in_folder) continue;
    std::optional<std::string> source = copied_from(tree, beside, copy.from);
    if (!source) return false;
    const bool is_file = tree.has_file(*source);
    if (is_file && !source->ends_with(".py")) continue;
    // What is in a folder goes into the other; a file keeps its name or gets one.
    if (copy.by_name != (is_file && !copy.to.ends_with(".py")) && !(is_file && copy.by_name))
      continue;
    std::string there = folder;
    if (in_folder)
      there = in_folder->empty() ? folder : join_path(folder, *in_folder);
    else
      source = normal_path(join_path(*source, *to_folder));
    if (*source != there) return false;
  }
  return true;
}

// An image of which it is known that it has no folders of the package on its path.
static bool is_public_base(std::string_view base) {
  static constexpr std::string_view publishers[] = {"tensorflow/",
                                                    "pytorch/",
                                                    "nvidia/",
                                                    "nvcr.io/nvidia/",
                                                    "continuumio/",
                                                    "docker.io/library/",
                                                    "mcr.microsoft.com/",
                                                    "gcr.io/deeplearning-platform-release/",
                                                    "gcr.io/cloud-aiplatform/",
                                                    "gcr.io/google-appengine/"};
  if (base.find('$') != base.npos) return false;
  return base.find('/') == base.npos || base.find("-docker.pkg.dev/vertex-ai/") != base.npos ||
         base.find("-docker.pkg.dev/deeplearning-platform-release/") != base.npos ||
         std::any_of(std::begin(publishers), std::end(publishers),
                     [&](std::string_view publisher) { return base.starts_with(publisher); });
}

// A requirements file can have pip install the tree: "-e .", "./lib".
static bool requires_tree(const SourceTree& tree) {
  for (const SourceFile& file : tree.files()) {
    if (!file.path.ends_with(".txt") || file_name(file.path).find("req") == std::string::npos)
      continue;
    Result<Bytes> text = tree.read(file.path);
    if (!text || ("\n" + **text).find("\n-e") != std::string::npos ||
        ("\n" + **text).find("\n.") != std::string::npos)
      return true;
  }
  return false;
}

bool is_whole_path(const SourceTree& tree, const Image& image, const std::string& beside,
                   const std::string& folder, const std::string& of_tree) {
  return !image.path_set && !image.installed && !image.more_files && is_public_base(image.base) &&
         !requires_tree(tree) && !mixes_folders(tree, image) &&
         holds_the_same(tree, image, beside, folder.empty() ? "/" : folder, of_tree);
}

}  // namespace trainlint
