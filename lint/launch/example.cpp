#include "lint/launch/example.h"

#include <sstream>

namespace trainlint {

LaunchOptions options_of_example(std::string_view example) {
  LaunchOptions options;
  std::istringstream words{std::string(example.substr(0, example.find("\n-- ")))};
  bool own = false;
  for (std::string word; words >> word;) {
    if (own) options.user_arguments.push_back(word);
    own |= word == "--";
  }
  return options;
}

}  // namespace trainlint
