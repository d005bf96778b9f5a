#!/usr/bin/env python3
"""What pylint and pyright say about the imports of real trainer packages.

  peers.py [--trainlint build/trainlint] [--pylint pylint] [--pyright pyright] [--list] FOLDER...

Runs each tool in each package's root, as people do, with no third-party packages installed. Only
messages about the package's own modules and names count: a tool names a broken import when it
reports at the line where CPython's traceback ends; on a package that imports, each such message is
a false alarm. pylint looks for errors only (`--disable=all --enable=E,F`).
"""

import argparse
import ast
import collections
import json
import os
import re
import subprocess
import sys

from packages import ask_cpython, find_packages, findings_of, place, table, verdict

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                                "oracle"))
from import_oracle import modules_by_folder  # noqa: E402

PYLINT_IMPORTS = {"import-error", "relative-beyond-top-level", "no-name-in-module", "syntax-error",
                  "no-member", "import-self"}


def own_names(root, name):
    """Names of modules in the package's folder or beside it."""
    return {one for folder, names in modules_by_folder(root).items()
            if folder == "" or (folder + "/").startswith(name + "/") for one in names}


def seconds_of_children():
    """Of processor time: what else the machine does at the time does not count."""
    spent = os.times()
    return spent.children_user + spent.children_system


def run(command, root):
    started = seconds_of_children()
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return done.stdout, seconds_of_children() - started


def about_own(text, own):
    """Whether the words name a module of the package's own, or a relative one."""
    quoted = re.findall(r"'([^']*)'|\"([^\"]*)\"", text)
    for name in (one or other for one, other in quoted):
        if name.startswith(".") or name.split(".")[0] in own:
            return True
    return False


def ask_pylint(program, root, name, own):
    """[(file, line, words)] about the package's own modules and names; seconds."""
    output, seconds = run([program, "--recursive=y", "--output-format=json", "--disable=all",
                           "--enable=E,F", name], root)
    messages = []
    for one in json.loads(output or "[]"):
        kind, words = one["symbol"], one["message"]
        if kind == "import-error":
            module = words.rpartition("import ")[2].strip("'")
            if not about_own(f"'{module}'", own):
                continue
        elif kind not in PYLINT_IMPORTS or kind in ("no-name-in-module", "no-member") and (
                not about_own(words, own)):
            continue
        messages.append((os.path.normpath(one["path"]), one["line"], f"{kind}: {words}"))
    return messages, seconds


def imported_from(path, line):
    """The module of the from-import on a line, as written; "" where there is none."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        nodes = ast.walk(ast.parse(text))
    except SyntaxError:
        return ""
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.lineno <= line <= node.end_lineno:
            return "." * node.level + (node.module or "")
    return ""


def ask_pyright(program, root, name, own):
    output, seconds = run([program, "--outputjson", name], root)
    messages = []
    for one in json.loads(output)["generalDiagnostics"]:
        rule, words = one.get("rule", "syntax"), one["message"]
        if one["severity"] != "error" or rule not in (
                "syntax", "reportMissingImports", "reportAttributeAccessIssue"):
            continue
        if rule == "reportMissingImports" and not about_own(words, own):
            continue
        line = one["range"]["start"]["line"] + 1
        if rule == "reportAttributeAccessIssue" and not (
                about_own(words, own) if "attribute of module" in words
                else "is unknown import symbol" in words and (
                    about_own(f"'{imported_from(one['file'], line)}'", own))):
            continue
        path = os.path.relpath(one["file"], os.path.realpath(root))
        messages.append((path, line, f"{rule}: {words.splitlines()[0]}"))
    return messages, seconds


def ask_trainlint(program, root, name, own):
    started = seconds_of_children()
    found = findings_of(program, [root], find_packages([root]))
    return [(one["path"], one.get("range", {}).get("start", {}).get("line", 0),
             f"{one['rule']}: {one['message']}")
            for one in found[root, name]], seconds_of_children() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trainlint")
    parser.add_argument("--pylint")
    parser.add_argument("--pyright")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("folders", nargs="+")
    options = parser.parse_args()
    tools = [(name, ask, os.path.abspath(program) if os.sep in program else program)
             for name, ask, program in (("pylint", ask_pylint, options.pylint),
                                        ("pyright", ask_pyright, options.pyright),
                                        ("trainlint", ask_trainlint, options.trainlint)) if program]
    packages = find_packages(options.folders)
    answers = ask_cpython(packages)
    total = collections.Counter(verdict(one) for one in answers.values())
    rows = [["tool", f"broken in the folder ({total['broken']}): line named",
             f"broken on the worker only ({total['broken on worker']}): named",
             f"false alarms on the {total['works']} that work", "processor seconds a package"]]
    for tool, ask, program in tools:
        counts, seconds = collections.Counter(), 0.0
        for _, root, name in packages:
            kind = verdict(answers[root, name])
            messages, took = ask(program, root, name, own_names(root, name))
            seconds += took
            wanted = place(answers[root, name])
            named = any((path, line) == wanted for path, line, _ in messages) or (
                wanted is None and bool(messages))
            counts[kind] += named
            if options.list and (kind == "works") == named:
                print(f"{tool}: {root}/{name} {kind}, CPython at {wanted}")
                for message in messages:
                    print("    %s:%s: %s" % message)
        rows.append([tool, counts["broken"], counts["broken on worker"], counts["works"],
                     f"{seconds / max(1, len(packages)):.3f}"])
    print(table(rows))


if __name__ == "__main__":
    main()
