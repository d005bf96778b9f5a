#include "lint/rule/route.h"

#include <algorithm>
#include <array>

#include "lint/launch/routes.h"

namespace trainlint {

static std::string_view what_happens(const Package& package) {
  if (package.kind != TreeKind::folder) return "pip installs the archive";
  switch (package.launch.route) {
    case Route::gcloud_sdist:
      return "gcloud packs the folder as an sdist, which pip builds and installs";
    case Route::archive:
      return "pip builds and installs an archive made beforehand";
    case Route::autopackage:
      return "gcloud copies the entry's own folder into an image";
    case Route::script:
      return "the SDK packs one script";
    case Route::container:
      return "a container runs the files as they lie";
  }
  return "";
}

std::string describe_route(const Package& package) {
  std::string text = fmt::format("{}: {}", to_string(package.launch.route), what_happens(package));
  if (package.kind != TreeKind::folder) text = what_happens(package);
  std::optional<Place> place = place_of_route(*package.tree, package.launch);
  if (place) text += fmt::format(" (as {} says)", place->path);
  return text;
}

void add_route(const Package& package, std::vector<Finding>& findings) {
  static constexpr auto groups =
      std::to_array<std::string_view>({"imports", "packaging", "structure"});
  if (package.launch.route == Route::gcloud_sdist || package.kind != TreeKind::folder) return;
  std::optional<Place> place;
  bool asked = false;
  for (Finding& finding : findings) {
    if (std::find(groups.begin(), groups.end(), finding.group) == groups.end()) continue;
    if (!asked) place = place_of_route(*package.tree, package.launch);
    asked = true;
    const bool said =
        place && std::any_of(finding.notes.begin(), finding.notes.end(), [&](const Note& note) {
          return note.place && note.place->path == place->path;
        });
    if (!said)
      finding.notes.push_back({fmt::format("on the route '{}': {}", to_string(package.launch.route),
                                           what_happens(package)),
                               place});
  }
}

}  // namespace trainlint
