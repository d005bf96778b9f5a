#include "lint/config/config_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "lint/source/listing.h"
#include "lint/text/path.h"

namespace trainlint {

namespace fs = std::filesystem;

static constexpr const char* names[] = {"trainlint.toml", "pyproject.toml"};

// A pyproject.toml is one of ours only where it has our table.
static bool is_ours(std::string_view name, std::string_view text) {
  return name != names[1] || text.find("trainlint") != std::string_view::npos;
}

static std::optional<ConfigFile> opened(const char* name, Bytes text, const std::string& shown) {
  if (!is_ours(name, *text)) return std::nullopt;
  ConfigFile file = read_config(name, std::move(text), shown);
  if (name == names[1] && file.settings.empty() && file.faults.empty()) return std::nullopt;
  return file;
}

// A trainlint.toml that nothing is known of must not be passed over in silence.
static std::optional<ConfigFile> unread(std::string_view name, const std::string& why) {
  if (name != names[0]) return std::nullopt;
  ConfigFile file;
  file.name = name;
  file.text = std::make_shared<const std::string>();
  SettingFault& fault = file.faults.emplace_back();
  fault.place.path = file.name;
  fault.message = fmt::format("cannot be read: {}", why);
  return file;
}

static std::optional<ConfigFile> opened_on_disk(const char* name, const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  const uint64_t size = fs::file_size(path, error);
  if (std::string problem = error ? error.message() : size_problem(size); !problem.empty())
    return unread(name, problem);
  std::ifstream stream(path, std::ios::binary);
  auto text = std::make_shared<std::string>(std::istreambuf_iterator<char>(stream),
                                            std::istreambuf_iterator<char>());
  return opened(name, std::move(text), path.generic_string());
}

// A link that leads out of the tree: who wrote it means the file that it leads to.
static std::optional<ConfigFile> opened_behind_link(const char* name, const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return opened_on_disk(name, path);
  return unread(name, error ? error.message() : "it is a link to no file");
}

std::optional<ConfigFile> config_in(const SourceTree& tree, const std::string& folder,
                                    const std::string& on_disk) {
  for (std::string at = folder;; at = parent_folder(at)) {
    for (const char* name : names) {
      std::string path = join_path(at, name);
      std::optional<ConfigFile> file;
      const SourceFile* entry = tree.find(path);
      if (tree.has_file(path)) {
        Result<Bytes> text = tree.read(path);
        file = text ? opened(name, *text, path) : unread(name, text.error());
      } else if (entry && entry->kind == FileKind::link && !on_disk.empty()) {
        file = opened_behind_link(name, fs::path(on_disk) / path);
      }
      if (!file) continue;
      file->folder = at;
      return file;
    }
    if (at.empty()) return std::nullopt;
  }
}

std::optional<ConfigFile> config_above(const std::string& folder) {
  for (fs::path at = folder;; at = at.parent_path()) {
    for (const char* name : names) {
      std::optional<ConfigFile> file = opened_on_disk(name, at / name);
      if (!file) continue;
      file->folder = at.generic_string();
      file->above = true;
      return file;
    }
    if (!at.has_relative_path()) return std::nullopt;
  }
}

}  // namespace trainlint
