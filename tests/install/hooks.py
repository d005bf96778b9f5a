#!/usr/bin/env python3
"""The hooks of .pre-commit-hooks.yaml, by the real pre-commit, in a repository of two packages.

usage: hooks.py TRAINLINT [--node]

With --node the hook that builds trainlint from source is tried as well, which takes as long as a
build. Nothing is asked of any network but what npm fetches for that.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ["CMakeLists.txt", "LICENSE", "lint", "rules", "package.json", ".pre-commit-hooks.yaml"]
SETUP = "from setuptools import find_packages, setup\n\nsetup(name='x', version='1', packages=find_packages())\n"
GOOD = "from trainer import model\n\nmodel.train()\n"
MODEL = "from trainer.utils import text\n\n\ndef train():\n    print(text)\n"
ODD = ["a b.csv", "a\nb.csv", "--format", "it's.csv"]


class Repository:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.path.mkdir()
        self.git("init", "-q", "-b", "main", ".")
        self.git("config", "user.name", "Ada")
        self.git("config", "user.email", "ada@example.invalid")
        self.git("config", "commit.gpgsign", "false")

    def git(self, *arguments, status=0):
        done = subprocess.run(["git", *arguments], cwd=self.path, capture_output=True, text=True,
                              check=False)
        text = done.stdout + done.stderr
        assert done.returncode == status, f"git {arguments}: {done.returncode}\n{text}"
        return text

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def commit(self, *wanted, status=0):
        self.git("add", "-A")
        text = self.git("commit", "-qm", "work", status=status)
        for words in wanted:
            assert words in text, text
        return text

    def hook(self, *arguments, status=0):
        done = subprocess.run(["pre-commit", "run", "--verbose", *arguments], cwd=self.path,
                              capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout


def package(repository, folder):
    repository.write(f"{folder}/setup.py", SETUP)
    repository.write(f"{folder}/trainer/__init__.py", "")
    repository.write(f"{folder}/trainer/task.py", GOOD)
    repository.write(f"{folder}/trainer/model.py", MODEL)
    repository.write(f"{folder}/trainer/utils/__init__.py", "")
    repository.write(f"{folder}/trainer/utils/text.py", "")


def hooks_repository(path):
    hooks = Repository(path)
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, hooks.path / name)
    hooks.commit()
    hooks.git("tag", "v1")
    return hooks


def use(repository, hooks, *names):
    listed = ", ".join(f"{{id: {name}}}" for name in names)
    repository.write(".pre-commit-config.yaml",
                     f"repos: [{{repo: 'file://{hooks.path}', rev: v1, hooks: [{listed}]}}]\n")


def try_commits(repository):
    repository.commit()
    broken = "from trainer import modle\n"
    repository.write("two/trainer/task.py", broken)
    repository.commit("two/trainer/task.py:1:21: error:", "1 error in 1 package", status=1)
    repository.write("two/trainer/task.py", GOOD)
    repository.write("two/notes.txt", "mended")
    repository.commit()
    for name in ODD:
        repository.write(f"one/trainer/{name}", "1")
    repository.commit()
    repository.write("two/trainer/task.py", broken)
    for name in ODD:
        repository.write(f"two/trainer/{name}", "1")
    repository.commit("1 error in 1 package", status=1)
    repository.write("two/trainer/task.py", GOOD)
    repository.commit()


def try_many_files(repository):
    for number in range(2000):
        repository.write(f"one/trainer/utils/{'n' * 80}{number}.py", "")
    repository.commit()
    out = repository.hook("--all-files")
    assert "Passed" in out and "Failed" not in out, out


def try_deletion(repository):
    """pre-commit passes no deleted names; the hook that asks git sees what they break."""
    repository.git("rm", "-q", "two/trainer/utils/__init__.py")
    repository.commit("[subpackage-missing-init]", status=1)
    repository.git("commit", "-qm", "forced", "--no-verify")
    out = repository.hook("--from-ref", "HEAD~1", "--to-ref", "HEAD", status=1)
    assert "[subpackage-missing-init]" in out and "1 error in 1 package" in out, out
    repository.write("two/trainer/utils/__init__.py", "")
    repository.commit()


def main():
    trainlint = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PRE_COMMIT_HOME"] = folder + "/cache"
        os.environ["PATH"] = os.path.dirname(trainlint) + ":" + os.environ["PATH"]
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            del os.environ[name]
        hooks = hooks_repository(folder + "/hooks")
        repository = Repository(folder + "/project")
        package(repository, "one")
        package(repository, "two")
        use(repository, hooks, "trainlint-system", "trainlint-changed")
        subprocess.run(["pre-commit", "install"], cwd=repository.path, check=True,
                       stdout=subprocess.DEVNULL)
        try_commits(repository)
        try_deletion(repository)
        try_many_files(repository)
        # Without pre-commit: one line in git's own hook.
        plain = repository.path / ".git/hooks/pre-commit"
        plain.write_text("#!/bin/sh\nexec trainlint hook --git\n")
        repository.git("rm", "-q", "two/trainer/model.py")
        repository.commit("1 error in 1 package", status=1)
        repository.git("reset", "-q", "--hard")
        if "--node" in sys.argv:
            use(repository, hooks, "trainlint")
            out = repository.hook("--all-files")
            assert "Passed" in out, out
    print("pre-commit", subprocess.check_output(["pre-commit", "--version"], text=True).split()[1])


main()
