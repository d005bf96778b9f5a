#include "lint/report/picture.h"

#include <algorithm>
#include <map>
#include <optional>

namespace trainlint {

static bool on_worker(const ImportGraph& graph, size_t module) {
  return module < graph.names.size() && !graph.names[module].empty();
}

// Collects nodes as arrows ask for them, modules on the worker first.
class Drawing {
 public:
  explicit Drawing(const Package& package) : package_(package), graph_(package.graph) {
    for (size_t i = 0; i < package.modules.size(); ++i)
      if (on_worker(graph_, i)) module_node(i);
  }

  void draw(const ImportEdge& edge) {
    // What tests and notebooks beside the package import is no part of it.
    if (!on_worker(graph_, edge.from)) return;
    std::optional<size_t> to = target_of(edge);
    if (!to) return;
    size_t from = module_node(edge.from);
    auto [found, fresh] = arrow_of_.try_emplace({from, *to}, picture_.arrows.size());
    if (fresh) picture_.arrows.push_back({from, *to, edge.when, edge.guarded, false});
    Arrow& arrow = picture_.arrows[found->second];
    arrow.when = std::min(arrow.when, edge.when);
    arrow.guarded = arrow.guarded && edge.guarded;
    arrow.in_cycle = arrow.in_cycle || edge.in_cycle;
  }

  Picture take() { return std::move(picture_); }

 private:
  std::optional<size_t> target_of(const ImportEdge& edge) {
    if (edge.to != no_module) return module_node(edge.to);
    if (edge.target == Target::nothing || edge.target == Target::folder_only)
      return named_node(edge.name, edge.target);
    return std::nullopt;
  }

  NodeKind kind_of(size_t module) const {
    if (module == graph_.entry) return NodeKind::entry;
    if (!on_worker(graph_, module)) return NodeKind::folder_only;
    bool reached = module >= graph_.reached.size() || graph_.reached[module];
    return reached ? NodeKind::module : NodeKind::not_reached;
  }

  size_t module_node(size_t module) {
    auto [found, fresh] = node_of_.try_emplace(module, picture_.nodes.size());
    if (fresh) {
      const std::string& path = package_.modules[module].path;
      bool named = on_worker(graph_, module);
      picture_.nodes.push_back({kind_of(module), named ? graph_.names[module] : path});
    }
    return found->second;
  }

  size_t named_node(const std::string& name, Target target) {
    auto [found, fresh] = node_named_.try_emplace(name, picture_.nodes.size());
    if (fresh) {
      bool nowhere = target == Target::nothing;
      picture_.nodes.push_back({nowhere ? NodeKind::missing : NodeKind::folder_only, name});
    }
    return found->second;
  }

  const Package& package_;
  const ImportGraph& graph_;
  Picture picture_;
  std::map<size_t, size_t> node_of_;  // module -> node
  std::map<std::string, size_t> node_named_;
  std::map<std::pair<size_t, size_t>, size_t> arrow_of_;
};

Picture picture_of(const Package& package) {
  Drawing drawing(package);
  for (const ImportEdge& edge : package.graph.edges) drawing.draw(edge);
  return drawing.take();
}

}  // namespace trainlint
