#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/config/keys.h"
#include "lint/rule/settings.h"
#include "lint/source/tree.h"

namespace trainlint {

// A file that configures trainlint: trainlint.toml, or pyproject.toml with [tool.trainlint].
struct ConfigFile {
  std::string folder;  // that holds it, in the tree or on disk as `above` says
  std::string name;    // "trainlint.toml"
  bool above = false;  // it lies above the tree: `folder` is a path on disk
  Bytes text;
  Layer settings;
  std::vector<SettingFault> faults;  // places name `name`
};

// The settings of a file's text. `shown` is how messages name the file.
ConfigFile read_config(std::string name, Bytes text, const std::string& shown);

// The nearest one in a tree, from `folder` upwards to the tree's root. `on_disk` is where the tree
// is, for links that lead out of it; "" when it is nowhere.
std::optional<ConfigFile> config_in(const SourceTree& tree, const std::string& folder,
                                    const std::string& on_disk);

// The nearest one on disk, in `folder` (a canonical path) or above it.
std::optional<ConfigFile> config_above(const std::string& folder);

}  // namespace trainlint
