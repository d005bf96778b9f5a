#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/text/span.h"

namespace trainlint {

// Something wrong in the file that configures trainlint.
struct SettingFault {
  Place place;
  std::string message;
  std::vector<std::string> notes;
};

// Modules of the package, highest first: each may import those behind it only. "a | b" are two of
// one height, which do not import each other.
struct LayerContract {
  std::string name;
  std::vector<std::string> layers;
  std::optional<Place> place;  // of the name, where it stands in a file
};

struct BucketLocation {
  std::string bucket;    // "fares", perhaps as "gs://fares"
  std::string location;  // "us-central1"
  std::optional<Place> place;
};

// What a project's configuration says to the rules themselves.
struct Settings {
  bool require_reason = false;  // of comments that suppress findings
  std::vector<SettingFault> faults;
  std::vector<LayerContract> layers;
  std::vector<BucketLocation> bucket_locations;
  std::vector<std::string> preinstalled;  // distributions that the image has, as written
};

}  // namespace trainlint
