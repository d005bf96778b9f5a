#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "lint/source/archive.h"
#include "lint/source/tree.h"

namespace trainlint {

Result<OpenTree> open_path(const std::string& path) {
  std::error_code error;
  std::filesystem::file_status status = std::filesystem::status(path, error);
  switch (status.type()) {
    case std::filesystem::file_type::not_found:
      return Error{fmt::format("'{}' does not exist", path)};
    case std::filesystem::file_type::directory: {
      Result<std::unique_ptr<SourceTree>> folder = open_folder(path);
      if (!folder) return Error{folder.error()};
      OpenTree opened;
      opened.tree = std::move(*folder);
      return opened;
    }
    case std::filesystem::file_type::regular:
      if (!std::ifstream(path, std::ios::binary).is_open())
        return Error{fmt::format("'{}' cannot be opened", path)};
      return open_archive(ArchiveBytes{path, path, nullptr});
    case std::filesystem::file_type::none:
    case std::filesystem::file_type::unknown:
      return Error{fmt::format("'{}' cannot be opened", path)};
    default:
      return Error{fmt::format("'{}' is neither a folder nor an archive", path)};
  }
}

}  // namespace trainlint
