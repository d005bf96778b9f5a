#include "lint/rule/named_file.h"

#include <algorithm>
#include <optional>

#include "lint/rule/path_value.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

// The nodes around the one that is looked at, outermost first.
struct Surroundings {
  const Syntax& syntax;
  std::vector<Syntax::Node> around;

  void enter(Syntax::Node node) {
    while (!around.empty() && node >= syntax[around.back()].next) around.pop_back();
  }
};

}  // namespace

static std::string_view last_name(std::string_view callee) {
  return callee.substr(callee.rfind('.') + 1);
}

static bool is_reader(std::string_view callee) {
  std::string_view name = last_name(callee);
  static constexpr std::string_view readers[] = {
      "open",         "read_csv",    "read_json", "read_table",   "read_excel",
      "read_parquet", "read_pickle", "loadtxt",   "genfromtxt",   "GFile",
      "FastGFile",    "load_model",  "imread",    "load_weights", "load"};
  return std::find(std::begin(readers), std::end(readers), name) != std::end(readers);
}

static bool is_writer(std::string_view callee) {
  std::string_view name = last_name(callee);
  static constexpr std::string_view writers[] = {
      "to_csv",     "to_json",     "to_pickle",    "to_parquet",
      "dump",       "save",        "savez",        "savetxt",
      "savefig",    "makedirs",    "mkdir",        "mkdtemp",
      "remove",     "unlink",      "rmtree",       "exists",
      "isfile",     "isdir",       "is_file",      "is_dir",
      "write_text", "FileHandler", "write_bytes",  "touch",
      "imwrite",    "urlretrieve", "save_weights", "download_to_filename",
      "save_model"};
  return std::find(std::begin(writers), std::end(writers), name) != std::end(writers);
}

// open(path, "w"), GFile(path, mode="wb"); a mode that is not known may be one.
static bool opens_for_writing(const Syntax& syntax, Syntax::Node call) {
  std::vector<Syntax::Node> arguments = positional_arguments(syntax, call);
  Syntax::Node mode = arguments.size() > 1 ? arguments[1] : Syntax::none;
  Syntax::Node list = syntax.field(call, field_arguments);
  for (Syntax::Node child = list == Syntax::none ? list : syntax.first(list); child != Syntax::none;
       child = syntax.sibling(child, list)) {
    if (syntax.kind(child) != sym_keyword_argument) continue;
    Syntax::Node name = syntax.field(child, field_name);
    if (name != Syntax::none && syntax.text(name) == "mode")
      mode = syntax.field(child, field_value);
  }
  if (mode == Syntax::none) return false;
  std::optional<std::string> text = string_value(syntax, mode);
  return !text || text->find_first_of("wax+") != std::string::npos;
}

static FileUse use_in_call(const Syntax& syntax, Syntax::Node call, Syntax::Node node) {
  Syntax::Node function = syntax.field(call, field_function);
  if (function == Syntax::none) return FileUse::names;
  std::string_view callee = syntax.text(function);
  bool is_object = node >= function && node < syntax[function].next;
  if (is_object && (last_name(callee) == "read_text" || last_name(callee) == "read_bytes"))
    return FileUse::reads;
  if (is_writer(callee)) return FileUse::writes;
  if (!is_reader(callee)) return FileUse::names;
  std::string_view name = last_name(callee);
  bool has_mode = name == "open" || name == "GFile" || name == "FastGFile";
  if (is_object) return has_mode ? FileUse::names : FileUse::reads;
  std::vector<Syntax::Node> arguments = positional_arguments(syntax, call);
  if (arguments.empty() || arguments[0] != node) return FileUse::names;
  return has_mode && opens_for_writing(syntax, call) ? FileUse::writes : FileUse::reads;
}

static bool tests_existence(const Syntax& syntax, Syntax::Node node) {
  Syntax::Node condition = syntax.field(node, field_condition);
  std::string_view text = condition == Syntax::none ? "" : syntax.text(condition);
  for (std::string_view word : {"exists", "isfile", "is_file"})
    if (text.find(word) != std::string_view::npos) return true;
  return false;
}

