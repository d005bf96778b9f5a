// The edges of the import graph, noted while imports are carried out.
#include "lint/graph/simulation.h"
#include "lint/graph/standard_library.h"

namespace trainlint {

void Simulation::record_edge(const Site& site, std::string_view name, const Outcome& outcome) {
  if (!site.frame) return;
  Target target = Target::unknown;
  uint32_t to = no_module;
  if (outcome.kind == Outcome::module) {
    target = Target::distribution;
    to = outcome.instance->module;
  } else {
    std::tie(target, to) = resolve_quietly(*site.frame, name);
    if (target == Target::distribution) target = Target::nothing;  // it failed on the way
  }
  record_edge(*site.frame, *site.step, site.span, name, target, to, when_);
}

void Simulation::record_edge(const Frame& frame, const Step& step, Span span, std::string_view name,
                             Target target, uint32_t to, When when) {
  auto key = std::make_tuple(frame.instance->module, span.begin, std::string(name));
  auto [known, fresh] = recorded_edges_.try_emplace(std::move(key), graph_.edges.size());
  if (!fresh) {  // carried out more than once: the earliest occasion counts
    ImportEdge& edge = graph_.edges[known->second];
    edge.when = std::min(edge.when, when);
    return;
  }
  ImportEdge edge;
  edge.from = frame.instance->module;
  edge.statement = step.statement;
  edge.span = span;
  edge.name = name;
  edge.when = when;
  edge.guarded = guarded(catches_module_not_found);
  edge.target = target;
  edge.to = to;
  graph_.edges.push_back(std::move(edge));
}

// What an absolute dotted name stands for, without carrying anything out.
std::pair<Target, uint32_t> Simulation::resolve_quietly(const Frame& frame,
                                                        std::string_view dotted) const {
  using Found = ImportFiles::Found;
  std::string_view top = dotted.substr(0, dotted.find('.'));
  auto walk = [&](const ImportFiles& files) -> std::pair<Found, uint32_t> {
    std::string folder;
    ImportFiles::Hit hit;
    for (size_t begin = 0; begin <= dotted.size();) {
      size_t end = std::min(dotted.find('.', begin), dotted.size());
      hit = files.find(folder, dotted.substr(begin, end - begin));
      if (hit.found == Found::nothing) return {Found::nothing, no_module};
      folder = hit.found == Found::package ? parent_folder(hit.path) : hit.path;
      begin = end + 1;
    }
    return {hit.found, hit.module};
  };
  if (is_standard_library(top, launch_.python)) return {Target::standard_library, no_module};
  if (auto [found, module] = walk(files_); found != Found::nothing)
    return {Target::distribution, module};
  if (files_.find("", top).found != Found::nothing) {
    if (auto [found, module] = walk(folder_); found != Found::nothing)
      return {Target::folder_only, module};
    return {Target::nothing, no_module};
  }
  if (is_foreign(top)) return {Target::third_party, no_module};
  if (auto [found, module] = walk(folder_); found != Found::nothing)
    return {Target::folder_only, module};
  const Module& importer = module_of(*frame.instance);
  ImportFiles::Hit sibling = folder_.find_upwards(parent_folder(importer.path), top);
  if (sibling.found != Found::nothing) return {Target::folder_only, sibling.module};
  return {Target::third_party, no_module};
}

}  // namespace trainlint
