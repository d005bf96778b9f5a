#include <algorithm>
#include <set>

#include "lint/project/requirement.h"
#include "lint/rule/command_line.h"
#include "lint/rule/dependencies.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/rewrite.h"
#include "rules/facts/implicit_dependencies.h"

namespace trainlint {

namespace {

using facts::implicit_dependencies::Need;

// How the module calls pandas' functions: "pd." after "import pandas as pd"; "" where it does not.
std::string prefix_of_pandas(const Module& module) {
  for (const Block& block : module.blocks)
    for (const Step& step : block)
      if (step.kind == StepKind::import_module && step.text == "pandas")
        return std::string(step.bound) + ".";
  return {};
}

// With extras ("pandas[gcp]") a requirement brings more than its name says.
bool asks_for_extras(const Package& package) {
  const std::vector<Requirement>& all = package.project.install_requires.value;
  return std::any_of(all.begin(), all.end(), [](const Requirement& one) {
    Result<ParsedRequirement> parsed = parse_requirement(one.text);
    return !parsed || !parsed->extras.empty();
  });
}

bool is_said_to_be_there(const Package& package, std::string_view distribution) {
  const std::vector<std::string>& said = package.settings.preinstalled;
  return std::find(said.begin(), said.end(), distribution) != said.end();
}

bool reads_such_path(const GcsFlow& flow, const Module& module, const Call& call,
                     const Need& need) {
  if (need.prefix.empty() && need.suffix.empty()) return true;
  const std::vector<Syntax::Node> arguments = positional_arguments(module, call);
  if (arguments.empty()) return false;
  if (std::optional<std::string> text = string_value(module.syntax, arguments[0]))
    return need.prefix.empty() ? text->ends_with(need.suffix) : text->starts_with(need.prefix);
  return need.prefix == "gs://" && flow.source_of(module, arguments[0]).has_value();
}

class Search {
 public:
  Search(const Package& package, Report& report)
      : package_(package),
        report_(report),
        flow_(package),
        declared_(declared_distributions(package)) {}

  void look_at(const Module& module) {
    const std::string prefix = prefix_of_pandas(module);
    if (prefix.empty()) return;
    for (const Call& call : module.calls) {
      if (!call.callee.starts_with(prefix)) continue;
      const std::string_view function = call.callee.substr(prefix.size());
      // "engine" chooses another library.
      if (keyword_argument(module, call, "engine") != Syntax::none) continue;
      for (const Need& need : facts::implicit_dependencies::needs)
        if (need.function == function && reads_such_path(flow_, module, call, need))
          judge(module, call, need);
    }
  }

 private:
  void judge(const Module& module, const Call& call, const Need& need) {
    const auto& bringing = need.distributions;
    const bool there = std::any_of(bringing.begin(), bringing.end(), [&](std::string_view name) {
      return declared_.count(std::string(name)) != 0 || is_said_to_be_there(package_, name);
    });
    const std::string_view name = bringing.front();
    if (there || !said_.insert(name).second) return;
    const Place place{module.path, module.syntax.span(module.syntax.first(call.node))};
    // The lists of the images are not complete: some may have it.
    const bool maybe = is_preinstalled(package_, name);
    Report::Added added =
        report_(place, "'{}' loads '{}' here by itself, and nothing installs it{}", call.callee,
                name, maybe ? ": whether the image has it is not published" : "");
    added.severity(maybe ? Severity::advice : Severity::warning)
        .note(fmt::format("add '{}' to install_requires", name));
    if (auto fix = add_requirement(package_, name)) added.fix(std::move(*fix));
  }

  const Package& package_;
  Report& report_;
  GcsFlow flow_;
  std::set<std::string> declared_;
  std::set<std::string_view> said_;
};

bool mentions_reader(const Module& module) {
  return module.text().find("pandas") != std::string_view::npos &&
         module.text().find(".read_") != std::string_view::npos;
}

void check(const Package& package, Report& report) {
  if (!package.project.install_requires.is_known() || package.project.failure) return;
  const bool reads = std::any_of(package.modules.begin(), package.modules.end(), mentions_reader);
  if (!reads || may_have_others(package) || asks_for_extras(package)) return;
  Search search(package, report);
  for (const Module& module : package.modules)
    if (takes_part(package, module) && mentions_reader(module)) search.look_at(module);
}

}  // namespace

extern constinit const Rule implicit_dependency = {
    .name = "implicit-dependency",
    .severity = Severity::warning,
    .summary = "pandas is called for something that a library does which nothing installs",
    .explanation = R"(
pandas leaves much to other libraries, which it imports when they are needed: gcsfs reads `gs://`
paths, s3fs `s3://`, pyarrow Parquet files, pandas-gbq BigQuery, openpyxl workbooks. None of them comes
with pandas, and the job ends with ImportError in the middle of its run.

What some prebuilt image may have is advice, since the published lists of the images are not
complete; the setting `preinstalled = ["gcsfs"]` says what yours has. Nothing is said of calls that
choose an `engine`, of requirements with extras such as `pandas[gcp]`, and where an image of somebody's
own, further archives or a Dockerfile come in. The table is of November 2026.

Source: [pandas, optional dependencies](https://pandas.pydata.org/docs/getting_started/install.html).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["pandas"])
-- trainer/__init__.py --
-- trainer/task.py --
import pandas as pd

print(pd.read_gbq("SELECT 1"))
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(),
      install_requires=["pandas", "pandas-gbq"])
-- trainer/__init__.py --
-- trainer/task.py --
import pandas as pd

print(pd.read_gbq("SELECT 1"))
)",
    .check = check,
};

}  // namespace trainlint
