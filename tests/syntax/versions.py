#!/usr/bin/env python3
"""The tables in versions/ say what each Python takes; here the Pythons themselves are asked.

    versions.py DRIVER [--python COMMAND...] [--npm FOLDER]

A line of a table is the minor versions of Python 3 that compile a text ("8-", "6-8,11", "all",
"none", between 5 and 14), and the text, in which \\n \\r \\t \\\\ \\xNN \\uNNNN stand for characters.
syntax_check_test.cpp holds trainlint against every line and version. This program compares what
interpreters say with the tables, and the lines they name with those that DRIVER (made from
check_texts.cpp) names: the running one, those given, and with a folder for npm's packages also
3.10, 3.12, 3.13 and 3.14 as Pyodide builds them. What all five versions before 3.10 take was
recorded from 3.5.10, 3.6.13, 3.7.17, 3.8.20 and 3.9.20. Exits with 1 when something differs.
"""
import argparse
import pathlib
import re
import subprocess
import sys

import verdicts

HERE = pathlib.Path(__file__).resolve().parent
PYODIDE = {"3.10": "0.22.1", "3.12": "0.27.7", "3.13": "0.29.5", "3.14": "314.0.7"}
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}


def unescaped(text):
    def character(match):
        code = match.group(1)
        return ESCAPES.get(code) or chr(int(code[1:], 16))
    return re.sub(r"\\([nrt\\]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})", character, text)


def minors(words):
    if words in ("all", "none"):
        return range(5, 15) if words == "all" else []
    found = []
    for word in words.split(","):
        first, dash, last = word.partition("-")
        found += range(int(first or 5), int(last or (14 if dash else first)) + 1)
    return found


def table():
    for path in sorted((HERE / "versions").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            yield minors(line[:10].strip()), unescaped(line[10:]).encode("utf-8")


def asked(command, folder, texts):
    """The verdicts of an interpreter and its version."""
    version = subprocess.run(command + ["--version"], stdout=subprocess.PIPE, check=True)
    frames = folder / "texts"
    frames.write_bytes(verdicts.frames_of(texts))
    with open(frames, "rb") as source:
        output = subprocess.run(command + [str(HERE / "verdicts.py")], stdin=source,
                                stdout=subprocess.PIPE, check=True).stdout
    return version.stdout.decode().split()[-1], verdicts.read_verdicts(output, texts)


def differences(driver, name, theirs, rows):
    version = ".".join(name.split(".")[:2])
    texts = [text for _, text in rows]
    for (takes, text), verdict, ours in zip(rows, theirs, verdicts.of_trainlint(driver, texts, version)):
        if (verdict is None) != (int(version[2:]) in takes):
            yield "the table is wrong", text, verdict, ours
        elif verdicts.disagreement(verdict, ours):
            yield verdicts.disagreement(verdict, ours), text, verdict, ours


def main():
    options = argparse.ArgumentParser()
    options.add_argument("driver")
    options.add_argument("--python", action="append", default=[])
    options.add_argument("--npm", type=pathlib.Path)
    chosen = options.parse_args()
    rows = list(table())
    texts = [text for _, text in rows]
    commands = [[sys.executable]] + [command.split() for command in chosen.python]
    folder = chosen.npm or pathlib.Path(chosen.driver).resolve().parent
    if chosen.npm:
        folder.mkdir(parents=True, exist_ok=True)
        packages = ["py%s@npm:pyodide@%s" % item for item in PYODIDE.items()]
        if not (folder / "node_modules" / ("py" + max(PYODIDE))).exists():
            subprocess.run(["npm", "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit",
                            "--no-fund", "--no-save", "--silent"] + packages, check=True)
        commands += [["node", str(HERE / "versions.mjs"), str(folder / "node_modules" / ("py" + version))]
                     for version in PYODIDE]
    wrong = 0
    for command in commands:
        name, theirs = asked(command, folder, texts)
        found = list(differences(chosen.driver, name, theirs, rows))
        for difference in found:
            print("%s: %r (CPython %s, trainlint %s)" % difference)
        print("%s: %d texts, %d compile, %d differences" %
              (name, len(texts), sum(v is None for v in theirs), len(found)))
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
