#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/launch/gcloud.h"
#include "lint/launch/job/job_file.h"
#include "lint/python/version.h"
#include "lint/source/tree.h"
#include "lint/text/span.h"

namespace trainlint {

// How the code gets to the worker.
enum class Route : uint8_t {
  gcloud_sdist,  // --package-path: gcloud builds an sdist, the worker's pip installs it
  archive,       // --packages, python-package-uris: an archive that exists already
  autopackage,   // local-package-path, local-run
  script,        // one script, as the Python SDK packs it
  container,     // an image that runs files of the tree, by path or by module
};

// What the person said on trainlint's own command line; empty where nothing was said.
struct LaunchOptions {
  std::string module_name;
  std::string package_path;
  std::optional<PythonVersion> python_version;
  std::string runtime_version;
  std::string image_uri;
  std::string job_config;  // a file, from the current folder
  std::vector<std::string> user_arguments;
};

// Who says which Python the job runs.
enum class PythonSource : uint8_t {
  by_default,  // the newest Python of Vertex AI's prebuilt images
  image,
  python_version,
  python_requires,
  dockerfile,
  unknown,  // an image whose Python is not known
};

// A runtime version or an image that a command (or trainlint's own flag) asks for.
struct AskedEnvironment {
  enum Kind : uint8_t { runtime_version, image_uri } kind = runtime_version;
  std::string text;  // as written
  Place place;       // in the command; no path for the flag
};

// A command of gcloud in a script.
struct ScriptCommand {
  std::string path;  // of the script; the command's spans are in it
  GcloudCommand command;
  std::string package_folder;  // what --package-path names, if that is a folder of the tree
};

// How the package is started.
struct Launch {
  Route route = Route::gcloud_sdist;
  std::string package;         // top-level import package, "trainer"; "" when nothing names one
  std::string package_folder;  // its folder in the tree, "trainer" or "src/trainer"
  std::string module;          // dotted entry module, "trainer.task"; "" when nothing names one
  bool module_given = false;   // by a flag or a command, not by convention
  Place source;                // the command or metadata that says so, when there is one
  PythonVersion python;
  PythonSource python_source = PythonSource::by_default;
  std::string python_text;  // the image, flag, specifier or base image that says so, as written
  Place python_place;       // of it, where it stands in a file
  std::vector<AskedEnvironment> asked;
  std::vector<ScriptCommand> commands;  // that name the package
  std::vector<JobFile> job_files;
  std::vector<std::string> user_arguments;
  std::string script;  // for route `script` and `container`: the file that is run by path
  // For route `container`:
  std::string dockerfile;
  std::string search_folder;      // of the tree, first on sys.path
  bool search_path_known = true;  // the rest of sys.path is what pip has installed
};

// A trainer package in a larger tree.
struct PackageRoot {
  std::string root;            // folder that gcloud would build in: the parent of --package-path
  std::string package_folder;  // below root
  std::string module;          // dotted entry module
  bool module_given = false;
  Place source;                         // below `root`
  std::vector<AskedEnvironment> asked;  // by the commands that name the package; below `root`
  std::vector<ScriptCommand> commands;  // that name the package, in scripts below `root`
  std::vector<JobFile> job_files;       // about the package; paths from `root`
};

// The trainer packages of a tree, in byte order of their roots: every folder that holds a task.py,
// and what submit commands in its scripts name. `commands`: find_gcloud_commands of the tree.
std::vector<PackageRoot> find_packages_in(const SourceTree& tree,
                                          const std::vector<ScriptCommand>& commands);

// `tree` is the package's own, at `root.root`. The Python is chosen later (target.h).
Launch choose_launch(const SourceTree& tree, const PackageRoot& root, const LaunchOptions& options);

}  // namespace trainlint
