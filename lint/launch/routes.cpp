#include "lint/launch/routes.h"

#include <algorithm>
#include <array>

#include "lint/distribution/copies.h"
#include "lint/launch/commands.h"
#include "lint/launch/container.h"
#include "lint/text/path.h"

namespace trainlint {

static constexpr auto route_names = std::to_array<std::string_view>(
    {"gcloud-sdist", "archive", "autopackage", "script", "container"});

std::string_view to_string(Route route) {
  return route_names[static_cast<size_t>(route)];
}

static const CommandWord* packed_folder(const GcloudCommand& command) {
  const bool packs =
      command.kind == GcloudKind::submit_training || command.kind == GcloudKind::local_train;
  return packs ? command.value_of("--package-path") : nullptr;
}

std::optional<Autopackaging> commanded_autopackaging(const SourceTree& tree, const Launch& launch) {
  for (const ScriptCommand& script : launch.commands)
    if (std::optional<Autopackaging> found = autopackaging_of(tree, script)) return found;
  return std::nullopt;
}

// The entry module's file: below the root, or below a folder that the module is named from.
static std::optional<std::string> entry_file(const SourceTree& tree, const Launch& launch,
                                             std::string& folder) {
  std::string file = launch.module;
  std::replace(file.begin(), file.end(), '.', '/');
  file += ".py";
  for (const std::string& start :
       {std::string(), launch.package_folder, parent_folder(launch.package_folder)}) {
    folder = start;
    if (tree.has_file(join_path(start, file))) return join_path(start, file);
  }
  return std::nullopt;
}

// What the command says, or, by the setting alone, the entry module's folder.
static std::optional<Autopackaging> autopackaging_in(const SourceTree& tree, const Launch& launch) {
  std::string folder;
  std::optional<std::string> entry = entry_file(tree, launch, folder);
  std::optional<Autopackaging> commanded = commanded_autopackaging(tree, launch);
  // Another module that was given goes over the command's.
  if (commanded && (commanded->module == launch.module || !launch.module_given)) return commanded;
  if (!entry) return std::nullopt;
  return Autopackaging{folder, launch.module, "", {parent_folder(*entry)}, {}};
}

static bool names_archives(const JobValue& value) {
  return std::any_of(value.entries.begin(), value.entries.end(),
                     [](const JobEntry& entry) {
                       return entry.key == "packageUris" || names_archives(entry.value);
                     }) ||
         std::any_of(value.items.begin(), value.items.end(), names_archives);
}

// Of Vertex AI's alone: gcloud passes over packageUris in a job file of AI Platform.
static const JobFile* file_with_archives(const Launch& launch) {
  for (const JobFile& job : launch.job_files)
    if (job.kind != JobKind::training && names_archives(job.root)) return &job;
  return nullptr;
}

static void take_autopackaging(const Autopackaging& packaging, Launch& launch) {
  launch.route = Route::autopackage;
  launch.search_folder = packaging.folder;
  if (packaging.module.empty()) {
    launch.script = packaging.script;
    launch.search_folder = parent_folder(launch.script);
  } else {
    launch.module = packaging.module;
  }
}

static void take_script(std::string path, Launch& launch) {
  launch.route = Route::script;
  launch.script = std::move(path);
  launch.module = packed_script_module;
}

// What somebody's own image holds besides the script, and which Python, is not known.
static void take_script_in_own_image(std::string path, Launch& launch) {
  launch.route = Route::container;
  launch.search_folder = parent_folder(path);
  launch.search_path_known = false;
  launch.script = std::move(path);
  launch.python_source = PythonSource::unknown;
}

static void take_setting(const SourceTree& tree, Route route, Launch& launch) {
  std::string folder;
  std::optional<std::string> entry = entry_file(tree, launch, folder);
  if (route == Route::autopackage) {
    if (auto packaging = autopackaging_in(tree, launch)) take_autopackaging(*packaging, launch);
  } else if (route == Route::script) {
    if (entry) take_script(std::move(*entry), launch);
  } else if (route == Route::container) {
    if (start_in_container(tree, launch)) return;
    launch.route = route;
    launch.search_folder = folder;
  } else {
    launch.route = route;
  }
}

void choose_route(const SourceTree& tree, TreeKind kind, const LaunchOptions& options,
                  std::string_view setting, Launch& launch) {
  const auto named = std::find(route_names.begin(), route_names.end(), setting);
  if (named != route_names.end() && kind == TreeKind::folder)
    return take_setting(tree, static_cast<Route>(named - route_names.begin()), launch);
  if (!options.module_name.empty()) return;
  const bool packs = std::any_of(
      launch.commands.begin(), launch.commands.end(),
      [](const ScriptCommand& script) { return packed_folder(script.command) != nullptr; });
  if (!packs && kind == TreeKind::folder)
    if (auto packaging = commanded_autopackaging(tree, launch))
      return take_autopackaging(*packaging, launch);
  if (launch.module_given || start_in_container(tree, launch) || packs || kind != TreeKind::folder)
    return;
  if (auto script = find_sdk_script(tree, launch.package_folder))
    return script->own_image ? take_script_in_own_image(std::move(script->path), launch)
                             : take_script(std::move(script->path), launch);
  if (file_with_archives(launch) != nullptr) launch.route = Route::archive;
}

Distribution distribution_of(const SourceTree& tree, const Project& project, const Launch& launch,
                             TreeKind kind) {
  if (kind == TreeKind::wheel) return read_wheel(tree);
  if (launch.route == Route::script) return pack_script(tree, launch.script);
  if (launch.route == Route::autopackage)
    if (std::optional<Autopackaging> packaging = autopackaging_in(tree, launch))
      return copy_folders(tree, packaging->script.empty() ? packaging->folder : "",
                          packaging->copied);
  Distribution distribution = predict_distribution(tree, project, kind);
  // gcloud's own setup.py is one way to pack such a project, and its tool is another.
  const bool packs = std::any_of(
      launch.commands.begin(), launch.commands.end(),
      [](const ScriptCommand& script) { return packed_folder(script.command) != nullptr; });
  if (!project.build_backend.starts_with("setuptools") && kind == TreeKind::folder && !packs &&
      !tree.has_file("setup.py") && distribution.complete) {
    distribution.complete = distribution.data_complete = false;
    distribution.incomplete_reason =
        "with '" + project.build_backend + "' packed otherwise than by gcloud, it holds more";
  }
  if (launch.route == Route::archive && project.origin == ProjectOrigin::generated &&
      kind == TreeKind::folder && distribution.complete) {
    distribution.complete = distribution.data_complete = false;
    distribution.incomplete_reason = "nothing says how the archive is made";
  }
  return distribution;
}

std::optional<Place> place_of_route(const SourceTree& tree, const Launch& launch) {
  if (launch.route == Route::container && !launch.dockerfile.empty())
    return Place{launch.dockerfile, std::nullopt};
  if (launch.route == Route::gcloud_sdist) {
    for (const ScriptCommand& script : launch.commands)
      if (const CommandWord* folder = packed_folder(script.command))
        return Place{script.path, folder->span};
  } else if (launch.route == Route::autopackage) {
    if (auto packaging = commanded_autopackaging(tree, launch)) return packaging->place;
  } else if (launch.route == Route::script || launch.route == Route::container) {
    if (auto script = find_sdk_script(tree, launch.package_folder))
      if (script->path == launch.script) return script->place;
  } else if (const JobFile* job = file_with_archives(launch);
             job && launch.route == Route::archive) {
    return Place{job->path, std::nullopt};
  }
  return std::nullopt;
}

}  // namespace trainlint
