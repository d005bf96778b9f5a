#pragma once

#include <string>
#include <vector>

#include "lint/launch/launch.h"
#include "lint/source/tree.h"

namespace trainlint {

// Gives each package the job files of the tree that are about it: those that a command names
// together with it, and those that have it as the nearest package around them. What is about none
// is left out.
void find_job_files(const SourceTree& tree, const std::vector<ScriptCommand>& commands,
                    std::vector<PackageRoot>& roots);

// The job files of a tree, known by what they hold.
std::vector<std::string> job_file_paths(const SourceTree& tree);

// Whether nothing but their places says that a file and a package, with these commands about it,
// belong together.
bool is_bound_by_place(const JobFile& file, const std::vector<ScriptCommand>& commands);

// A file named by --job-config. Fails where it cannot be read or is no YAML.
Result<JobFile> open_job_file(const std::string& path);

}  // namespace trainlint
