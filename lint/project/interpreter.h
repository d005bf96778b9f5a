#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/project/value.h"
#include "lint/python/syntax.h"
#include "lint/source/tree.h"

namespace trainlint {

// Carries out what of a setup.py can be known from the package's files alone. Where a condition is
// unknown, everything that either way might change becomes unknown; nothing outside the source
// tree is read, and nothing is ever written.

struct PySource {
  std::string path;
  Syntax syntax;
  std::optional<Place> maker;  // of a text that is no file: what executes it
};

struct PyScope {
  std::map<std::string, PyValue, std::less<>> names;
  PyScope* outer = nullptr;         // where names are looked up next; null for a module
  PyScope* module = nullptr;        // the module's own scope
  std::set<std::string> globals;    // declared `global`
  std::set<std::string> nonlocals;  // declared `nonlocal`
  bool opaque = false;              // any name may be bound: import *, exec of unknown text
};

struct PyFunction {
  const PySource* source = nullptr;
  Syntax::Node node = 0;  // function_definition or lambda
  PyScope* scope = nullptr;
  std::map<std::string, PyValue, std::less<>> defaults;
  bool generator = false;
};

struct PyArguments {
  std::vector<PyValue> positional;
  std::vector<std::pair<std::string, PyValue>> keywords;
  std::optional<PyValue> lost;  // *args or **kwargs that are unknown: why
  Place place;                  // of the call

  // By position or by name; null when not given.
  const PyValue* get(size_t position, std::string_view name) const;
  const PyValue* keyword(std::string_view name) const;
  // All given values known?
  std::optional<PyValue> unknown() const;
};

class Interpreter;

// A library that keeps its own record of what a script does with it.
struct PyExtension {
  virtual ~PyExtension() = default;
  // Calls of a library's function, and of a method of one of the extension's objects; nullopt for
  // what is not modelled.
  virtual std::optional<PyValue> call(Interpreter& interpreter, const std::string& function,
                                      const PyArguments& arguments) = 0;
  virtual std::optional<PyValue> method(Interpreter& interpreter, const PyValue& object,
                                        std::string_view name, const PyArguments& arguments) = 0;
  // A call of one of the extension's objects itself.
  virtual std::optional<PyValue> apply(Interpreter&, const PyValue&, const PyArguments&) {
    return std::nullopt;
  }
  // Is a function of the library, by its dotted name, a decorator that the extension follows?
  virtual bool decorates(std::string_view) const { return false; }
  // Reading an element of sys.argv, or its length; `index` is none for the length.
  virtual void reads_argv(Interpreter&, const PyValue&, const Place&) {}
  // A file of the tree that has been parsed already.
  virtual const Syntax* parsed(const std::string& path) const = 0;
};

enum class Flow : uint8_t { next, leave_loop, next_round, give_back, raised, finished };

class Interpreter {
 public:
  using Node = Syntax::Node;

  explicit Interpreter(const SourceTree& tree) : tree_(tree) {}

  // Runs a script's text as __main__ until it calls setup().
  void run_script(std::string path, std::string text);
  // Runs a module of the tree as `import` does; nullptr where there is no such file.
  PyScope* import_module(const std::string& path, const std::string& name);
  // The value of an attribute of a module's file, as setuptools' attr: finds it.
  PyValue module_attribute(const std::string& path, const std::string& name);

  // What was found.
  std::optional<PyArguments> setup;  // the arguments of setup(), once called
  std::vector<std::string> files_read;
  std::string packages_found_by;  // "find_packages()", if it was called
  std::vector<std::pair<std::string, Place>> imports;
  std::vector<std::pair<std::string, Place>> notes;
  struct Raised {
    std::string type;  // "FileNotFoundError"
    std::string message;
    Place place;
  };
  std::optional<Raised> raised;
  std::optional<PyValue> setup_unsure;  // setup() may be called where it was not followed: why
  bool gave_up() const { return exhausted_; }
  bool opaque() const { return !scopes_.empty() && scopes_.front().opaque; }
  bool has_error() const { return !sources_.empty() && sources_.front().syntax.has_error(); }

