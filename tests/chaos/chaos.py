#!/usr/bin/env python3
"""Damaged and hostile files and archives: each ends in findings or a clear message, soon, in little memory.

usage: chaos.py TRAINLINT [--count N] [--seed S] [--only CASE] [--megabytes M] [--seconds S] [--keep FOLDER]

Cases are numbered; the first ones are built to do harm (bombs, a million members, deep folders, links),
the others are fixtures with damage. Number and seed alone decide what a case is, so --only repeats one.
The whole campaign is --count 20000. With --megabytes 0, for a build with sanitizers, memory is not
limited. The exit status is 1 when a case went wrong; with --keep what went wrong is kept.
"""
import argparse
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile

import damage

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
SECRET = "outside-of-the-tree-7261"
SMALL, LARGE = 20_000, 300_000  # bytes of a text that is put in many times


def fixture(chance):
    """The files of a fixture, the same for the same state of `chance`."""
    folders = sorted(path for path in FIXTURES.iterdir() if path.is_dir())
    return damage.members_of(chance.choice(folders))


def hostile(size, count):
    """Names and makers of the files that are built to do harm."""
    one = [("setup.py", b"from setuptools import setup\nsetup(name='a', packages=['trainer'])\n"),
           ("trainer/__init__.py", b""), ("trainer/task.py", b"import trainer.a\n")]
    return [
        ("bomb.tar.gz", lambda: damage.gzip_bomb(size)),
        ("members.tar.gz", lambda: damage.hidden_bomb(size)),
        ("bomb.zip", lambda: damage.zip_bomb(min(size, (4 << 30) - 1))),
        ("liar.zip", lambda: damage.zip_bomb(size, 1, 1000)),
        ("overlap.zip", lambda: damage.zip_bomb(15 << 20, count // 10)),
        ("overlap_liar.zip", lambda: damage.zip_bomb(15 << 20, min(count // 10, 500), 1 << 16)),
        ("many.zip", lambda: damage.many_members(count, "zip")),
        ("many.tar.gz", lambda: damage.many_members(count, "tar")),
        ("deep.tar.gz", lambda: damage.packed(damage.tar_of(one + damage.deep_folders(2000, 50)), "tar.gz")),
        ("deeper.zip", lambda: damage.zip_of(damage.deep_folders(30_000, 2))),
        ("names.tar", lambda: damage.tar_of([(f"{'n' * 100_000}{i}.py", b"") for i in range(100)])),
        *((f"{kind}.tar", lambda kind=kind: damage.links(kind)) for kind in ("chain", "circle", "out", "doubling")),
        ("nested.zip", lambda: damage.nested(one, 12)),
    ]


def write_folder(folder, members):
    for name, content in members:
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError:
            pass  # a name that this file system does not take


def make_case(number, chance, folder, built):
    """Writes one case below `folder` and gives the path to lint."""
    if number < len(built):
        name, make = built[number]
        (folder / name).write_bytes(make())
        return name
    members, others = fixture(chance), fixture(chance)
    other = chance.choice(others)[1]
    kind = chance.choice(["folder", "folder", "tar", "tar.gz", "tar.bz2", "tar.xz", "zip", "whl", "inside", "inside"])
    if kind in ("folder", "inside"):
        largest = chance.choice([100, 1000, SMALL, SMALL, LARGE])
        for _ in range(chance.choice([1, 1, 3])):
            index = chance.randrange(len(members))
            members[index] = (members[index][0], damage.damaged_text(chance, members[index][1], other, largest))
        if kind == "folder":
            package = folder / "package"
            package.mkdir()
            write_folder(package, members)
            if chance.random() < 0.3:
                (package / "trainer").mkdir(exist_ok=True)
                for name in ("outside.py", "requirements.txt", "setup.cfg"):
                    if not (package / name).exists():
                        (package / name).symlink_to(folder.parent / "outside" / name)
            return "package"
        name = chance.choice(["trainer-0.1.tar.gz", "trainer-0.1.zip"])
        data = damage.zip_of(members) if name.endswith("zip") else damage.packed(damage.tar_of(members), "tar.gz")
        (folder / name).write_bytes(data)
        return name
    if kind == "zip":
        method = chance.choice([0, 8])
        data = damage.damaged(chance, damage.zip_of(members, method=method), damage.zip_of(others))
    elif kind == "whl":
        data = damage.damaged(chance, damage.wheel_of(members), damage.zip_of(others))
    elif chance.random() < 0.7:  # below what packs it, where headers are
        data = damage.packed(damage.damaged(chance, damage.tar_of(members), damage.tar_of(others)), kind)
    else:
        data = damage.damaged(chance, damage.packed(damage.tar_of(members), kind), damage.packed(damage.tar_of(others), kind))
    name = "trainer-0.1-py3-none-any.whl" if kind == "whl" else f"trainer-0.1.{kind}"
    (folder / name).write_bytes(data)
    return name


def state_of(folder):
    return sorted((str(path), path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*"))


def judge(done, usage, before, after, limits):
    """What is wrong with how the program ended, or None."""
    out, err = done.stdout, done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 1, 2):
        return f"exit status {done.returncode}: {err[-600:]}"
    lines = err.splitlines()
    if done.returncode == 2 and not lines and b'"invalid-configuration"' not in out:
        return "exit status 2 and no message"
    if [line for line in lines if not line.startswith("trainlint: ") or len(line) > 1000]:
        return f"odd messages: {err[:600]}"
    try:
        report = json.loads(out)
    except ValueError as error:
        return f"no report: {error}: {out[:200]}"
    if done.returncode == 1 and not report["findings"]:
        return "exit status 1 and no finding"
    if SECRET.encode() in out or SECRET in err:
        return "a file outside of the tree was read"
    if before != after:
        return "something was written"
    megabytes = usage.ru_maxrss / 1024
    if limits.megabytes and megabytes > limits.megabytes:
        return f"{megabytes:.0f} MB"
    return None


def run(program, path, folder, limits):
    """Runs the program on a path; gives what went wrong, or None, and the memory that it took."""
    before = state_of(folder)
    process = subprocess.Popen(
        [program, "check", "--format", "json", path], cwd=folder, stdin=subprocess.DEVNULL,
        stdout=(out := tempfile.TemporaryFile()), stderr=(err := tempfile.TemporaryFile()),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5)))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    out.seek(0)
    err.seek(0)
    done = subprocess.CompletedProcess(path, process.returncode, out.read(), err.read())
    return judge(done, usage, before, state_of(folder), limits), usage.ru_maxrss // 1024


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--begin", type=int, default=0)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--only", type=int)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--keep", type=pathlib.Path)
    return parser.parse_args()


def main():
    limits = arguments()
    limits.program = os.path.abspath(limits.program)
    whole = limits.count > 1000
    built = hostile(10 << 30 if whole else 1 << 30, 1_000_000 if whole else 250_000)
    numbers = [limits.only] if limits.only is not None else range(limits.begin, limits.count)
    wrong, largest = 0, (0, 0)
    with tempfile.TemporaryDirectory() as root:
        outside = pathlib.Path(root, "outside")
        outside.mkdir()
        (outside / "outside.py").write_text(f"import {SECRET.replace('-', '_')}\n'{SECRET}\n")
        (outside / "requirements.txt").write_text(f"{SECRET}==1.0.bad!\n")
        (outside / "setup.cfg").write_text(f"[{SECRET}\n[metadata]\nname={SECRET}\n")
        for number in numbers:
            folder = pathlib.Path(root, "case")
            folder.mkdir()
            path = make_case(number, random.Random(f"{limits.seed} {number}"), folder, built)
            fault, memory = run(limits.program, path, folder, limits)
            largest = max(largest, (memory, number))
            if fault:
                wrong += 1
                print(f"case {number} ({path}): {fault}", flush=True)
                if limits.keep:
                    shutil.copytree(folder, limits.keep / str(number), symlinks=True, dirs_exist_ok=True)
            shutil.rmtree(folder)
    print(f"{len(numbers)} cases, {wrong} wrong; at most {largest[0]} MB, in case {largest[1]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
