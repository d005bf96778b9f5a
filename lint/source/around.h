#pragma once

#include <memory>
#include <string>

#include "lint/source/tree.h"

namespace trainlint {

// open_folder() around a package, whose top folder is `package`, where nothing says that the folder
// is a project: it may be "/" or a person's home. Of the other folders at the top, those that hold
// too much to belong to the package are left out.
Result<std::unique_ptr<SourceTree>> open_folder_around(const std::string& path,
                                                       const std::string& package);

}  // namespace trainlint
