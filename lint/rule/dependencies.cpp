#include "lint/rule/dependencies.h"

#include <algorithm>
#include <array>

#include "lint/graph/third_party.h"
#include "lint/launch/target.h"
#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "lint/rule/import_name.h"
#include "lint/rule/job_fields.h"
#include "lint/rule/submission.h"
#include "rules/facts/distributions.h"

namespace trainlint {

std::vector<std::string> distributions_of(std::string_view dotted) {
  for (std::string_view name = dotted; !name.empty();) {
    for (const facts::distributions::Module& module : facts::distributions::modules)
      if (module.module == name) return {module.distributions.begin(), module.distributions.end()};
    size_t dot = name.rfind('.');
    name = dot == name.npos ? std::string_view() : name.substr(0, dot);
  }
  std::string_view top = dotted.substr(0, dotted.find('.'));
  // "google" and its like are shared by many.
  if (top == "google" || top == "azure" || !is_known_third_party(top)) return {};
  return {canonical_name(top)};
}

std::set<std::string> declared_distributions(const Package& package) {
  std::set<std::string> names;
  std::vector<std::string> added;
  for (const Requirement& one : package.project.install_requires.value)
    if (Result<ParsedRequirement> parsed = parse_requirement(one.text))
      added.push_back(canonical_name(parsed->name));
  while (!added.empty()) {
    std::string name = std::move(added.back());
    added.pop_back();
    if (!names.insert(name).second) continue;
    for (const facts::distributions::Bring& bring : facts::distributions::brings)
      if (bring.distribution == name)
        for (std::string_view brought : bring.brought) added.emplace_back(brought);
  }
  return names;
}

std::vector<const ImportEdge*> certain_imports(const Package& package) {
  std::vector<const ImportEdge*> found;
  std::set<std::string_view> seen;
  const ImportGraph& graph = package.graph;
  for (const ImportEdge& edge : graph.edges) {
    if (edge.target != Target::third_party || edge.guarded) continue;
    if (edge.when != When::import_time && edge.when != When::main_guard) continue;
    if (edge.from >= graph.reached.size() || !graph.reached[edge.from]) continue;
    if (seen.insert(edge.name).second) found.push_back(&edge);
  }
  return found;
}

bool is_preinstalled(const Package& package, std::string_view distribution) {
  if (may_be_preinstalled(distribution)) return true;
  const std::string name = canonical_name(distribution);
  const std::vector<std::string>& said = package.settings.preinstalled;
  return std::any_of(said.begin(), said.end(),
                     [&](const std::string& each) { return canonical_name(each) == name; });
}

// The images that a job file names, wherever it does.
static void collect_images(const JobValue& value, std::vector<const JobValue*>& images) {
  for (const JobEntry& entry : value.entries) {
    if (entry.key == "imageUri" || entry.key == "executorImageUri") images.push_back(&entry.value);
    collect_images(entry.value, images);
  }
  for (const JobValue& item : value.items) collect_images(item, images);
}

static bool is_prebuilt(const JobValue& image) {
  const std::string* text = job_text(&image);
  return text != nullptr && find_prebuilt_image(*text).has_value();
}

// Other archives, or an image of which nothing is known.
static bool asks_for_others(const GcloudCommand& command) {
  static constexpr auto flags = std::to_array<std::string_view>(
      {"--master-image-uri", "--worker-image-uri", "--executor-image-uri", "--requirements",
       "--extra-packages", "--python-package-uris"});
  const CommandWord* packages = command.value_of("--packages");
  return command.open || packages != nullptr ||
         std::any_of(flags.begin(), flags.end(), [&](std::string_view flag) {
           const CommandWord* value = command.value_of(flag);
           return value != nullptr && !(value->known() && find_prebuilt_image(value->text));
         });
}

bool may_have_others(const Package& package) {
  const Launch& launch = package.launch;
  if (started_in_container(package) || launch.python_source == PythonSource::unknown) return true;
  for (const ScriptCommand& script : launch.commands)
    if (asks_for_others(script.command)) return true;
  for (const AskedEnvironment& asked : launch.asked)
    if (asked.kind == AskedEnvironment::image_uri && !find_prebuilt_image(asked.text)) return true;
  std::vector<const JobValue*> images;
  for (const JobFile& file : launch.job_files) collect_images(file.root, images);
  return !std::all_of(images.begin(), images.end(),
                      [](const JobValue* image) { return is_prebuilt(*image); });
}

}  // namespace trainlint
