#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "lint/graph/files.h"
#include "lint/graph/graph.h"
#include "lint/graph/names.h"
#include "lint/graph/survey.h"

namespace trainlint {

// Carries out the import-time steps of modules as CPython would. Where it cannot know which way a
// condition goes, it tries both and joins what they leave; failures met on such a way are not
// certain. After an error that nothing catches it goes on as if the import had worked, so that one
// run finds all that would have to be mended, in the order in which a person would meet it.

// How a block of steps ends.
enum class Flow : uint8_t {
  next,      // at its end
  left,      // by break or continue
  returned,  // by return
  ended,     // the program ends here and reports a failure: an error nothing catches, sys.exit(1)
  raised,    // by an error that a try statement further out surely catches, or that ends the module
};

// Where steps are carried out.
struct Frame {
  Instance* instance = nullptr;
  Scope* scope = nullptr;
};

// An import that is being carried out: what a failure or an edge is reported for.
struct Site {
  const Frame* frame = nullptr;  // null for what `python -m` itself imports
  const Step* step = nullptr;
  Span span;
};

// What functions that nothing is seen to call do to names and to the import system: methods,
// callbacks, lambdas. Whether they have run before some import cannot be known.
struct Doubts {
  bool path = false;           // sys.path or sys.modules
  bool submodules = false;     // modules are imported by computed names
  std::set<uint32_t> names;    // modules that may have got other names
  std::set<uint32_t> folders;  // packages whose __path__ may have changed

  bool any() const { return path || submodules || !names.empty() || !folders.empty(); }
};

class Simulation {
 public:
  Simulation(const SourceTree& tree, const std::vector<Module>& modules, const Project& project,
             const Distribution& distribution, const Launch& launch, ImportGraph& graph);
  // `doubts` hold from the start.
  void run(const Doubts& doubts);
  // What came to light only after the run.
  const Doubts& doubts() const { return found_doubts_; }
  const Survey& surveyed() const { return survey_; }

 private:
  // What an import gives: a module of the distribution, something else, or an error on its way out.
  struct Outcome {
    enum Kind : uint8_t { module, external, unknown, raised } kind = unknown;
    Instance* instance = nullptr;
  };
  struct TryFrame {
    uint8_t catches = catches_nothing;
    int maybe_depth = 0;
    bool risky = false;  // something in its body may raise what it catches
    uint8_t raised = 0;  // the error that it surely catches, once raised
    std::optional<Failure> failure{};
  };
  struct Handling {
    uint8_t category;
    std::optional<Failure> failure;
    int maybe_depth;
  };
  struct SearchRoot {
    std::string folder;
    bool front;  // before the standard library
  };

  // simulation.cpp: the run as a whole
  void load_entry();
  void load_script();
  void load_from_folder();
  void name_modules();
  void run_uncalled_functions();
  Doubts doubts_now() const;
  bool certain() const { return maybe_ == 0 && !over_ && !journal_.exhausted(); }
  const Module& module_of(const Instance& instance) const { return modules_[instance.module]; }
  std::string_view keep(std::string text);  // a view that lives as long as the simulation

  // steps.cpp: blocks and statements
  Flow run_block(Frame& frame, uint32_t block);
  Flow run_step(Frame& frame, const Step& step);
  Flow run_maybe(Frame& frame, uint32_t block);
  Flow run_branch(Frame& frame, const Step& step);
  Flow run_both(Frame& frame, uint32_t then, uint32_t otherwise);
  void run_opaque(Frame& frame, const Step& step);
  Flow run_loop(Frame& frame, const Step& step);
  Flow run_raise(Frame& frame, const Step& step);
  void run_scope(Frame& frame, const Step& step);
  Flow run_function(const Meaning& function, bool surely);
  void record_only(Frame& frame, uint32_t block, When when);
  std::optional<bool> truth(const Frame& frame, uint32_t test, int depth = 0) const;
  uint32_t block_of(const Frame& frame, const Step& step, uint32_t position) const;

  // attempts.cpp: try statements and errors on their way out
  Flow run_attempt(Frame& frame, const Step& step);
  Flow run_handler(Frame& frame, const Step& step, const TryFrame& attempt);
  Flow run_with(Frame& frame, const Step& step);
  Flow fail(const Site& site, uint8_t category, Failure failure);
  Flow raise(uint8_t category, std::optional<Failure> failure);
  void risk(uint8_t categories);
  bool guarded(uint8_t category) const;