static void describe_surroundings(const Surroundings& here, NamedFile& file) {
  const Syntax& syntax = here.syntax;
  for (Syntax::Node node : here.around) {
    switch (syntax.kind(node)) {
      case sym_function_definition:
      case sym_lambda:
        file.in_function = true;
        break;
      case sym_try_statement:
        file.looked_for = true;
        break;
      case sym_if_statement:
      case sym_conditional_expression:
        file.in_doubt = true;
        if (tests_existence(syntax, node)) file.looked_for = true;
        break;
      case sym_for_statement:
      case sym_while_statement:
      case sym_list_comprehension:
      case sym_boolean_operator:
        file.in_doubt = true;
        break;
      default:
        break;
    }
  }
}

// The innermost call around, where the node is one of its arguments or what its method belongs to.
static FileUse use_of(const Surroundings& here, Syntax::Node node) {
  for (auto outer = here.around.rbegin(); outer != here.around.rend(); ++outer) {
    uint16_t kind = here.syntax.kind(*outer);
    if (kind == sym_call) return use_in_call(here.syntax, *outer, node);
    if (kind != sym_argument_list && kind != sym_attribute && kind != sym_parenthesized_expression)
      break;
  }
  return FileUse::names;
}

// pkgutil.get_data("trainer", "vocab.txt") and its like: the package's folder in the tree.
static std::optional<std::string> package_folder_of(const Package& package, const Module& module,
                                                    Syntax::Node node) {
  if (node == Syntax::none) return std::nullopt;
  std::string_view text = module.syntax.text(node);
  if (text == "__name__" || text == "__package__") return parent_folder(module.path);
  std::optional<std::string> dotted = string_value(module.syntax, node);
  if (!dotted) return std::nullopt;
  std::replace(dotted->begin(), dotted->end(), '.', '/');
  const InstalledFile* init = package.distribution.find(*dotted + "/__init__.py");
  if (init == nullptr) return std::nullopt;
  return parent_folder(init->source);
}

static bool is_resource_reader(std::string_view callee) {
  static constexpr std::string_view readers[] = {"pkgutil.get_data",
                                                 "pkg_resources.resource_string",
                                                 "pkg_resources.resource_stream",
                                                 "pkg_resources.resource_filename",
                                                 "resources.open_text",
                                                 "resources.open_binary",
                                                 "resources.read_text",
                                                 "resources.read_binary",
                                                 "resource_string",
                                                 "resource_filename",
                                                 "resource_stream"};
  if (callee.starts_with("importlib.")) callee.remove_prefix(10);
  return std::find(std::begin(readers), std::end(readers), callee) != std::end(readers);
}

namespace {

class Finder {
 public:
  Finder(const Package& package, uint32_t index)
      : package_(package), index_(index), module_(package.modules[index]), reader_(module_) {}

  void find_beside(std::vector<NamedFile>& found) {
    const InstalledFile* installed = package_.distribution.find_source(module_.path);
    if (installed == nullptr) return;
    tree_folder_ = parent_folder(module_.path);
    installed_folder_ = parent_folder(installed->path);
    const Syntax& syntax = module_.syntax;
    Surroundings here{syntax, {}};
    for (Syntax::Node node = 0; node < syntax.nodes().size();) {
      here.enter(node);
      std::optional<std::string> source = named_file(node);
      if (!source || !package_.tree->has_file(*source)) {
        if (syntax.first(node) != Syntax::none) here.around.push_back(node);
        ++node;
        continue;
      }
      add(here, node, *source, found);
      node = syntax[node].next;
    }
  }

 private:
  std::optional<std::string> named_file(Syntax::Node node) const {
    uint16_t kind = module_.syntax.kind(node);
    if (kind == sym_call) {
      if (std::optional<std::string> resource = resource_of(node)) return resource;
    } else if (kind != sym_binary_operator) {
      return std::nullopt;
    }
    std::optional<WrittenPath> path = reader_.value(node);
    if (!path || !path->rooted || path->text == module_.path) return std::nullopt;
    return path->text;
  }