  // For the library functions.
  const SourceTree& tree() const { return tree_; }
  PyValue call(const PyValue& callee, PyArguments arguments);
  PyValue call_method(const PyValue& object, std::string_view name, PyArguments arguments);
  PyValue attribute(const PyValue& object, std::string_view name, const Place& place);
  PyValue raise(std::string type, std::string message, const Place& place);
  // What an iteration over the value gives, or nullopt when that is not known.
  std::optional<std::vector<PyValue>> iterate(const PyValue& value);
  PyValue subscript(const PyValue& object, const PyValue& index, const Place& place);
  PyValue binary(std::string_view op, const PyValue& left, const PyValue& right,
                 const Place& place);
  PyValue compare(std::string_view op, const PyValue& left, const PyValue& right,
                  const Place& place);
  void execute_text(const PyValue& text, PyScope* scope);
  PyScope* new_scope(PyScope* outer, PyScope* module);
  PyScope* scope() const { return scope_; }
  bool stopped() const { return raised || setup || exhausted_; }
  // A path as the script gives it, relative to the root with "." and ".." resolved ("" is the
  // root, "../x" is outside); nullopt for an absolute path of the machine.
  std::optional<std::string> in_tree(std::string_view path) const;
  void note(std::string message, const Place& place);
  void set_folder(std::string folder) { folder_ = std::move(folder); }
  const std::string& folder() const { return folder_; }
  std::vector<std::string> search_folders{""};  // of the tree, in sys.path
  // Something unknown ran that may create files: absent files are unknown from here on.
  bool files_may_appear = false;
  // It may even create modules of the package, which are then packed.
  bool modules_may_appear = false;
  void uncertain() { doubts_++; }  // something may raise

  // What runs a trainer instead of a setup.py: classes are followed too, and setup() is nothing
  // special.
  PyExtension* extension = nullptr;
  bool may_have_returned = false;  // a return statement stands where it was not followed
  void limit(size_t steps) { step_limit_ = std::min(step_limit_, steps_ + steps); }

 private:
  friend struct EnterScope;

  // evaluate.cpp: expressions
  PyValue evaluate(Node node);
  PyValue evaluate_inner(Node node);
  PyValue name_value(Node node);
  PyValue number_value(Node node);
  PyValue string_literal(Node node);
  PyValue joined_string(Node node);
  PyValue interpolation(Node node);
  PyValue elements(Node node, PyKind kind);
  PyValue dictionary(Node node);
  PyValue boolean(Node node);
  PyValue comparison(Node node);
  PyValue unary(Node node);
  PyValue conditional(Node node);
  PyValue subscript_expression(Node node);
  PyValue slice(const PyValue& object, Node node);
  PyValue comprehension(Node node);
  bool comprehend(Node node, const std::vector<Node>& clauses, size_t at,
                  const std::function<bool()>& produce);

  // evaluate_call.cpp
  PyValue call_expression(Node node);
  bool collect_arguments(Node node, PyArguments& arguments);
  PyValue call_function(const PyFunction& function, PyArguments arguments);
  bool bind_parameters(const PyFunction& function, PyArguments& arguments, PyScope& scope);
  PyValue make_function(Node node, Node parameters);
  PyValue unknown_call(const std::string& what, const PyArguments& arguments);
  PyValue unknown_method(const PyValue& object, std::string_view name,
                         const PyArguments& arguments);

  // evaluate_class.cpp: with an extension
  PyValue make_class(Node node);
  PyValue make_instance(const PyValue& type, PyArguments arguments);
  const PyValue* class_member(const PyValue& type, std::string_view name, bool& sure,
                              int depth = 0) const;
  PyValue instance_attribute(const PyValue& object, std::string_view name, const Place& place);
  PyValue bound_method(const PyValue& function, const PyValue& object) const;
  PyValue decorated(Node node);
  bool is_extensions_decorator(Node expression);

