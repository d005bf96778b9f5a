#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "lint/rule/rule.h"

namespace trainlint {

// What the rules about packing share.

// An sdist of the tree is what the worker installs; false where files are copied as they lie.
bool is_built(const Package& package);

// setup.py is at the root and setuptools runs it, when the sdist is made and again on the worker.
bool runs_setup_py(const Package& package);

// A plugin adds what version control knows to the sdist, or the build makes files of its own, so
// that a file's absence from the predicted sdist says nothing.
bool sdist_may_hold_more(const Package& package);

// The plugin, as far as the metadata names it.
bool names_sdist_plugin(const Package& package);

// A library that every build has: the standard library's, setuptools and what comes with it.
bool is_in_every_build(const std::string& top);

// The file of the tree that an import finds when setup.py runs in its folder; "" for none.
std::string own_module(const SourceTree& tree, const std::string& dotted);

// The file goes into the sdist; of an archive, that it is there.
bool is_in_sdist(const Package& package, std::string_view path);

// A flag or the image says which Python the job runs; otherwise it is a guess.
bool is_python_given(const Package& package);

// The source tree as the worker has it when it runs setup.py. Valid while the package's tree is.
std::unique_ptr<SourceTree> unpacked_sdist(const Package& package);

}  // namespace trainlint
