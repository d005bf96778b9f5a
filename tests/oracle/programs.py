#!/usr/bin/env python3
"""Small packages that work in ways a linter easily gets wrong, judged by CPython and by trainlint.

  programs.py TRAINLINT [NAME...]

Each package of programs.txt is started as `python3 -m MODULE`. trainlint must report no error where
that succeeds, and one where it fails. In programs.txt a line "== NAME (MODULE)" begins a package
(MODULE: trainer.task where none is given), its files follow as "-- PATH --"; those below
site-packages/ are what pip has installed beside it. A setup.py that packs every package and an
empty trainer/__init__.py are there unless given.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SETUP = ("from setuptools import setup, find_packages\n"
         "setup(name='trainer', version='0.1', packages=find_packages())\n")


def read_programs(text):
    """[(name, module, {path: content})]"""
    programs = []
    for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        name, module = re.fullmatch(r"(.*?)(?: \((.+)\))?", head).groups()
        pieces = re.split(r"^-- (.+) --\n", body.rstrip("\n") + "\n", flags=re.MULTILINE)
        files = {"setup.py": SETUP}
        if not module:
            files["trainer/__init__.py"] = ""
        files.update(zip(pieces[1::2], pieces[2::2]))
        programs.append((name, module or "trainer.task", files))
    return programs


def write(folder, files):
    for path, content in files.items():
        below = "" if path.startswith("site-packages/") else "project/"
        path = os.path.join(folder, below + path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
    os.makedirs(os.path.join(folder, "elsewhere"))


def ask_python(folder, module):
    """"" where it ends well, else the last line of the traceback."""
    search = os.pathsep.join([os.path.join(folder, "project"), os.path.join(folder, "site-packages")])
    done = subprocess.run([sys.executable, "-m", module], cwd=os.path.join(folder, "elsewhere"),
                          env={**os.environ, "PYTHONPATH": search, "PYTHONDONTWRITEBYTECODE": "1"},
                          capture_output=True, text=True, timeout=60)
    return "" if done.returncode == 0 else (done.stderr.splitlines() or ["no words"])[-1]


def ask_trainlint(trainlint, folder, module):
    """The errors' messages."""
    flags = ["--module-name", module] if module != "trainer.task" else []
    done = subprocess.run([trainlint, "check", "--format", "json", *flags, "project"], cwd=folder,
                          capture_output=True, text=True, timeout=60)
    if done.returncode not in (0, 1):
        return ["cannot run: " + done.stderr]
    return [f"{one['path']}: {one['message']} [{one['rule']}]"
            for one in json.loads(done.stdout)["findings"] if one["severity"] == "error"]


def main():
    trainlint, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    with open(os.path.join(HERE, "programs.txt"), encoding="utf-8") as file:
        programs = read_programs(file.read())
    wrong, count = 0, 0
    for name, module, files in programs:
        if wanted and name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            write(folder, files)
            fault = ask_python(folder, module)
            errors = ask_trainlint(trainlint, folder, module)
        count += 1
        if bool(fault) != bool(errors):
            wrong += 1
            print(f"{name}: Python: {fault or 'works'}; trainlint: {'; '.join(errors) or 'no error'}")
    print(f"{count} programs, {wrong} judged otherwise than by Python")
    sys.exit(wrong != 0 or count == 0)


if __name__ == "__main__":
    main()
