#include "lint/source/notebook.h"

#include <array>
#include <optional>

#include <nlohmann/json.hpp>

#include "lint/text/path.h"

namespace trainlint {

namespace {

using Json = nlohmann::json;

// Picks the code cells out of a notebook while it is read: pictures in the outputs are most of its
// text, and nothing of them is kept. `depth_` counts the lists and objects that are open.
class CellFinder final : public nlohmann::json_sax<Json> {
 public:
  std::vector<CodeCell> cells;
  bool has_cells = false;

  bool key(string_t& name) override {
    if (depth_ < keys_.size()) keys_[depth_] = name;
    return true;
  }

  bool start_object(std::size_t /*size*/) override {
    begin_value();
    if (is_element()) cell_.emplace();
    return open();
  }

  bool end_object() override {
    --depth_;
    if (is_element()) end_cell();
    return true;
  }

  bool start_array(std::size_t /*size*/) override {
    begin_value();
    // {"cells": []}, and {"worksheets": [{"cells": []}]} of nbformat 3
    const bool top = depth_ == 1 && keys_[1] == "cells";
    const bool sheets = depth_ == 1 && keys_[1] == "worksheets";
    const bool of_sheet = depth_ == 3 && keys_[1] == "worksheets" && keys_[3] == "cells";
    has_cells = has_cells || top || sheets;
    in_lines_ = in_lines_ || source(depth_) != nullptr;
    if (list_ == 0 && (top || of_sheet)) list_ = depth_ + 1;
    return open();
  }

  bool end_array() override {
    if (depth_ == list_ + 2) in_lines_ = false;
    if (depth_ == list_) list_ = 0;
    --depth_;
    return true;
  }

  bool string(string_t& value) override {
    begin_value();
    if (std::optional<std::string>* text = source(depth_)) *text = value;
    if (in_cell() && keys_[depth_] == "cell_type") cell_->is_code = value == "code";
    if (in_cell() && keys_[depth_] == "language") cell_->is_python = value == "python";
    if (in_lines_ && depth_ == list_ + 2) source(depth_ - 1)->value() += value;
    return true;
  }

  bool null() override {
    begin_value();
    if (std::optional<std::string>* text = source(depth_)) text->reset();
    return true;
  }
  bool boolean(bool /*value*/) override { return begin_value(); }
  bool number_integer(number_integer_t /*value*/) override { return begin_value(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return begin_value(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
    return begin_value();
  }
  bool binary(binary_t& /*value*/) override { return begin_value(); }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

 private:
  struct Cell {
    bool is_code = false;
    bool is_python = true;                     // nbformat 3 names other languages
    std::optional<std::string> source, input;  // the latter in nbformat 3
  };

  bool is_element() const { return list_ != 0 && depth_ == list_; }
  bool in_cell() const { return cell_ && list_ != 0 && depth_ == list_ + 1; }

  // Where a value that begins here is the text of a cell; null elsewhere.
  std::optional<std::string>* source(size_t depth) {
    if (!cell_ || list_ == 0 || depth != list_ + 1) return nullptr;
    if (keys_[depth] == "source") return &cell_->source;
    return keys_[depth] == "input" ? &cell_->input : nullptr;
  }

  // A text is one string, or a list of its lines; anything else is an empty one.
  bool begin_value() {
    if (is_element()) {
      ++number_;
      cell_.reset();
    }
    if (std::optional<std::string>* text = source(depth_)) *text = std::string();
    if (in_cell()) in_lines_ = false;
    return true;
  }

  bool open() {
    if (++depth_ < keys_.size()) keys_[depth_].clear();
    return true;
  }

  void end_cell() {
    if (cell_ && cell_->is_code && cell_->is_python)
      cells.push_back({number_, cell_->source ? *cell_->source : cell_->input.value_or("")});
    cell_.reset();
  }

  size_t depth_ = 0;
  std::array<std::string, 8>
      keys_;                  // by depth: the member that is being read; deeper ones do not matter
  size_t list_ = 0;           // depth inside the list of cells; 0 outside
  uint32_t number_ = 0;       // of the cell, among those of all kinds
  std::optional<Cell> cell_;  // while its object is open
  bool in_lines_ = false;     // in the list of a cell's lines
};

}  // namespace

Result<std::vector<CodeCell>> read_notebook(std::string_view json) {
  CellFinder finder;
  if (!Json::sax_parse(json.begin(), json.end(), &finder)) return Error{"is no JSON"};
  if (!finder.has_cells) return Error{"has no cells"};
  return std::move(finder.cells);
}

bool mentions_sdk_job(std::string_view text) {
  auto has = [&](std::string_view word) { return text.find(word) != text.npos; };
  return has("aiplatform") && (has("CustomJob") || has("TrainingJob(") || has("TuningJob("));
}

// To read the JSON takes longer than all else: only of what has the words without which no cell
// writes a file or submits a job.
static bool may_matter(std::string_view json) {
  auto has = [&](std::string_view word) { return json.find(word) != json.npos; };
  if (has("writefile") || has("%%file") || has("%% file") || mentions_sdk_job(json)) return true;
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
