#include <iterator>

#include "lint/report/diagnostics.h"
#include "lint/report/formats.h"

namespace trainlint {

std::string lsp_report(std::span<const Run> runs, const ReportOptions& options) {
  DiagnosticForm form;
  form.around = options.around;
  std::map<std::string, Json> by_uri;
  for (const Run& run : runs) {
    for (auto& [path, diagnostics] : diagnostics_of(run, form)) {
      Json& all = by_uri.try_emplace(file_uri(path), Json::array()).first->second;
      for (Json& each : diagnostics) all.push_back(std::move(each));
    }
  }
  std::string text;
  for (const auto& [uri, diagnostics] : by_uri)
    text += written_on_one_line({{"uri", uri}, {"diagnostics", diagnostics}});
  return text;
}

}  // namespace trainlint
