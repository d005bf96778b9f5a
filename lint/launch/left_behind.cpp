#include "lint/launch/left_behind.h"

#include "lint/launch/routes.h"

#include <algorithm>

namespace trainlint {

bool stays_behind(std::string_view path, const Distribution& distribution, const Launch& launch) {
  // On other routes the worker has more of the folder than what setuptools installs.
  if (launch.route != Route::gcloud_sdist || runs_by_path(launch) || !launch.search_path_known)
    return false;
  if (!distribution.complete || launch.package_folder.empty() || path == "setup.py") return false;
  return !path.starts_with(launch.package_folder + "/") && !distribution.find_source(path) &&
         !std::binary_search(distribution.sdist.begin(), distribution.sdist.end(), path,
                             std::less<>());
}

}  // namespace trainlint
