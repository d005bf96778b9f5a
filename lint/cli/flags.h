#pragma once

#include <map>
#include <string>

#include "lint/cli/options.h"

namespace CLI {
class App;
}

namespace trainlint {

// What CLI11 fills; turned into Options when it has accepted everything.
struct Raw {
  Options options;
  std::string python_version;
  std::map<std::string, std::string> flags;  // settings, by their name
};

// The subcommands with their flags, whose values go to `raw` when CLI11 parses a command line.
void add_commands(CLI::App& app, Raw& raw);

}  // namespace trainlint
