"""Builds the fixtures with setuptools and installs them with pip, as gcloud and the worker do.

    python3 tests/distribution/fixtures.py EVERY

takes about one in EVERY fixtures, always the same, and all of them for 1. One JSON object a line: the fixture's name, the
package that a setup.py was written for ("" where there is one), the files of the tree that are in
the sdist, the files that pip installs, and what the installed package says of itself; null where
the build or the installation stops.
"""

import email
import glob
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib

import generate
import projects

FIXTURES = os.path.join(os.path.dirname(__file__), "..", "..", "fixtures")


def package_of(folder):
    """The package that gcloud would write a setup.py for; None where that is not clear."""
    if os.path.exists(os.path.join(folder, "setup.py")):
        return ""
    return "trainer" if os.path.isdir(os.path.join(folder, "trainer")) else None


def install(archive, target):
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index",
               "--no-build-isolation", "--no-compile", "--disable-pip-version-check",
               "--no-cache-dir", "--ignore-requires-python", "--root-user-action=ignore",
               "--target", target, archive]
    return subprocess.run(command, capture_output=True).returncode == 0


def described(target):
    path = (glob.glob(os.path.join(target, "*.dist-info", "METADATA")) +
            glob.glob(os.path.join(target, "*.egg-info", "PKG-INFO")))[0]
    metadata = email.message_from_string(generate.read(path))
    return {"name": metadata["Name"], "version": metadata["Version"],
            "requires": [one for one in metadata.get_all("Requires-Dist", [])
                         if "extra ==" not in one]}


def ask(fixture, package, scratch):
    tree, unpacked, target = (os.path.join(scratch, name) for name in ("tree", "unpacked", "target"))
    shutil.copytree(fixture, tree, ignore=shutil.ignore_patterns("expect"))
    if package:
        with open(os.path.join(tree, "setup.py"), "w", encoding="utf-8") as file:
            file.write(projects.generated_setup_py(package))
    files = set(generate.files_below(tree))
    answer = {"sdist": None, "installed": None}
    dist = os.path.join(scratch, "dist")
    log = os.path.join(scratch, "log")
    sys.path.insert(0, tree)  # as "python setup.py" has it
    if generate.run_setup(tree, ["-q", "sdist", "--formats=gztar", "--dist-dir", dist], log):
        return answer
    archive = os.path.join(dist, os.listdir(dist)[0])
    with tarfile.open(archive) as tar:
        tar.extractall(unpacked)
    top = os.path.join(unpacked, os.listdir(unpacked)[0])
    written = {"setup.py"} if package else set()
    answer["sdist"] = sorted(path for path in generate.files_below(top)
                             if path in files - written and not generate.is_rewritten(top, path))
    if install(archive, target):
        answer["installed"] = sorted(path for path in generate.files_below(target)
                                     if not path.split("/")[0].endswith((".dist-info", ".egg-info")))
        answer.update(described(target))
    return answer


def main():
    os.environ["PYTHONWARNINGS"] = "ignore"
    every = int(sys.argv[1])
    # By the name, so that a new fixture changes nothing about which others are tried.
    for name in sorted(name for name in os.listdir(FIXTURES) if zlib.crc32(name.encode()) % every == 0):
        fixture = os.path.join(FIXTURES, name)
        package = package_of(fixture) if os.path.isdir(fixture) else None
        if package is None:
            continue
        scratch = tempfile.mkdtemp()
        try:
            print(json.dumps({"fixture": name, "package": package, **ask(fixture, package, scratch)}),
                  flush=True)
        finally:
            shutil.rmtree(scratch)
            sys.path[:] = [path for path in sys.path if not path.startswith(scratch)]


if __name__ == "__main__":
    main()
