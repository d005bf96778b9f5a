#include "lint/cli/output.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <random>

namespace trainlint {

namespace fs = std::filesystem;

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

static std::optional<Error> write_to(const std::string& path, const char* mode,
                                     std::string_view text) {
  errno = 0;
  std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), mode));
  bool written = file && std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  if (file) written = std::fclose(file.release()) == 0 && written;
  if (written) return std::nullopt;
  return Error{fmt::format("cannot write '{}': {}", path, std::strerror(errno))};
}

Result<std::string> read_whole_file(const std::string& path) {
  errno = 0;
  std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  std::string text;
  char buffer[65536];
  size_t got = 0;
  while (file && (got = std::fread(buffer, 1, sizeof buffer, file.get())) > 0)
    text.append(buffer, got);
  if (!file || std::ferror(file.get()))
    return Error{fmt::format("'{}' cannot be read: {}", path, std::strerror(errno))};
  return text;
}

std::string read_stdin() {
  std::string text;
  char buffer[65536];
  for (size_t got; (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;)
    text.append(buffer, got);
  return text;
}

std::optional<Error> write_file(const std::string& path, std::string_view text) {
  std::error_code error;
  fs::path target = fs::weakly_canonical(path, error);  // a link stays a link
  if (error) target = path;
  fs::file_status status = fs::status(target, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) return write_to(path, "wb", text);
  // Two calls at once must not share the new file.
  std::string fresh = fmt::format("{}.{:08x}", target.string(), std::random_device()());
  if (std::optional<Error> fault = write_to(fresh, "wb", text)) {
    fs::remove(fresh, error);
    return Error{
        fmt::format("cannot write '{}'{}", path, fault->message.substr(fault->message.rfind(':')))};
  }
  if (fs::exists(status)) fs::permissions(fresh, status.permissions(), error);
  fs::rename(fresh, target, error);
  if (!error) return std::nullopt;
  std::string why = error.message();
  fs::remove(fresh, error);
  return Error{fmt::format("cannot write '{}': {}", path, why)};
}

std::optional<Error> append_to_file(const std::string& path, std::string_view text) {
  return write_to(path, "ab", text);
}

// GitHub, GitLab and their like name files from the top of the repository, whatever folder a step
// runs in.
static std::string repository_around(const std::string& folder) {
  for (const char* name : {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"}) {
    const char* value = std::getenv(name);
    if (!value || !*value) continue;
    std::error_code error;
    std::string top = fs::weakly_canonical(value, error).generic_string();
    if (!error && (folder == top || folder.starts_with(top + "/"))) return top;
  }
  return folder;
}

Surroundings surroundings() {
  std::error_code error;
  Surroundings around;
  around.folder = fs::current_path(error).generic_string();
  around.repository = repository_around(around.folder);
  return around;
}

}  // namespace trainlint
