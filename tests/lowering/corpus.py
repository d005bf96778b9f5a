"""Runs a report over many Python files, for the scripts beside this one.

Their arguments are MOST FOLDER...: the files in these folders, evenly chosen and at most MOST. What
stands in a folder's own site-packages is left out.
"""

import concurrent.futures
import os
import sys


def python_files(folder):
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(set(folders) - {"site-packages"} if root == folder else folders)
        for name in sorted(files):
            path = os.path.join(root, name)
            if name.endswith(".py") and not os.path.islink(path) and "\n" not in path:
                yield path


def run(report):
    """Prints report(path), a text, of each file, in the order of their paths."""
    paths = [path for folder in sys.argv[2:] for path in python_files(folder)]
    paths = paths[::max(1, -(-len(paths) // int(sys.argv[1])))]
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        for text in pool.map(report, paths, chunksize=16):
            sys.stdout.write(text)
