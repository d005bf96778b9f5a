#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"

namespace trainlint {

// Calls that train, read the command line or talk to the cloud; they are work wherever they stand.
static std::string_view work_of(std::string_view callee) {
  std::string_view last = last_of(callee);
  bool method = last.size() != callee.size();
  constexpr std::string_view parses[] = {"parse_args", "parse_known_args"};
  if (method && std::find(std::begin(parses), std::end(parses), last) != std::end(parses))
    return "the command line is read";
  constexpr std::string_view trains[] = {"fit", "fit_generator", "train_and_evaluate"};
  if (method && std::find(std::begin(trains), std::end(trains), last) != std::end(trains))
    return "training is started";
  constexpr std::string_view cloud[] = {"storage.Client", "bigquery.Client", "create_bucket",
                                        "aiplatform.init"};
  for (std::string_view name : cloud)
    if (callee == name || callee.ends_with("." + std::string(name))) return "the cloud is called";
  if (last == "urlretrieve" || callee == "wget.download" || last == "download_to_filename")
    return "a file is downloaded";
  if (callee == "os.system" || callee == "subprocess.check_call" || callee == "subprocess.run" ||
      callee == "subprocess.call" || callee == "subprocess.check_output")
    return "a program is run";
  return "";
}

static void check_block(const Module& module, const Block& block, int depth, Report& report) {
  if (depth > 8) return;
  for (const Step& step : block) {
    bool nested = step.kind == StepKind::attempt || step.kind == StepKind::with ||
                  step.kind == StepKind::loop;
    if (nested && step.block_count > 0)
      check_block(module, module.blocks[module.block_lists[step.first_block]], depth + 1, report);
    if (step.kind != StepKind::call || module.syntax.kind(step.node) != sym_call) continue;
    std::string_view work = work_of(module.calls[step.index].callee);
    if (work.empty()) continue;
    report({module.path, module.syntax.span(step.node)},
           "{} whenever '{}' is imported, be it by a test or by another process", work, module.path)
        .note("put it into a function that the entry module calls");
  }
}

static void check(const Package& package, Report& report) {
  for (size_t i = 0; i < package.modules.size(); ++i) {
    if (i == package.graph.entry || !takes_part(package, package.modules[i]) ||
        package.modules[i].blocks.empty())
      continue;
    check_block(package.modules[i], package.modules[i].blocks[0], 0, report);
  }
}

extern constinit const Rule import_time_work = {
    .name = "import-time-work",
    .severity = Severity::warning,
    .summary = "a module that others import trains, reads arguments or calls the cloud at once",
    .explanation = R"(
What stands at the top level of `model.py` is carried out by `import`: for a unit test, for a
process that a data loader starts, for a tool that only wants the serving function. `parse_args()`
there reads the command line of whatever program imports it; a bucket is created, a file
downloaded, a model trained.

Reported for modules other than the entry module, and for calls of a list: the command line, `fit`
and `train_and_evaluate`, clients of the cloud, downloads and other programs. Calls under a
condition are not looked at.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from trainer import model

print(model.args)
-- trainer/model.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=1)
args = parser.parse_args()
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from trainer import model

print(model.arguments())
-- trainer/model.py --
import argparse

def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--num-epochs", type=int, default=1)
    return parser.parse_args()
)",
    .check = check,
};

}  // namespace trainlint
