#include "lint/rule/asked_image.h"

#include <algorithm>
#include <array>

#include "lint/launch/target.h"
#include "lint/rule/job_fields.h"

namespace trainlint {

static void add_image(std::string_view uri, const Place& place, std::vector<AskedImage>& found) {
  std::optional<PrebuiltImage> prebuilt = find_prebuilt_image(uri);
  if (!prebuilt) return;
  for (const facts::images::Image& image : facts::images::images)
    if (image.name == prebuilt->name) found.push_back({&image, place});
}

std::vector<AskedImage> asked_images(const Package& package) {
  std::vector<AskedImage> found;
  for (const AskedEnvironment& asked : package.launch.asked)
    if (asked.kind == AskedEnvironment::image_uri) add_image(asked.text, asked.place, found);
  for (const JobFile& file : package.launch.job_files)
    for (const JobValue* pool : worker_pools(file)) {
      const JobValue* image = pool->find({"pythonPackageSpec", "executorImageUri"});
      if (const std::string* text = job_text(image))
        add_image(*text, {file.path, image->span}, found);
    }
  return found;
}

bool is_framework_of(const facts::images::Image& image, std::string_view distribution) {
  static constexpr auto distributions =
      std::to_array<std::pair<std::string_view, std::string_view>>({
          {"tensorflow", "tensorflow"},
          {"tensorflow", "tensorflow-gpu"},
          {"tensorflow", "tensorflow-cpu"},
          {"pytorch", "torch"},
          {"scikit-learn", "scikit-learn"},
          {"xgboost", "xgboost"},
      });
  return std::any_of(distributions.begin(), distributions.end(), [&](const auto& pair) {
    return pair.first == image.framework && pair.second == distribution;
  });
}

}  // namespace trainlint
