#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/distribution/distribution.h"
#include "lint/launch/launch.h"

namespace trainlint {

// The ways to the worker, and what each of them puts there.

// "gcloud-sdist", as the setting has it.
std::string_view to_string(Route route);

// Sets `route` and what belongs to it: by the setting, where one is given ("" is none), or else by
// the commands and files in view. An archive is what gets to the worker, whatever they say, unless
// a Dockerfile in it starts it.
void choose_route(const SourceTree& tree, TreeKind kind, const LaunchOptions& options,
                  std::string_view setting, Launch& launch);

// The files on the worker by the launch's route.
Distribution distribution_of(const SourceTree& tree, const Project& project, const Launch& launch,
                             TreeKind kind);

// The command or file of the tree that says which route it is; nothing for a setting, or where
// nothing says so.
std::optional<Place> place_of_route(const SourceTree& tree, const Launch& launch);

// Python is given a file: `python trainer/task.py`.
inline bool runs_by_path(const Launch& launch) {
  return !launch.script.empty() && launch.route != Route::script;
}

// What Vertex AI's commands put into an image (gcloud's command_lib/ai/docker/build.py). Paths are
// those of the tree.
struct Autopackaging {
  std::string folder;               // the build's context: --local-package-path
  std::string module;               // dotted, from there; "" for a script
  std::string script;               // "" for a module
  std::vector<std::string> copied;  // the entry's own folder and the extra ones; "" is everything
  Place place;                      // in the script
};

// Nothing where the command does not package a folder, or where it is not known which.
std::optional<Autopackaging> autopackaging_of(const SourceTree& tree, const ScriptCommand& script);
// Of the first command that packages one.
std::optional<Autopackaging> commanded_autopackaging(const SourceTree& tree, const Launch& launch);

// The file that a program beside the package (or a notebook) hands to the Python SDK of Vertex AI
// as script_path, which packs it alone.
struct SdkScript {
  std::string path;
  Place place;
  bool own_image = false;  // not one of Vertex AI's: it may hold what the script imports
};
std::optional<SdkScript> find_sdk_script(const SourceTree& tree, std::string_view package_folder);

}  // namespace trainlint
