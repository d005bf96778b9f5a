#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "lint/rule/import_failure.h"

namespace trainlint {

namespace {

// A module of a contract: which layer it is in (0 is the highest), and which one of that layer's.
struct Member {
  size_t layer = 0;
  size_t sibling = 0;
  std::string word;  // as the contract has it
  std::string name;  // dotted: "trainer.model"
};

struct Layers {
  const LayerContract* contract;
  std::vector<Member> members;
  std::map<uint32_t, const Member*> of_module;
};

bool is_in(std::string_view name, std::string_view package) {
  return name == package || (name.starts_with(package) && name[package.size()] == '.');
}

bool exists(const Package& package, const std::string& name) {
  const std::vector<std::string>& names = package.graph.names;
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& each) { return is_in(each, name); });
}

// "model" is "trainer.model" where the package is `trainer`.
std::string full_name(const Package& package, const std::string& word) {
  const std::string inside = package.launch.package + "." + word;
  return exists(package, inside) || !exists(package, word) ? inside : word;
}

// "model | evaluate": two.
std::vector<std::string> siblings_in(std::string_view layer) {
  std::vector<std::string> words(1);
  for (char c : layer) {
    if (c == '|')
      words.emplace_back();
    else if (c != ' ' && c != '\t')
      words.back() += c;
  }
  std::erase(words, "");
  return words;
}

Layers layers_of(const Package& package, const LayerContract& contract) {
  Layers layers{&contract, {}, {}};
  for (size_t i = 0; i < contract.layers.size(); ++i) {
    size_t sibling = 0;
    for (const std::string& word : siblings_in(contract.layers[i]))
      layers.members.push_back({i, sibling++, word, full_name(package, word)});
  }
  for (uint32_t i = 0; i < package.graph.names.size(); ++i) {
    const std::string& name = package.graph.names[i];
    for (const Member& member : layers.members) {
      // What is named more exactly counts.
      const Member*& own = layers.of_module[i];
      if (is_in(name, member.name) && (own == nullptr || own->name.size() < member.name.size()))
        own = &member;
    }
  }
  return layers;
}

bool may_import(const Member& from, const Member& to) {
  return from.layer < to.layer || (from.layer == to.layer && from.sibling == to.sibling);
}

using Edges = std::map<uint32_t, std::vector<const ImportEdge*>>;

// Those that the worker can carry out.
Edges edges_of(const ImportGraph& graph) {
  Edges edges;
  for (const ImportEdge& edge : graph.edges)
    if (edge.to != no_module && edge.to != edge.from && edge.when != When::type_checking &&
        edge.when != When::not_taken)
      edges[edge.from].push_back(&edge);
  return edges;
}

void report_chain(const Package& package, const Layers& layers,
                  const std::vector<const ImportEdge*>& chain, Report& report) {
  const ImportGraph& graph = package.graph;
  auto place = [&](const ImportEdge& edge) {
    return Place{package.modules[edge.from].path, edge.span};
  };
  const Member& from = *layers.of_module.at(chain.front()->from);
  const Member& to = *layers.of_module.at(chain.back()->to);
  const std::string& name = layers.contract->name;
  const std::string why =
      from.layer == to.layer
          ? fmt::format("'{}' and '{}' of the layers '{}' do not know each other", from.word,
                        to.word, name)
          : fmt::format("'{}' lies below '{}' in the layers '{}'", from.word, to.word, name);
  const std::string way =
      chain.size() == 1 ? "" : fmt::format(" by way of '{}'", graph.names[chain.front()->to]);
  Report::Added added =
      report(place(*chain.front()), "'{}' imports '{}'{}: {}", graph.names[chain.front()->from],
             graph.names[chain.back()->to], way, why);
  for (size_t i = 1; i < chain.size(); ++i)
    added.note(
        fmt::format("'{}' imports '{}'", graph.names[chain[i]->from], graph.names[chain[i]->to]),
        place(*chain[i]));
  if (layers.contract->place) added.note("the layers stand here", layers.contract->place);
}

