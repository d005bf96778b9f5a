#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lint/pipeline.h"
#include "lint/report/location.h"

namespace trainlint {

struct TextOptions {
  bool color = false;
  bool concise = false;  // one line a finding
  std::string links{};   // where the rule reference is, for terminals that make links; else ""
};

std::string text_report(std::span<const Run> runs, const TextOptions& options);
std::string json_report(std::span<const Run> runs);

// The reports of findings that `check` can write.
enum class ReportFormat : uint8_t {
  text,
  concise,
  json,
  jsonl,   // the findings of `json`, one a line
  lsp,     // textDocument/publishDiagnostics parameters, one file a line
  sarif,   // SARIF 2.1.0
  github,  // workflow commands of GitHub Actions
  gitlab,  // GitLab's code quality report
  junit,
  rdjson,  // reviewdog's diagnostics
};

struct ReportOptions {
  bool color = false;  // of text and concise
  Surroundings around;
  std::string links{};  // of text and concise: see TextOptions
};

std::string report(std::span<const Run> runs, ReportFormat format, const ReportOptions& options);

std::string_view name_of(ReportFormat format);
std::optional<ReportFormat> report_format(std::string_view name);
std::span<const std::string_view> report_format_names();

// How often each rule was found, the most frequent first; "" where nothing was.
std::string statistics(std::span<const Run> runs);
// The Python files of the packages, one a line, as reports name them.
std::string list_files(std::span<const Run> runs);

// What GitHub shows on the page of a workflow's run (Markdown).
std::string step_summary(std::span<const Run> runs, const ReportOptions& options);

enum class GraphFormat : uint8_t { dot, mermaid, json };
std::string graph_report(const Package& package, GraphFormat format);

// rules/README.md: every rule with its summary, explanation, examples, and the real report of the
// bad example.
std::string rule_reference();
std::string explain_rule(const RuleEntry& entry, bool color);
std::string list_rules(bool json);

// A JSON schema (draft 7) of trainlint.toml, for editors.
std::string config_schema();

}  // namespace trainlint
