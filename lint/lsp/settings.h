#pragma once

#include <string>
#include <vector>

#include "lint/config/config.h"
#include "lint/lsp/message.h"

namespace trainlint {

// What an editor says about trainlint: the members of the configuration file, as JSON. Lists may be
// texts with commas as well, as in the environment.
struct ClientSettings {
  Layer layer;
  std::vector<std::string> faults;  // settings that are none, for people
};

ClientSettings read_client_settings(const Json& json);

}  // namespace trainlint