// From one module of a layer: direct imports each, and the shortest way to every other module that
// leads through modules of no layer.
void follow(const Package& package, const Layers& layers, const Edges& edges, uint32_t start,
            Report& report) {
  const std::vector<std::string>& names = package.graph.names;
  const Member& from = *layers.of_module.at(start);
  std::map<uint32_t, const ImportEdge*> reached;  // by the edge that leads there
  std::deque<uint32_t> waiting{start};
  while (!waiting.empty()) {
    const uint32_t at = waiting.front();
    waiting.pop_front();
    auto leading = edges.find(at);
    if (leading == edges.end()) continue;
    for (const ImportEdge* edge : leading->second) {
      // The packages around a module are loaded with it, whatever it says itself.
      if (is_in(names[start], names[edge->to])) continue;
      const Member* to = layers.of_module.at(edge->to);
      const bool fresh = edge->to != start && reached.emplace(edge->to, edge).second;
      if (to == nullptr && fresh) waiting.push_back(edge->to);
      if (to == nullptr || may_import(from, *to) || (at != start && !fresh)) continue;
      std::vector<const ImportEdge*> chain{edge};
      while (chain.front()->from != start)
        chain.insert(chain.begin(), reached.at(chain.front()->from));
      report_chain(package, layers, chain, report);
    }
  }
}

// A word that is no module of this package may be one of another that has the same configuration,
// unless it is nearly one.
void check_words(const Package& package, const Layers& layers, Report& report) {
  if (!layers.contract->place) return;
  std::vector<std::string> known;
  for (const std::string& name : package.graph.names)
    if (is_in(name, package.launch.package) && name != package.launch.package)
      known.push_back(name.substr(package.launch.package.size() + 1));
  for (const Member& member : layers.members) {
    if (exists(package, member.name)) continue;
    if (std::optional<std::string> near = nearest_name(member.word, known))
      report(*layers.contract->place, "the layers '{}' name '{}', which is no module of '{}'",
             layers.contract->name, member.word, package.launch.package)
          .severity(Severity::warning)
          .note(fmt::format("did you mean '{}'?", *near));
  }
}

void check(const Package& package, Report& report) {
  if (package.settings.layers.empty()) return;
  const Edges edges = edges_of(package.graph);
  for (const LayerContract& contract : package.settings.layers) {
    const Layers layers = layers_of(package, contract);
    check_words(package, layers, report);
    for (const auto& [module, member] : layers.of_module)
      if (member != nullptr) follow(package, layers, edges, module, report);
  }
}

}  // namespace

extern constinit const Rule import_against_layers = {
    .name = "import-against-layers",
    .severity = Severity::warning,
    .summary = "a module imports another that the project's layers put above it",
    .explanation = R"(
The configuration may say which modules of the package know which: each entry of `[layers]` is a list
from the highest layer to the lowest, and a module imports only what stands behind it. `"a | b"` are
two of one layer that do not import each other. `[layers] training = ["task", "model"]` says that the
model may not import the entry module; `["reader | model"]` alone that these two are independent.

A name is a module of the package, or a package with all that is in it; it may be written with the
package's name in front. Imports by way of modules that are in no layer count as well. Imports under
`TYPE_CHECKING` do not, those in functions do. Modules that are in no layer are free.

This is a warning, which `[severity] import-against-layers = "error"` turns into an error; a comment
`# trainlint: ignore[import-against-layers]` allows one import.
)",
    .bad = R"(
-- trainlint.toml --
[layers]
training = ["task", "model | evaluate", "data"]
-- trainer/__init__.py --
-- trainer/task.py --
from trainer import evaluate, model

print(model.SIZE, evaluate.LIMIT)
-- trainer/model.py --
from trainer import data

SIZE = len(data.ROWS)
-- trainer/evaluate.py --
LIMIT = 10
-- trainer/data.py --
from trainer import evaluate

ROWS = [0] * evaluate.LIMIT
)",
    .good = R"(
-- trainlint.toml --
[layers]
training = ["task", "model | evaluate", "data"]
-- trainer/__init__.py --
-- trainer/task.py --
from trainer import evaluate, model

print(model.SIZE, evaluate.LIMIT)
-- trainer/model.py --
from trainer import data

SIZE = len(data.ROWS)
-- trainer/evaluate.py --
LIMIT = 10
-- trainer/data.py --
ROWS = [0] * 10
)",
    .check = check,
};

}  // namespace trainlint
