"""Compares trainlint with compile() on every Python file that is installed.

    compare_files.py DRIVER [FOLDER...]

DRIVER is the program made from check_texts.cpp. Without a folder: the standard library and the
packages of the running Python. Exits with 1 when a verdict or a line differs.
"""
import os
import sys
import sysconfig

import verdicts

BATCH = 200


def files_in(folders):
    seen = set()
    for folder in folders:
        for root, inner, names in os.walk(folder):
            inner[:] = sorted(inner)
            for name in sorted(names):
                path = os.path.realpath(os.path.join(root, name))
                if name.endswith(".py") and path not in seen and os.path.isfile(path):
                    seen.add(path)
                    yield path


def main():
    driver, paths = sys.argv[1], sysconfig.get_paths()
    folders = sys.argv[2:] or [paths["stdlib"], paths["purelib"], "/usr/lib/python3/dist-packages"]
    files = list(files_in(folders))
    compiled = differences = 0
    for start in range(0, len(files), BATCH):
        batch = files[start:start + BATCH]
        texts = []
        for path in batch:
            with open(path, "rb") as file:
                texts.append(file.read())
        for path, text, ours in zip(batch, texts, verdicts.of_trainlint(driver, texts)):
            theirs = verdicts.of_cpython(text)
            compiled += theirs is None
            difference = verdicts.disagreement(theirs, ours)
            if difference:
                differences += 1
                print("%s: %s (CPython %s, trainlint %s)" % (path, difference, theirs, ours))
    print("%d files, %d compile, %d differences" % (len(files), compiled, differences))
    return 1 if differences or not compiled else 0


if __name__ == "__main__":
    sys.exit(main())
