"""Writes variants of installed Python files that lack a statement, and what pyflakes says of them.

    pyflakes_oracle.py OUTPUT_FOLDER COUNT

Takes COUNT files of the standard library, puts `pass` in the place of one statement of each that binds
names, writes the result to OUTPUT_FOLDER/N.py and prints a line for each name that pyflakes finds
undefined: "N line name". The same COUNT makes the same files.
"""
import ast
import os
import random
import sys
import sysconfig

from pyflakes import checker, messages

LARGEST = 60000


def python_files():
    stdlib = sysconfig.get_paths()["stdlib"]
    for root, folders, names in os.walk(stdlib):
        folders[:] = sorted(f for f in folders if f not in ("site-packages", "dist-packages", "test"))
        for name in sorted(names):
            path = os.path.join(root, name)
            if name.endswith(".py") and 500 < os.path.getsize(path) < LARGEST:
                yield path


def without_statement(text, chance):
    """The text with one statement replaced, or None."""
    kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.For, ast.With)
    try:
        tree = ast.parse(text)
    except SyntaxError:  # what lib2to3 is tested with
        return None
    candidates = [node for node in ast.walk(tree) if isinstance(node, kinds)
                  and not getattr(node, "decorator_list", None)]
    if not candidates:
        return None
    node = chance.choice(candidates)
    lines = text.split("\n")
    first, last = lines[node.lineno - 1], node.end_lineno
    if first[:node.col_offset].strip() or "\f" in text:
        return None
    lines[node.lineno - 1:last] = [first[:node.col_offset] + "pass"] + [""] * (last - node.lineno)
    return "\n".join(lines)


def undefined_names(text):
    found = checker.Checker(ast.parse(text)).messages
    return sorted({(message.lineno, message.message_args[0]) for message in found
                   if isinstance(message, (messages.UndefinedName, messages.UndefinedLocal))})


def main():
    folder, count = sys.argv[1], int(sys.argv[2])
    chance = random.Random(count)
    paths = list(python_files())
    for number in range(count):
        with open(chance.choice(paths), encoding="utf-8", errors="replace") as file:
            changed = without_statement(file.read(), chance)
        try:
            names = undefined_names(changed) if changed else None
            compile(changed or "", "text", "exec")
        except (SyntaxError, ValueError):
            continue
        if names is None:
            continue
        with open(os.path.join(folder, "%d.py" % number), "w", encoding="utf-8", newline="") as file:
            file.write(changed)
        print("%d -1 -" % number)
        for line, name in names:
            print("%d %d %s" % (number, line, name))


if __name__ == "__main__":
    main()
