#include <doctest/doctest.h>

#include <fmt/format.h>

#include <map>
#include <string>

#include "lint/pipeline.h"
#include "lint/report/report.h"
#include "lint/source/notebook.h"
#include "tests/support/listing_text.h"

using namespace trainlint;

static std::string cells_text(std::string_view json) {
  Result<std::vector<CodeCell>> cells = read_notebook(json);
  if (!cells) return "error: " + cells.error();
  std::string text;
  for (const CodeCell& cell : *cells) text += fmt::format("{}:{}|", cell.number, cell.text);
  return text;
}

// What code cells do, in one line a fact.
static std::string content_text(const std::vector<std::string>& cells) {
  std::vector<CodeCell> code;
  for (const std::string& text : cells)
    code.push_back({static_cast<uint32_t>(code.size() + 1), text});
  const NotebookContent content = content_of(code);
  std::string text;
  for (const auto& [path, file] : content.written) {
    text += fmt::format("{}: {}[", path, file.text);
    for (const CellLine& line : file.lines) text += fmt::format(" {}:{}", line.cell, line.line);
    text += " ]\n";
  }
  for (const std::string& path : content.touched) text += "touched " + path + "\n";
  for (const std::string& path : content.filled) text += "filled " + path + "\n";
  for (const std::string& path : content.changed) text += "changed " + path + "\n";
  if (content.makes_init_files) text += "init files\n";
  if (content.writes_elsewhere) text += "elsewhere\n";
  for (const NotebookText& script : content.scripts)
    text +=
        fmt::format("script {}:{} {}\n", script.lines[0].cell, script.lines[0].line, script.text);
  return text;
}

TEST_CASE("notebooks of all formats give their code cells") {
  CHECK(cells_text(R"({"nbformat":4,"cells":[{"cell_type":"markdown","source":["a"]},
    {"cell_type":"code","source":["x = 1\n","y"],"outputs":[{"data":{"image/png":"AAAA"}}]},
    {"cell_type":"code","source":"z"}]})") == "2:x = 1\ny|3:z|");
  CHECK(cells_text(R"({"nbformat":3,"worksheets":[{"cells":[{"cell_type":"code","input":["a"],
    "language":"python"},{"cell_type":"heading","source":"b"},{"cell_type":"code","input":"c"}]}]})") ==
        "1:a|3:c|");
}

TEST_CASE("only the cells' own members are read, in any order") {
  CHECK(cells_text(R"({"metadata":{"source":["a"],"kernelspec":{"source":"b"}},"cells":[
    {"source":["x\n","y"],"metadata":{"source":"no","tags":["c"]},"outputs":[{"source":["no"]}],
     "attachments":{"source":["no"]},"cell_type":"code"}],"nbformat_minor":4,
    "cells_of":{"cells":[{"cell_type":"code","source":"no"}]},
    "last":{"a":"b","source":"no","list":["no",["no"]]}})") == "1:x\ny|");
  CHECK(cells_text(R"({"cells":[{"cell_type":"code","source":["a",["no"],{"b":"no"},"c"]},
    {"cell_type":"code","source":{"a":"no"}},{"cell_type":"code","source":null,"input":"d"},
    ["code",{"cell_type":"code","source":"no"}],
    {"source":["first"],"source":["second"],"cell_type":"code"}]})") == "1:ac|2:|3:d|5:second|");
  CHECK(cells_text(R"({"worksheets":[[{"cells":[{"cell_type":"code","input":"no"}]}],
    {"cells":[{"cell_type":"code","input":"a","language":"ruby"}]},{"other":[1]},
    {"cells":[{"input":["b"],"cell_type":"code"}]}]})") == "2:b|");
}

