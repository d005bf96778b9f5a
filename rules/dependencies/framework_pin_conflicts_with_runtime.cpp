#include <algorithm>

#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "lint/rule/asked_image.h"

namespace trainlint {

namespace {

// Of "2.17", which is 2.17.0 and what follows it.
bool allows_release(const SpecifierSet& set, std::string_view release) {
  constexpr int most_patches = 20;
  for (int patch = 0; patch <= most_patches; ++patch) {
    std::optional<Version> version = parse_version(fmt::format("{}.{}", release, patch));
    if (!version || contains(set, *version)) return true;
  }
  return false;
}

void check_one(const Requirement& one, const AskedImage& asked, Report& report) {
  Result<ParsedRequirement> parsed = parse_requirement(one.text);
  if (!parsed || one.place.path.empty() || parsed->marker || !parsed->url.empty()) return;
  const std::string name = canonical_name(parsed->name);
  const bool framework = is_framework_of(*asked.image, name);
  if (!framework || allows_release(parsed->specifiers, asked.image->version)) return;
  Report::Added added = report(
      one.place, "'{}' takes the place of the {} {} that the image '{}' has, on every worker",
      one.text, asked.image->framework, asked.image->version, asked.image->name);
  if (!asked.place.path.empty()) added.note("the image is asked for here", asked.place);
  added.note("choose the image of that version, or leave the framework out of install_requires");
}

void check(const Package& package, Report& report) {
  if (!package.project.install_requires.is_known()) return;
  const std::vector<AskedImage> images = asked_images(package);
  if (images.empty()) return;
  for (const Requirement& one : package.project.install_requires.value)
    check_one(one, images.front(), report);
}

}  // namespace

extern constinit const Rule framework_pin_conflicts_with_runtime = {
    .name = "framework-pin-conflicts-with-runtime",
    .severity = Severity::warning,
    .summary = "the package asks for another version of the framework than the image has",
    .explanation = R"(
pip obeys `install_requires` and replaces what the image has: some minutes on each worker, and then a
framework that was not built for the CUDA libraries of the image. A job on a machine with GPUs may go on
without them, in silence.

Looked at are images that a command, a job file or `--image-uri` asks for.

Source: [Prebuilt containers](https://docs.cloud.google.com/gemini-enterprise-agent-platform/machine-learning/training/pre-built-containers).
)",
    .bad = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-4}
  replicaCount: 1
  pythonPackageSpec:
    executorImageUri: us-docker.pkg.dev/vertex-ai/training/tf-gpu.2-17.py310:latest
    packageUris: [gs://my-bucket/trainer-0.1.tar.gz]
    pythonModule: trainer.task
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["tensorflow==2.11.0"])
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

print(tf.__version__)
)",
    .good = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-4}
  replicaCount: 1
  pythonPackageSpec:
    executorImageUri: us-docker.pkg.dev/vertex-ai/training/tf-gpu.2-17.py310:latest
    packageUris: [gs://my-bucket/trainer-0.1.tar.gz]
    pythonModule: trainer.task
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["tensorflow>=2.11"])
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

print(tf.__version__)
)",
    .check = check,
};

}  // namespace trainlint