  // uses.cpp: names, attributes, calls
  const Binding* look_up(const Frame& frame, std::string_view name) const;
  Meaning meaning_of(const Frame& frame, std::string_view chain) const;
  void bind(Frame& frame, std::string_view name, Bound bound, const Meaning& meaning);
  void run_bind(Frame& frame, const Step& step);
  bool is_lambda(const Module& module, const Step& bind) const;
  Flow run_unbind(Frame& frame, const Step& step);
  Flow run_use(Frame& frame, const Step& step);
  Flow run_call(Frame& frame, const Step& step);
  Flow run_exit(Frame& frame, const Call& call);
  Flow run_caught_exit();
  Flow miss_attribute(Frame& frame, const Step& step, Instance& instance, size_t end);
  Flow end_well(Frame& frame);

  // search.cpp: what changes what imports find
  void load_search_path(const Frame& frame, const Step& step);
  void load_module_table(const Frame& frame, const Step& step);
  void hand_out_module(const Call& call, const Module& module);
  void hand_out_all_modules();
  void note_dangers(const Frame& frame, const Call& call, std::string_view callee);
  std::optional<std::string> text_of(const Frame& frame, Syntax::Node node) const;
  void change_search_path(Frame& frame, const Call& call, std::string_view callee);

  // missing.cpp: names and library modules that are not there
  Flow miss_name(Frame& frame, const Step& step, std::string_view name);
  bool is_unbound_local(const Frame& frame, std::string_view name) const;
  Flow miss_in_library(Frame& frame, const Step& step, const Meaning& meaning);
  Flow miss_library_names(Frame& frame, const Step& step, std::string_view module);
  Flow miss_library_submodule(const Site& site, std::string_view dotted);
  std::optional<Outcome> miss_library_module(const Site& site, std::string_view name);
  bool worth_saying() const;
  bool is_patched(std::string_view full, std::string_view local) const;
  const std::unordered_set<std::string_view>& locals_of(const Module& module, const Step& function);
  Flow import_by_call(Frame& frame, const Step& step, const Call& call, std::string_view callee);
  bool binds_somewhere(const Module& module, std::string_view name) const;
  bool given_otherwise(const Instance& instance, std::string_view name) const;

  // imports.cpp: import statements
  Span on_statement_line(const Module& module, const Step& step, Span name);
  Flow run_import(Frame& frame, const Step& step);
  Meaning module_meaning(std::string_view dotted) const;
  Flow run_import_from(Frame& frame, const Step& step);
  Flow bind_names(Frame& frame, const Step& step, Instance& from);
  Flow bind_missing_name(Frame& frame, const Step& step, Instance& from, const ImportedName& name);
  Flow run_star(Frame& frame, const Step& step, Instance& from);
  Flow import_star_name(Frame& frame, const Step& step, Instance& from, std::string_view name);
  std::optional<std::string> absolute_name(const Frame& frame, const Step& step) const;
  bool has_attribute(const Instance& instance, std::string_view name) const;

  // loading.cpp: finding and loading modules
  Outcome import_name(const Site& site, std::string_view dotted);
  Outcome import_top(const Site& site, std::string_view name);
  Instance* implicit_package(const Site& site, std::string_view name) const;
  Outcome external(std::string_view name);
  Outcome import_submodule(const Site& site, Instance& parent, std::string_view name);
  Outcome load(const Site& site, std::string name, const ImportFiles::Hit& hit, Instance* parent);
  Outcome run_module(const Site& site, Instance& instance, Instance* parent);
  bool main_guarded(const Frame& frame, const Step& step);
  Outcome again(const Site& site, Instance& instance, Instance* parent);
  Outcome missing_top(const Site& site, std::string_view name);
  std::optional<Failure> left_behind(const ImportFiles::Hit& hit) const;
  void load_meant(const Site& site, std::string_view name);
  bool means_another(const Site& site, const ImportFiles::Hit& sibling,
                     std::string_view name) const;
  Outcome missing_submodule(const Site& site, Instance& parent, std::string_view name);
  Outcome outcome_of(Flow flow) const {
    return {flow == Flow::raised ? Outcome::raised : Outcome::unknown, nullptr};
  }
  ImportFiles::Hit find_on_path(std::string_view name, bool front) const;
  std::string source_folder(const Instance& package) const;
  std::string installed_path(const Instance& instance) const;
  bool leads_out(std::string_view folder, std::string_view name) const;
  std::string why_left_out(std::string_view source) const;
  bool is_foreign(std::string_view top_level_name) const;