TEST_CASE("what is no notebook is refused, whatever it holds") {
  CHECK(cells_text("") == "error: is no JSON");
  CHECK(cells_text("{\"cells\": [") == "error: is no JSON");
  CHECK(cells_text("\xff\xfe{}") == "error: is no JSON");
  CHECK(cells_text("[]") == "error: has no cells");
  CHECK(cells_text("{}") == "error: has no cells");
  CHECK(cells_text("{\"cells\": 3}") == "error: has no cells");
  CHECK(cells_text("{\"cells\": []}") == "");
  CHECK(cells_text(R"({"cells":[1,null,[],{},{"cell_type":"code"},{"cell_type":"code","source":7},
    {"cell_type":"code","source":["a",5,null,"b"]}]})") == "5:|6:|7:ab|");
  CHECK(cells_text(std::string(200'000, '[')) == "error: is no JSON");
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  CHECK(cells_text("{\"metadata\": " + deep + ", \"cells\": []}") == "");
  CHECK(cells_text("{\"cells\": " + deep + "}") == "");
}

TEST_CASE("cells write files: later ones again, or more of them") {
  CHECK(content_text({"%%writefile a/b.py\nx\ny", "%%writefile -a a/b.py\nz\n"}) ==
        "a/b.py: x\ny\nz\n[ 1:2 1:3 2:2 2:3 ]\n");
  CHECK(content_text({"%%writefile b.py\nx\n", "\n\n%%file ./b.py\ny"}) ==
        "b.py: y\n[ 2:4 2:5 ]\n");
  CHECK(content_text({"%%writefile 'b.py'\r\nx\r\ny"}) == "b.py: x\r\ny\n[ 1:2 1:3 1:4 ]\n");
  CHECK(content_text({"%%capture\n%%writefile b.py\nx"}) == "b.py: x\n[ 1:3 1:4 ]\n");
  CHECK(content_text({"%%writefile -a b.py\nx"}) == "filled b.py\n");
}

TEST_CASE("names of files are completed by variables with one known text") {
  CHECK(content_text({"DIR = 'a'  # here\nN = 'm'", "%%writefile {DIR}/$N.py\nx"}) ==
        "a/m.py: x\n[ 2:2 2:3 ]\n");
  CHECK(content_text({"DIR = 'a'\nDIR = f()", "%%writefile {DIR}/b.py\nx"}) == "elsewhere\n");
  CHECK(
      content_text({"DIR = 'a'\n!touch {DIR}/__init__.py"}).starts_with("touched a/__init__.py\n"));
}

TEST_CASE("files in folders that nobody knows are left out") {
  CHECK(content_text({"%%writefile $DIR/b.py\nx"}) == "elsewhere\n");
  CHECK(content_text({"%%writefile $DIR\nx"}) == "");
  for (const char* name : {"/tmp/b.py", "../b.py", "~/b", "a b", ""})
    CHECK(content_text({fmt::format("%%writefile {}\nx", name)}) == "");
  CHECK(content_text({"%%writefile b.py"}) == "");
  CHECK(content_text({"%cd work", "%%writefile b.py\nx", "%cd $X", "%%writefile c.py\nx"}) ==
        "work/b.py: x\n[ 2:2 2:3 ]\nelsewhere\n");
  CHECK(content_text({"import os\nos.chdir('a')", "%%file b.py\nx", "os.chdir('..')",
                      "%%file c.py\ny"}) == "a/b.py: x\n[ 2:2 2:3 ]\nc.py: y\n[ 4:2 4:3 ]\n");
}

TEST_CASE("other commands make files too") {
  CHECK(content_text({"%%bash\nmkdir -p t\ntouch t/__init__.py"})
            .starts_with("touched t/__init__.py\n"));
  CHECK(content_text({"!echo \"$x\" > t/a.py"}).starts_with("filled t/a.py\n"));
  CHECK(content_text({"%%bash\ncd t; cat >> a.py <<E\nE"}).starts_with("filled t/a.py\n"));
  CHECK(content_text({"!cp -r ../x trainer"}).starts_with("changed trainer\n"));
  CHECK(content_text({"!git clone https://host/own/code.git"}).starts_with("changed code\n"));
  CHECK(content_text({"with open('t/a.py', 'w') as f:\n  f.write(x)"}) == "filled t/a.py\n");
  CHECK(content_text({"with open('t/a.py') as f:\n  f.read()"}) == "");
  CHECK(content_text({"Path(folder, '__init__.py').touch()"}) == "init files\n");
  CHECK(content_text({"%%bash\ntouch $DIR/__init__.py"}).starts_with("init files\n"));
}

TEST_CASE("what puts files into folders, nobody knows which, is noted") {
  for (const std::string cell :
       {"!unzip x.zip", "!tar xzf x.tgz", "!git clone https://x/r .", "!git apply x.patch",
        "!python make_model.py", "%run make_model.py", "!make", "!bash make.sh", "!./make.sh",
        "!patch -p1 < x.patch", "!jupyter nbconvert --to python model.ipynb", "!gdown --id 7",
        "zipfile.ZipFile('x.zip').extractall()", "shutil.unpack_archive('x.zip')",
        "subprocess.run(['git', 'clone', 'https://x/r', '.'])", "%save trainer/model.py 1",
        "!protoc --python_out=trainer x.proto", "%%writetemplate trainer/model.py\nx"})
    CHECK_MESSAGE(content_text({cell}).starts_with("elsewhere\n"), cell);
  for (const std::string cell : {"!pip install x", "!ls", "!python -m trainer.task", "!git log",
                                 "!python ./setup.py sdist", "!jupyter nbconvert --to html x.ipynb",
                                 "pythonModule: trainer.task", "%%bigquery\nselect 1"})
    CHECK_MESSAGE(content_text({cell}).find("elsewhere") == std::string::npos, cell);
  // A script that a cell writes can be looked at: one that names no module writes none.
  CHECK(content_text({"%%writefile a.py\n1", "!python a.py"}).find("elsewhere") ==
        std::string::npos);
  CHECK(content_text({"%%writefile a.py\nopen('b.py', 'w')", "!python a.py"}).find("elsewhere") !=
        std::string::npos);
  for (const std::string cell :
       {"!wget -P trainer https://x/model.py", "!unzip -d trainer x.zip",
        "!tar xzf x.tgz -C trainer", "%cp m.py trainer/", "os.system('cp m.py trainer/')",
        "gfile.copy('gs://x', 'trainer/m.py')"})
    CHECK_MESSAGE(content_text({cell}).starts_with("changed trainer\n"), cell);
  for (const std::string cell :
       {"!wget -O trainer/m.py https://x", "!curl -o trainer/m.py https://x",
        "urlretrieve(u, 'trainer/m.py')", "blob.download_to_filename('trainer/m.py')"})
    CHECK_MESSAGE(content_text({cell}).starts_with("filled trainer/m.py\n"), cell);
}

TEST_CASE("shell commands of a cell are a script with the lines of the cell") {
  CHECK(content_text({"x = 1\n!gcloud a \\\n  --b={x} '{y.z[0]}'\ny = !ls $x"}) ==
        "script 1:1      \n gcloud a \\\n  --b=$x_ \"$y_z_0__\"\n     ls $x\n");
  CHECK(content_text({"%%bash -s 1\nls {a,b} '$x'"}) == "script 1:2 ls {a,b} '$x'\n");
  CHECK(content_text({"%%html\n!x", "if a != b: pass", "# !x", "%%bigquery\n!x"}) == "");
}

static std::unique_ptr<SourceTree> example() {
  return memory_tree({{"nb/fares.ipynb", R"({"cells":[{"cell_type":"markdown","source":"a"},
    {"cell_type":"code","source":["%%writefile trainer/task.py\n","import os\n","\n","import model\n"]},
    {"cell_type":"code","source":"%%writefile trainer/model.py\n"},
    {"cell_type":"code","source":"%%writefile trainer/model.py\nX = 1"},
    {"cell_type":"code","source":"!touch trainer/__init__.py"}]})"},
                      {"nb/other/big.py", "x"},
                      {"nb/trainer/data.csv", "1"}});
}

TEST_CASE("a notebook's files are laid over the folder that it lies in") {
  std::unique_ptr<SourceTree> tree = example();
  const std::map<std::string, NotebookContent> notebooks = find_notebooks(*tree);
  REQUIRE(notebooks.size() == 1);
  std::unique_ptr<SourceTree> after =
      notebook_tree(*tree, "nb/fares.ipynb", notebooks.begin()->second);
  REQUIRE(after);
  CHECK_FALSE(after->has_file("nb/other/big.py"));
  CHECK(after->has_file("nb/trainer/data.csv"));
  CHECK(content_of(*after, "nb/trainer/__init__.py") == "");
  CHECK(content_of(*after, "nb/trainer/model.py") == "X = 1\n");
  std::unique_ptr<SourceTree> part = subtree(*after, "nb");
  const CellText* cells = cells_of(*part, "trainer/task.py");
  REQUIRE(cells);
  CHECK(cells->notebook == "../fares.ipynb");
  CHECK(cells->lines[2].cell == 2);
  CHECK(cells->lines[2].line == 4);
  CHECK(cells_of(*part, "trainer/data.csv") == nullptr);
}

TEST_CASE("reports name the cell and its line") {
  std::unique_ptr<SourceTree> tree = example();
  const std::vector<Run> runs = lint_tree(*tree, TreeKind::folder, "given", {}, all_rules());
  REQUIRE(runs.size() == 1);
  CHECK(
      text_report(runs, {.concise = true}) ==
      "given/nb/fares.ipynb:cell 2:4:8: error: no module named 'model' on the worker: it is called "
      "'trainer.model' there [implicit-relative-import]\n1 error in 1 package (3 files)\n");
  CHECK(text_report(runs, {}).find("4 | import model\n") != std::string::npos);
  const std::string json = json_report(runs);
  CHECK(json.find("\"path\": \"fares.ipynb\",\n      \"cell\": 2") != std::string::npos);
  CHECK(json.find("\"line\": 4") != std::string::npos);
  const std::string github = report(runs, ReportFormat::github, {});
  CHECK(github.starts_with("::error file=given/nb/fares.ipynb,title="));
  CHECK(github.find("::cell 2:4:8: no module") != std::string::npos);
  CHECK_FALSE(runs[0].findings[0].fix);
}
