#include <algorithm>

#include <fmt/format.h>

#include "lint/launch/example.h"
#include "lint/report/report.h"
#include "lint/source/example.h"

namespace trainlint {

static std::string_view trimmed(std::string_view text) {
  size_t first = text.find_first_not_of("\n ");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of("\n ") + 1 - first);
}

// What trainlint prints for the rule's bad example: the real report, by this rule alone. Of an
// example that no text can express (an unreadable file), nothing.
static std::string report_of_bad(const RuleEntry& entry, bool color) {
  if (trimmed(entry.rule->bad).empty()) return "";
  OpenTree example = open_example(entry.rule->bad);
  std::vector<Run> runs =
      lint_tree(*example.tree, example.kind, ".", options_of_example(entry.rule->bad), {&entry, 1});
  return text_report(runs, {.color = color, .concise = false});
}

static std::string shifted(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (!line.empty()) result += "  ";
    result += line;
    result += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

std::string explain_rule(const RuleEntry& entry, bool color) {
  const Rule& rule = *entry.rule;
  std::string_view bold = color ? "\033[1m" : "", off = color ? "\033[0m" : "";
  std::string text = fmt::format("{}{}{} ({}, {})\n{}\n\n{}\n", bold, rule.name, off, entry.group,
                                 to_string(rule.severity), rule.summary, trimmed(rule.explanation));
  if (!trimmed(rule.bad).empty()) {
    text += fmt::format("\n{}Bad{}\n\n{}\n", bold, off, shifted(trimmed(rule.bad)));
    text += fmt::format("{}Report{}\n\n{}", bold, off, shifted(report_of_bad(entry, color)));
  }
  if (!trimmed(rule.good).empty())
    text += fmt::format("\n{}Good{}\n\n{}", bold, off, shifted(trimmed(rule.good)));
  return text;
}

// Longer than any run of backticks inside, as CommonMark demands.
static std::string fenced(std::string_view text, std::string_view language) {
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  return fmt::format("{}{}\n{}\n{}\n", fence, language, text, fence);
}

// Plain text in Markdown: the underscores of __init__.py are no emphasis.
static std::string escaped(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (std::string_view("\\`*_<>|[]").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

static std::string section(const RuleEntry& entry) {
  const Rule& rule = *entry.rule;
  std::string text =
      fmt::format("### {}\n\n**{}**: {}.\n\n{}\n", rule.name, to_string(rule.severity),
                  escaped(rule.summary), trimmed(rule.explanation));
  if (!trimmed(rule.bad).empty()) {
    text += fmt::format("\nBad:\n\n{}", fenced(trimmed(rule.bad), "python"));
    text += fmt::format("\n{}", fenced(trimmed(report_of_bad(entry, false)), "text"));
  }
  if (!trimmed(rule.good).empty())
    text += fmt::format("\nGood:\n\n{}", fenced(trimmed(rule.good), "python"));
  return text + "\n";
}

// By group, then by name.
static std::vector<RuleEntry> sorted_rules() {
  std::span<const RuleEntry> all = all_rules();
  std::vector<RuleEntry> rules(all.begin(), all.end());
  std::stable_sort(rules.begin(), rules.end(), [](const RuleEntry& left, const RuleEntry& right) {
    return std::pair(left.group, left.rule->name) < std::pair(right.group, right.rule->name);
  });
  return rules;
}

std::string rule_reference() {
  std::string text =
      "# The rules\n\n"
      "Written by trainlint from the rules themselves; the reports are real. `error` means that "
      "the\n"
      "job will be refused, will crash or provably does nothing; `warning`, that it is likely "
      "wrong\n"
      "or wrong on some runtimes; `advice`, how the field does it.\n\n"
      "| rule | group | severity | finds |\n|---|---|---|---|\n";
  std::vector<RuleEntry> rules = sorted_rules();
  for (const RuleEntry& entry : rules) {
    text += fmt::format("| [{0}](#{0}) | {1} | {2} | {3} |\n", entry.rule->name, entry.group,
                        to_string(entry.rule->severity), escaped(entry.rule->summary));
  }
  std::string_view group;
  for (const RuleEntry& entry : rules) {
    if (entry.group != group) text += fmt::format("\n## {}\n\n", entry.group);
    group = entry.group;
    text += section(entry);
  }
  text.erase(text.find_last_not_of('\n') + 1);
  return text + "\n";
}

}  // namespace trainlint
