#include "lint/cli/accepted.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "lint/cli/output.h"
#include "lint/report/baseline.h"

namespace trainlint {

namespace fs = std::filesystem;

// The baseline of a run, absolute: from the folder of the file that names it, or from the current
// folder where a flag or the environment does.
static std::string baseline_of(const Run& run, const Surroundings& around) {
  const Setting* setting = run.config.find("baseline");
  if (!setting || setting->words.empty() || setting->words.front().empty()) return "";
  const std::string& name = setting->words.front();
  bool by_file = setting->source.rfind(':') != std::string::npos && run.config.file &&
                 !setting->source.starts_with("--") && !setting->source.starts_with("TRAINLINT_");
  if (!by_file) return absolute_path(name, around);
  std::string file = shown_path(run.package.root, run.config.file_path);
  return absolute_path((fs::path(file).parent_path() / name).generic_string(), around);
}

static Result<Baseline> read(const std::string& path, bool needed) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    if (!needed) return Baseline{};
    return Error{fmt::format("there is no baseline '{}'; --write-baseline writes it", path)};
  }
  Result<std::string> text = read_whole_file(path);
  if (!text) return Error{text.error()};
  Result<Baseline> baseline = parse_baseline(*text);
  if (!baseline) return Error{fmt::format("'{}': {}", path, baseline.error())};
  return baseline;
}

static void report_gone(const Baseline& gone, const std::string& path, Accepted& accepted) {
  for (const auto& [key, count] : gone.counts)
    accepted.messages.push_back(
        fmt::format("'{}' accepts {} of {} in {}, which is not found any "
                    "more; --write-baseline removes it",
                    path, key.symbol.empty() ? "one" : key.symbol, key.rule, key.path));
  if (!gone.counts.empty()) accepted.status = 1;
}

Result<Accepted> apply_baselines(std::vector<Run>& runs, const Options& options,
                                 const Surroundings& around) {
  Accepted accepted;
  std::map<std::string, std::vector<Run>> by_file;  // the runs in their order
  std::map<std::string, Baseline> baselines;
  std::vector<std::string> files;
  for (const Run& run : runs) files.push_back(baseline_of(run, around));
  for (const std::string& file : files) {
    if (file.empty() || baselines.count(file) > 0) continue;
    Result<Baseline> baseline = read(file, !options.write_baseline);
    if (!baseline) return Error{baseline.error()};
    baselines[file] = std::move(*baseline);
  }
  for (size_t i = 0; i < runs.size(); ++i)
    if (!files[i].empty()) by_file[files[i]].push_back(std::move(runs[i]));
  if (options.write_baseline && by_file.empty())
    return Error{"--write-baseline needs --baseline FILE, or 'baseline' in the configuration"};
  for (auto& [path, group] : by_file) {
    Baseline& baseline = baselines[path];
    std::string folder = fs::path(path).parent_path().generic_string();
    if (options.write_baseline) {
      baseline = new_baseline(baseline, group, folder, around);
      if (std::optional<Error> fault = write_file(path, baseline_text(baseline))) return *fault;
      accepted.messages.push_back(fmt::format("wrote '{}'", path));
    }
    Baseline gone = apply_baseline(baseline, group, folder, around);
    if (options.check_baseline) report_gone(gone, path, accepted);
  }
  std::map<std::string, size_t> next;
  for (size_t i = 0; i < runs.size(); ++i)
    if (!files[i].empty()) runs[i] = std::move(by_file[files[i]][next[files[i]]++]);
  return accepted;
}

}  // namespace trainlint