  // edges.cpp
  void record_edge(const Site& site, std::string_view name, const Outcome& outcome);
  void record_edge(const Frame& frame, const Step& step, Span span, std::string_view name,
                   Target target, uint32_t to, When when);
  std::pair<Target, uint32_t> resolve_quietly(const Frame& frame, std::string_view dotted) const;

  const std::vector<Module>& modules_;
  const Distribution& distribution_;
  const Project& project_;
  const Launch& launch_;
  ImportGraph& graph_;
  ImportFiles files_;              // where the worker's interpreter looks
  ImportFiles folder_;             // the source tree
  std::set<std::string> outside_;  // links of the tree that lead out of it

  std::map<std::string, Instance*, std::less<>> loaded_;  // sys.modules
  std::deque<Instance> instances_;
  std::deque<Scope>
      scopes_;  // of functions and classes; all are kept, since closures point to them
  std::deque<std::string> kept_;
  std::vector<SearchRoot> roots_;     // what code has added to sys.path
  bool path_unknown_ = false;         // sys.path or sys.modules was changed in a way not understood
  bool folder_is_installed_ = false;  // `files_` is the folder: absence proves less
  bool root_searched_ = true;         // the root of `files_` is on sys.path
  bool library_loaded_ = true;        // modules of the standard library may be in sys.modules

  Doubts doubts_;
  Doubts found_doubts_;
  Journal journal_;
  When when_ = When::import_time;
  int maybe_ = 0;       // ways taken that might not be taken
  bool guard_ = true;   // what the entry module's main guard is
  bool over_ = false;   // the program may have ended well: nothing after is surely carried out
  bool chdir_ = false;  // the working directory was changed: relative paths are unknown
  bool any_submodule_ = false;  // modules are imported by computed names
  int returns_ = 0;             // return statements met so far in the function being run
  int nesting_ = 0;             // of blocks, over all loads and calls
  int path_changes_ = 0;
  const Step* import_ = nullptr;  // the import statement asked about last, and where its first
  size_t import_line_end_ = 0;    // line ends
  std::optional<std::vector<std::string_view>> builtins_;  // texts_with_builtins(), once needed
  Survey survey_;
  std::unordered_set<std::string> requirements_;  // import names that may be declared ones
  int depth_ = 0;                                 // of calls and loads
  std::vector<int> runs_;                         // of each module
  Instance* entry_ = nullptr;
  std::vector<TryFrame> tries_;
  size_t unwinding_to_ = 0;  // which of tries_ a raised error is on its way to
  std::vector<Handling> handling_;
  Meaning defined_;  // the function whose bind step comes next
  std::vector<Failure::Link> chain_;
  std::set<std::pair<uint32_t, uint32_t>> called_;  // functions by module and body block
  std::set<std::pair<uint32_t, uint32_t>> called_surely_;
  std::set<const Step*> active_;
  std::map<const Step*, std::unordered_set<std::string_view>> locals_;
  std::map<std::tuple<uint32_t, uint32_t, std::string>, size_t> recorded_failures_;
  std::map<std::tuple<uint32_t, uint32_t, std::string>, size_t> recorded_edges_;
};

// Static value of an expression that names a folder below the import root, for sys.path changes.
struct PathValue {
  enum Kind : uint8_t {
    unknown,
    inside,    // `path` below the root that the module was loaded from
    outside,   // surely not a folder that holds the package's files
    relative,  // to the working directory: outside, unless the program has changed it
  } kind = unknown;
  std::string path;
};
// `module_path`: where the module is, below that root; `names`: how often it binds which names.
PathValue path_value(const Module& module, const Survey::Names& names, std::string_view module_path,
                     Syntax::Node node, int depth = 0);

// What the module assigns to a name that it binds exactly once, at its top level, and that nobody
// else can have bound; none where it is not that simple.
Syntax::Node only_value(const Module& module, const Survey::Names& names, std::string_view name);

// The text that an expression of literals, of names bound to them and of __package__ stands for.
// `steps` bounds the work and is counted down.
std::optional<std::string> static_text(const Module& module, const Survey::Names& names,
                                       std::string_view package, Syntax::Node node, int& steps);

// Groups of modules that import each other while being imported, by Tarjan's algorithm.
std::vector<std::vector<uint32_t>> find_cycles(size_t modules,
                                               const std::vector<ImportEdge>& edges);

}  // namespace trainlint
