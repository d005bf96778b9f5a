#include "lint/rule/gcs_flow.h"

#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

static constexpr int deepest = 12;

std::string_view last_of(std::string_view callee) {
  size_t dot = callee.rfind('.');
  return callee.substr(dot == std::string_view::npos ? 0 : dot + 1);
}

std::vector<Syntax::Node> positional_arguments(const Module& module, const Call& call) {
  std::vector<Syntax::Node> values;
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const Argument& argument = module.arguments[call.first_argument + i];
    if (argument.keyword.starts_with("*")) break;
    if (argument.keyword.empty()) values.push_back(argument.value);
  }
  return values;
}

Syntax::Node keyword_argument(const Module& module, const Call& call, std::string_view keyword) {
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const Argument& argument = module.arguments[call.first_argument + i];
    if (argument.keyword == keyword) return argument.value;
  }
  return Syntax::none;
}

// Variables that Vertex AI sets to folders and files on Cloud Storage.
static bool names_gcs(std::string_view variable) {
  constexpr std::string_view names[] = {"AIP_MODEL_DIR",           "AIP_CHECKPOINT_DIR",
                                        "AIP_TENSORBOARD_LOG_DIR", "AIP_TRAINING_DATA_URI",
                                        "AIP_VALIDATION_DATA_URI", "AIP_TEST_DATA_URI"};
  return std::find(std::begin(names), std::end(names), variable) != std::end(names);
}

static bool tells_gcs_apart(std::string_view text) {
  constexpr std::string_view signs[] = {
      "startswith(\"gs:", "startswith('gs:", "\"/gcs/",   "'/gcs/",  "gcsfuse",
      "\"gs://\" in",     "'gs://' in",      "== \"gs\"", "== 'gs'", "startswith((\"gs",
      "startswith(('gs",  "[:5] == ",        "\"/gcs\"",  "'/gcs'"};
  return std::any_of(std::begin(signs), std::end(signs), [&](std::string_view sign) {
    return text.find(sign) != std::string_view::npos;
  });
}

GcsFlow::GcsFlow(const Package& package) : package_(package) {
  for (const Module& module : package.modules)
    tells_apart_ |= takes_part(package, module) && !module.syntax.nodes().empty() &&
                    tells_gcs_apart(module.text());
  for (const WrittenOption& option : written_options(package)) {
    if (option.dest == "job_dir") {
      options_.push_back({option.dest, {"--job-dir", false, option.place(option.call->node)}});
      continue;
    }
    if (option.preset == Syntax::none || option.nargs != Syntax::none) continue;
    std::optional<GcsSource> preset = find(*option.module, option.preset, 0);
    if (!preset) continue;
    preset->what = fmt::format("the default of {}", option.name());
    preset->written = false;
    options_.emplace_back(option.dest, std::move(*preset));
  }
}

std::optional<GcsSource> GcsFlow::source_of(const Module& module, Node expression) const {
  std::optional<GcsSource> source = find(module, expression, 0);
  if (source && !source->written && tells_apart_) return std::nullopt;
  return source;
}

std::optional<GcsSource> GcsFlow::find(const Module& module, Node node, int depth) const {
  if (node == Syntax::none || depth > deepest) return std::nullopt;
  const Syntax& syntax = module.syntax;
  switch (syntax.kind(node)) {
    case sym_string:
    case sym_concatenated_string:
      return of_text(module, node, depth);
    case sym_parenthesized_expression: {
      std::vector<Node> inner = named_children(syntax, node);
      return inner.size() == 1 ? find(module, inner[0], depth + 1) : std::nullopt;
    }
    case sym_binary_operator:
      if (syntax.text(syntax.field(node, field_operator)) != "+" &&
          syntax.text(syntax.field(node, field_operator)) != "%")
        return std::nullopt;
      return find(module, syntax.field(node, field_left), depth + 1);
    case sym_call:
      return of_call(module, node, depth);
    case sym_identifier:
      return of_name(module, node, depth);
    case sym_attribute:
    case sym_subscript:
      return of_member(module, node);
    default:
      return std::nullopt;
  }
}

std::optional<GcsSource> GcsFlow::of_text(const Module& module, Node node, int depth) const {
  const Syntax& syntax = module.syntax;
  if (std::optional<std::string> text = string_value(syntax, node)) {
    if (!text->starts_with("gs://") || text->size() == 5) return std::nullopt;
    return GcsSource{fmt::format("'{}'", *text), true, {module.path, syntax.span(node)}};
  }
  // An f-string: what stands first.
  for (Node part : named_children(syntax, node)) {
    if (syntax.kind(part) == sym_string) return of_text(module, part, depth + 1);
    if (syntax.kind(part) == sym_string_content) {
      if (!syntax.text(part).starts_with("gs://")) return std::nullopt;
      return GcsSource{std::string(syntax.text(node)), true, {module.path, syntax.span(node)}};
    }
    if (syntax.kind(part) == sym_interpolation)
      return find(module, syntax.field(part, field_expression), depth + 1);
  }
  return std::nullopt;
}

