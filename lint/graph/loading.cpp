// Finding and loading modules: importlib's part (docs.python.org/3/reference/import.html).
#include <algorithm>

#include "lint/graph/simulation.h"
#include "lint/graph/standard_library.h"
#include "lint/graph/third_party.h"

namespace trainlint {

// Beyond these nothing is concluded.
static constexpr int deepest = 200;   // nested loads and calls
static constexpr int most_runs = 64;  // of one module: each handler may import what failed again

Simulation::Outcome Simulation::import_name(const Site& site, std::string_view dotted) {
  Outcome outcome;
  Instance* parent = nullptr;
  for (size_t begin = 0; begin <= dotted.size();) {
    size_t end = std::min(dotted.find('.', begin), dotted.size());
    std::string_view part = dotted.substr(begin, end - begin);
    outcome = parent ? import_submodule(site, *parent, part) : import_top(site, part);
    if (outcome.kind != Outcome::module) return outcome;
    parent = outcome.instance;
    begin = end + 1;
  }
  return outcome;
}

ImportFiles::Hit Simulation::find_on_path(std::string_view name, bool front) const {
  for (const SearchRoot& root : roots_) {
    if (root.front != front) continue;
    ImportFiles::Hit hit = files_.find(root.folder, name);
    if (hit.found != ImportFiles::Found::nothing) return hit;
  }
  return {};
}

// Python 2 looks beside the importing module first, unless the module asks it not to (PEP 328).
Instance* Simulation::implicit_package(const Site& site, std::string_view name) const {
  if (launch_.python.major > 2 || !site.frame || site.frame->instance->package.empty())
    return nullptr;
  const Instance& importer = *site.frame->instance;
  if (module_of(importer).text().find("absolute_import") != std::string_view::npos) return nullptr;
  auto package = loaded_.find(importer.package);
  if (package == loaded_.end()) return nullptr;
  const bool is_there =
      files_.find(package->second->folder, name).found != ImportFiles::Found::nothing;
  return is_there ? package->second : nullptr;
}

Simulation::Outcome Simulation::import_top(const Site& site, std::string_view name) {
  if (Instance* package = implicit_package(site, name))
    return import_submodule(site, *package, name);
  if (auto loaded = loaded_.find(name); loaded != loaded_.end())
    return again(site, *loaded->second, nullptr);
  using Found = ImportFiles::Found;
  ImportFiles::Hit hit = find_on_path(name, true);
  if (is_standard_library(name, launch_.python)) {
    if (hit.found == Found::nothing || is_loaded_at_start(name)) return external(name);
    if (library_loaded_) return {};  // it may have loaded its own module of that name
  }
  if (hit.found == Found::nothing) {
    if (root_searched_) hit = files_.find("", name);
    // A folder without __init__.py is only taken when no regular package of that name is anywhere
    // on sys.path, and a third party's would be one.
    if (hit.found == Found::namespace_package && is_foreign(name)) hit = {};
  }
  // What code appends to sys.path comes after site-packages.
  if (hit.found == Found::nothing && !is_foreign(name)) hit = find_on_path(name, false);
  if (hit.found != Found::nothing) return load(site, std::string(name), hit, nullptr);
  Outcome outcome = missing_top(site, name);
  return outcome.kind == Outcome::external ? external(name) : outcome;
}

// A module of somebody else, which loads who knows what of the standard library.
Simulation::Outcome Simulation::external(std::string_view name) {
  library_loaded_ = library_loaded_ || !is_loaded_at_start(name);
  return {Outcome::external, nullptr};
}

bool Simulation::is_foreign(std::string_view name) const {
  return is_known_third_party(name) || requirements_.contains(std::string(name));
}

// A link out of the tree, which is not followed: setuptools would pack what it leads to.
bool Simulation::leads_out(std::string_view folder, std::string_view name) const {
  std::string path = join_path(folder, name);
  return outside_.contains(path) || outside_.contains(path + ".py");
}

std::string Simulation::why_left_out(std::string_view source) const {
  const std::string inside = std::string(source) + "/";
  for (const LeftOut& file : distribution_.left_out)
    if (file.source == source) return file.reason;
  for (const LeftOut& file : distribution_.left_out)  // a folder: what holds for its first file
    if (file.source.starts_with(inside)) return file.reason;
  return {};
}

// Whether something else of that name must be meant, installed besides: what lies beside the
// importing file imports that name itself, or has none of the names that are asked for.
bool Simulation::means_another(const Site& site, const ImportFiles::Hit& sibling,
                               std::string_view name) const {
  if (sibling.module == no_module || modules_[sibling.module].blocks.empty()) return false;
  const Survey::Names& names = survey_.modules[sibling.module];
  if (names.imported.contains(name)) return true;
  const Step* step = site.step;
  if (!step || step->kind != StepKind::import_from || step->star || step->text != name)
    return false;
  const Module& importer = module_of(*site.frame->instance);
  for (uint32_t i = 0; i < step->name_count; ++i) {
    std::string_view wanted = importer.names[step->first_name + i].name;
    const bool submodule =
        sibling.found == ImportFiles::Found::package &&
        folder_.find(parent_folder(sibling.path), wanted).found != ImportFiles::Found::nothing;
    if (submodule || names.bound_anywhere.contains(wanted)) return false;
  }
  // A misspelt name, or one that a star import brings, is not enough to tell.
  return step->name_count > 1 && names.bound_anywhere.empty() && !names.stars;
}

// The file that is meant and is not on the worker, or not in a folder that is searched there: by
// routes that take the tree's files as they lie.
std::optional<Failure> Simulation::left_behind(const ImportFiles::Hit& hit) const {
  const bool copied = launch_.route == Route::autopackage || launch_.route == Route::script;
  if (hit.found == ImportFiles::Found::nothing || (!copied && root_searched_)) return std::nullopt;
  Failure failure{.kind = FailureKind::not_in_distribution};
  failure.source = hit.path;
  failure.target = hit.module;
  if (root_searched_) {
    const bool folder = hit.found == ImportFiles::Found::namespace_package;
    if (folder || distribution_.find_source(hit.path) != nullptr) return std::nullopt;
    failure.reason = why_left_out(hit.path);
  } else if (launch_.search_folder.empty() ||
             parent_folder(hit.path).starts_with(launch_.search_folder + "/")) {
    return std::nullopt;  // in a folder of its own below the script's
  }
  return failure;
}

Simulation::Outcome Simulation::missing_top(const Site& site, std::string_view name) {
  if (is_foreign(name)) {
    risk(catches_everything);
    return {Outcome::external, nullptr};
  }
  if (path_unknown_ || !site.frame) return {};
  if (leads_out(parent_folder(module_of(*site.frame->instance).path), name) || leads_out("", name))
    return {};
  // trainer/spiel.py that imports spiel wraps something of that name from elsewhere.
  if (file_name(module_of(*site.frame->instance).path) == std::string(name) + ".py") return {};
  using Found = ImportFiles::Found;
  const Module& importer = module_of(*site.frame->instance);
  // Also further up: `python trainer/task.py` searches trainer/ for every file's imports.
  ImportFiles::Hit sibling = folder_.find_upwards(parent_folder(importer.path), name);
  ImportFiles::Hit at_root = folder_.find("", name);
  if (at_root.found == Found::nothing && launch_.package_folder.find('/') != std::string::npos)
    at_root = folder_.find(parent_folder(launch_.package_folder), name);
  if (means_another(site, sibling, name)) {
    risk(catches_everything);
    return {Outcome::external, nullptr};
  }
  Failure failure{.kind = FailureKind::sibling_as_absolute};
  if (std::optional<Failure> behind = left_behind(sibling)) {
    if (!distribution_.complete && !folder_is_installed_) return {};
    behind->name = name;
    return outcome_of(fail(site, catches_module_not_found, std::move(*behind)));
  }
  failure.name = name;
  if (sibling.found != Found::nothing && sibling.path != at_root.path) {
    failure.source = sibling.path;
    failure.target = sibling.module;
    if (sibling.found == Found::namespace_package) failure.source += "/";
  } else if (at_root.found != Found::nothing && !folder_is_installed_) {
    if (!distribution_.complete) return {};
    failure.kind = FailureKind::not_in_distribution;
    failure.source = at_root.path;
    failure.reason = why_left_out(at_root.path);
    failure.target = at_root.module;
  } else if (std::string other = files_.find_other_case("", name); !other.empty()) {
    failure.kind = FailureKind::case_differs;
    failure.source = other;
  } else {
    if (std::optional<Outcome> missed = miss_library_module(site, name)) return *missed;
    risk(catches_everything);
    return {Outcome::external, nullptr};
  }
  const bool is_sibling = failure.kind == FailureKind::sibling_as_absolute;
  Outcome outcome = outcome_of(fail(site, catches_module_not_found, std::move(failure)));
  if (is_sibling && outcome.kind != Outcome::raised) load_meant(site, name);
  return outcome;
}

// Once the import is mended it carries out the sibling, whose own failures come next. The names it
// gives are left unknown.
void Simulation::load_meant(const Site& site, std::string_view name) {
  auto parent = loaded_.find(site.frame->instance->package);
  if (parent == loaded_.end() || !parent->second->is_package) return;
  if (files_.find(parent->second->folder, name).found == ImportFiles::Found::nothing) return;
  import_submodule(site, *parent->second, name);
}

Simulation::Outcome Simulation::import_submodule(const Site& site, Instance& parent,
                                                 std::string_view name) {
  std::string full = parent.name + "." + std::string(name);
  if (auto loaded = loaded_.find(full); loaded != loaded_.end())
    return again(site, *loaded->second, &parent);
  if (parent.module == no_module && !parent.is_namespace) return {};  // compiled
  if (!parent.is_package) return missing_submodule(site, parent, name);
  ImportFiles::Hit hit = files_.find(parent.folder, name);
  if (hit.found == ImportFiles::Found::nothing) return missing_submodule(site, parent, name);
  return load(site, std::move(full), hit, &parent);
}

std::string Simulation::source_folder(const Instance& package) const {
  if (package.module != no_module) return parent_folder(module_of(package).path);
  // The package that the SDK makes around one script.
  if (launch_.route == Route::script) return parent_folder(launch_.script);
  return package.folder;
}

Simulation::Outcome Simulation::missing_submodule(const Site& site, Instance& parent,
                                                  std::string_view name) {
  if (leads_out(source_folder(parent), name)) return {};
  if (parent.opaque_path || (parent.is_namespace && is_foreign(parent.name))) return {};
  Failure failure{.kind = FailureKind::missing_submodule};
  failure.name = parent.name + "." + std::string(name);
  failure.target = parent.module;
  if (parent.is_package) {
    ImportFiles::Hit in_folder = folder_.find(source_folder(parent), name);
    std::string other = files_.find_other_case(parent.folder, name);
    if (!other.empty()) {
      failure.kind = FailureKind::case_differs;
      failure.source = other;
    } else if (in_folder.found != ImportFiles::Found::nothing) {
      if (!distribution_.complete || path_unknown_) return {};
      failure.kind = FailureKind::not_in_distribution;
      failure.source = in_folder.path;
      failure.reason = why_left_out(in_folder.path);
      failure.target = in_folder.module;
    } else if (!distribution_.complete || distribution_.generated_modules || path_unknown_) {
      return {};
    }
  }
  return outcome_of(fail(site, catches_module_not_found, std::move(failure)));
}

Simulation::Outcome Simulation::load(const Site& site, std::string name,
                                     const ImportFiles::Hit& hit, Instance* parent) {
  using Found = ImportFiles::Found;
  Instance& instance = instances_.emplace_back();
  instance.name = std::move(name);
  instance.module = hit.module;
  instance.certain = certain();
  instance.is_package = hit.found == Found::package || hit.found == Found::namespace_package;
  instance.is_namespace = hit.found == Found::namespace_package;
  if (hit.found == Found::package) instance.folder = parent_folder(hit.path);
  if (hit.found == Found::namespace_package) instance.folder = hit.path;
  size_t dot = instance.name.rfind('.');
  instance.package = instance.is_package        ? instance.name
                     : dot == std::string::npos ? std::string()
                                                : instance.name.substr(0, dot);
  loaded_[instance.name] = &instance;
  return run_module(site, instance, parent);
}

// A module that sys.modules holds already. One that was loaded on a way that might not be taken is
// carried out once more when an import is certain, so that its failures are certain too; and when
// that way has been taken back, and with it the names that the module had bound.
Simulation::Outcome Simulation::again(const Site& site, Instance& instance, Instance* parent) {
  static constexpr int most_loads = 4;  // each way could begin with the same imports
  if (instance.certain || instance.state == Instance::loading) return {Outcome::module, &instance};
  if (!certain()) {
    if (!instance.scope.names.empty() || instance.scope.opaque) return {Outcome::module, &instance};
    if (++instance.loads > most_loads) {
      instance.scope.opaque = true;
      return {Outcome::module, &instance};
    }
  }
  instance.certain = certain();
  return run_module(site, instance, parent);
}

Simulation::Outcome Simulation::run_module(const Site& site, Instance& instance, Instance* parent) {
  instance.state = Instance::loading;
  Flow flow = Flow::next;
  if (instance.module == no_module) {
    instance.scope.opaque = !instance.is_namespace;
  } else {
    const Module& module = module_of(instance);
    instance.scope.opaque = instance.scope.opaque || doubts_.names.contains(instance.module);
    instance.opaque_path = instance.opaque_path || doubts_.folders.contains(instance.module);
    if (when_ == When::import_time || when_ == When::main_guard)
      graph_.reached[instance.module] = true;
    if (site.frame) chain_.push_back({site.frame->instance->module, site.span});
    Frame frame{&instance, &instance.scope};
    Site here{&frame, nullptr, {}};
    if (!module.problem.empty()) {
      if (!module.not_judged) flow = fail(here, catches_import, {.kind = FailureKind::unreadable});
      instance.scope.opaque = true;
    } else if (!module.faults.empty()) {
      here.span = module.faults.front().span;
      flow = fail(here, catches_syntax, {.kind = FailureKind::does_not_compile});
      instance.scope.opaque = true;
    } else if (depth_ < deepest && ++runs_[instance.module] <= most_runs) {
      ++depth_;
      const int before = maybe_;
      flow = run_block(frame, 0);
      maybe_ = before;
      --depth_;
    } else {
      instance.scope.opaque = true;
    }
    if (site.frame) chain_.pop_back();
  }
  if (flow == Flow::raised) {
    instance.state = Instance::failed;
    loaded_.erase(instance.name);
    return {Outcome::raised, nullptr};
  }
  instance.state = Instance::loaded;
  if (parent) {
    std::string_view name = std::string_view(instance.name).substr(instance.name.rfind('.') + 1);
    Meaning meaning{.kind = MeaningKind::module, .instance = &instance};
    journal_.set(parent->scope, name, {certain() ? Bound::yes : Bound::maybe, meaning});
  }
  return {Outcome::module, &instance};
}

}  // namespace trainlint
