#pragma once

#include "lint/cli/options.h"

namespace trainlint {

// The commands, one file each. They print and give back the exit status.
int check(const Options& options);
int submit(const Options& options);
int explain(const Options& options);
int list(const Options& options);
int graph(const Options& options);
int dump(const Options& options);
int configuration(const Options& options);
int hook(const Options& options);
int audit(const Options& options);
int language_server(const Options& options);  // lint/lsp/serve.cpp

// The whole program: arguments as main() gets them.
int run_command_line(int count, const char* const* arguments);

}  // namespace trainlint
