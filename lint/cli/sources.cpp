#include "lint/cli/sources.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "lint/cli/output.h"
#include "lint/source/listing.h"

namespace trainlint {

namespace fs = std::filesystem;

static const char* variable(const char* name) {
  return std::getenv(name);
}

static Result<ConfigFile> given_file(const std::string& path) {
  std::error_code error;
  const uint64_t size = fs::is_regular_file(path, error) ? fs::file_size(path, error) : 0;
  if (std::string problem = size_problem(error ? 0 : size); !problem.empty())
    return Error{fmt::format("--config: '{}' cannot be read: {}", path, problem)};
  Result<std::string> text = read_whole_file(path);
  if (!text) return Error{fmt::format("--config: {}", text.error())};
  fs::path whole = fs::weakly_canonical(path, error);
  ConfigFile file = read_config(whole.filename().generic_string(),
                                std::make_shared<std::string>(std::move(*text)), path);
  file.folder = whole.parent_path().generic_string();
  file.above = true;
  return file;
}

Result<Sources> read_sources(const Options& options) {
  Sources sources;
  sources.flags = options.flags;
  sources.isolated = options.isolated;
  Result<Layer> environment = environment_layer(variable);
  if (!environment) return Error{environment.error()};
  sources.environment = std::move(*environment);
  if (options.config_file.empty()) return sources;
  Result<ConfigFile> file = given_file(options.config_file);
  if (!file) return Error{file.error()};
  sources.given = std::move(*file);
  return sources;
}

}  // namespace trainlint
