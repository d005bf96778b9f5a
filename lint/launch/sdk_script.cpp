// CustomTrainingJob(script_path=...) and CustomJob.from_local_script() of the Python SDK
// (google/cloud/aiplatform/utils/source_utils.py), in programs and notebooks beside the package.
#include <algorithm>

#include "lint/launch/routes.h"
#include "lint/launch/target.h"
#include "lint/text/path.h"

namespace trainlint {

static bool may_submit(const SourceFile& file, std::string_view package_folder) {
  constexpr uint64_t largest = 1 << 20;
  if (file.kind != FileKind::file || !file.problem.empty() || file.size > largest) return false;
  if (!file.path.ends_with(".py") && !file.path.ends_with(".ipynb")) return false;
  const std::string folder = parent_folder(file.path);
  return folder.empty() || folder == package_folder;
}

// The literal behind "script_path=", also as a notebook's JSON has it: \"task.py\".
static std::string_view literal_behind(std::string_view text, size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '=')) ++at;
  if (at < text.size() && text[at] == '\\') ++at;
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return {};
  const size_t end = text.find_first_of("\\\"'\n", at + 1);
  return end == text.npos ? std::string_view() : text.substr(at + 1, end - at - 1);
}

static std::string file_of_tree(const SourceTree& tree, const std::string& program,
                                std::string_view path) {
  if (!path.ends_with(".py") || path.starts_with('/')) return {};
  for (const std::string& folder : {parent_folder(program), std::string()}) {
    std::string file = normal_path(join_path(folder, path));
    if (!file.starts_with("..") && tree.has_file(file)) return file;
  }
  return {};
}

static bool in_comment(std::string_view text, size_t at) {
  const size_t line = text.rfind('\n', at);
  return text.substr(line == text.npos ? 0 : line + 1, at - line - 1).find('#') != text.npos;
}

// An image of one's own may hold what the script imports.
static bool names_other_image(std::string_view text) {
  constexpr std::string_view argument = "container_uri";
  for (size_t at = text.find(argument); at != text.npos; at = text.find(argument, at + 1)) {
    const std::string_view image = literal_behind(text, at + argument.size());
    if (!in_comment(text, at) && !find_prebuilt_image(image)) return true;
  }
  return false;
}

static std::optional<SdkScript> script_in(const SourceTree& tree, const std::string& program,
                                          std::string_view text, std::string_view package_folder) {
  constexpr std::string_view argument = "script_path";
  if (text.find("CustomTrainingJob(") == text.npos && text.find("from_local_script(") == text.npos)
    return std::nullopt;
  const bool own_image = names_other_image(text);
  for (size_t at = text.find(argument); at != text.npos; at = text.find(argument, at + 1)) {
    std::string path = file_of_tree(tree, program, literal_behind(text, at + argument.size()));
    if (path.empty() || in_comment(text, at) || parent_folder(path) != package_folder) continue;
    const auto begin = static_cast<uint32_t>(at);
    return SdkScript{std::move(path),
                     {program, Span{begin, begin + static_cast<uint32_t>(argument.size())}},
                     own_image};
  }
  return std::nullopt;
}

std::optional<SdkScript> find_sdk_script(const SourceTree& tree, std::string_view package_folder) {
  for (const SourceFile& file : tree.files()) {
    if (!may_submit(file, package_folder)) continue;
    Result<Bytes> text = tree.read(file.path);
    if (!text || (*text)->find("script_path") == std::string::npos) continue;
    if (auto found = script_in(tree, file.path, **text, package_folder)) return found;
  }
  return std::nullopt;
}

}  // namespace trainlint
