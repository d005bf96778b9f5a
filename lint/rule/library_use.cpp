#include "lint/rule/library_use.h"

#include <algorithm>
#include <map>
#include <set>

#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "lint/rule/command_line.h"

namespace trainlint {

namespace {

// The names in one module that stand for a library or a part of it, and what uses them.
class UsesOfModule {
 public:
  UsesOfModule(const Module& module, std::vector<LibraryUse>& uses) : module_(module), uses_(uses) {
    for (const Block& block : module.blocks)
      for (const Step& step : block) note(step);
    visit(module.blocks[0], true, false, 0);
  }

 private:
  void bind(std::string_view name, std::string meaning) {
    auto [found, added] = meanings_.emplace(name, meaning);
    if (!added && found->second != meaning) found->second.clear();
  }

  void note(const Step& step) {
    if (step.kind == StepKind::import_module) {
      size_t dot = step.text.find('.');
      bool renamed = step.bound != step.text.substr(0, dot);
      bind(step.bound, std::string(renamed ? step.text : step.text.substr(0, dot)));
    } else if (step.kind == StepKind::import_from && step.level == 0) {
      for (uint32_t i = 0; i < step.name_count; ++i) {
        const ImportedName& name = module_.names[step.first_name + i];
        bind(name.bound, std::string(step.text) + "." + std::string(name.name));
      }
    } else if (step.kind == StepKind::bind || step.kind == StepKind::function) {
      if (step.text.find('.') == step.text.npos) bind(step.text, "");
    }
  }

  void add(std::string name, Span span, bool at_import) {
    uses_.push_back({std::move(name), {module_.path, span}, at_import});
  }

  void visit_step(const Step& step, bool at_import) {
    if (step.kind == StepKind::import_module) {
      add(std::string(step.text), module_.syntax.span(step.node), at_import);
    } else if (step.kind == StepKind::import_from && step.level == 0) {
      for (uint32_t i = 0; i < step.name_count; ++i) {
        const ImportedName& name = module_.names[step.first_name + i];
        add(std::string(step.text) + "." + std::string(name.name), name.span, at_import);
      }
    } else if (step.kind == StepKind::use) {
      size_t dot = std::min(step.text.find('.'), step.text.size());
      auto found = meanings_.find(step.text.substr(0, dot));
      if (found != meanings_.end() && !found->second.empty() && dot < step.text.size())
        add(found->second + std::string(step.text.substr(dot)), module_.syntax.span(step.node),
            at_import);
    }
  }

  void visit(const Block& block, bool at_import, bool doubtful, int depth) {
    if (depth > 60) return;
    for (const Step& step : block) {
      if (step.kind == StepKind::opaque) return;
      if (!doubtful) visit_step(step, at_import);
      for (uint32_t i = 0; i < step.block_count; ++i) {
        bool function = step.kind == StepKind::function && i == 0;
        bool unsure = doubtful || step.kind == StepKind::branch || step.kind == StepKind::attempt ||
                      (step.kind == StepKind::with && step.catches != catches_nothing);
        visit(module_.blocks[module_.block_lists[step.first_block + i]], at_import && !function,
              unsure, depth + 1);
      }
    }
  }

  const Module& module_;
  std::vector<LibraryUse>& uses_;
  std::map<std::string, std::string, std::less<>> meanings_;
};

// A specifier that only versions from `version` on can meet.
bool excludes_older(const Specifier& specifier, const Version& version) {
  bool lower =
      specifier.op == VersionOperator::equal || specifier.op == VersionOperator::compatible ||
      specifier.op == VersionOperator::greater_equal || specifier.op == VersionOperator::greater;
  return lower && specifier.version && *specifier.version >= version;
}

const RemovedName* removed(std::span<const RemovedName> names, std::string_view used) {
  for (const RemovedName& name : names)
    if (used.starts_with(name.name) &&
        (used.size() == name.name.size() || used[name.name.size()] == '.'))
      return &name;
  return nullptr;
}

// `numpy.int = int` anywhere: a program may give a library back what is gone from it.
bool is_assigned(const Package& package, std::string_view name) {
  const std::string ending = "." + std::string(name.substr(name.rfind('.') + 1));
  auto assigns = [&](const Step& step) {
    return step.kind == StepKind::bind && step.text.ends_with(ending);
  };
  for (const Module& module : package.modules)
    for (const Block& block : module.blocks)
      if (std::any_of(block.begin(), block.end(), assigns)) return true;
  return false;
}

}  // namespace

std::vector<LibraryUse> library_uses(const Package& package) {
  std::vector<LibraryUse> uses;
  for (const Module& module : package.modules)
    if (takes_part(package, module) && !module.blocks.empty()) UsesOfModule(module, uses);
  return uses;
}

std::optional<LibraryEvidence> requires_at_least(const Package& package,
                                                 std::span<const std::string_view> distributions,
                                                 std::string_view version) {
  std::optional<Version> wanted = parse_version(version);
  if (!wanted || !package.project.install_requires.is_known()) return std::nullopt;
  for (const Requirement& requirement : package.project.install_requires.value) {
    Result<ParsedRequirement> parsed = parse_requirement(requirement.text);
    if (!parsed || parsed->marker) continue;
    std::string name = canonical_name(parsed->name);
    if (std::find(distributions.begin(), distributions.end(), name) == distributions.end())
      continue;
    for (const Specifier& specifier : parsed->specifiers.specifiers)
      if (excludes_older(specifier, *wanted))
        return LibraryEvidence{requirement.text, requirement.place};
  }
  return std::nullopt;
}

void report_removed(const Package& package, Report& report, std::span<const RemovedName> names,
                    std::span<const std::string_view> distributions) {
  if (!package.project.install_requires.is_known()) return;
  std::set<std::pair<std::string, std::string_view>> said;
  for (const LibraryUse& use : library_uses(package)) {
    const RemovedName* name = removed(names, use.name);
    if (name == nullptr) continue;
    std::optional<LibraryEvidence> evidence =
        requires_at_least(package, distributions, name->version);
    if (!evidence || !said.emplace(use.place.path, name->name).second ||
        is_assigned(package, name->name))
      continue;
    Report::Added added =
        report(use.place, "'{}' is gone from {} {} on, and the package requires '{}'", name->name,
               name->library, name->version, evidence->requirement);
    added.severity(use.at_import ? Severity::error : Severity::warning);
    if (!evidence->place.path.empty()) added.note("required here", evidence->place);
    if (!name->successor.empty()) added.note(fmt::format("write {}", name->successor));
  }
}

}  // namespace trainlint