  std::optional<std::string> resource_of(Syntax::Node call) const {
    Syntax::Node function = module_.syntax.field(call, field_function);
    if (function == Syntax::none || !is_resource_reader(module_.syntax.text(function)))
      return std::nullopt;
    std::vector<Syntax::Node> arguments = positional_arguments(module_.syntax, call);
    if (arguments.size() < 2) return std::nullopt;
    std::optional<std::string> folder = package_folder_of(package_, module_, arguments[0]);
    std::optional<std::string> name = string_value(module_.syntax, arguments[1]);
    if (!folder || !name) return std::nullopt;
    return normal_path(join_path(*folder, *name));
  }

  void add(const Surroundings& here, Syntax::Node node, const std::string& source,
           std::vector<NamedFile>& found) const {
    NamedFile file;
    file.module = index_;
    file.span = module_.syntax.span(node);
    file.source = source;
    file.installed = normal_path(join_path(installed_folder_, relative_path(source, tree_folder_)));
    bool resource = module_.syntax.kind(node) == sym_call && resource_of(node).has_value();
    file.use = resource ? FileUse::reads : use_of(here, node);
    describe_surroundings(here, file);
    found.push_back(std::move(file));
  }

  const Package& package_;
  uint32_t index_;
  const Module& module_;
  PathReader reader_;
  std::string tree_folder_, installed_folder_;
};

}  // namespace

static bool may_name_files(const Module& module) {
  if (!module.problem.empty()) return false;
  std::string_view text = module.text();
  for (std::string_view word : {"__file__", "get_data", "resource"})
    if (text.find(word) != std::string_view::npos) return true;
  return false;
}

static bool is_reached(const Package& package, size_t module) {
  return module < package.graph.reached.size() && package.graph.reached[module];
}

std::vector<NamedFile> files_beside_code(const Package& package) {
  std::vector<NamedFile> found;
  for (uint32_t i = 0; i < package.modules.size(); ++i)
    if (is_reached(package, i) && may_name_files(package.modules[i]))
      Finder(package, i).find_beside(found);
  return found;
}

std::vector<NamedFile> files_below_working_folder(const Package& package) {
  std::vector<NamedFile> found;
  for (uint32_t i = 0; i < package.modules.size(); ++i) {
    const Module& module = package.modules[i];
    if (!is_reached(package, i)) continue;
    for (const Call& call : module.calls) {
      if (call.argument_count == 0 || !is_reader(call.callee)) continue;
      const Argument& argument = module.arguments[call.first_argument];
      if (!argument.keyword.empty()) continue;
      std::optional<std::string> text = string_value(module.syntax, argument.value);
      if (!text || text->starts_with('/') || text->find(':') != std::string::npos) continue;
      if (use_in_call(module.syntax, call.node, argument.value) != FileUse::reads) continue;
      std::string source = normal_path(*text);
      if (!package.tree->has_file(source)) continue;
      Surroundings here{module.syntax, {}};
      for (Syntax::Node node = 0; node < call.node; ++node)
        if (module.syntax[node].next > call.node) here.around.push_back(node);
      NamedFile file;
      file.module = i;
      file.span = module.syntax.span(argument.value);
      file.source = source;
      file.use = FileUse::reads;
      describe_surroundings(here, file);
      found.push_back(std::move(file));
    }
  }
  return found;
}

std::vector<bool> certainly_loaded(const Package& package) {
  const ImportGraph& graph = package.graph;
  std::vector<bool> loaded(package.modules.size());
  if (!graph.entry_found || graph.entry == no_module) return loaded;
  std::vector<uint32_t> waiting{graph.entry};
  loaded[graph.entry] = true;
  while (!waiting.empty()) {
    uint32_t from = waiting.back();
    waiting.pop_back();
    for (const ImportEdge& edge : graph.edges) {
      if (edge.from != from || edge.when != When::import_time || edge.guarded) continue;
      if (edge.to == no_module || loaded[edge.to]) continue;
      uint32_t begin = package.modules[from].syntax.span(edge.statement).begin;
      bool at_margin = begin == 0 || package.modules[from].text()[begin - 1] == '\n';
      if (!at_margin) continue;
      loaded[edge.to] = true;
      waiting.push_back(edge.to);
    }
  }
  return loaded;
}

}  // namespace trainlint