// The argument of a call whose text the result begins with.
static Syntax::Node leading_argument(const Module& module, Syntax::Node call,
                                     std::string_view callee) {
  const Syntax& syntax = module.syntax;
  Syntax::Node list = syntax.field(call, field_arguments);
  if (list == Syntax::none || syntax.kind(list) != sym_argument_list) return Syntax::none;
  std::vector<Syntax::Node> arguments = named_children(syntax, list);
  bool passes = callee == "os.path.join" || callee == "path.join" || callee == "str" ||
                callee == "posixpath.join" || callee == "os.path.dirname";
  return passes && !arguments.empty() ? arguments[0] : Syntax::none;
}

std::optional<GcsSource> GcsFlow::of_call(const Module& module, Node node, int depth) const {
  const Syntax& syntax = module.syntax;
  Node function = syntax.field(node, field_function);
  if (function == Syntax::none) return std::nullopt;
  std::string_view callee = syntax.text(function);
  if (Node first = leading_argument(module, node, callee); first != Syntax::none)
    return find(module, first, depth + 1);
  Node list = syntax.field(node, field_arguments);
  std::vector<Node> arguments =
      list == Syntax::none ? std::vector<Node>{} : named_children(syntax, list);
  if (callee == "os.environ.get" || callee == "os.getenv" || callee == "environ.get") {
    std::optional<std::string> name =
        arguments.empty() ? std::nullopt : string_value(syntax, arguments[0]);
    if (!name || !names_gcs(*name)) return std::nullopt;
    return GcsSource{*name, false, {module.path, syntax.span(node)}};
  }
  if (!callee.ends_with(".format") || syntax.kind(function) != sym_attribute) return std::nullopt;
  Node object = syntax.field(function, field_object);
  if (syntax.kind(object) != sym_string) return find(module, object, depth + 1);
  if (std::optional<GcsSource> written = of_text(module, object, depth)) return written;
  std::optional<std::string> format = string_value(syntax, object);
  bool first = format && (format->starts_with("{}") || format->starts_with("{0}"));
  return first && !arguments.empty() ? find(module, arguments[0], depth + 1) : std::nullopt;
}

std::optional<GcsSource> GcsFlow::of_member(const Module& module, Node node) const {
  const Syntax& syntax = module.syntax;
  std::string name;
  if (syntax.kind(node) == sym_attribute) {
    name = syntax.text(syntax.field(node, field_attribute));
  } else {
    Node index = syntax.field(node, field_subscript);
    if (index == Syntax::none) return std::nullopt;
    name = string_value(syntax, index).value_or("");
    bool environment = syntax.text(syntax.field(node, field_value)).ends_with("environ");
    if (environment && names_gcs(name))
      return GcsSource{name, false, {module.path, syntax.span(node)}};
  }
  for (const auto& [dest, source] : options_)
    if (dest == name) return source;
  return std::nullopt;
}

std::optional<GcsSource> GcsFlow::of_name(const Module& module, Node node, int depth) const {
  const Syntax& syntax = module.syntax;
  std::string_view name = syntax.text(node);
  Node function = function_around(syntax, node);
  bool bound = false;
  Node value = only_value(syntax, function, name, bound);
  if (bound) return value < node ? find(module, value, depth + 1) : std::nullopt;
  if (function == Syntax::none) return std::nullopt;
  Node parameters = syntax.field(function, field_parameters);
  for (Node i = parameters; parameters != Syntax::none && i < syntax[parameters].next; ++i)
    if (syntax.kind(i) == sym_identifier && syntax.text(i) == name)
      return of_parameter(module, function, name, depth);
  value = only_value(syntax, Syntax::none, name, bound);
  return value == Syntax::none ? std::nullopt : find(module, value, depth + 1);
}

// What the package's own calls of a function give for a parameter: the first path among them. Only
// where the function's name is defined once in the package.
std::optional<GcsSource> GcsFlow::of_parameter(const Module& module, Node function,
                                               std::string_view name, int depth) const {
  const Syntax& syntax = module.syntax;
  std::string_view called = syntax.text(syntax.field(function, field_name));
  size_t position = 0, found = std::string_view::npos, definitions = 0;
  for (Node child : named_children(syntax, syntax.field(function, field_parameters))) {
    std::string_view text = syntax.text(child);
    std::string_view own = text.substr(0, text.find_first_of(":= "));
    if (own == name) found = position;
    if (own != "self" && own != "cls") ++position;
  }
  for (const Module& other : package_.modules)
    for (Node i = 0; i < other.syntax.nodes().size(); ++i)
      definitions += other.syntax.kind(i) == sym_function_definition &&
                     other.syntax.text(other.syntax.field(i, field_name)) == called;
  if (definitions != 1 || found == std::string_view::npos) return std::nullopt;
  for (const Module& other : package_.modules) {
    if (!takes_part(package_, other)) continue;
    for (const Call& call : other.calls) {
      if (last_of(call.callee) != called) continue;
      Node value = keyword_argument(other, call, name);
      std::vector<Node> given = positional_arguments(other, call);
      if (value == Syntax::none && found < given.size()) value = given[found];
      if (auto source = find(other, value, depth + 2)) return source;
    }
  }
  return std::nullopt;
}

}  // namespace trainlint
