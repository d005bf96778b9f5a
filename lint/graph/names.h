#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "lint/graph/graph.h"

namespace trainlint {

// What the simulated program knows about names: scopes that can be rolled back, so that both ways
// of a condition can be tried and joined.

struct Instance;
struct Scope;

enum class MeaningKind : uint8_t {
  unknown,   // any object
  module,    // a module of the distribution: `instance`
  external,  // a module, or something in one, of the standard library or a third party: `external`
  function,  // defined in the package: body `block` of `instance`'s module, closed over `scope`
};

struct Meaning {
  MeaningKind kind = MeaningKind::unknown;
  Instance* instance = nullptr;
  Scope* scope = nullptr;
  const Step* step = nullptr;
  bool decorated = false;       // what is called is what a decorator made of the function
  std::string_view external{};  // dotted, absolute

  friend bool operator==(const Meaning&, const Meaning&) = default;
};

enum class Bound : uint8_t { no, maybe, yes };

struct Binding {
  Bound bound = Bound::no;
  Meaning meaning;
};

struct Scope {
  std::unordered_map<std::string_view, Binding> names;
  Scope* enclosing = nullptr;  // the next scope that a lookup asks, the module's own excepted
  std::unordered_set<std::string_view> globals;                  // names declared global here
  bool is_class = false;                                         // not seen from functions inside
  bool opaque = false;                                           // any other name may be bound too
  const std::unordered_set<std::string_view>* locals = nullptr;  // of a function, as it binds them

  const Binding* find(std::string_view name) const {
    auto found = names.find(name);
    return found == names.end() ? nullptr : &found->second;
  }
};

// A module as sys.modules holds it. One file can be loaded under two names.
struct Instance {
  enum State : uint8_t { loading, loaded, failed };

  std::string name;             // dotted; "__main__" for the entry module
  std::string package;          // its __package__
  uint32_t module = no_module;  // none for namespace packages and compiled modules
  std::string folder;           // of a package: where submodules are looked for
  bool is_package = false;
  bool is_namespace = false;
  bool opaque_path = false;     // __path__ was changed: submodules cannot be known
  bool opaque_package = false;  // __package__ was changed: relative imports cannot be known
  bool certain = true;          // loaded by an import that is surely carried out
  int loads = 0;                // once more, on other ways that might not be taken
  State state = loading;
  Scope scope;
};

// Changes to scopes since some moment, so that they can be undone or joined.
class Journal {
 public:
  struct Change {
    Scope* scope;
    std::string_view name;
    Binding before;
    bool existed;
  };
  using Name = std::pair<Scope*, std::string_view>;
  using Changes = std::map<Name, Binding>;

  void set(Scope& scope, std::string_view name, const Binding& binding);
  size_t mark() { return ++depth_, changes_.size(); }
  // Undoes everything since the mark and gives what had been set, each name once.
  Changes take_back(size_t mark);
  // Each way into a way joins what both set once more. Beyond a limit nothing is taken back any
  // longer, and nothing is to be concluded from what names are.
  bool exhausted() const { return work_ > most_work; }
  void forget() {
    if (--depth_ == 0) changes_.clear();
  }

 private:
  static constexpr uint64_t most_work = 1'000'000;  // changes

  std::vector<Change> changes_;
  uint64_t work_ = 0;
  int depth_ = 0;
};

// What a name is after one of two ways has been taken.
Binding join(const Binding& a, const Binding& b);

// What holds after either of two ways that began in the present state.
Journal::Changes join(const Journal::Changes& one, const Journal::Changes& other);
void apply_changes(Journal& journal, const Journal::Changes& changes);

}  // namespace trainlint
