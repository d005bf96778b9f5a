#include "lint/launch/dockerfile.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "lint/launch/shell.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

using Words = std::vector<std::string>;

struct Copy {
  std::string from;  // below the build's context
  std::string to;    // in the image, absolute
  bool by_name;      // `to` ends with the file's own name, which is so where it went into a folder
};

// The last stage of a Dockerfile.
struct Image {
  std::string folder = "/";  // WORKDIR
  std::vector<Copy> copies;
  bool path_set = false;    // PYTHONPATH
  bool more_files = false;  // than COPY brings from the context: fetched, generated, moved
  bool installed = false;   // something of the context, by pip or setup.py
  std::string entrypoint, command;
};

std::string_view trimmed(std::string_view text) {
  const size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

// The word that ends a here-document which begins in the line ("RUN <<EOF", "<<-'EOF'"), or "".
std::string here_marker(std::string_view line) {
  size_t at = line.find("<<");
  if (at == line.npos) return {};
  at = line.find_first_not_of("-\"'", at + 2);
  if (at == line.npos || !std::isalpha(static_cast<unsigned char>(line[at]))) return {};
  return std::string(line.substr(at, line.find_first_of(" \"'", at) - at));
}

// Each instruction with what it spans, without comments, line breaks and here-documents.
std::vector<std::string> instructions(std::string_view text) {
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

void add_copies(Image& image, std::string_view text) {
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
bool installs(std::string_view text) {
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
bool is_harmless(Words words) {
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

bool makes_files(std::string_view text) {
  while (!text.empty()) {
    const size_t end = std::min({text.find("&&"), text.find('|'), text.find(';'), text.size()});
    if (!is_harmless(words_of(text.substr(0, end)))) return true;
    text.remove_prefix(end);
    text.remove_prefix(std::min(text.find_first_not_of("&|;"), text.size()));
  }
  return false;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

// "FROM --platform=linux/amd64 python:3.11 AS base": what an earlier stage has done is kept.
Image begin_stage(std::map<std::string, Image>& stages, std::string& stage, const Image& before,
                  std::string_view text) {
  if (!stage.empty()) stages[stage] = before;
  Words words = words_of(text);
  std::erase_if(words, [](const std::string& word) { return word.starts_with("--"); });
  stage = words.size() == 3 && upper(words[1]) == "AS" ? words[2] : "";
  const auto base = words.empty() ? stages.end() : stages.find(words[0]);
  return base == stages.end() ? Image() : base->second;
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

// What Python is asked to run, and how it was found out.
struct PythonRun {
  std::string file, module;
  bool by_script = false;  // which may have changed folder and environment
};

// Brings paths of the image back to the tree.
class Context {
 public:
  Context(const SourceTree& tree, const Image& image, std::string_view dockerfile,
          std::string_view package_folder)
      : tree_(tree), image_(image), beside_(parent_folder(dockerfile)), package_(package_folder) {}

  // The file of the tree that a COPY put there, "".
  std::string copied(const std::string& path) const {
    for (auto copy = image_.copies.rbegin(); copy != image_.copies.rend(); ++copy) {
      std::string rest;
      if (path != copy->to) {
        const std::string folder = copy->to == "/" ? copy->to : copy->to + "/";
        if (!path.starts_with(folder)) continue;
        rest = path.substr(folder.size());
      }
      for (const std::string& context : {beside_, std::string()}) {
        std::string source = normal_path(join_path(join_path(context, copy->from), rest));
        if (tree_.has_file(source)) return source;
      }
    }
    return {};
  }

  // By the longest end of the path, "".
  std::string similar(std::string_view path) const {
    while (!path.empty()) {
      if (tree_.has_file(path)) return std::string(path);
      std::string in_package = join_path(package_, path);
      if (tree_.has_file(in_package)) return in_package;
      const size_t slash = path.find('/');
      path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
    }
    return {};
  }

 private:
  const SourceTree& tree_;
  const Image& image_;
  std::string beside_;
  std::string package_;
};

// The exec form is a list in JSON, the shell form a command.
std::optional<Words> exec_form(std::string_view instruction) {
  const nlohmann::json list = nlohmann::json::parse(instruction, nullptr, false);
  if (!list.is_array()) return std::nullopt;
  Words words;
  for (const nlohmann::json& word : list)
    if (word.is_string()) words.push_back(word.get<std::string>());
  return words;
}

// CMD alone, or as the further words of an ENTRYPOINT in exec form.
Words start_words(const Image& image) {
  std::optional<Words> command = exec_form(image.command);
  if (image.entrypoint.empty()) return command ? *command : words_of(image.command);
  std::optional<Words> words = exec_form(image.entrypoint);
  if (!words) return words_of(image.entrypoint);
  if (command) words->insert(words->end(), command->begin(), command->end());
  return *words;
}

std::string path_of_module(std::string module) {
  std::replace(module.begin(), module.end(), '.', '/');
  return module + ".py";
}

// The first file, or module of the tree, among the words after `from`: of "python", "torchrun",
// "accelerate launch" and "python -m torch.distributed.run" alike.
std::optional<PythonRun> read_words(const Context& context, const Words& words, size_t from) {
  for (size_t i = from; i < words.size(); ++i) {
    if (words[i].ends_with(".py")) return PythonRun{words[i], ""};
    if (words[i] == "-m" && i + 1 < words.size() &&
        !context.similar(path_of_module(words[i + 1])).empty())
      return PythonRun{"", words[i + 1]};
  }
  return std::nullopt;
}

std::optional<PythonRun> read_script(const Context& context, std::string_view shell_text) {
  for (std::string_view program : {"python3", "python", "torchrun", "accelerate", "deepspeed"})
    for (const std::vector<CommandWord>& command : shell_commands(shell_text, program)) {
      Words words;
      for (size_t i = 1; i < command.size() && command[i].known(); ++i)
        words.push_back(command[i].text);
      std::optional<PythonRun> run = read_words(context, words, 0);
      if (run) run->by_script = true;
      if (run) return run;
    }
  return std::nullopt;
}

std::optional<PythonRun> read_start(const SourceTree& tree, const Context& context,
                                    const Words& words) {
  bool shell = false, changed = false;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view name = file_name(words[i]);
    shell = shell || name == "sh" || name == "bash";
    changed = changed || words[i].find("PYTHONPATH") != std::string::npos || words[i] == "cd";
    if (shell && words[i] == "-c" && i + 1 < words.size())
      return read_script(context, words[i + 1]);
    if (words[i].ends_with(".sh")) {
      Result<Bytes> script = tree.read(context.similar(words[i]));
      return script ? read_script(context, **script) : std::nullopt;
    }
    if (words[i] == "-c") return std::nullopt;
    if (words[i] != "-m" && !words[i].ends_with(".py")) continue;
    std::optional<PythonRun> run = read_words(context, words, i);
    if (run) run->by_script = changed;
    return run;
  }
  return std::nullopt;
}

// A folder that is copied into another one: what is a package there is none in the tree.
bool mixes_folders(const SourceTree& tree, const Image& image) {
  for (const Copy& inner : image.copies)
    for (const Copy& outer : image.copies)
      if (!inner.by_name && !outer.by_name && inner.from != outer.from &&
          tree.has_folder(inner.from) && tree.has_folder(outer.from) &&
          inner.to.starts_with(outer.to + "/"))
        return true;
  return false;
}

}  // namespace

std::optional<ContainerStart> read_container_start(const SourceTree& tree,
                                                   const std::string& dockerfile,
                                                   std::string_view package_folder) {
  Result<Bytes> bytes = tree.read(dockerfile);
  if (!bytes) return std::nullopt;
  const Image image = read_image(**bytes);
  const Context context(tree, image, dockerfile, package_folder);
  std::optional<PythonRun> run = read_start(tree, context, start_words(image));
  ContainerStart start;
  start.installed = image.installed;
  if (!run) return start;
  const std::string path = run->module.empty() ? run->file : path_of_module(run->module);
  start.module = run->module;
  start.path = context.copied(in_image(image, path));
  start.path_known = !start.path.empty() && !image.path_set && !run->by_script &&
                     !image.more_files && !mixes_folders(tree, image);
  if (start.path.empty()) start.path = context.similar(path);
  start.folder = parent_folder(start.path);
  if (start.path.empty() || run->module.empty()) return start;
  // Where the module's own name ends, its folder begins.
  if (start.path != path && !start.path.ends_with("/" + path)) return ContainerStart();
  start.folder = parent_folder(start.path.substr(0, start.path.size() - path.size() + 1));
  return start;
}

}  // namespace trainlint
