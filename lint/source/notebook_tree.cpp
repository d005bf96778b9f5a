#include <algorithm>
#include <utility>

#include "lint/source/notebook.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

// Another tree with texts of notebooks laid over it.
class NotebookTree final : public TreeOfCells {
 public:
  NotebookTree(std::unique_ptr<SourceTree> kept, std::unique_ptr<SourceTree> shown,
               std::map<std::string, CellText> cells)
      : kept_(std::move(kept)), shown_(std::move(shown)), cells_(std::move(cells)) {}

  const std::vector<SourceFile>& files() const override { return shown_->files(); }
  Result<Bytes> read(std::string_view path) const override { return shown_->read(path); }
  const CellText* cells(std::string_view path) const override {
    auto found = cells_.find(std::string(path));
    return found == cells_.end() ? nullptr : &found->second;
  }

 private:
  std::unique_ptr<SourceTree> kept_;  // on which `shown_` may stand
  std::unique_ptr<SourceTree> shown_;
  std::map<std::string, CellText> cells_;
};

struct LaidOver {
  std::map<std::string, Bytes> files;
  std::map<std::string, CellText> cells;

  void add(const std::string& path, const std::string& notebook, const NotebookText& text) {
    files[path] = std::make_shared<const std::string>(text.text);
    cells[path] = {relative_path(notebook, parent_folder(path)), text.lines};
  }
};

void add_scripts(const std::string& notebook, const NotebookContent& content, LaidOver& over) {
  const std::string stem = notebook.substr(0, notebook.size() - std::string_view(".ipynb").size());
  for (const NotebookText& script : content.scripts)
    over.add(stem + ".cell-" + std::to_string(script.lines.front().cell) + ".sh", notebook, script);
  if (!content.program.text.empty())
    over.add(stem + std::string(notebook_program_ending), notebook, content.program);
}

bool holds(const SourceTree& tree, const std::string& path, const std::string& text) {
  if (!tree.has_file(path)) return false;
  Result<Bytes> bytes = tree.read(path);
  return bytes && **bytes == text;
}

// The least that can be said of a file that only the running notebook knows.
std::string unknown_text(std::string_view path) {
  if (file_name(path) == "setup.py")
    return "import os\nimport setuptools\n\nsetuptools.setup(**eval(os.environ['SETUP']))\n";
  return path.ends_with(".py") ? "import os\n\nexec(os.environ['TEXT'])\n" : "";
}

bool is_python(std::string_view path) {
  return path.ends_with(".py");
}

// Puts an __init__.py where a Python file is written and there is none.
void add_init_files(const SourceTree& below, LaidOver& over) {
  std::set<std::string> folders;
  for (const auto& [path, bytes] : over.files)
    for (std::string folder = parent_folder(path); is_python(path) && !folder.empty();
         folder = parent_folder(folder))
      folders.insert(folder);
  for (const std::string& folder : folders)
    if (!below.has_file(folder + "/__init__.py"))
      over.files.emplace(folder + "/__init__.py", std::make_shared<const std::string>());
}

}  // namespace

static void lay_over(const SourceTree& below, const std::string& notebook,
                     const NotebookContent& content, LaidOver& over) {
  const std::string folder = parent_folder(notebook);
  for (const auto& [name, text] : content.written)
    over.add(join_path(folder, name), notebook, text);
  for (const std::string& name : content.touched)
    if (std::string path = join_path(folder, name); !below.has_file(path))
      over.files.emplace(std::move(path), std::make_shared<const std::string>());
  for (const std::string& name : content.filled) {
    const std::string path = join_path(folder, name);
    over.files[path] = std::make_shared<const std::string>(unknown_text(path));
    over.cells.erase(path);
  }
  if (content.makes_init_files) add_init_files(below, over);
  add_scripts(notebook, content, over);
}

std::unique_ptr<SourceTree> notebook_tree(const SourceTree& below, const std::string& path,
                                          const NotebookContent& content) {
  const std::string folder = parent_folder(path);
  const bool differs =
      std::any_of(content.written.begin(), content.written.end(), [&](const auto& file) {
        return !holds(below, join_path(folder, file.first), file.second.text);
      });
  if (!differs) return nullptr;
  std::set<std::string> tops;
  for (const auto& [name, text] : content.written)
    if (name.find('/') != std::string::npos) tops.insert(name.substr(0, name.find('/')));
  const std::string prefix = folder.empty() ? "" : folder + "/";
  std::vector<std::string> kept;
  for (const SourceFile& file : below.files()) {
    if (!file.path.starts_with(prefix)) continue;
    const std::string rest = file.path.substr(prefix.size());
    const size_t slash = rest.find('/');
    if (slash == std::string::npos ? file.kind != FileKind::folder
                                   : tops.count(rest.substr(0, slash)) > 0)
      kept.push_back(file.path);
  }
  LaidOver over;
  lay_over(below, path, content, over);
  std::unique_ptr<SourceTree> part = selection(below, kept);
  std::unique_ptr<SourceTree> shown = overlay(*part, std::move(over.files));
  return std::make_unique<NotebookTree>(std::move(part), std::move(shown), std::move(over.cells));
}

std::unique_ptr<SourceTree> with_notebook_scripts(
    const SourceTree& below, const std::map<std::string, NotebookContent>& notebooks) {
  LaidOver over;
  for (const auto& [path, content] : notebooks) add_scripts(path, content, over);
  std::unique_ptr<SourceTree> shown = overlay(below, std::move(over.files));
  return std::make_unique<NotebookTree>(nullptr, std::move(shown), std::move(over.cells));
}

}  // namespace trainlint
