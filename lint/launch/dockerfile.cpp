#include "lint/launch/dockerfile.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "lint/launch/image.h"
#include "lint/launch/shell.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

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
  if (start.path_known && run->module.find('.') == std::string::npos)
    start.path_known = is_whole_path(tree, image, parent_folder(dockerfile),
                                     parent_folder(in_image(image, path)), start.folder);
  if (start.path.empty() || run->module.empty()) return start;
  // Where the module's own name ends, its folder begins.
  if (start.path != path && !start.path.ends_with("/" + path)) return ContainerStart();
  start.folder = parent_folder(start.path.substr(0, start.path.size() - path.size() + 1));
  return start;
}

}  // namespace trainlint
