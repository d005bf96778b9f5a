#include "lint/rule/suppress.h"

#include <algorithm>
#include <map>
#include <string>

namespace trainlint {

namespace {

constexpr std::string_view unused_rule = "unused-suppression";

bool means(const Suppression::Name& name, std::string_view rule, std::string_view group) {
  return name.text == rule || name.text == group;
}

// Takes a name out of a comment, or the comment where it is the only one: with the blanks before
// it, and with its line where nothing else is on it.
std::optional<Fix> remove_name(std::string_view text, const Suppression& from,
                               const Suppression::Name& name) {
  if (from.span.end > text.size()) return std::nullopt;
  Span gone = name.span;
  if (from.names.size() > 1) {
    size_t after = text.find_first_not_of(" \t,", gone.end);
    if (after < text.size() && text[after] != ']') {
      gone.end = static_cast<uint32_t>(after);
    } else {
      gone.begin = static_cast<uint32_t>(text.find_last_not_of(" \t,", gone.begin - 1) + 1);
    }
  } else {
    gone = from.span;
    gone.begin = static_cast<uint32_t>(
        gone.begin == 0 ? 0 : text.find_last_not_of(" \t", gone.begin - 1) + 1);
    if (gone.begin == 0 || text[gone.begin - 1] == '\n') {
      if (text.substr(gone.end, 2) == "\r\n") ++gone.end;
      if (gone.end < text.size() && text[gone.end] == '\n') ++gone.end;
    }
  }
  return Fix{fmt::format("remove '{}'", name.text), true, {{from.path, gone, ""}}};
}

class Suppressor {
 public:
  Suppressor(const Package& package, std::span<const RuleEntry> rules)
      : package_(package), rules_(rules) {
    for (const Suppression& each : package.suppressions) by_path_[each.path].push_back(&each);
  }

  bool suppressed(const Finding& finding);
  void report_unused(std::vector<Finding>& findings);
  std::vector<Place> used() const { return used_; }

 private:
  const std::vector<const Suppression*>& suppressions(const std::string& path);
  bool was_run(const Suppression::Name& name) const;
  bool judged_here(std::string_view path) const;
  std::string_view text_of(const std::string& path);

  const Package& package_;
  std::span<const RuleEntry> rules_;
  std::map<std::string, std::vector<const Suppression*>> by_path_;
  std::map<std::string, std::vector<Suppression>> read_later_;
  std::vector<Place> used_;
  std::vector<Bytes> kept_;
};

// What the places of suppressions count bytes of. What was read stays for the life of the tree's
// file or of this object.
std::string_view Suppressor::text_of(const std::string& path) {
  if (const Module* module = package_.module_at(path)) return module->text();
  Result<Bytes> bytes = package_.tree ? package_.tree->read(path) : Error{"no tree"};
  if (!bytes) return {};
  return *kept_.emplace_back(*bytes);
}

// Files that are neither Python nor metadata are looked into once something is found in them.
const std::vector<const Suppression*>& Suppressor::suppressions(const std::string& path) {
  auto [entry, fresh] = by_path_.try_emplace(path);
  if (!fresh || package_.module_at(path) || !package_.tree || !package_.tree->has_file(path))
    return entry->second;
  Result<Bytes> bytes = package_.tree->read(path);
  if (!bytes) return entry->second;
  read_later_[path] = suppressions_of(path, **bytes);
  for (const Suppression& each : read_later_[path]) entry->second.push_back(&each);
  return entry->second;
}

bool Suppressor::suppressed(const Finding& finding) {
  bool found = false;
  for (const Suppression* each : suppressions(finding.place.path)) {
    const std::optional<Span>& span = finding.place.span;
    bool covers = each->whole_file ||
                  (span && span->begin >= each->covers.begin && span->begin < each->covers.end);
    if (!covers) continue;
    for (const Suppression::Name& name : each->names) {
      if (!means(name, finding.rule, finding.group)) continue;
      Place place{each->path, name.span};
      if (std::find(used_.begin(), used_.end(), place) == used_.end()) used_.push_back(place);
      found = true;
    }
  }
  return found;
}

bool Suppressor::was_run(const Suppression::Name& name) const {
  return name.text != unused_rule &&
         std::any_of(rules_.begin(), rules_.end(), [&](const RuleEntry& entry) {
           return means(name, entry.rule->name, entry.group);
         });
}

// Another package of the same project may have what is suppressed in a file that is not this one's.
bool Suppressor::judged_here(std::string_view path) const {
  const std::string& folder = package_.launch.package_folder;
  return path.find('/') == std::string_view::npos || folder.empty() ||
         (path.starts_with(folder) && path.substr(folder.size()).starts_with('/'));
}

void Suppressor::report_unused(std::vector<Finding>& findings) {
  const auto rule = std::find_if(rules_.begin(), rules_.end(), [](const RuleEntry& entry) {
    return entry.rule->name == unused_rule;
  });
  if (rule == rules_.end()) return;
  std::vector<Finding> unused;
  Report report(*rule->rule, rule->group, unused);
  for (const auto& [path, suppressions] : by_path_) {
    if (!judged_here(path)) continue;
    for (const Suppression* each : suppressions) {
      for (const Suppression::Name& name : each->names) {
        Place place{path, name.span};
        bool used = std::find(used_.begin(), used_.end(), place) != used_.end();
        if (used || !was_run(name)) continue;
        Report::Added added = report(place, "'{}' is suppressed and not found here", name.text)
                                  .note("remove it, or it will hide the next one");
        if (std::optional<Fix> fix = remove_name(text_of(path), *each, name))
          added.fix(std::move(*fix));
      }
    }
  }
  for (Finding& finding : unused)
    if (!suppressed(finding)) findings.push_back(std::move(finding));
}

}  // namespace

std::vector<Suppression> find_suppressions(const Package& package) {
  std::vector<Suppression> found;
  auto add = [&](std::vector<Suppression> more) {
    std::move(more.begin(), more.end(), std::back_inserter(found));
  };
  for (const Module& module : package.modules) add(suppressions_of(module));
  for (const char* path : {"pyproject.toml", "setup.cfg"}) {
    if (!package.tree || !package.tree->has_file(path)) continue;
    if (Result<Bytes> bytes = package.tree->read(path)) add(suppressions_of(path, **bytes));
  }
  return found;
}

std::vector<Place> apply_suppressions(const Package& package, std::span<const RuleEntry> rules,
                                      std::vector<Finding>& findings) {
  Suppressor suppressor(package, rules);
  findings.erase(
      std::remove_if(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return suppressor.suppressed(finding); }),
      findings.end());
  size_t before = findings.size();
  suppressor.report_unused(findings);
  if (findings.size() != before) put_in_order(findings);
  return suppressor.used();
}

}  // namespace trainlint
