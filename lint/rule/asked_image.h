#pragma once

#include <string_view>
#include <vector>

#include "lint/rule/rule.h"
#include "rules/facts/images.h"

namespace trainlint {

// One of Vertex AI's prebuilt images that the job asks for, by a flag, a command or a job file.
struct AskedImage {
  const facts::images::Image* image = nullptr;
  Place place;
};

std::vector<AskedImage> asked_images(const Package& package);

// Whether the image is made for what a distribution (in canonical form) brings, in the image's own
// version.
bool is_framework_of(const facts::images::Image& image, std::string_view distribution);

}  // namespace trainlint
