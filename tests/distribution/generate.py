"""Asks setuptools what it packs and installs for many small random projects.

    python3 tests/distribution/generate.py COUNT [FIRST_SEED]

prints one JSON object a line: the files of the project, what the metadata came to (as the
Distribution object holds it, here and on the worker), the files of the tree in the sdist, all
members of the sdist, and the files that are installed from it with the file of the tree each of
them is. Where setuptools stops, the list is null and "error" says why. Of every fiftieth project pip
installs the sdist too, as on the worker, and "pip" has the files or is null. Run with Debian 12's
setuptools 66, which is the reference.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

import setuptools
import distutils.core

import projects


def run_setup(folder, arguments, log):
    """setup.py with these arguments, in a child process; its last line of output if it fails."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.chdir(folder)
            descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(descriptor, 1)
            os.dup2(descriptor, 2)
            sys.argv = ["setup.py"] + arguments
            text = "import setuptools; setuptools.setup()"
            if os.path.exists("setup.py"):
                text = open("setup.py").read()
            exec(compile(text, "setup.py", "exec"), {"__name__": "__main__", "__file__": "setup.py"})
            code = 0
        except SystemExit as stop:
            print(stop)
            code = 1 if stop.code else 0
        except BaseException as failure:
            print(f"{type(failure).__name__}: {failure}")
        finally:
            record_metadata(log + ".metadata")
            sys.stdout.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return None if status == 0 else read(log).strip().splitlines()[-1]


def record_metadata(path):
    """What the metadata came to, from the Distribution object that setup() made."""
    dist = distutils.core._setup_distribution
    if dist is None:
        return
    kept = {key: getattr(dist, key, None) for key in
            ("packages", "py_modules", "package_dir", "package_data", "exclude_package_data",
             "include_package_data", "scripts", "data_files")}
    kept["name"] = dist.get_name()
    kept["version"] = dist.get_version()
    kept["requires"] = [str(one) for one in getattr(dist, "install_requires", None) or []]
    kept["python_requires"] = str(getattr(dist, "python_requires", None) or "")
    kept["referenced_files"] = sorted(getattr(dist, "_referenced_files", []))
    with open(path, "w") as file:
        json.dump(kept, file)


def read_metadata(path):
    return json.loads(read(path)) if os.path.exists(path) else None


def files_below(folder):
    for base, _, names in os.walk(folder):
        for name in names:
            yield os.path.relpath(os.path.join(base, name), folder)


def read(path):
    with open(path, errors="replace") as file:
        return file.read()


def source_of(path):
    """The file of the tree that this is a copy of, by its last line; none for a generated one."""
    marks = [line[2:] for line in read(path).splitlines() if line.startswith("# ")]
    return marks[-1] if marks else None


def copies(folder, files):
    found = []
    if os.path.isdir(folder):
        for path in files_below(folder):
            source = source_of(os.path.join(folder, path))
            if source in files and ".egg-info" not in path:
                found.append([path, source])
    return sorted(found)


def is_rewritten(top, path):
    """sdist always leaves a setup.cfg, of its own making where the tree's was not packed."""
    return path == "setup.cfg" and "[metadata]" not in read(os.path.join(top, path))


def ask_pip(archive, folder, files):
    """What `pip install` of the sdist makes of it; null where it fails."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index",
               "--no-build-isolation", "--no-compile", "--disable-pip-version-check",
               "--root-user-action=ignore", "--target", folder, archive]
    if subprocess.run(command, capture_output=True).returncode != 0:
        return None
    # --target puts data_files, scripts and licences there as well.
    elsewhere = re.compile(r"share/|bin/|[^/]*\.dist-info/")
    return [pair for pair in copies(folder, files) if not elsewhere.match(pair[0])]


def ask(project, scratch, with_pip):
    tree, unpacked, root = (os.path.join(scratch, name) for name in ("tree", "unpacked", "root"))
    files = project["files"]
    written = dict(files)
    if project["source"] == "generated":
        written["setup.py"] = projects.generated_setup_py("trainer")
    for path, text in written.items():
        os.makedirs(os.path.dirname(os.path.join(tree, path)), exist_ok=True)
        with open(os.path.join(tree, path), "w") as file:
            file.write(text)
    log = os.path.join(scratch, "log")
    answer = dict.fromkeys(["sdist", "archive", "installed", "outside", "error", "metadata",
                            "rebuilt"])
    answer["error"] = run_setup(tree, ["-q", "sdist", "--formats=tar"], log)
    answer["metadata"] = read_metadata(log + ".metadata")
    if answer["error"]:
        return answer
    archive = os.path.join(tree, "dist", os.listdir(os.path.join(tree, "dist"))[0])
    with tarfile.open(archive) as tar:
        tar.extractall(unpacked)
    top = os.path.join(unpacked, os.listdir(unpacked)[0])
    answer["sdist"] = sorted(path for path in files_below(top)
                             if path in files and not is_rewritten(top, path))
    answer["archive"] = {path: read(os.path.join(top, path)) for path in files_below(top)}
    if with_pip:
        answer["pip"] = ask_pip(archive, os.path.join(scratch, "pip"), files)
    if not any(name in answer["archive"] for name in ("setup.py", "pyproject.toml")):
        answer["error"] = "neither 'setup.py' nor 'pyproject.toml' found"
        return answer
    answer["error"] = run_setup(
        top, ["-q", "install", "--root", root, "--single-version-externally-managed",
              "--no-compile", "--install-lib=/lib", "--install-data=/data",
              "--install-scripts=/data/bin"], log)
    answer["rebuilt"] = read_metadata(log + ".metadata")
    if not answer["error"]:
        answer["installed"] = copies(os.path.join(root, "lib"), files)
        answer["outside"] = copies(os.path.join(root, "data"), files)
    return answer


def main():
    count = int(sys.argv[1])
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    os.environ["PYTHONWARNINGS"] = "ignore"
    for seed in range(first, first + count):
        project = projects.project(random.Random(seed))
        scratch = tempfile.mkdtemp()
        try:
            project.update(ask(project, scratch, seed % 50 == 0), seed=seed,
                           setuptools=setuptools.__version__)
        finally:
            shutil.rmtree(scratch)
        print(json.dumps(project, sort_keys=True), flush=True)


if __name__ == "__main__":
    main()
