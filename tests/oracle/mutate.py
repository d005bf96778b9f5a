#!/usr/bin/env python3
"""Writes packages and their changed variants, one JSON object a line, always the same ones.

  mutate.py name|import|cycle|package > variants.jsonl
  mutate.py fixture FOLDER... > variants.jsonl

The first four combine the tables of variants.py and packaging_variants.py. For the last one, a
FOLDER is a package with trainer/ in it. Where nothing says that findings are expected, each of its
modules is renamed and removed, each local import is changed, each name that another module imports
is taken away. Fields: "id", "files" {path: text},
"entry", "package" (folder), "layout", "hidden" (a linter has to keep silent about it).
"""

import ast
import json
import os
import sys

from packaging_variants import packaging_variants
from variants import cycle_variants, import_variants, name_variants


# Fixtures about what cannot be known without running them.
HIDDEN = {"globals_filled", "module_getattr", "module_replaced", "metadata_unknown",
          "attributes_set_from_outside", "attributes_set_through_dict", "exports_computed",
          "models_registered_by_walking", "path_of_the_package_extended",
          "same_module_on_both_ways"}


def read_package(folder):
    files = {}
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(where, name)
            with open(path, "rb") as file:
                data = file.read()
            files[os.path.relpath(path, folder).replace(os.sep, "/")] = data.decode("utf-8")
    return files


def edit(text, node, new):
    """The text with the statement's first line to its last replaced, indented as it was."""
    lines = text.splitlines(keepends=True)
    indent = " " * node.col_offset
    replaced = "".join(indent + line + "\n" for line in new.split("\n"))
    return "".join(lines[:node.lineno - 1]) + replaced + "".join(lines[node.end_lineno:])


def alone(text, node):
    """Whether the statement has its lines for itself."""
    lines = text.splitlines()
    before = lines[node.lineno - 1].encode()[:node.col_offset]
    after = lines[node.end_lineno - 1].encode()[node.end_col_offset:].split(b"#")[0]
    return not before.strip() and not after.strip()


def changed_imports(statement, local):
    """(what was done, new statement) for an import of the package's own modules."""
    old = ast.unparse(statement)
    if isinstance(statement, ast.ImportFrom):
        module, level = statement.module or "", statement.level
        if not level and module.partition(".")[0] not in local:
            return
        names = ", ".join(ast.unparse(name) for name in statement.names)
        yield "deeper", f"from {'.' * (level + 1)}{module} import {names}"
        yield "too-deep", f"from {'.' * (level + 4)}{module} import {names}"
        if level and module:
            yield "level-dropped", f"from {module} import {names}"
        if not level and "." in module:
            yield "sibling", f"from {module.rpartition('.')[2]} import {names}"
        if level and not module and names != "*":
            yield "sibling", f"import {names}"
        if module:
            yield "other-module", f"from {'.' * level}{module}_gone import {names}"
        yield "other-name", f"from {'.' * level}{module} import name_that_is_gone"
        yield "one-more-name", old + ", name_that_is_gone" if names != "*" else old
    else:
        if statement.names[0].name.partition(".")[0] not in local:
            return
        yield "other-module", f"import {statement.names[0].name}_gone"
    yield "guarded", f"try:\n    {old}_gone\nexcept ImportError:\n    pass\n{old}"
    yield "type-checking", f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {old}"
    yield "twice", f"{old}\n{old}"
    yield "in-function", f"def late_import():\n    {old.replace('*', 'name_that_is_gone')}"


def local_tops(files):
    return {path.partition("/")[0].partition(".")[0] for path in files if path.endswith(".py")}


def changes(files):
    """(what was done, changed files) for one package."""
    yield "as-is", files
    sources = [path for path in files if path.endswith(".py") and "/" in path]
    imported = {name.name for path in sources for node in tree_nodes(files[path])
                if isinstance(node, ast.ImportFrom) for name in node.names}
    for path in sources:
        rest = {other: text for other, text in files.items() if other != path}
        yield f"removed/{path}", rest
        if not path.endswith("__init__.py"):
            yield f"renamed/{path}", {**rest, path[:-3] + "_renamed.py": files[path]}
            folder, _, name = path.rpartition("/")
            yield f"case/{path}", {**rest, f"{folder}/{name.capitalize()}": files[path]}
        else:
            yield f"emptied/{path}", {**rest, path: ""}
        yield f"broken/{path}", {**rest, path: files[path] + "\ndef broken(:\n"}
        for node in tree_nodes(files[path]):
            if isinstance(node, (ast.Import, ast.ImportFrom)) and alone(files[path], node):
                for what, new in changed_imports(node, local_tops(files)):
                    text = edit(files[path], node, new)
                    yield f"{what}/{path}:{node.lineno}", {**rest, path: text}
            elif getattr(node, "name", None) in imported and node.col_offset == 0:
                first = min([node.lineno] + [one.lineno for one in node.decorator_list])
                lines = files[path].splitlines(keepends=True)
                text = "".join(lines[:first - 1] + lines[node.end_lineno:])
                yield f"name-removed/{path}:{node.name}", {**rest, path: text}


def tree_nodes(text):
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return []
    wanted = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    return [node for node in ast.walk(tree) if isinstance(node, wanted)]


def fixture_variants(folder):
    try:
        files = read_package(folder)
    except (UnicodeDecodeError, NotADirectoryError):
        return  # JSON holds text only
    broken = files.pop("expect", "") or any("expect:" in text for text in files.values())
    if "trainer/task.py" not in files:
        return
    name = os.path.basename(os.path.normpath(folder))
    seen = set()
    for what, changed in [("as-is", files)] if broken else changes(files):
        key = json.dumps(changed, sort_keys=True)
        if key not in seen:
            seen.add(key)
            yield {"id": f"fixture/{name}/{what}", "files": changed, "entry": "trainer.task",
                   "layout": "worker", "package": "trainer", "hidden": name in HIDDEN}


GROUPS = {"name": name_variants, "import": import_variants, "cycle": cycle_variants,
          "package": packaging_variants}


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in (*GROUPS, "fixture"):
        sys.exit(__doc__)
    if sys.argv[1] == "fixture":
        made = (one for folder in sys.argv[2:] for one in fixture_variants(folder))
    else:
        made = GROUPS[sys.argv[1]]()
    for one in made:
        print(json.dumps(one))


if __name__ == "__main__":
    main()
