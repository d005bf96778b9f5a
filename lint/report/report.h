#pragma once

#include <span>
#include <string>

#include "lint/pipeline.h"

namespace trainlint {

struct TextOptions {
  bool color = false;
  bool concise = false;  // one line a finding
};

std::string text_report(std::span<const Run> runs, const TextOptions& options);
std::string json_report(std::span<const Run> runs);

enum class GraphFormat : uint8_t { dot, mermaid, json };
std::string graph_report(const Package& package, GraphFormat format);

// rules/README.md: every rule with its summary, explanation, examples, and the real report of the
// bad example.
std::string rule_reference();
std::string explain_rule(const RuleEntry& entry, bool color);
std::string list_rules(bool json);

}  // namespace trainlint
