#!/usr/bin/env python3
"""Compares trainlint with CPython on real trainer packages.

  compare.py --trainlint build/trainlint [--list] FOLDER...

Every folder that holds a task.py is a package. CPython imports each one (third-party modules
stubbed, see tests/oracle) as `gcloud local train` would, and again as installed on the worker from
the sdist that setuptools builds; or as its Dockerfile says, where nothing else packs it. trainlint
checks every FOLDER. Prints a table, and with --list
what every broken package and every disagreement is. The packages' module-level code is run, under
guard: use it on code that you would import. Exit status 1 when there is a disagreement.
"""

import argparse
import collections
import os
import sys

from packages import LAYOUTS, ask_cpython, cause, find_packages, findings_of, place, table, verdict


def at_place(findings, wanted):
    for finding in findings:
        line = finding.get("range", {}).get("start", {}).get("line", 0)
        if wanted and (finding["path"], line) == wanted:
            return finding
    return None


def judge(answers, findings):
    """`right`, `at the line`, `elsewhere`, `missed` or `false error`."""
    if verdict(answers) == "works":
        return "false error" if findings else "right"
    wanted = place(answers)
    if wanted is None:  # cannot be built: no line
        return "at the line" if findings else "missed"
    if at_place(findings, wanted):
        return "at the line"
    return "elsewhere" if findings else "missed"


def describe(key, answers, findings):
    lines = ["/".join(key)]
    for layout in LAYOUTS[answers["started by"]]:
        answer = answers[layout]
        if answer["verdict"] != "ok":
            where = f"{answer['file']}:{answer['line']}: " if answer.get("file") else ""
            lines.append(f"    CPython, {layout}: {where}{answer['message'].splitlines()[0]}")
    for finding in findings:
        line = finding.get("range", {}).get("start", {}).get("line", 0)
        lines.append(f"    trainlint: {finding['path']}:{line}: {finding['rule']}: "
                     f"{finding['message']}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trainlint", required=True)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("folders", nargs="+")
    options = parser.parse_args()
    packages = find_packages(options.folders)
    answers = ask_cpython(packages)
    found = findings_of(options.trainlint, options.folders, packages)
    head = ["folder", "packages", "import", "broken", "broken on the worker only",
            "found at CPython's line", "found elsewhere", "missed", "false errors"]
    rows, causes, wrong = [head], collections.Counter(), []
    total = collections.Counter()
    for top in options.folders:
        counts = collections.Counter()
        for _, root, name in (one for one in packages if one[0] == top):
            one = answers[root, name]
            result = judge(one, found[root, name])
            counts.update([verdict(one), result, "all"])
            causes[cause(one)] += 1
            if options.list and verdict(one) != "works" or result not in ("right", "at the line"):
                wrong.append((result, describe((root, name), one, found[root, name])))
        total.update(counts)
        rows.append([os.path.basename(os.path.normpath(top)), *columns(counts)])
    rows.append(["together", *columns(total)])
    print(table(rows))
    ways = collections.Counter(one["started by"] for one in answers.values())
    print(f"\nStarted by a Dockerfile or as one script: {ways['path'] + ways['module']}")
    print("Why CPython refuses: " + ", ".join(
        f"{why} {count}" for why, count in causes.most_common() if why))
    for result, text in sorted(wrong):
        print(f"\n[{result}] {text}")
    sys.exit(any(result not in ("right", "at the line") for result, _ in wrong))


def columns(counts):
    return [counts[key] for key in ("all", "works", "broken", "broken on worker", "at the line",
                                    "elsewhere", "missed", "false error")]


if __name__ == "__main__":
    main()
