#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "lint/cli/audit_records.h"
#include "lint/cli/commands.h"
#include "lint/cli/output.h"
#include "lint/cli/progress.h"
#include "lint/cli/runs.h"
#include "lint/cli/terminal.h"
#include "lint/cli/version.h"
#include "lint/config/config.h"
#include "lint/report/report.h"
#include "lint/rule/record.h"
#include "lint/source/archive_facts.h"

// Many packages, one after another: memory is needed for the one at hand only.

namespace trainlint {

using nlohmann::json;

namespace {

struct Shard {
  uint64_t index = 0, count = 1;
};

std::optional<uint64_t> number_in(std::string_view text) {
  uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<uint64_t> number_in_environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? number_in(value) : std::nullopt;
}

// "2/8", or "/8" with the index that Slurm or Kubernetes gives to the task; "" is their whole
// answer, or everything.
Result<Shard> read_shard(const std::string& given) {
  Shard shard;
  std::optional<uint64_t> index = number_in_environment("JOB_COMPLETION_INDEX");
  std::optional<uint64_t> count;
  if (std::optional<uint64_t> task = number_in_environment("SLURM_ARRAY_TASK_ID")) {
    const uint64_t first = number_in_environment("SLURM_ARRAY_TASK_MIN").value_or(0);
    index = *task >= first ? *task - first : 0;
    count = number_in_environment("SLURM_ARRAY_TASK_COUNT");
  }
  if (given.empty() && !count) return shard;
  if (!given.empty()) {
    const size_t slash = given.find('/');
    count = slash == std::string::npos ? std::nullopt : number_in(given.substr(slash + 1));
    if (slash != 0) index = number_in(given.substr(0, slash));
  }
  if (!index || !count || *index >= *count)
    return Error{fmt::format("--shard: '{}' is not of the form I/N with I below N", given)};
  return Shard{*index, *count};
}

// What is listed in files, or on stdin: one a line, or, where there is a NUL, each up to a NUL.
Result<std::vector<std::string>> listed(const std::vector<std::string>& files) {
  std::vector<std::string> paths;
  for (const std::string& file : files) {
    Result<std::string> read =
        file == "-" ? Result<std::string>(read_stdin()) : read_whole_file(file);
    if (!read) return Error{read.error()};
    const std::string& text = *read;
    const char end = text.find('\0') != std::string::npos ? '\0' : '\n';
    for (size_t begin = 0; begin < text.size();) {
      const size_t stop = std::min(text.find(end, begin), text.size());
      if (stop > begin) paths.push_back(text.substr(begin, stop - begin));
      begin = stop + 1;
    }
  }
  return paths;
}

// Changes when anything does that could be linted: names, sizes, and the contents of all files that
// are read at all.
std::string content_of(const std::string& path) {
  Result<OpenTree> opened = open_path(path);
  if (!opened) return opened.error();
  std::string all;
  for (const SourceFile& file : opened->tree->files()) {
    all += fmt::format("{}\n{} {} {} {}\n", file.path, static_cast<int>(file.kind), file.size,
                       file.target, file.problem);
    if (file.kind != FileKind::file || !file.problem.empty()) continue;
    Result<Bytes> bytes = opened->tree->read(file.path);
    all += bytes ? record_hash(**bytes) : bytes.error();
  }
  if (const ArchiveFacts* facts = opened->tree->archive())
    for (const MemberFault& fault : facts->faults) all += fault.member + fault.target;
  return record_hash(all);
}

json record_of(const std::string& path, const Options& options) {
  Options one = options;
  one.paths = {path};
  const Runs linted = lint_paths(one, all_rules());
  json record{{"path", path}, {"faults", linted.faults}};
  const json found = json::parse(report(linted.runs, ReportFormat::json, {}), nullptr, false);
  record["packages"] = found.value("packages", json::array());
  record["findings"] = found.value("findings", json::array());
  int status = 0;
  for (const Run& run : linted.runs)
    for (const Finding& finding : run.findings)
      if (finding.rule == "invalid-configuration")
        status = 2;
      else if (finding.severity >= fail_on(run.config))
        status = std::max(status, 1);
  record["status"] = linted.faults.empty() ? status : 2;
  return record;
}

// Lines are written whole, each by one call of the system, so that several processes may add to one
// file. A line that was cut off when its process was killed is ended first.
class RecordFile {
 public:
  explicit RecordFile(const std::string& path) : path_(path) {
    if (path.empty()) return;
    std::FILE* before = std::fopen(path.c_str(), "rb");
    if (before && std::fseek(before, -1, SEEK_END) == 0) torn_ = std::fgetc(before) != '\n';
    if (before) std::fclose(before);
    file_.reset(std::fopen(path.c_str(), "ab"));
    if (file_) std::setvbuf(file_.get(), nullptr, _IONBF, 0);
  }

  // False, after a message, when it cannot be written.
  bool add(std::string line) {
    line += '\n';
    if (path_.empty()) return print(line, 0) == 0;
    if (torn_) line.insert(line.begin(), '\n');
    torn_ = false;
    if (file_ && std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size()) return true;
    complain(fmt::format("cannot write '{}'", path_));
    return false;
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  std::string path_;
  bool torn_ = false;
  std::unique_ptr<std::FILE, Close> file_;
};

int show_records(const Options& options) {
  Result<Records> records = read_records({options.paths.begin() + 1, options.paths.end()});
  if (!records) {
    complain(records.error());
    return 2;
  }
  if (options.paths.front() == "summary") return print(summary_of(*records), 0);
  std::string text;
  for (const auto& [path, line] : *records) text += line + "\n";
  return print(text, 0);
}

int run_audit(const Options& options, const std::vector<std::string>& paths, const Shard& shard) {
  const std::string version = version_text();
  const std::string rules = record_hash(version);
  std::set<std::pair<std::string, std::string>> known;
  if (options.resume) known = recorded_contents(options.records, rules);
  RecordFile file(options.records);
  int status = 0;
  Progress progress("auditing");
  for (uint64_t i = shard.index; i < paths.size(); i += shard.count) {
    progress.begin(i + 1, paths.size(), paths[i]);
    const std::string content = content_of(paths[i]);
    if (known.contains({paths[i], content})) continue;
    json record = record_of(paths[i], options);
    record["content"] = content;
    record["rules"] = rules;
    status = std::max(status, record["status"].get<int>());
    if (!file.add(record.dump(-1, ' ', false, json::error_handler_t::replace))) return 2;
  }
  return status;
}

}  // namespace

int audit(const Options& options) {
  const std::string first = options.paths.empty() ? "" : options.paths.front();
  if (first == "merge" || first == "summary") return show_records(options);
  Result<Shard> shard = read_shard(options.shard);
  Result<std::vector<std::string>> paths = listed(options.paths);
  std::string fault = !shard                                      ? shard.error()
                      : !paths                                    ? paths.error()
                      : options.resume && options.records.empty() ? "--resume needs --records"
                                                                  : "";
  if (!fault.empty()) {
    complain(fault);
    return 2;
  }
  return run_audit(options, *paths, *shard);
}

}  // namespace trainlint
