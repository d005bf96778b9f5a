#pragma once

#include <string_view>

#include "lint/rule/rule.h"

namespace trainlint {

// Commands in a text for people may be there to be read, with placeholders in them.
bool is_prose(std::string_view path);

// An unrecognized argument that looks like one of the trainer's: no "--" stands before it, and none
// of gcloud's flags resembles it.
bool is_for_trainer(const GcloudCommand& command, const GcloudFault& fault);

// Of an unknown flag: an error unless the SDK may have got it since the table was made, or the
// script is prose.
Severity severity_of(const ScriptCommand& script, const GcloudFault& fault);

}  // namespace trainlint
