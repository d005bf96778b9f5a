#include <fmt/format.h>

#include "lint/report/files.h"
#include "lint/report/json.h"
#include "lint/report/picture.h"
#include "lint/report/printable.h"
#include "lint/report/report.h"

namespace trainlint {

// A double-quoted string of the DOT language, in which only the quote and the backslash have a
// meaning of their own (graphviz.org/doc/info/lang.html).
static std::string dot_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (char c : printable(text)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

static std::string_view dot_style(NodeKind kind) {
  switch (kind) {
    case NodeKind::entry:
      return ", style=\"filled,bold\", fillcolor=\"#d5e8d4\"";
    case NodeKind::module:
      return "";
    case NodeKind::not_reached:
      return ", color=\"#999999\", fontcolor=\"#777777\"";
    case NodeKind::folder_only:
      return ", style=dashed, color=\"#d79b00\", tooltip=\"not on the worker\"";
    case NodeKind::missing:
      return ", style=dashed, color=\"#b00020\", fontcolor=\"#b00020\", tooltip=\"missing\"";
  }
  return "";
}

// What is written on an arrow; imports at import time need no words.
static std::string arrow_label(const Arrow& arrow) {
  static constexpr std::string_view words[] = {"", "when run", "in a function", "type checking",
                                               "not taken"};
  std::string label(words[static_cast<size_t>(arrow.when)]);
  if (arrow.guarded) label += label.empty() ? "guarded" : ", guarded";
  return label;
}

static std::string dot_attributes(const Arrow& arrow) {
  std::string attributes;
  auto add = [&](std::string_view text) {
    attributes += attributes.empty() ? " [" : ", ";
    attributes += text;
  };
  if (arrow.when > When::main_guard) add("style=dashed");
  if (arrow.in_cycle) add("color=\"#b00020\", penwidth=2");
  if (std::string label = arrow_label(arrow); !label.empty())
    add(fmt::format("label={}", dot_quoted(label)));
  return attributes.empty() ? "" : attributes + "]";
}

static std::string dot_graph(const Package& package) {
  Picture picture = picture_of(package);
  std::string text = fmt::format(
      "digraph {} {{\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n"
      "  edge [fontname=\"sans-serif\", fontsize=10];\n",
      dot_quoted(shown_path(package.root, package.launch.package)));
  for (size_t i = 0; i < picture.nodes.size(); ++i) {
    const Node& node = picture.nodes[i];
    text += fmt::format("  n{} [label={}{}];\n", i, dot_quoted(node.label), dot_style(node.kind));
  }
  for (const Arrow& arrow : picture.arrows)
    text += fmt::format("  n{} -> n{}{};\n", arrow.from, arrow.to, dot_attributes(arrow));
  return text + "}\n";
}

// Mermaid has no escape inside quotes but HTML's: everything that could end the label or begin
// markup is written as a character reference.
static std::string mermaid_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (char c : printable(text)) {
    if (std::string_view("\"#<>&`\\").find(c) != std::string_view::npos)
      quoted += fmt::format("#{};", static_cast<int>(c));
    else
      quoted += c;
  }
  return quoted + '"';
}

static std::string_view mermaid_class(NodeKind kind) {
  static constexpr std::string_view classes[] = {":::entry", "", ":::unreached", ":::folder",
                                                 ":::missing"};
  return classes[static_cast<size_t>(kind)];
}

static std::string mermaid_arrow(const Arrow& arrow) {
  std::string line = arrow.when > When::main_guard ? "-.->" : arrow.in_cycle ? "==>" : "-->";
  std::string label = arrow_label(arrow);
  if (arrow.in_cycle) label += label.empty() ? "cycle" : ", cycle";
  return label.empty() ? line : fmt::format("{}|{}|", line, mermaid_quoted(label));
}

static std::string mermaid_graph(const Package& package) {
  Picture picture = picture_of(package);
  std::string text = "flowchart LR\n";
  for (size_t i = 0; i < picture.nodes.size(); ++i) {
    const Node& node = picture.nodes[i];
    text += fmt::format("  n{}[{}]{}\n", i, mermaid_quoted(node.label), mermaid_class(node.kind));
  }
  for (const Arrow& arrow : picture.arrows)
    text += fmt::format("  n{} {} n{}\n", arrow.from, mermaid_arrow(arrow), arrow.to);
  return text +
         "  classDef entry fill:#d5e8d4,stroke-width:3px\n"
         "  classDef unreached stroke:#999999,color:#777777\n"
         "  classDef folder stroke:#d79b00,stroke-dasharray:4\n"
         "  classDef missing stroke:#b00020,color:#b00020,stroke-dasharray:4\n";
}

std::string graph_report(const Package& package, GraphFormat format) {
  switch (format) {
    case GraphFormat::dot:
      return dot_graph(package);
    case GraphFormat::mermaid:
      return mermaid_graph(package);
    case GraphFormat::json:
      return graph_json(package);
  }
  return "";
}

}  // namespace trainlint
