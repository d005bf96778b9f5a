#!/usr/bin/env python3
"""Asks CPython whether `python -m MODULE` gets through the imports of a package.

Third-party modules are stubbed and `__name__` is not "__main__" in the entry; everything else is
carried out. Three layouts: `folder` is what `gcloud ai-platform local train` sees (the package's root
is sys.path[0]); `worker` is what gcloud's sdist installs, built by the real setuptools; `path` is a
container that runs `python trainer/task.py` (the package's folder is sys.path[0]).

  import_oracle.py ROOT MODULE [--layout folder|worker|path] [--guarded] [--package NAME]
  import_oracle.py --batch [--jobs N] < cases > answers

A case is a JSON object a line: {"id", "root" or "files" {path: text}, "entry", and optionally
"layout", "guarded", "package"}. The answer repeats "id" and has "verdict": ok, fails, refused (the
package cannot be built), or oracle error; for a failure "error" (class), "message", "file" and
"line" (in the folder, also for the worker), "chain", and "counts": whether the error is about
imports or names rather than something else that module-level code did. "guarded" gets past such
other errors (see guard.py) and forbids effects on the machine: needed for code of strangers.
"""

import argparse
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = {".git", "__pycache__", "node_modules", "venv", ".venv", ".ipynb_checkpoints"}
MODULE_ENDS = (".py", ".so", ".pyc", ".pyi")


def modules_by_folder(root):
    """{folder below root ("" is the root): names under which its modules could be imported}."""
    found = {"": set()}
    for where, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        modules = {name.partition(".")[0] for name in files if name.endswith(MODULE_ENDS)}
        if not modules:
            continue
        below = os.path.relpath(where, root).replace(os.sep, "/")
        below = "" if below == "." else below
        found.setdefault(below, set()).update(modules - {"__init__"})
        while below:
            below, _, name = below.rpartition("/")
            found.setdefault(below, set()).add(name)
    return {folder: sorted(names) for folder, names in found.items()}


def write_files(folder, files):
    for path, text in files.items():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(text.encode("utf-8", "surrogateescape"))


class Server:
    """A process that answers one JSON line with another."""

    def __init__(self, *command):
        self.process = subprocess.Popen([sys.executable, *command], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def ask(self, question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Oracle:
    def __init__(self):
        self.importer = Server("-I", "-S", os.path.join(HERE, "import_server.py"))
        self.builder = None
        self.installations = {}

    def stop(self):
        self.importer.stop()
        if self.builder:
            self.builder.stop()

    def build(self, question):
        if not self.builder:
            self.builder = Server("-I", os.path.join(HERE, "build_server.py"))
        return self.builder.ask(question)

    def install(self, case, root, package, out):
        """Builds and installs; packages that differ only in what stands in the modules of the
        package's own folder are installed alike, and only the first of them is built."""
        key = None
        if "files" in case:
            key = json.dumps([package, [(path, "" if path.startswith(package + "/") else text)
                                        for path, text in sorted(case["files"].items())]])
            known = self.installations.get(key)
            if known is not None:
                for target, source in known["sources"].items():
                    target = os.path.join(out, "installed", target)
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    shutil.copyfile(os.path.join(root, source), target)
                os.makedirs(os.path.join(out, "installed"), exist_ok=True)
                return {"installed": os.path.join(out, "installed"), **known}
        built = self.build({"root": root, "package": package, "out": out})
        # What setup.py writes itself is not there to be copied.
        if key and "sources" in built and case["files"].keys() >= set(built["sources"].values()):
            self.installations[key] = {name: built[name] for name in ("sources", "requires")}
        return built

    def judge(self, case):
        with tempfile.TemporaryDirectory(prefix="oracle-") as scratch:
            scratch = os.path.realpath(scratch)
            root = os.path.join(scratch, "root")
            if "files" in case:
                os.mkdir(root)
                write_files(root, case["files"])
            else:
                shutil.copytree(case["root"], root, symlinks=True,
                                ignore=shutil.ignore_patterns(".git"))
            return {"id": case.get("id"), **self.answer(case, scratch, root)}

    def answer(self, case, scratch, root):
        package = case.get("package", case["entry"].partition(".")[0])
        question = {"entry": case["entry"], "guarded": case.get("guarded", False),
                    "modules": modules_by_folder(root), "limit": case.get("limit", 60)}
        if case.get("layout", "folder") == "folder":
            return self.importer.ask({**question, "tree": root, "cwd": root, "first": True})
        if case["layout"] == "path":
            question["entry"] = case["entry"].rpartition(".")[2]
            return self.importer.ask({**question, "tree": root, "first": True,
                                      "cwd": os.path.join(root, package)})
        out, empty = os.path.join(scratch, "out"), os.path.join(scratch, "empty")
        os.mkdir(out)
        os.mkdir(empty)
        built = self.install(case, root, package, out)
        if "refused" in built:
            return {"verdict": "refused", "message": built["refused"], "stage": built["stage"]}
        # What is declared as a dependency is a third party's, whatever else has its name.
        declared = [name.lower().replace("-", "_") for name in built["requires"]]
        question.update(sources=built["sources"], third_party=declared)
        tree = built["installed"]
        result = self.importer.ask({**question, "tree": tree, "cwd": empty, "first": False})
        sources = built["sources"]
        result["installed"] = sorted(sources)
        if result.get("file"):
            result["file"] = sources.get(result["file"], result["file"])
            result["chain"] = [(sources.get(path, path), line) for path, line in result["chain"]]
        return result


def run_batch(lines, jobs, write):
    """Judges the cases on several threads and writes the answers in the cases' order."""
    cases, answers = queue.SimpleQueue(), {}
    count = 0
    for line in lines:
        if line.strip():
            cases.put((count, json.loads(line)))
            count += 1
    ready = threading.Condition()

    def work():
        oracle = Oracle()
        while True:
            try:
                index, case = cases.get_nowait()
            except queue.Empty:
                break
            try:
                result = oracle.judge(case)
            except Exception as problem:
                result = {"id": case.get("id"), "verdict": "oracle error", "message": repr(problem)}
            with ready:
                answers[index] = result
                ready.notify()
        oracle.stop()

    threads = [threading.Thread(target=work) for _ in range(max(1, min(jobs, count)))]
    for thread in threads:
        thread.start()
    for index in range(count):
        with ready:
            ready.wait_for(lambda: index in answers)
            result = answers.pop(index)
        write(json.dumps(result) + "\n")
    for thread in threads:
        thread.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?")
    parser.add_argument("entry", nargs="?")
    parser.add_argument("--layout", choices=("folder", "worker", "path"), default="folder")
    parser.add_argument("--package", help="folder in ROOT that gcloud gets as --package-path")
    parser.add_argument("--guarded", action="store_true")
    parser.add_argument("--batch", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    if options.batch:
        run_batch(sys.stdin, options.jobs, sys.stdout.write)
        return
    if not options.root or not options.entry:
        parser.error("ROOT and MODULE are required")
    case = {"root": options.root, "entry": options.entry, "layout": options.layout,
            "guarded": options.guarded}
    if options.package is not None:
        case["package"] = options.package
    oracle = Oracle()
    print(json.dumps(oracle.judge(case), indent=1))
    oracle.stop()


if __name__ == "__main__":
    main()
