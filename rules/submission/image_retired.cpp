#include "lint/launch/target.h"
#include "lint/rule/rule.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const AskedEnvironment& asked : package.launch.asked) {
    if (asked.kind != AskedEnvironment::image_uri) continue;
    std::optional<PrebuiltImage> image = find_prebuilt_image(asked.text);
    if (!image || !image->retired) continue;
    Place place = asked.place;
    if (place.path.empty()) place.path = package.launch.package_folder;
    report(place, "image '{}' is retired: it may be gone since {}", image->name,
           image->end_of_availability)
        .note(fmt::format("it has Python {}; the code is judged for Python {}",
                          to_string(image->python), to_string(package.launch.python)));
  }
}

extern constinit const Rule image_retired = {
    .name = "image-retired",
    .severity = Severity::warning,
    .summary = "a command asks for a prebuilt image whose availability has ended",
    .explanation = R"(
Each of Vertex AI's prebuilt training images has a day after which it may be taken away. One whose
day has come is no longer patched, and a job that asks for it may fail before it runs a line.

Choose a later image of the same framework; its Python may be a later one too. Since the retired
image may be gone, trainlint judges the code for the Python that a job would run today.

Source: [prebuilt containers](https://docs.cloud.google.com/gemini-enterprise-agent-platform/machine-learning/training/pre-built-containers).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 \
  --master-image-uri us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-3:latest \
  --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 \
  --master-image-uri us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest \
  --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
