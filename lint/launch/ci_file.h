#pragma once

#include <string>
#include <string_view>

namespace trainlint {

// The shell commands of a CI system's YAML, each where it is there, with blanks instead of all
// else: `run` of GitHub Actions and CircleCI, `script` of GitLab CI, Bitbucket and Azure, `args` of
// Cloud Build, as a script or as the words of gcloud. What the CI system itself puts in
// ("${{ github.sha }}", "$_REGION") becomes a variable of the shell, which is as little known.
// Values that cannot be kept as they are written (with YAML's escapes) are left out.
std::string shell_of_ci_file(std::string_view yaml);

}  // namespace trainlint
