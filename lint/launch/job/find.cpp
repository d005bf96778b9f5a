#include "lint/launch/job/find.h"
#include "lint/launch/commands.h"
#include "lint/launch/job/sdk_jobs.h"
#include "lint/source/notebook.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "lint/text/path.h"

namespace trainlint {

namespace {

constexpr uint64_t largest_candidate = 64 * 1024;  // bytes; data in JSON may be much larger

struct Candidate {
  JobFile file;                // path from the tree's root
  std::string command_folder;  // the package folder of a command that names it
  std::string command_module;  // and the entry module; "" where it is not known
};

std::optional<JobFile> read_job(const SourceTree& tree, const std::string& path) {
  Result<Bytes> bytes = tree.read(path);
  if (!bytes) return std::nullopt;
  Result<JobValue> root = read_job_values(**bytes);
  if (!root) return std::nullopt;
  return JobFile{.path = path, .text = **bytes, .root = std::move(*root)};
}

// Programs, and the Python of a notebook's cells.
bool may_be_program(std::string_view name) {
  return name.ends_with(".py") || name.ends_with(notebook_program_ending);
}

// The module that a job names by itself; null where it names none, or not as a literal.
const std::string* module_of_job(const JobFile& file) {
  const std::vector<const JobValue*> pools = worker_pools(file);
  if (pools.empty()) return nullptr;
  const JobValue* module = pools.front()->find({"pythonPackageSpec", "pythonModule"});
  return module && module->known && module->shape == JobShape::text ? &module->text : nullptr;
}

void add_sdk_jobs(const SourceTree& tree, const std::string& path, std::vector<Candidate>& found) {
  Result<Bytes> bytes = tree.read(path);
  if (!bytes || !mentions_sdk_job(**bytes)) return;
  for (JobFile& job : read_sdk_jobs(path, *bytes)) {
    const std::string* module = module_of_job(job);
    found.push_back({std::move(job), "", module ? *module : ""});
  }
}

std::vector<Candidate> recognised_files(const SourceTree& tree) {
  std::vector<Candidate> found;
  for (const SourceFile& file : tree.files()) {
    std::string_view name = file_name(file.path);
    const bool named = name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
    if (file.kind != FileKind::file || file.size > largest_candidate) continue;
    if (may_be_program(name)) add_sdk_jobs(tree, file.path, found);
    if (!named) continue;
    Result<Bytes> bytes = tree.read(file.path);
    if (!bytes || !mentions_job(**bytes)) continue;
    Result<JobValue> root = read_job_values(**bytes);
    std::optional<JobKind> kind = root ? recognise_job(*root) : std::nullopt;
    if (!kind) continue;
    found.push_back(
        {{.path = file.path, .kind = *kind, .text = **bytes, .root = std::move(*root)}, "", ""});
  }
  return found;
}

// Where the script is run from is not known: its own folder, or any above it, if the path fits.
std::string named_file(const SourceTree& tree, std::string folder, std::string_view path) {
  if (path.starts_with('/')) return {};
  while (!folder.empty()) {
    folder = parent_folder(folder);
    std::string file = normal_path(join_path(folder, path));
    if (!file.starts_with("..") && tree.has_file(file)) return file;
  }
  return {};
}

std::optional<JobKind> kind_of(GcloudKind command) {
  switch (command) {
    case GcloudKind::submit_training:
      return JobKind::training;
    case GcloudKind::custom_job:
      return JobKind::custom_job;
    case GcloudKind::hp_tuning_job:
      return JobKind::hp_tuning;
    case GcloudKind::local_train:
    case GcloudKind::local_run:
      break;
  }
  return std::nullopt;
}

// What commands say about the files: the command decides how a file is read.
void apply_commands(const SourceTree& tree, const std::vector<ScriptCommand>& commands,
                    std::vector<Candidate>& candidates) {
  for (const ScriptCommand& script : commands) {
    const CommandWord* config = script.command.value_of("--config");
    std::optional<JobKind> kind = kind_of(script.command.kind);
    if (!kind || config == nullptr || !config->known()) continue;
    std::string path = named_file(tree, script.path, config->text);
    if (path.empty()) continue;
    auto known = std::find_if(candidates.begin(), candidates.end(),
                              [&](const Candidate& one) { return one.file.path == path; });
    if (known == candidates.end()) {
      std::optional<JobFile> file = read_job(tree, path);
      if (!file) continue;
      candidates.push_back({std::move(*file), "", ""});
      known = candidates.end() - 1;
    }
    known->file.kind = *kind;
    known->file.binding = JobBinding::command;
    if (!known->command_folder.empty()) continue;
    known->command_folder = script.package_folder;
    if (std::optional<CommandWord> module = module_of(script.command))
      known->command_module = module->text;
  }
}

// A command may start another module of the folder than the one that the package is linted for.
std::vector<PackageRoot*> named_packages(std::vector<PackageRoot>& roots, const std::string& folder,
                                         const std::string& module) {
  std::vector<PackageRoot*> found;
  for (PackageRoot& root : roots)
    if (join_path(root.root, root.package_folder) == folder &&
        (module.empty() || root.module == module))
      found.push_back(&root);
  return found;
}

std::vector<PackageRoot*> nearest_packages(std::vector<PackageRoot>& roots,
                                           const std::string& path) {
  std::vector<PackageRoot*> found;
  for (std::string folder = path; !folder.empty() && found.empty();) {
    folder = parent_folder(folder);
    found = named_packages(roots, folder, "");
    for (PackageRoot& root : roots)
      if (found.empty() && root.root == folder) {
        for (PackageRoot& other : roots)
          if (other.root == folder) found.push_back(&other);
      }
  }
  return found;
}

}  // namespace

void find_job_files(const SourceTree& tree, const std::vector<ScriptCommand>& commands,
                    std::vector<PackageRoot>& roots) {
  if (roots.empty()) return;
  std::vector<Candidate> candidates = recognised_files(tree);
  apply_commands(tree, commands, candidates);
  for (const Candidate& candidate : candidates) {
    std::vector<PackageRoot*> packages;
    if (!candidate.command_folder.empty())
      packages = named_packages(roots, candidate.command_folder, candidate.command_module);
    const bool of_another = packages.empty() && !candidate.command_folder.empty() &&
                            !named_packages(roots, candidate.command_folder, "").empty();
    if (packages.empty() && !of_another) packages = nearest_packages(roots, candidate.file.path);
    for (PackageRoot* package : packages) {
      JobFile file = candidate.file;
      file.path = relative_path(file.path, package->root);
      file.alone = packages.size() == 1;
      // A program beside a package is about it when it names its entry module.
      if (file.sdk && package->module == candidate.command_module)
        file.binding = JobBinding::command;
      else if (file.sdk)
        file.alone = false;
      package->job_files.push_back(std::move(file));
    }
  }
}

bool is_bound_by_place(const JobFile& file, const std::vector<ScriptCommand>& commands) {
  if (file.binding == JobBinding::given || file.sdk) return file.binding == JobBinding::folder;
  return std::none_of(commands.begin(), commands.end(), [&](const ScriptCommand& script) {
    const CommandWord* config = script.command.value_of("--config");
    return config && config->known() && file_name(config->text) == file_name(file.path);
  });
}

std::vector<std::string> job_file_paths(const SourceTree& tree) {
  std::vector<std::string> paths;
  for (const Candidate& candidate : recognised_files(tree)) paths.push_back(candidate.file.path);
  return paths;
}

Result<JobFile> open_job_file(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return Error{"'" + path + "' is a folder"};
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return Error{"'" + path + "' cannot be read"};
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  Result<JobValue> root = read_job_values(text);
  if (!root) return Error{"'" + path + "': " + root.error()};
  JobFile file{.path = path, .binding = JobBinding::given, .text = std::move(text)};
  file.root = std::move(*root);
  std::optional<JobKind> kind = recognise_job(file.root);
  if (!kind)
    return Error{"'" + path + "' has none of trainingInput, workerPoolSpecs and studySpec"};
  file.kind = *kind;
  return file;
}

}  // namespace trainlint