  // evaluate_statement.cpp
  Flow run_block(Node block);
  Flow run(Node statement);
  Flow run_inner(Node statement);
  Flow run_if(Node node);
  Flow run_for(Node node);
  Flow run_while(Node node);
  Flow run_try(Node node);
  Flow run_handlers(Node node);
  void doubt_try(Node node);
  Flow run_with(Node node);
  Flow run_return(Node node);
  Flow run_raise(Node node);
  Flow run_assert(Node node);
  Flow run_exec(Node node);
  void define_class(Node node);
  void delete_names(Node node);
  void assign(Node target, PyValue value);
  void assign_sequence(Node target, const PyValue& value);
  void assign_statement(Node node);
  void augmented(Node node);
  void bind(std::string_view name, PyValue value);
  bool catches(Node clause);

  // evaluate_import.cpp
  Flow run_import(Node node);
  Flow run_import_from(Node node);
  PyValue import_name(const std::string& dotted, Node node, bool leaf);
  void record_import(const std::string& dotted, Node node);
  std::optional<std::string> module_file(const std::string& dotted) const;

  // evaluate_doubt.cpp: what is not followed
  void doubt(Node from, const PyValue& why);
  void doubt_node(Node node, const PyValue& why);
  void doubt_function(const PyValue& function, const PyValue& why);
  void doubt_objects(Node call, const PyValue& why);
  void doubt_effect(Node call);
  bool contains_setup(Node node) const;

  std::vector<Node> children(Node node) const;  // named, without comments
  const Syntax& syntax() const { return source_->syntax; }
  Place place(Node node) const;
  PyValue unknown(std::string reason, Node node) const;
  PyValue* lookup(std::string_view name);
  PyScope* run_source(const PySource& source, PyScope* scope);
  const PySource& add_source(std::string path, std::shared_ptr<const std::string> text);

  const SourceTree& tree_;
  const PySource* source_ = nullptr;
  PyScope* scope_ = nullptr;
  std::deque<PySource> sources_;
  std::deque<PyScope> scopes_;
  std::map<std::string, PyScope*> modules_;  // imported files of the tree, by path
  std::string folder_;                       // current folder below the root
  PyValue returned_;
  std::vector<PyValue>* yielded_ = nullptr;
  size_t steps_ = 0;
  size_t step_limit_ = 200'000;
  size_t doubts_ = 0;
  int depth_ = 0;
  int guarded_ = 0;                   // inside a try that catches ImportError
  std::vector<const void*> doubted_;  // functions under way in doubt_function
  bool exhausted_ = false;
};

// A function of Python's builtins or of a library; null when it is not modelled.
using LibraryFunction = PyValue (*)(Interpreter&, const PyArguments&);
struct LibraryEntry {
  std::string_view name;
  LibraryFunction function;
};
LibraryFunction find_library_function(std::string_view name);
// A constant of a library (os.sep, sys.argv, re.M), or nullopt.
std::optional<PyValue> library_constant(std::string_view name);

// Methods by the kind of the object; nullopt when there is none of that name that is modelled.
using MethodResult = std::optional<PyValue>;
MethodResult string_method(Interpreter& interpreter, const PyValue& object, std::string_view name,
                           const PyArguments& arguments);
MethodResult container_method(Interpreter& interpreter, const PyValue& object,
                              std::string_view name, const PyArguments& arguments);
MethodResult path_method(Interpreter& interpreter, const PyValue& object, std::string_view name,
                         const PyArguments& arguments);
MethodResult path_attribute(Interpreter& interpreter, const PyValue& object, std::string_view name);
MethodResult file_method(Interpreter& interpreter, const PyValue& object, std::string_view name,
                         const PyArguments& arguments);
MethodResult regex_method(Interpreter& interpreter, const PyValue& object, std::string_view name,
                          const PyArguments& arguments);

// str.format and %; `arguments` may hold unknowns that are not used.
PyValue format_braces(Interpreter& interpreter, const PyValue& format,
                      const PyArguments& arguments);
PyValue format_percent(const PyValue& format, const PyValue& right, const Place& place);
// One value in a format specification ("", "02d", ">10", ".2f"); nullopt when not modelled.
std::optional<std::string> format_value(const PyValue& value, std::string_view specification);

// Opens a file of the tree for reading, as open() does.
PyValue open_file(Interpreter& interpreter, const PyValue& path, bool bytes, const Place& place);

}  // namespace trainlint
