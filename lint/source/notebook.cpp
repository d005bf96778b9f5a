#include "lint/source/notebook.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "lint/text/path.h"

namespace trainlint {

namespace {

using Json = nlohmann::json;

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

// A text is one string, or a list of its lines.
std::string joined(const Json& source) {
  if (source.is_string()) return source.get<std::string>();
  std::string text;
  if (!source.is_array()) return text;
  for (const Json& line : source)
    if (line.is_string()) text += line.get_ref<const std::string&>();
  return text;
}

void add_cells(const Json& list, uint32_t& number, std::vector<CodeCell>& cells) {
  if (!list.is_array()) return;
  for (const Json& cell : list) {
    ++number;
    if (member(cell, "cell_type") != "code") continue;
    // nbformat 3 has "input" and names other languages than Python.
    const Json& source = member(cell, "source");
    const Json& language = member(cell, "language");
    if (language.is_string() && language != "python") continue;
    cells.push_back({number, joined(source.is_null() ? member(cell, "input") : source)});
  }
}

// Pictures in the outputs are most of a notebook: they are dropped as they are read.
bool is_wanted(int /*depth*/, Json::parse_event_t event, Json& parsed) {
  return event != Json::parse_event_t::key || (parsed != "outputs" && parsed != "attachments");
}

}  // namespace

Result<std::vector<CodeCell>> read_notebook(std::string_view json) {
  const Json notebook = Json::parse(json.begin(), json.end(), is_wanted, false);
  if (notebook.is_discarded()) return Error{"is no JSON"};
  const Json& worksheets = member(notebook, "worksheets");
  const Json& list = member(notebook, "cells");
  if (!list.is_array() && !worksheets.is_array()) return Error{"has no cells"};
  std::vector<CodeCell> cells;
  uint32_t number = 0;
  add_cells(list, number, cells);
  if (worksheets.is_array())
    for (const Json& sheet : worksheets) add_cells(member(sheet, "cells"), number, cells);
  return cells;
}

// To read the JSON takes longer than all else: only of what has the words without which no cell
// writes a file or submits a job.
static bool may_matter(std::string_view json) {
  auto has = [&](std::string_view word) { return json.find(word) != json.npos; };
  if (has("writefile") || has("%%file") || has("%% file")) return true;
  if (has("aiplatform") && (has("CustomJob") || has("TrainingJob(") || has("TuningJob(")))
    return true;
  if (!has("gcloud")) return false;
  return has("custom-jobs") || has("hp-tuning-jobs") ||
         (has("train") && (has("ai-platform") || has("ml-engine")));
}

std::map<std::string, NotebookContent> find_notebooks(const SourceTree& tree) {
  constexpr uint64_t largest = uint64_t{32} << 20;  // with pictures in it
  std::map<std::string, NotebookContent> found;
  for (const SourceFile& file : tree.files()) {
    if (file.kind != FileKind::file || !file.path.ends_with(".ipynb") || file.size > largest)
      continue;
    Result<Bytes> bytes = tree.read(file.path);
    if (!bytes || !may_matter(**bytes)) continue;
    Result<std::vector<CodeCell>> cells = read_notebook(**bytes);
    if (!cells) continue;
    NotebookContent content = content_of(*cells);
    if (!content.written.empty() || !content.scripts.empty() || !content.program.text.empty())
      found.emplace(file.path, std::move(content));
  }
  return found;
}

}  // namespace trainlint
