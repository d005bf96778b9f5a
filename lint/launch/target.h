#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/launch/launch.h"
#include "lint/project/project.h"

namespace trainlint {

// One of Vertex AI's prebuilt training images, as rules/facts/images.toml has it.
struct PrebuiltImage {
  std::string_view name;
  PythonVersion python;
  std::string_view end_of_availability;  // "2026-07-11"
  bool retired = false;                  // it had ended on the date of the table
};

// The image of a URI such as "us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest".
std::optional<PrebuiltImage> find_prebuilt_image(std::string_view uri);

// The oldest Python that a job may still run on one of them.
PythonVersion oldest_prebuilt_python();

// Sets `python` and what belongs to it. The first of these decides: the image, --python-version,
// the base image of the Dockerfile that starts the package, python_requires; else the newest Python
// that Vertex AI's prebuilt images have. What is retired decides nothing, since no job runs there:
// that goes for every runtime version of AI Platform, and for a --python-version given with one.
void choose_python(Launch& launch, const SourceTree& tree, const Project& project,
                   const LaunchOptions& options);

// Why the job is taken to run this Python: "python_requires is '<3.8'".
std::string describe_python(const Launch& launch);
std::optional<Place> place_of_python(const Launch& launch);

}  // namespace trainlint
