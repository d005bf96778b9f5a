"""What CPython's own symbol table and parser say about Python files, for comparison with lowering.

usage: symtable_oracle.py MOST FOLDER...

Prints for files in these folders, evenly chosen and at most MOST, that this interpreter compiles:

  file PATH
  scope OUTER/NAME: names bound there, sorted | names loaded there, sorted
  import LINE LEVEL MODULE NAME,NAME,...       ("-" stands for nothing; names as imported)
  calls NUMBER

Lambdas and comprehensions are called "-". Scopes and imports are sorted as text. Annotations that
are never evaluated (of a function's local variables, and all under `from __future__ import
annotations`) are left out.
"""

import ast
import re
import symtable
import sys
import unicodedata
import warnings

import corpus


class Facts(ast.NodeVisitor):
    def __init__(self):
        self.imports = []
        self.calls = 0

    def visit_Call(self, node):
        self.calls += 1
        self.generic_visit(node)

    def visit_Import(self, node):
        for alias in node.names:
            self.imports.append(f"import {node.lineno} 0 {alias.name} {alias.asname or '-'}")

    def visit_ImportFrom(self, node):
        names = ",".join(alias.name for alias in node.names)
        self.imports.append(f"import {node.lineno} {node.level} {node.module or '-'} {names}")


class Rewriter(ast.NodeTransformer):
    """Takes away what the symbol table sees and no program evaluates."""

    def __init__(self, future):
        self.future = future
        self.in_function = [False]

    def scope(self, node, function):
        self.in_function.append(function)
        self.generic_visit(node)
        self.in_function.pop()
        return node

    def visit_FunctionDef(self, node):
        if self.future:
            node.returns = None
        arguments = node.args
        every = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
        for argument in every + [arguments.vararg, arguments.kwarg]:
            if argument is not None and self.future:
                argument.annotation = None
        return self.scope(node, True)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        return self.scope(node, False)

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        if self.future or self.in_function[-1]:
            node.annotation = ast.copy_location(ast.Constant(value=None), node.annotation)
        return node

    def visit_AugAssign(self, node):
        # The symbol table does not say that `x += 1` loads x.
        self.generic_visit(node)
        if not isinstance(node.target, ast.Name):
            return node
        load = ast.copy_location(ast.Name(id=node.target.id, ctx=ast.Load()), node.target)
        value = ast.copy_location(ast.BinOp(load, node.op, node.value), node)
        return ast.copy_location(ast.Assign([node.target], value), node)


def table_of(tree, path):
    """symtable.symtable() takes only text, so the tree is written out with one line a statement."""
    return symtable.symtable(ast.unparse(tree), path, "exec")


def plain(name, classes):
    """A private name as the file has it, which the table holds as _Class__name."""
    for owner in classes:
        prefix = "_" + owner.lstrip("_")
        if name.startswith(prefix + "__"):
            return name[len(prefix):]
    return name


def scopes(table, out, path, classes):
    own = table.get_name()
    if own in ("listcomp", "setcomp", "dictcomp", "genexpr", "lambda"):
        own = "-"
    inner = [own] if table.get_type() == "class" else classes
    bound, loaded = set(), set()
    for symbol in table.get_symbols():
        name = plain(symbol.get_name(), inner)
        if name.startswith(".") or name == "__class__":  # super() loads it
            continue
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_parameter():
            bound.add(name)
        if symbol.is_referenced():
            loaded.add(name)
    path = path + [own]
    out.append(f"scope {'/'.join(path)}: {' '.join(sorted(bound))} | {' '.join(sorted(loaded))}")
    for child in table.get_children():
        scopes(child, out, path, inner)


def report(path):
    """What to print about one file; nothing where CPython does not compile it."""
    try:
        with open(path, "rb") as file:
            source = file.read()
        text = source.decode("utf-8")  # the lowering reads what has been decoded before
        if any(not word.isascii() and unicodedata.normalize("NFKC", word) != word
               for word in re.findall(r"\w+", text)):
            return ""  # identifiers are normalised by the tokenizer, which lowering leaves alone
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, path)
            compile(tree, path, "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError, OSError):
        return ""
    future = any(isinstance(node, ast.ImportFrom) and node.module == "__future__"
                 and any(alias.name == "annotations" for alias in node.names)
                 for node in tree.body)
    tree = ast.fix_missing_locations(Rewriter(future).visit(tree))
    facts = Facts()
    facts.visit(tree)
    out = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            scopes(table_of(tree, path), out, [], [])
        except (SyntaxError, RecursionError, ValueError):
            return ""
    lines = [f"file {path}", *sorted(out), *sorted(facts.imports), f"calls {facts.calls}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.setrecursionlimit(10000)
    corpus.run(report)
