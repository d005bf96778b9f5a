#!/usr/bin/env python3
"""The program without libraries, and the packages of npm that hold it, installed from the packed files.

usage: npm_packages.py BUILD_FOLDER

lint/static builds the program first, for which apt fetches the source of libzip. npm is asked to do
without a network.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHOWCASE = ROOT / "fixtures/showcase"


def run(*command, status=0, **settings):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **settings)
    assert done.returncode == status, (command, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def pack_sdist(folder):
    with tarfile.open(folder / "showcase-1.tar.gz", "w:gz") as archive:
        archive.add(SHOWCASE, "showcase-1")
    shutil.make_archive(str(folder / "showcase-1"), "zip", SHOWCASE.parent, SHOWCASE.name)


def try_alone(program, shared, folder):
    """It needs no file but itself: in a root that holds nothing else, it says what the shared one says."""
    assert "INTERP" not in run("readelf", "-lW", program) and "NEEDED" not in run("readelf", "-dW", program)
    root = folder / "root"
    root.mkdir()
    shutil.copy(program, root / "trainlint")
    pack_sdist(root)
    shutil.copytree(SHOWCASE, root / "showcase")
    # The shared one is given the same relative paths.
    for path in ("showcase", "showcase-1.tar.gz", "showcase-1.zip"):
        wanted = run(shared, path, "--format", "json", cwd=root, status=1)
        own = run(str(program), path, "--format", "json", cwd=root, status=1)
        assert own == wanted, path
        if os.geteuid() == 0:
            assert run("chroot", str(root), "/trainlint", path, "--format", "json", status=1) == wanted, path
    version = run(str(program), "--version")
    assert version == run(shared, "--version"), version


def try_npm(program, folder):
    packed = folder / "packed"
    run("node", ROOT / "lint/npm/pack.js", program, packed, cwd=folder)
    files = sorted(path.name for path in packed.iterdir())
    assert len(files) == 2 and all(name.endswith(".tgz") for name in files), files
    user = folder / "user"
    user.mkdir()
    (user / "package.json").write_text('{"name": "user", "private": true}')
    run("npm", "install", "--offline", "--no-audit", "--no-fund", *(packed / name for name in files), cwd=user)
    command = user / "node_modules/.bin/trainlint"
    assert run(command, "--version").startswith("trainlint ")
    out = run(command, SHOWCASE, status=1)
    assert "5 errors in 1 package" in out, out
    run(command, "--nothing", status=2)
    out = run(command, "-", "--stdin-filename", "trainer/task.py", cwd=SHOWCASE, input="import trainer.lost\n", status=1)
    assert "trainer.lost" in out, out
    # Without the package for the platform there is an answer to what is wrong.
    (own,) = (user / "node_modules/@trainlint").iterdir()
    shutil.rmtree(own)
    done = subprocess.run([command], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and own.name in done.stderr, done
    return json.loads((user / "node_modules/trainlint/package.json").read_text())["version"]


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    run(ROOT / "lint/static", build)
    run("cmake", "--build", build, "--target", "trainlint")  # of the same commit
    program = build / "trainlint-static"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        try_alone(program, str(build / "trainlint"), folder)
        version = try_npm(program, folder)
    print("trainlint", version, f"{program.stat().st_size / 1e6:.1f} MB")


main()
