#include <algorithm>

#include "lint/graph/simulation.h"

namespace trainlint {

namespace {

// Tarjan's strongly connected components, with a stack of its own: chains of imports can be long.
struct Components {
  const std::vector<std::vector<uint32_t>>& successors;
  std::vector<uint32_t> order, low, stack;
  std::vector<bool> on_stack;
  std::vector<std::vector<uint32_t>> found;
  uint32_t next_order = 1;

  struct Visit {
    uint32_t node;
    size_t next = 0;
  };

  void open(uint32_t node, std::vector<Visit>& visits) {
    order[node] = low[node] = next_order++;
    stack.push_back(node);
    on_stack[node] = true;
    visits.push_back({node});
  }

  void close(uint32_t node) {
    if (low[node] != order[node]) return;
    std::vector<uint32_t> group;
    for (bool more = true; more;) {
      uint32_t member = stack.back();
      stack.pop_back();
      on_stack[member] = false;
      group.push_back(member);
      more = member != node;
    }
    std::sort(group.begin(), group.end());
    if (group.size() > 1) found.push_back(std::move(group));
  }

  void search(uint32_t start) {
    std::vector<Visit> visits;
    open(start, visits);
    while (!visits.empty()) {
      Visit& visit = visits.back();
      if (visit.next < successors[visit.node].size()) {
        uint32_t to = successors[visit.node][visit.next++];
        if (order[to] == 0)
          open(to, visits);
        else if (on_stack[to])
          low[visit.node] = std::min(low[visit.node], order[to]);
        continue;
      }
      uint32_t node = visit.node;
      visits.pop_back();
      if (!visits.empty()) low[visits.back().node] = std::min(low[visits.back().node], low[node]);
      close(node);
    }
  }
};

}  // namespace

std::vector<std::vector<uint32_t>> find_cycles(size_t modules,
                                               const std::vector<ImportEdge>& edges) {
  std::vector<std::vector<uint32_t>> successors(modules);
  for (const ImportEdge& edge : edges)
    if (edge.when == When::import_time && edge.to != no_module &&
        edge.target == Target::distribution)
      successors[edge.from].push_back(edge.to);
  Components components{.successors = successors,
                        .order = std::vector<uint32_t>(modules),
                        .low = std::vector<uint32_t>(modules),
                        .stack = {},
                        .on_stack = std::vector<bool>(modules),
                        .found = {}};
  for (uint32_t node = 0; node < modules; ++node)
    if (components.order[node] == 0) components.search(node);
  std::sort(components.found.begin(), components.found.end());
  return components.found;
}

}  // namespace trainlint
