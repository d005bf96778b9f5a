#pragma once

#include <string>

#include "lint/project/discovery.h"
#include "lint/project/interpreter.h"
#include "lint/project/project.h"

namespace trainlint {

// What setup.cfg and pyproject.toml share: values that name files and attributes of modules.

// The value of `module.attribute` as setuptools' attr: reads it: a literal that is assigned at the
// top of the module, else what importing the module gives. What is surely not
// there is the project's failure.
PyValue read_attribute(const SourceTree& tree, Project& project, const std::string& dotted,
                       const Place& place);
// The files' contents, joined with newlines. Files that are not there are passed over.
PyValue read_named_files(const SourceTree& tree, Project& project, const Strings& paths,
                         const Place& place);
// A version that an attribute gave: tuples become "1.2.3".
PyValue version_text(const PyValue& value);
// find: with its options; fills in package_dir where packages are looked for in one folder.
PyValue find_for_settings(const Folders& folders, const FindOptions& options, Project& project,
                          const Place& place);

// setup.cfg fills what setup() left empty; pyproject.toml overrides both.
void apply_setup_cfg(const SourceTree& tree, const Folders& folders, Project& project);
// The file as a dict, with places; not a dict where it is not TOML (then project.faults says why).
PyValue read_pyproject(const SourceTree& tree, Project& project);
void apply_build_system(const PyValue& pyproject, Project& project);
// False when it does not configure setuptools.
bool apply_pyproject(const PyValue& pyproject, const SourceTree& tree, const Folders& folders,
                     Project& project);
// poetry, hatchling, flit and pdm, as far as the file declares names, dependencies and packages.
void apply_foreign_backend(const PyValue& pyproject, const SourceTree& tree, const Folders& folders,
                           Project& project);
bool foreign_backend(const Project& project);
// What packs the sdist of a project that another backend builds: setup.py with setuptools, or the
// setup.py that gcloud writes for `package` ("" when not known).
Project read_packing_project(const SourceTree& tree, const std::string& package);

}  // namespace trainlint
