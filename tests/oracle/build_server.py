"""Builds what gcloud would send and pip would install, with the real setuptools.

Reads one JSON object a line: {"root": folder that gcloud would build in, "package": folder below it
that is given as --package-path ("" to leave gcloud's own check out), "out": empty folder to work
in}; answers {"installed": folder, "sources": {installed path: path below root},
"requires": names of the distributions that the metadata asks for} or {"refused": why,
"stage": "package path"|"sdist"|"install"}. Files below `root` may be added (egg-info), as by the
real tools.
"""

import contextlib
import glob
import json
import os
import re
import select
import shutil
import signal
import sys
import tarfile
import traceback

import setuptools  # noqa: F401  (the children find all of these loaded)
import setuptools.command.build_py  # noqa: F401
import setuptools.command.egg_info  # noqa: F401
import setuptools.command.sdist  # noqa: F401
from distutils.cmd import Command
from distutils.command import check  # noqa: F401
from setuptools._importlib import metadata
from setuptools.dist import Distribution

# Which plugins are installed is read once, not ten times a build.
PLUGINS = metadata.entry_points()
metadata.entry_points = lambda **wanted: PLUGINS.select(**wanted)

# What setup_requires names counts as installed: nothing is fetched here.
Distribution.fetch_build_eggs = lambda self, requires: []

# What gcloud writes where there is no setup.py, in substance (command_lib/ml_engine/jobs_prep.py).
GENERATED = """from setuptools import setup, find_packages
setup(name={name!r}, packages=find_packages(include=[{name!r}]))
"""


def run_setup(folder, arguments):
    """Runs setup.py in this process as `python3 setup.py ARGUMENTS` would."""
    os.chdir(folder)
    sys.argv = ["setup.py", *arguments]
    sys.path.insert(0, folder)
    with open("setup.py", "rb") as file:
        code = compile(file.read(), "setup.py", "exec", dont_inherit=True)
    exec(code, {"__name__": "__main__", "__file__": "setup.py", "__builtins__": __builtins__})


def make_sdist(root, out):
    run_setup(root, ["-q", "sdist", "--formats=gztar", "--dist-dir", os.path.join(out, "dist")])


def install_sdist(folder, out):
    copies = []
    original = Command.copy_file

    def copy_file(self, infile, outfile, *rest, **options):
        copies.append((os.path.abspath(infile), os.path.abspath(outfile)))
        return original(self, infile, outfile, *rest, **options)

    Command.copy_file = copy_file
    target = os.path.join(out, "installed")
    run_setup(folder, ["-q", "build_py", "--build-lib", target])
    os.makedirs(target, exist_ok=True)
    with open(os.path.join(out, "requires"), "w", encoding="utf-8") as file:
        for path in glob.glob(os.path.join(folder, "**", "*.egg-info", "requires.txt"),
                              recursive=True):
            with open(path, encoding="utf-8") as requires:
                file.write(requires.read())
    sources = {os.path.relpath(b, target): os.path.relpath(a, folder) for a, b in copies}
    with open(os.path.join(out, "sources.json"), "w", encoding="utf-8") as file:
        json.dump(sources, file)


def in_child(function, *arguments, limit=60):
    """Runs the function in a forked child; None, or the text of its error."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        silence = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)
        try:
            function(*arguments)
        except SystemExit as stop:
            if stop.code not in (None, 0):
                os.write(writing, str(stop.code).encode() or b"exit")
        except BaseException:
            os.write(writing, traceback.format_exc().strip().splitlines()[-1].encode())
        os._exit(0)
    os.close(writing)
    text = b"time limit"
    if select.select([reading], [], [], limit)[0]:
        text = os.read(reading, 1 << 16)
    else:
        os.kill(process, signal.SIGKILL)
    os.close(reading)
    os.waitpid(process, 0)
    return text.decode(errors="replace") or None


def build(root, package, out):
    if package and not os.path.isfile(os.path.join(root, package, "__init__.py")):
        return {"refused": f"{package} has no __init__.py", "stage": "package path"}
    if not os.path.lexists(os.path.join(root, "setup.py")):
        name = os.path.basename(package) or "trainer"
        with open(os.path.join(root, "setup.py"), "w", encoding="utf-8") as file:
            file.write(GENERATED.format(name=name))
    problem = in_child(make_sdist, root, out)
    archives = []
    with contextlib.suppress(FileNotFoundError):
        archives = [os.path.join(out, "dist", name) for name in os.listdir(f"{out}/dist")]
    if problem or not archives:
        return {"refused": problem or "setup.py builds nothing", "stage": "sdist"}
    unpacked = os.path.join(out, "unpacked")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(unpacked)
    folder = os.path.join(unpacked, os.listdir(unpacked)[0])
    problem = in_child(install_sdist, folder, out)
    shutil.rmtree(os.path.join(out, "dist"))
    if problem:
        return {"refused": problem, "stage": "install"}
    with open(os.path.join(out, "requires"), encoding="utf-8") as file:
        requires = re.findall(r"^[A-Za-z0-9][A-Za-z0-9._-]*", file.read(), re.MULTILINE)
    with open(os.path.join(out, "sources.json"), encoding="utf-8") as file:
        return {"installed": os.path.join(out, "installed"), "sources": json.load(file),
                "requires": requires}


def main():
    for line in sys.stdin:
        case = json.loads(line)
        print(json.dumps(build(case["root"], case["package"], case["out"])), flush=True)


if __name__ == "__main__":
    main()
