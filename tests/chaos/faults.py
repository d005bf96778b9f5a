#!/usr/bin/env python3
"""The world around the program fails: disks are full, files go while they are read, signals come.

usage: faults.py TRAINLINT [NAME]
"""
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

SETUP = "from setuptools import find_packages, setup\n\nsetup(name='x', version='1', packages=find_packages())\n"
FILES = {"setup.py": SETUP, "trainer/__init__.py": "", "trainer/task.py": "import trainer.missing\n"}


class World:
    """A package with one error, in a folder of its own."""

    def __init__(self, program, root):
        self.program, self.root = program, pathlib.Path(root)
        for name, text in FILES.items():
            path = self.root / "package" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def run(self, *arguments, before=None, environment=None, stdout=subprocess.PIPE):
        done = subprocess.run([self.program, *arguments], cwd=self.root, stdout=stdout, timeout=120,
                              stderr=subprocess.PIPE, preexec_fn=before, check=False, text=True,
                              env={**os.environ, **(environment or {})})
        assert all(line.startswith("trainlint: ") for line in done.stderr.splitlines()), done.stderr
        return done.returncode, done.stdout, done.stderr

    def left(self):
        return sorted(path.name for path in self.root.iterdir())


def full_disk_on_stdout(world):
    with open("/dev/full", "w", encoding="utf-8") as full:
        status, _, said = world.run("check", "package", stdout=full)
    assert (status, said) == (2, "trainlint: cannot write the report: No space left on device\n"), (status, said)


def full_disk_under_a_report(world):
    status, _, said = world.run("check", "package", "--output", "json=/dev/full")
    assert status == 2 and said == "trainlint: cannot write '/dev/full': No space left on device\n", said


def report_that_does_not_fit_keeps_the_one_before(world):
    (world.root / "report.json").write_text("before")
    def little():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    status, _, said = world.run("check", "package", "--output", "json=report.json", before=little)
    assert status == 2 and said == "trainlint: cannot write 'report.json': File too large\n", (status, said)
    assert (world.root / "report.json").read_text() == "before"
    assert world.left() == ["package", "report.json"], world.left()


def closed_stdout(world):
    status, _, said = world.run("check", "package", before=lambda: os.close(1))
    assert status == 2 and said.startswith("trainlint: cannot write the report"), (status, said)


def reader_who_leaves(world):
    process = subprocess.Popen([world.program, "rules", "--format", "json"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.wait() == 0
    assert process.stderr.read() == b""


def signals(world):
    """Who stops a server, or a check that waits for its input, ends it as any program ends by that signal."""
    for number in (signal.SIGINT, signal.SIGTERM):
        for arguments in (["lsp"], ["check", "-", "--stdin-filename", "package/trainer/task.py"]):
            process = subprocess.Popen([world.program, *arguments], cwd=world.root, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(0.3)
            process.send_signal(number)
            status = process.wait(timeout=30)
            assert status in (-number, 128 + number), (arguments, number, status)
    assert world.left() == ["package"]


def few_descriptors(world):
    for index in range(200):
        folder = world.root / "package" / "trainer" / ("d" * (index % 20 + 1)) / str(index)
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("")
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    few, many = world.run("check", "package", before=limit), world.run("check", "package")
    assert few == many and few[0] == 1, (few, many)


def no_home_and_no_locale(world):
    usual = world.run("check", "package")
    assert usual[0] == 1, usual
    for environment in ({"HOME": ""}, {"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"}, {"LC_ALL": "C"},
                        {"LC_ALL": "xx_YY.UTF-9", "LANG": "none"}, {"TERM": "", "TMPDIR": "/nonexistent"}):
        assert world.run("check", "package", environment=environment) == usual, environment
    bare = subprocess.run(["env", "-i", world.program, "check", "package"], cwd=world.root, check=False,
                          capture_output=True, text=True)
    assert (bare.returncode, bare.stdout, bare.stderr) == usual, bare


def folders_that_cannot_be_written(world):
    for path in (world.root / "package" / "trainer", world.root / "package", world.root):
        path.chmod(0o555)
    assert world.run("check", "package")[0] == 1
    if os.getuid() != 0:  # root writes anywhere
        status, _, said = world.run("check", "package", "--output", "json=report.json")
        assert (status, said) == (2, "trainlint: cannot write 'report.json': Permission denied\n"), said
    for path in (world.root, world.root / "package", world.root / "package" / "trainer"):
        path.chmod(0o755)


def files_that_change(world):
    """Files come, go, grow and shrink all the time."""
    over = threading.Event()
    task = world.root / "package" / "trainer" / "task.py"
    def change():
        count = 0
        while not over.is_set():
            count += 1
            task.write_text("import trainer.missing\n" * (count % 50))
            other = task.with_name(f"m{count % 5}.py")
            if other.exists():
                other.unlink()
            else:
                other.write_text("x = 1\n" * 1000)
    changing = threading.Thread(target=change)
    changing.start()
    try:
        for _ in range(30):
            status, _, said = world.run("check", "package")
            assert status in (0, 1), (status, said)
    finally:
        over.set()
        changing.join()


TESTS = [full_disk_on_stdout, full_disk_under_a_report, report_that_does_not_fit_keeps_the_one_before, closed_stdout,
         reader_who_leaves, signals, few_descriptors, no_home_and_no_locale, folders_that_cannot_be_written,
         files_that_change]


def main():
    program = os.path.abspath(sys.argv[1])
    for test in TESTS:
        if len(sys.argv) > 2 and test.__name__ != sys.argv[2]:
            continue
        with tempfile.TemporaryDirectory() as root:
            test(World(program, root))
        print(test.__name__)


if __name__ == "__main__":
    main()
