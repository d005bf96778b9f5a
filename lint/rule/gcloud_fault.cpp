#include "lint/rule/gcloud_fault.h"

#include <algorithm>

#include "lint/rule/import_failure.h"

namespace trainlint {

bool is_prose(std::string_view path) {
  return path.ends_with(".md") || path.ends_with(".rst") || path.ends_with(".txt");
}

// --staging_bucket
static bool differs_in_underscores(const GcloudCommand& command, std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  const std::vector<std::string> names = gcloud_flag_names(command);
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_for_trainer(const GcloudCommand& command, const GcloudFault& fault) {
  if (fault.kind != GcloudFaultKind::unknown_flag || !command.user_arguments.empty()) return false;
  const bool takes_them = command.kind == GcloudKind::submit_training ||
                          command.kind == GcloudKind::local_train ||
                          command.kind == GcloudKind::local_run;
  return takes_them && !differs_in_underscores(command, fault.word) &&
         !nearest_name(fault.word, gcloud_flag_names(command));
}

Severity severity_of(const ScriptCommand& script, const GcloudFault& fault) {
  const GcloudCommand& command = script.command;
  const bool grows =
      command.kind != GcloudKind::submit_training && command.kind != GcloudKind::local_train;
  if (is_prose(script.path)) return Severity::warning;
  if (grows && !differs_in_underscores(command, fault.word)) return Severity::warning;
  return Severity::error;
}

}  // namespace trainlint
