#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/source/cells.h"
#include "lint/text/result.h"

namespace trainlint {

// A Jupyter notebook, as what happens in the folder that it lies in when all of its cells are run
// from the first to the last.

struct CodeCell {
  uint32_t number = 1;  // among the cells of all kinds
  std::string text;
};

// Whether a text may start a job by Vertex AI's Python SDK, before it is parsed.
bool mentions_sdk_job(std::string_view text);

// The code cells of a notebook (nbformat 3 and 4), in order. Fails for what is none.
Result<std::vector<CodeCell>> read_notebook(std::string_view json);

struct NotebookText {
  std::string text;
  std::vector<CellLine> lines;  // of the text's lines
};

struct NotebookContent {
  std::map<std::string, NotebookText> written;  // by %%writefile; paths from its folder
  std::set<std::string> touched;                // what other commands create, empty
  std::set<std::string> filled;                 // or with what only they know
  std::set<std::string> changed;                // top folders into which others copy files
  bool makes_init_files = false;                // __init__.py, nobody knows in which folders
  bool writes_elsewhere = false;                // other files of packages, nobody knows where
  std::vector<NotebookText> scripts;            // of each cell that has shell commands: only those
  NotebookText program;                         // all the Python of the cells, if it uses Vertex AI
};

// Files in a folder that is not known ("%%writefile $DIR/task.py", or after "%cd $DIR") or that
// lies elsewhere are left out.
NotebookContent content_of(const std::vector<CodeCell>& cells);

// `below` as it is with the notebook at `path`. All of these keep parts of it: `below` must outlive
// them.

// The folder of the notebook after the cells have written their files: what lies in it directly,
// and the folders that they write to. Null where that differs in nothing from what is there.
std::unique_ptr<SourceTree> notebook_tree(const SourceTree& below, const std::string& path,
                                          const NotebookContent& content);
// How the name of a notebook's Python ends.
constexpr std::string_view notebook_program_ending = ".cells";

// With the shell commands of the notebooks at `paths` as scripts beside them, "x.cell-3.sh", and
// their Python as "x.cells".
std::unique_ptr<SourceTree> with_notebook_scripts(
    const SourceTree& below, const std::map<std::string, NotebookContent>& notebooks);

// The notebooks of a tree that write files or run gcloud, by path.
std::map<std::string, NotebookContent> find_notebooks(const SourceTree& tree);

}  // namespace trainlint
