#include <doctest/doctest.h>

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/support/golden.h"
#include "tests/support/pack.h"
#include "tests/support/temporary_folder.h"

using namespace trainlint;

namespace {

struct Outcome {
  int status;
  std::string out, err;
};

// Two trainer packages, one of which imports a module that is nowhere, and what lies beside them.
class Repository {
 public:
  Repository() {
    folder_.write(parse_txtar(R"(
-- good/setup.py --
from setuptools import find_packages, setup

setup(name="good", version="1", packages=find_packages())
-- good/trainer/__init__.py --
-- good/trainer/model.py --
def train(steps):
    print(steps)
-- good/trainer/task.py --
from trainer import model

if __name__ == "__main__":
    model.train(3)
-- bad/trainer/__init__.py --
-- bad/trainer/data/rows.csv --
1
-- bad/trainer/task.py --
from trainer import modle

if __name__ == "__main__":
    modle.train()
-- notes/notes.txt --
no package
-- notes/lone.py --
print(1)
-- notes/empty.tar.gz --
-- notes/broken.zip --
PK but no archive
)"));
  }

  // Runs the program by a shell, in a folder of the repository; `setting` goes before it.
  Outcome run(const std::string& arguments, const std::string& where = ".",
              const std::string& setting = "env -u NO_COLOR -u FORCE_COLOR") const {
    return shell(setting + " '" TRAINLINT_PROGRAM "' " + arguments, where);
  }

  Outcome shell(const std::string& command, const std::string& where = ".") const {
    std::string out = streams_.text() + "/out", err = streams_.text() + "/err";
    std::string all = "cd '" + folder_.text() + "/" + where + "' && { " + command + "; } >'" + out +
                      "' 2>'" + err + "'";
    int status = std::system(all.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, file_text(out), file_text(err)};
  }

  const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_, streams_;
};

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

bool is_one_line(const std::string& text) {
  return !text.empty() && std::count(text.begin(), text.end(), '\n') == 1 && text.back() == '\n';
}

}  // namespace

TEST_CASE("a clean package ends with 0, one with an error with 1") {
  Repository repository;
  Outcome good = repository.run("good");
  CHECK(good.status == 0);
  CHECK(good.out == "no problems in 1 package (4 files)\n");
  CHECK(good.err == "");
  Outcome bad = repository.run("bad");
  CHECK(bad.status == 1);
  CHECK(bad.err == "");
  CHECK_MESSAGE(bad.out.starts_with("bad/trainer/task.py:1:"), bad.out);
  CHECK_MESSAGE(has(bad.out, "1 error in 1 package (2 files)\n"), bad.out);
}

TEST_CASE("without a command the paths are linted, without a path the current folder") {
  Repository repository;
  Outcome all = repository.run("check good bad");
  CHECK(all.status == 1);
  CHECK(has(all.out, "in 2 packages (6 files)"));
  CHECK(repository.run("good bad").out == all.out);
  CHECK(repository.run("").out == all.out);
  CHECK(repository.run(".").out == all.out);
  CHECK(repository.run("--fail-on error").out == all.out);
  CHECK(repository.run("./").out == all.out);
  // From another folder only the way to the root differs.
  Outcome from_above = repository.run("../bad", "good");
  CHECK_MESSAGE(from_above.out.starts_with("../bad/trainer/task.py:1:"), from_above.out);
}

TEST_CASE("a file or a package's folder stands for its package, which is linted once") {
  Repository repository;
  std::string bad = repository.run("bad").out;
  for (const char* path :
       {"bad/trainer", "bad/trainer/", "bad/trainer/task.py", "bad/trainer/__init__.py",
        "bad/trainer/data/rows.csv", "bad/trainer/data", "bad bad/trainer bad/trainer/task.py ."}) {
    INFO(std::string(path));
    Outcome outcome = repository.run(path);
    CHECK(outcome.err == "");
    if (!std::string(path).ends_with(" ."))
      CHECK(outcome.out == bad);
    else
      CHECK_MESSAGE(has(outcome.out, "1 error in 2 packages (6 files)"), outcome.out);
  }
  CHECK(has(repository.run("good/setup.py").out, "no problems in 1 package (4 files)"));
  Outcome inside = repository.run("task.py", "bad/trainer");
  CHECK_MESSAGE(inside.out.starts_with("../trainer/task.py:1:"), inside.out);
  CHECK(repository.run(".", "bad/trainer").out == inside.out);
  CHECK(repository.run("", "bad/trainer").out == inside.out);
  std::string absolute = repository.folder().text() + "/bad";
  CHECK(repository.run("'" + absolute + "'").out.starts_with(absolute + "/trainer/task.py:1:"));
}

TEST_CASE("of what lies around a package that is in no project only small folders are read") {
  TemporaryFolder home;
  home.write(
      parse_txtar("-- trainer/__init__.py --\n-- trainer/task.py --\nimport shared\n"
                  "-- shared/__init__.py --\n-- notes.txt --\n"));
  for (int i = 0; i < 2100; ++i) home.write("photos/" + std::to_string(i), "");
  Repository repository;
  std::string files = repository.run("dump source '" + home.text() + "/trainer'").out;
  CHECK(has(files, "file notes.txt "));
  CHECK(has(files, "file shared/__init__.py "));
  CHECK(has(files, "file trainer/task.py "));
  CHECK_FALSE(has(files, "photos"));
  home.write("setup.py", "");
  files = repository.run("dump source '" + home.text() + "/trainer'").out;
  CHECK(has(files, "file photos/2099 "));
}

TEST_CASE("what cannot be linted is one line on stderr and status 2") {
  Repository repository;
  for (const char* arguments : {"missing",
                                "notes/notes.txt",
                                "notes/empty.tar.gz",
                                "notes/broken.zip",
                                "--format yaml good",
                                "--no-such-option",
                                "--fail-on never",
                                "--python-version 3.x good",
                                "--python-version 3.4 good",
                                "--python-version 3.15 good",
                                "--python-version 2.6 good",
                                "--package-path nowhere",
                                "--package-path good/setup.py",
                                "explain",
                                "explain no-such",
                                "dump",
                                "dump nothing good",
                                "graph .",
                                "graph missing",
                                "rules --format dot",
                                "--package-path good/trainer good bad",
                                "--module-name a..b good",
                                "--module-name . good",
                                "/dev/null"}) {
    INFO(std::string(arguments));
    Outcome outcome = repository.run(arguments);
    CHECK(outcome.status == 2);
    CHECK(outcome.out == "");
    CHECK_MESSAGE(is_one_line(outcome.err), outcome.err);
    CHECK(outcome.err.starts_with("trainlint: "));
  }
  CHECK(repository.run("missing").err == "trainlint: 'missing' does not exist\n");
  // The paths beside it are linted all the same.
  Outcome others = repository.run("missing bad");
  CHECK(others.status == 2);
  CHECK(others.err == "trainlint: 'missing' does not exist\n");
  CHECK(has(others.out, "bad/trainer/task.py"));
  CHECK(has(repository.run("graph .").err, "bad/trainer, good/trainer"));
}

TEST_CASE("a file that cannot be read does not hide a failing import") {
  Repository repository;
  repository.folder().write("bad/trainer/other.py", "import json\n");
  std::filesystem::create_symlink("nothing", repository.folder().path() / "bad/trainer/gone.py");
  for (const char* command : {"bad", "graph bad", "dump graph bad"}) {
    INFO(std::string(command));
    CHECK(repository.run(command).status == (std::string_view(command) == "bad" ? 1 : 0));
  }
  CHECK(has(repository.run("bad --format concise").out, "bad/trainer/task.py:1:"));
}

// No fixture: these are run with stubs for what is not installed, which find no .pyx.
TEST_CASE("Cython's importer finds modules that Python does not") {
  Repository repository;
  repository.folder().write("good/trainer/fast.pyx", "def rows():\n    return [1]\n");
  repository.folder().write("good/trainer/task.py",
                            "import pyximport\n\npyximport.install()\n\n"
                            "from trainer import fast\n\nprint(fast.rows())\n");
  Outcome outcome = repository.run("good");
  CHECK_MESSAGE(outcome.status == 0, outcome.out);
}

TEST_CASE("a setup.py that would take for ever is unknown, soon") {
  for (const char* body : {"x = []\nwhile True:\n    x = x + ['a'] * 1000\n",
                           "x = ''\nwhile True:\n    x += 'a' * 1000\n",
                           "x = []\nfor i in range(60):\n    x = [x, x]\nsetup(packages=x)\n",
                           "x = ['a']\nfor i in range(100):\n    x = x + x\n"}) {
    INFO(std::string(body));
    Repository repository;
    repository.folder().write("good/setup.py",
                              std::string("from setuptools import setup\n") + body);
    CHECK(repository.run("good", ".", "ulimit -t 10;").status <= 1);
  }
}

TEST_CASE("where there is no package there is nothing to find, and a line says so") {
  Repository repository;
  repository.folder().write("data/x/y.csv", "1");
  Outcome folder = repository.run("data");
  CHECK(folder.status == 2);  // a gate that looked at nothing must not open
  CHECK(folder.out == "");
  CHECK(folder.err == "trainlint: there is no trainer package in 'data'\n");
  Outcome file = repository.run("notes/lone.py");
  CHECK(file.status == 0);
  CHECK(is_one_line(file.err));
  // A hook passes such files among others.
  Outcome both = repository.run("notes/lone.py good/trainer/task.py");
  CHECK(both.status == 0);
  CHECK(both.err == "");
  CHECK(has(repository.run("data --format json").out, "\"packages\": []"));
}

TEST_CASE("a file too large for source text is passed over, which Python would not do") {
  Repository repository;
  repository.folder().write("good/trainer/table.py", std::string((size_t{16} << 20) + 1, '\n'));
  repository.folder().write("good/trainer/task.py",
                            "from trainer.table import rows\nprint(rows)\n");
  Outcome outcome = repository.run("good --format concise");
  CHECK(outcome.status == 0);
  CHECK(has(outcome.out, "good/trainer/table.py: warning: is not read: larger than 16 MiB"));
}

TEST_CASE("reports: concise, JSON, colors") {
  Repository repository;
  Outcome concise = repository.run("bad --format concise");
  CHECK(std::count(concise.out.begin(), concise.out.end(), '\n') == 2);
  CHECK(concise.status == 1);
  Outcome json = repository.run("bad --format json | python3 -m json.tool");
  CHECK(json.status == 0);
  CHECK(has(json.out, "\"path\": \"trainer/task.py\""));
  CHECK(has(json.out, "\"root\": \"bad\""));
  CHECK(has(json.out, "\"entry\": \"trainer.task\""));
  auto colored = [&](const std::string& arguments, const std::string& setting) {
    return has(repository.run("bad " + arguments, ".", "env " + setting).out, "\033[");
  };
  CHECK_FALSE(colored("", "-u NO_COLOR -u FORCE_COLOR TERM=xterm"));
  CHECK(colored("--color always", "-u FORCE_COLOR NO_COLOR=1"));
  CHECK_FALSE(colored("--color never", "FORCE_COLOR=1 -u NO_COLOR"));
  CHECK(colored("", "-u NO_COLOR FORCE_COLOR=1"));
  CHECK_FALSE(colored("", "-u NO_COLOR FORCE_COLOR=0"));
  CHECK_FALSE(colored("--color auto", "NO_COLOR=1 FORCE_COLOR=1"));
  CHECK(colored("--color never --color always", "-u NO_COLOR"));  // the last one counts
}

TEST_CASE("an archive is linted like a folder") {
  Repository repository;
  std::map<std::string, std::string> files;
  for (const char* path : {"trainer/__init__.py", "trainer/task.py"})
    files[path] = file_text(repository.folder().text() + "/bad/" + path);
  files["setup.py"] = file_text(repository.folder().text() + "/good/setup.py");
  // What a file is decides its content, not its name.
  for (const char* name : {"bad.tar.gz", "bad.zip", "bad.data"}) {
    INFO(std::string(name));
    Packing packing = std::string(name).ends_with("zip") ? Packing::zip : Packing::tar_gz;
    repository.folder().write(name, *pack_files(files, packing, "trainer-0.1/"));
    Outcome outcome = repository.run(name);
    CHECK(outcome.status == 1);
    CHECK_MESSAGE(outcome.out.starts_with(std::string(name) + "/trainer/task.py:1:"), outcome.out);
    CHECK(has(repository.run(std::string(name) + " --format json").out, "\"kind\": \"sdist\""));
  }
}

TEST_CASE("flags say how the job is started") {
  Repository repository;
  repository.folder().write("other/jobs/__init__.py", "");
  repository.folder().write("other/jobs/run.py", "import jobs.gone\n");
  for (const char* arguments :
       {"--package-path other/jobs --module-name jobs.run",
        "other --package-path jobs "
        "--module-name jobs.run",
        "other --module-name jobs.run",
        "--package-path=other/jobs/ --module-name=jobs.run --module-name=jobs.run"}) {
    INFO(std::string(arguments));
    Outcome outcome = repository.run(arguments);
    CHECK(outcome.status == 1);
    CHECK_MESSAGE(outcome.out.starts_with("other/jobs/run.py:1:"), outcome.out, outcome.err);
    CHECK(has(outcome.out, "in 1 package (2 files)"));
  }
  Outcome launch = repository.run(
      "dump launch good --python-version 3.7 --module-name trainer.model -- --epochs 3 a' 'b");
  CHECK(launch.status == 0);
  CHECK_MESSAGE(has(launch.out, "module 'trainer.model' (given)\npython 3.7\n"), launch.out);
  CHECK(has(launch.out, "argument '--epochs'\nargument '3'\nargument 'a b'\n"));
}

TEST_CASE("explain, rules, help and version") {
  Repository repository;
  Outcome explained = repository.run("explain unreadable-file");
  CHECK(explained.status == 0);
  CHECK(explained.out.starts_with("unreadable-file (source, error)\n"));
  CHECK(repository.run("explain unreadable_file").out == explained.out);
  CHECK(repository.run("explain unreadable-fiel").err ==
        "trainlint: there is no rule 'unreadable-fiel'; did you mean 'unreadable-file'?\n");
  CHECK(has(repository.run("explain xyzzy").err, "'trainlint rules' lists all"));
  Outcome rules = repository.run("rules");
  CHECK(rules.status == 0);
  CHECK(has(rules.out, "\nunreadable-file "));
  CHECK(repository.run("rules --format json | python3 -m json.tool").status == 0);
  CHECK(repository.run("--version").out.starts_with("trainlint " TRAINLINT_VERSION));
  Outcome help = repository.run("--help");
  CHECK(help.status == 0);
  for (const char* word : {"check", "explain", "rules", "graph", "dump", "Exit status"})
    CHECK(has(help.out, word));
  CHECK(has(repository.run("check --help").out, "--fail-on"));
}

TEST_CASE("the import graph and every stage can be printed") {
  Repository repository;
  CHECK(repository.run("graph good").out.starts_with("digraph \"good/trainer\" {\n"));
  CHECK(repository.run("graph good --format mermaid").out.starts_with("flowchart LR\n"));
  CHECK(repository.run("graph good --format json | python3 -m json.tool").status == 0);
  for (const char* stage :
       {"source", "modules", "module", "project", "distribution", "launch", "graph"}) {
    INFO(std::string(stage));
    Outcome outcome = repository.run("dump " + std::string(stage) + " good");
    CHECK(outcome.status == 0);
    CHECK(outcome.out != "");
    CHECK(outcome.err == "");
  }
  std::string one = repository.run("dump module good/trainer/task.py").out;
  CHECK(has(one, "trainer/task.py"));
  CHECK_FALSE(has(one, "trainer/model.py"));
  CHECK(has(repository.run("dump launch .").out, "## good/trainer\n"));
}

TEST_CASE("a reader who has gone is no crash, a full disk is a message") {
  Repository repository;
  Outcome gone = repository.shell("{ sleep 0.2; '" TRAINLINT_PROGRAM
                                  "' rules --format json; echo $? >status; } | true");
  CHECK(gone.err == "");
  CHECK(file_text(repository.folder().text() + "/status") == "0\n");
  if (std::ofstream("/dev/full").is_open()) {
    Outcome full = repository.run("good >/dev/full");
    CHECK(full.status == 2);
    CHECK_MESSAGE(has(full.err, "trainlint: cannot write the report"), full.err);
  }
}
