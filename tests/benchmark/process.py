#!/usr/bin/env python3
"""How long the whole process takes to lint each package given, start and end included.

usage: process.py TRAINLINT PACKAGE...
"""
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROUNDS = 50


def lint_once(program, package):
    """Milliseconds on the wall."""
    begin = time.perf_counter()
    status = subprocess.run([program, "check", package], stdout=subprocess.DEVNULL, check=False)
    assert status.returncode in (0, 1), package
    return (time.perf_counter() - begin) * 1000


def main():
    program, *packages = sys.argv[1:]
    for package in packages:
        files = list(pathlib.Path(package).rglob("*.py"))
        size = sum(path.stat().st_size for path in files)
        times = [lint_once(os.path.abspath(program), package) for _ in range(ROUNDS)]
        print(f"{package}: {len(files)} files, {size / 1000:.0f} kB, {ROUNDS} runs: "
              f"best {min(times):.1f} ms, median {statistics.median(times):.1f} ms")


main()
